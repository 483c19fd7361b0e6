import path from 'node:path';
import type { Analysis } from '../service/analysis.ts';
import { defaultSettings } from '../service/settings.ts';
import { Engine } from './engine.ts';
import { errorText, type Host, UsageError } from './host.ts';
import { relativePath } from './report.ts';
import { readTextFile } from './text-file.ts';

/** The analysis of the one file that a command was given; a {@link UsageError} where there is none. */
export async function readDocument(command: string, file: string, host: Host): Promise<Analysis> {
  const target = path.resolve(host.folder, file);
  const { text } = await readTextFile(target).catch((error: unknown) => {
    throw new UsageError(`${file}: ${errorText(error)}.`, command);
  });
  // The model does not depend on the rules, so that a rule that fails is no reason to stop.
  const engine = new Engine(defaultSettings, () => {}, host.moduleCache);
  engine.open(target, text);
  const analysis = await engine.analyse(target);
  if (analysis !== undefined) return analysis;
  const configuration = engine.configurationOf(target);
  if (configuration?.isIgnored === true) {
    const shown = relativePath(host.folder, configuration.path);
    throw new UsageError(`${file} was not read: ${shown} says to ignore it.`, command);
  }
  throw new UsageError(`${file} is no Bicep file, ARM template, CoreDNS ConfigMap or Corefile.`, command);
}
