import { expect, test } from 'vitest';
import { lowerArm, parseArm } from '../../../src/arm/index.ts';

const elements = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  parameters: {
    _artifactsLocation: { type: 'string', defaultValue: 'https://example.com/somewhere/' },
    _artifactsLocationSasToken: { type: 'securestring', defaultValue: '' },
    baseUrl: { type: 'string', defaultValue: '[deployment().properties.templateLink.uri]' },
    other: { type: 'string', defaultValue: 'https://example.com/' },
  },
  variables: {
    folder: 'nested',
    vnetUri:
      "[uri(parameters('_artifactsLocation'), concat(variables('folder'), '/vnet.json', parameters('_artifactsLocationSasToken')))]",
    circular: "[variables('circular')]",
  },
};

function sourceOf(templateLink: object): unknown {
  const resources = [{ type: 'Microsoft.Resources/deployments', name: 'n', properties: { templateLink } }];
  const text = JSON.stringify({ ...elements, resources });
  const source = lowerArm(parseArm(text), 'file:///main.json').modules[0]?.source;
  if (source?.kind !== 'path') return source?.kind;
  const { path, pathSpan, isAssumed = false } = source;
  return { path, at: text.slice(pathSpan.start, pathSpan.end), isAssumed };
}

test.each([
  [{ relativePath: 'nested/vnet.json' }, { path: 'nested/vnet.json', at: 'nested/vnet.json', isAssumed: false }],
  [
    { relativePath: "[concat(variables('folder'), '/vnet.json')]" },
    { path: 'nested/vnet.json', at: "concat(variables('folder'), '/vnet.json')", isAssumed: false },
  ],
  [{ relativePath: "[concat(parameters('other'), '/vnet.json')]" }, 'unknown'],
  [
    { uri: "[uri(deployment().properties.templateLink.uri, 'nested/vnet.json')]" },
    { path: 'nested/vnet.json', at: 'nested/vnet.json', isAssumed: false },
  ],
  [
    { uri: "[concat(parameters('_artifactsLocation'), '/vnet.json', parameters('_artifactsLocationSasToken'))]" },
    {
      path: 'vnet.json',
      at: "concat(parameters('_artifactsLocation'), '/vnet.json', parameters('_artifactsLocationSasToken'))",
      isAssumed: true,
    },
  ],
  [
    { uri: "[uri(parameters('baseUrl'), '../vnet.json')]" },
    { path: '../vnet.json', at: '../vnet.json', isAssumed: true },
  ],
  [{ uri: "[variables('vnetUri')]" }, { path: 'nested/vnet.json', at: "variables('vnetUri')", isAssumed: true }],
  [{ uri: "[variables('circular')]" }, 'unknown'],
  [{ uri: "[uri(parameters('other'), 'vnet.json')]" }, 'unknown'],
  [{ uri: "[concat(parameters('_artifactsLocation'), copyIndex(), '.json')]" }, 'unknown'],
  [{ uri: 'https://example.com/vnet.json' }, 'unknown'],
  [{ id: '/subscriptions/x' }, 'unknown'],
])('the path behind %j', (link, expected) => {
  expect(sourceOf(link)).toEqual(expected);
});
