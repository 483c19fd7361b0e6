/** Measures how long Bicep takes across files: the largest real file, many modules, and typing in a module with callers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Document } from '../service/document.ts';
import { LanguageService } from '../service/language-service.ts';
import { askWithFiles, filesIn, uriOfFile } from './corpus-workspace.ts';

export interface PipelineFigures {
  /** The largest Bicep file of the corpus, alone, and what the whole pipeline takes for it. */
  readonly largest: { readonly file: string; readonly characters: number; readonly milliseconds: Times };
  /** One entry file that calls 60 modules, from the texts to the findings. */
  readonly manyModules: { readonly modules: number; readonly characters: number; readonly milliseconds: Times };
  /** A character typed in one of the 60 modules. */
  readonly keystrokeAmongModules: Times;
  /** A character typed in the file that calls the 60 modules. */
  readonly keystrokeInCaller: Times;
  /** A character typed in a module that 20 open files call. */
  readonly keystrokeWithCallers: Times;
}

/** Milliseconds on the clock, and of processor time in all threads, which other work on the machine does not stretch. */
export interface Times {
  readonly median: number;
  readonly p95: number;
  readonly processorP95: number;
}

const rounds = 15;
const keystrokes = 200;

/** Runs all measurements; takes some seconds. */
export function measurePipeline(shared: string): PipelineFigures {
  const corpus = join(shared, 'corpus');
  const files = filesIn(corpus, /\.bicep$/).map((file) => ({ file, text: readFileSync(join(corpus, file), 'utf8') }));
  const largest = files.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  const whole = times(rounds, () => {
    const service = newService();
    const document = documentOf(uriOfFile(join(corpus, largest.file)), largest.text);
    askWithFiles(service.workspace, () => service.analyse(document));
  });
  const modules = manyModules(60);
  const characters = modules.reduce((sum, { text }) => sum + text.length, 0);
  return {
    largest: { file: largest.file, characters: largest.text.length, milliseconds: whole },
    manyModules: { modules: modules.length - 1, characters, milliseconds: times(rounds, () => open(modules)) },
    keystrokeAmongModules: typeInto(modules, 30),
    keystrokeInCaller: typeInto(modules, 0),
    keystrokeWithCallers: typeInto(manyCallers(20), 0),
  };
}

function newService(): LanguageService {
  return new LanguageService((rule, uri, error) => {
    throw new Error(`Rule ${rule} failed on ${uri}`, { cause: error });
  });
}

function documentOf(uri: string, text: string, version = 1): Document {
  return { uri, languageId: 'bicep', version, text };
}

/** Opens all documents and analyses each of them. */
function open(documents: readonly Document[]): LanguageService {
  const service = newService();
  for (const document of documents) service.workspace.update(document);
  for (const document of documents) service.analyse(document);
  return service;
}

/** Types digits into a prefix in the middle of a document and takes them back. */
function typeInto(documents: readonly Document[], index: number): Times {
  const service = open(documents);
  const typed = documents[index];
  if (typed === undefined) throw new Error('there is no such document');
  const at = typed.text.indexOf("'", Math.floor(typed.text.length / 2)) + 1;
  let version = 1;
  return times(keystrokes, (round) => {
    const inserted = round % 2 === 0 ? '1' : '';
    service.analyse(documentOf(typed.uri, typed.text.slice(0, at) + inserted + typed.text.slice(at), ++version));
  });
}

function times(count: number, run: (round: number) => void): Times {
  run(1);
  const measured = Array.from({ length: count }, (_, round) => {
    const [begin, used] = [performance.now(), process.cpuUsage()];
    run(round);
    const { user, system } = process.cpuUsage(used);
    return { clock: performance.now() - begin, processor: (user + system) / 1000 };
  });
  const at = (share: number, values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.min(count - 1, Math.floor(share * count))] ?? 0;
  const clock = measured.map((round) => round.clock);
  const processor = measured.map((round) => round.processor);
  return { median: at(0.5, clock), p95: at(0.95, clock), processorP95: at(0.95, processor) };
}

/** A network with a route table, its prefixes computed from parameters. */
function networkModule(subnets: number): string {
  const items = Array.from(
    { length: subnets },
    (_, index) => `      {
        name: 'subnet-${index}'
        properties: {
          addressPrefix: cidrSubnet(space, 24, ${index})
          routeTable: { id: routes.id }
        }
      }`,
  );
  return `param name string
param space string = '10.0.0.0/16'
param nextHop string = '10.0.255.4'

resource routes 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-\${name}'
  properties: {
    routes: [
      { name: 'default', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: nextHop } }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  properties: {
    addressSpace: { addressPrefixes: [space, '192.168.0.0/24'] }
    subnets: [
${items.join('\n')}
    ]
  }
}

output id string = network.id
output space string = space
`;
}

function manyModules(count: number): readonly Document[] {
  const calls = Array.from(
    { length: count },
    (_, index) =>
      `module m${index} 'modules/m${index}.bicep' = {\n  name: 'm${index}'\n  params: { name: 'net-${index}', space: '10.${index}.0.0/16'${index === 0 ? '' : `, nextHop: m${index - 1}.outputs.space`} }\n}\n`,
  );
  const modules = Array.from({ length: count }, (_, index) =>
    documentOf(`file:///w/modules/m${index}.bicep`, networkModule(30)),
  );
  return [documentOf('file:///w/main.bicep', calls.join('')), ...modules];
}

/** A module first, then the files that call it. */
function manyCallers(count: number): readonly Document[] {
  const callers = Array.from({ length: count }, (_, index) =>
    documentOf(
      `file:///w/caller${index}.bicep`,
      `${networkModule(5)}\nmodule shared 'shared.bicep' = {\n  name: 'shared'\n  params: { name: 'shared-${index}', space: '10.${index + 100}.0.0/16' }\n}\n`,
    ),
  );
  return [documentOf('file:///w/shared.bicep', networkModule(10)), ...callers];
}
