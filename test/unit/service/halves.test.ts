import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as absentCoredns from '../../../src/service/absent-coredns-half.ts';
import * as absentExtras from '../../../src/service/absent-extras.ts';
import * as absentTemplates from '../../../src/service/absent-template-half.ts';
import * as coredns from '../../../src/service/coredns-half.ts';
import type { Document } from '../../../src/service/document.ts';
import * as extras from '../../../src/service/extras.ts';
import { parseDocument } from '../../../src/service/front-ends.ts';
import { halvesFor } from '../../../src/service/halves.ts';
import { LanguageService } from '../../../src/service/language-service.ts';
import * as templates from '../../../src/service/template-half.ts';
import { filesBelow } from '../../repo/source-files.ts';

function documentOf(name: string, languageId: string, text: string): Document {
  return { uri: `file:///${name}`, languageId, version: 1, text };
}

/** The language that an editor gives a file of this name. */
function languageOf(name: string): string {
  if (/(?:^|\/)Corefile|\.(?:corefile|override|server)$/.test(name)) return 'corefile';
  const languages: Readonly<Record<string, string>> = {
    '.bicep': 'bicep',
    '.bicepparam': 'bicep-params',
    '.json': 'json',
    '.jsonc': 'jsonc',
    '.yaml': 'yaml',
    '.yml': 'yaml',
  };
  return languages[path.extname(name)] ?? '';
}

describe('the halves of the engine', () => {
  test.each([
    ['coredns', coredns, absentCoredns],
    ['template', templates, absentTemplates],
    ['extras', extras, absentExtras],
  ])('have a stand-in for every export of %s', (_, half, absent) => {
    expect(Object.keys(absent).sort()).toEqual(Object.keys(half).sort());
  });

  test('are asked for every fixture that they read', () => {
    const files = filesBelow(
      'test/fixtures',
      /\.(?:bicep|bicepparam|json|jsonc|ya?ml|corefile|override|server)$|Corefile$/,
    );
    const asked = files.flatMap(({ path: file, text }) => {
      const document = documentOf(file, languageOf(file), text);
      const language = parseDocument(document)?.language;
      return language === undefined ? [] : [{ file, language, halves: halvesFor(document) }];
    });
    const half = (language: string): string => (language === 'coredns' ? 'coredns' : 'templates');
    expect(asked.filter(({ language, halves }) => !halves.includes(half(language) as never))).toEqual([]);
    expect(new Set(asked.map(({ language }) => language)).size).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['package-lock.json', 'json', readFileSync('package-lock.json', 'utf8')],
    ['tsconfig.json', 'jsonc', '{ "$schema": "https://json.schemastore.org/tsconfig" }'],
    ['deployment.yaml', 'yaml', 'apiVersion: apps/v1\nkind: Deployment\n'],
    ['settings.yaml', 'yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n'],
  ])('are not asked for the ordinary file %s', (name, language, text) => {
    expect(halvesFor(documentOf(name, language, text))).toEqual([]);
  });

  test.each([
    [
      'an exported resource',
      'json',
      '{ "id": "/subscriptions/1/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/b" }',
      'templates',
    ],
    ['a LocalDNS configuration', 'json', '{ "vnetDNSOverrides": {} }', 'templates'],
    ['a printed ConfigMap', 'json', '{ "kind": "ConfigMap", "metadata": { "name": "coredns" } }', 'coredns'],
    ['an empty Corefile', 'corefile', '', 'coredns'],
  ] as const)('are asked for %s', (_, language, text, half) => {
    expect(halvesFor(documentOf('x', language, text))).toEqual([half]);
  });
});

describe('YAML that a template loads', () => {
  const main = documentOf(
    'main.bicep',
    'bicep',
    "var network = loadYamlContent('network.yaml')\n" +
      "resource vnet 'Microsoft.Network/virtualNetworks@2023-11-01' = {\n  name: 'vnet'\n  location: 'westeurope'\n" +
      '  properties: { addressSpace: { addressPrefixes: [network.prefix] } }\n}\n',
  );

  test('is read once the reader is there', () => {
    const service = new LanguageService((_rule, _uri, error) => {
      throw error;
    });
    service.workspace.extras = {};
    service.workspace.provide('file:///network.yaml', { kind: 'text', text: 'prefix: 10.0.0.1/16\n' });
    expect(service.analyse(main)?.diagnostics).toEqual([]);
    expect(service.workspace.wantsExtras).toBe(true);
    service.provideExtras(extras.builtIn);
    expect(service.analyse(main)?.diagnostics.map(({ rule }) => rule)).toEqual(['cidr-host-bits']);
  });
});
