/**
 * Prints how well the ARM side does over the shared corpus: files recognised, files with errors, expressions parsed,
 * how many addresses of the model are known and why others are not, agreement with Bicep, and the cost of each stage
 * against jsonc-parser's bare `parseTree`. `conformance-arm [shared folder]`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseTree } from 'jsonc-parser';
import { lowerArm, lowerArmParameters, parseArm, recogniseArm } from '../arm/index.ts';
import { analyse } from '../service/analysis.ts';
import { defaultSettings } from '../service/settings.ts';
import { describeAgreement, measureAgreement } from './agreement.ts';
import { armSubnets } from './bench-inputs.ts';
import { describeValues, measureValues } from './conformance-arm-values.ts';
import { timeSideBySide } from './timing.ts';

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

function lower(source: Source): void {
  const file = parseArm(source.text);
  if (file.kind === 'parameters') lowerArmParameters(file, source.path);
  else lowerArm(file, source.path);
}

/** Every stage and every rule, as an editor runs them on a document that it opens. */
function analyseAll({ path, text }: Source): void {
  const document = { uri: `file:///${path.replaceAll('\\', '/')}`, languageId: 'json', version: 1, text };
  analyse(document, defaultSettings, (rule, uri, error) => {
    throw new Error(`Rule ${rule} failed on ${uri}`, { cause: error });
  });
}

function reportTime(title: string, sources: readonly Source[]): void {
  const size = sources.reduce((sum, source) => sum + source.text.length, 0);
  const [bare, parsed, lowered, full] = timeSideBySide(
    sources,
    ({ text }) => parseTree(text, [], { allowTrailingComma: true }),
    ({ text }) => parseArm(text),
    lower,
    analyseAll,
  );
  const times = (time: number): string => `${time.toFixed(0)} ms (${(time / bare).toFixed(2)}x)`;
  print(
    `${title}: ${(size / 1e6).toFixed(1)} MB, parseTree ${bare.toFixed(0)} ms, parse ${times(parsed)}, ` +
      `and lower ${times(lowered)}, whole pipeline ${times(full)}, ${(size / 1000 / full).toFixed(0)} MB/s`,
  );
}

/** A template of about 1 KB for each subnet, as Bicep compiles them from a large file. */
function wideTemplate(subnets: number): Source {
  const properties = (i: number): object => ({
    addressPrefix: `[cidrSubnet(parameters('space'), 24, ${i})]`,
    routeTable: { id: `[resourceId('Microsoft.Network/routeTables', 'routes-${i}')]` },
    networkSecurityGroup: { id: `[resourceId('Microsoft.Network/networkSecurityGroups', concat('nsg-', ${i}))]` },
    serviceEndpoints: [{ service: 'Microsoft.Storage', locations: ['*'] }, { service: 'Microsoft.KeyVault' }],
    privateEndpointNetworkPolicies: 'Disabled',
  });
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { space: { type: 'string', defaultValue: '10.0.0.0/8' } },
    resources: [
      {
        type: 'Microsoft.Network/virtualNetworks',
        apiVersion: '2023-11-01',
        name: 'wide',
        properties: {
          addressSpace: { addressPrefixes: ["[parameters('space')]"] },
          subnets: Array.from({ length: subnets }, (_, i) => ({
            name: `[concat('subnet-', '${i}')]`,
            properties: properties(i),
          })),
        },
      },
    ],
  };
  return { path: 'wide.json', text: JSON.stringify(template, undefined, 2) };
}

function reportSyntax(sources: readonly Source[]): readonly Source[] {
  const recognised = sources.filter((source) => recogniseArm(source.text) !== undefined);
  const templates = recognised.filter((source) => recogniseArm(source.text) === 'template');
  let expressions = 0;
  let errors = 0;
  let withErrors = 0;
  for (const { path, text } of recognised) {
    const file = parseArm(text);
    expressions += file.expressions.size;
    errors += file.errors.length;
    if (file.errors.length > 0) withErrors++;
    for (const { span, message } of file.errors) {
      const line = text.slice(0, span.start).split('\n').length;
      print(`  ${path}:${line} ${message} (${text.slice(span.start, span.end).slice(0, 60)})`);
    }
  }
  print(`JSON files: ${sources.length}, recognised: ${recognised.length} (${templates.length} templates)`);
  print(`files with errors: ${withErrors}, errors: ${errors}, expressions: ${expressions}`);
  return recognised;
}

function main(): void {
  const shared = process.argv[2] ?? '../shared';
  const corpus = join(shared, 'corpus');
  if (existsSync(corpus)) {
    const recognised = reportSyntax(readSources(corpus));
    for (const line of describeValues(measureValues(corpus))) print(line);
    for (const line of describeAgreement(measureAgreement(shared))) print(line);
    reportTime('corpus', recognised);
  } else print(`No reference data at ${relative(process.cwd(), corpus)}: only generated templates are measured.`);
  reportTime('10,000 subnets', [wideTemplate(10_000)]);
  reportTime('20,000 subnets', [wideTemplate(20_000)]);
  reportTime('10,000 plain subnets', [{ path: 'plain.json', text: armSubnets(10_000).text }]);
}

main();
