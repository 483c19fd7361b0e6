/**
 * Prints how much of the shared corpus the ARM front end reads and at what cost: files recognised, files with
 * errors, expressions parsed and failed, and parsing plus lowering against jsonc-parser's bare `parseTree`.
 * The corpus folder is the first argument.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTree } from 'jsonc-parser';
import { lowerArm, lowerArmParameters, parseArm, recogniseArm } from '../arm/index.ts';

const corpus = process.argv[2] ?? '../shared/corpus';
const rounds = 9;

interface Source {
  readonly path: string;
  readonly text: string;
}

function readSources(folder: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The fastest of some rounds of each task. They take turns, so that a busy machine slows all of them down. */
function fastest(tasks: readonly (() => void)[]): readonly number[] {
  const best = tasks.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      const start = performance.now();
      task();
      best[index] = Math.min(best[index] ?? 0, performance.now() - start);
    }
  }
  return best;
}

function lower(source: Source): void {
  const file = parseArm(source.text);
  if (file.kind === 'parameters') lowerArmParameters(file, source.path);
  else lowerArm(file, source.path);
}

function reportTime(title: string, sources: readonly Source[]): void {
  const size = sources.reduce((sum, source) => sum + source.text.length, 0);
  const [bare = 0, parsed = 0, full = 0] = fastest([
    () => {
      for (const { text } of sources) parseTree(text, [], { allowTrailingComma: true });
    },
    () => {
      for (const { text } of sources) parseArm(text);
    },
    () => {
      for (const source of sources) lower(source);
    },
  ]);
  const speed = size / 1000 / full;
  print(
    `${title}: ${(size / 1e6).toFixed(1)} MB, parseTree ${bare.toFixed(0)} ms, parse ${parsed.toFixed(0)} ms ` +
      `(${(parsed / bare).toFixed(2)}x), parse and lower ${full.toFixed(0)} ms (${(full / bare).toFixed(2)}x, ${speed.toFixed(0)} MB/s)`,
  );
}

/** A template of one network with that many subnets, as wide as hand-written ones are. */
function wideTemplate(subnets: number): Source {
  const text = JSON.stringify(
    {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      resources: [
        {
          type: 'Microsoft.Network/virtualNetworks',
          apiVersion: '2023-11-01',
          name: 'wide',
          properties: {
            subnets: Array.from({ length: subnets }, (_, i) => ({
              name: `[concat('subnet-', '${i}')]`,
              properties: {
                addressPrefix: `[cidrSubnet(parameters('space'), 24, ${i})]`,
                routeTable: { id: `[resourceId('Microsoft.Network/routeTables', 'routes-${i}')]` },
                networkSecurityGroup: {
                  id: `[resourceId('Microsoft.Network/networkSecurityGroups', concat('nsg-', ${i}))]`,
                },
                serviceEndpoints: [
                  { service: 'Microsoft.Storage', locations: ['*'] },
                  { service: 'Microsoft.KeyVault' },
                ],
                privateEndpointNetworkPolicies: 'Disabled',
              },
            })),
          },
        },
      ],
    },
    undefined,
    2,
  );
  return { path: 'wide.json', text };
}

function main(): void {
  const sources = readSources(corpus);
  const recognised = sources.filter((source) => recogniseArm(source.text) !== undefined);
  const templates = recognised.filter((source) => recogniseArm(source.text) === 'template');
  let expressions = 0;
  let withErrors = 0;
  let errors = 0;
  let duplicates = 0;
  for (const { path, text } of recognised) {
    const file = parseArm(text);
    expressions += file.expressions.size;
    duplicates += file.duplicates.length;
    errors += file.errors.length;
    if (file.errors.length > 0) withErrors++;
    for (const { span, message } of file.errors) {
      print(
        `  ${path}:${text.slice(0, span.start).split('\n').length} ${message} (${text.slice(span.start, span.end).slice(0, 60)})`,
      );
    }
  }
  print(`JSON files: ${sources.length}, recognised: ${recognised.length} (${templates.length} templates)`);
  print(
    `files with errors: ${withErrors}, errors: ${errors}, expressions: ${expressions}, repeated names: ${duplicates}`,
  );
  reportTime('corpus', recognised);
  reportTime('10,000 subnets', [wideTemplate(10_000)]);
  reportTime('20,000 subnets', [wideTemplate(20_000)]);
}

main();
