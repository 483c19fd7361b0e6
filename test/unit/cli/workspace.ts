import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Host } from '../../../src/cli/host.ts';
import { runCli } from '../../../src/cli/run.ts';

/** A folder with these files; it is removed when the test has ended. */
export function workspace(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'aksnet-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** What a command printed and how it ended. */
export interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command in this process. */
export async function run(
  folder: string,
  args: readonly string[],
  host: Partial<Host> & { input?: string } = {},
): Promise<Run> {
  let output = '';
  let errors = '';
  const code = await runCli(args, {
    folder,
    version: '1.2.3',
    hasColour: false,
    write: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
    readInput: async () => Buffer.from(host.input ?? ''),
    ...host,
  });
  return { code, output, errors };
}

/** A network with host bits in one subnet, which a safe fix puts right, and a subnet outside of it. */
export const badBicep = `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.7/24' } }
      { name: 'pods', properties: { addressPrefix: '10.2.0.0/24' } }
    ]
  }
}
`;

/** The same without a mistake. */
export const goodBicep = badBicep.replace('10.1.0.7', '10.1.0.0').replace('10.2.0.0', '10.1.1.0');
