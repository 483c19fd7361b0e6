import { describe, expect, test } from 'vitest';
import { Project, type ProjectFiles, uriOf } from './workspace-project.ts';

/** Everything here is refused or cut short by a bound, long before this. */
const patience = 5_000;

function call(path: string, params = ''): string {
  return `module it '${path}' = {\n  name: 'it'\n  params: { ${params} }\n}\n`;
}

const network = `param prefix string
resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: { addressSpace: { addressPrefixes: [prefix] } }
}
output prefix string = prefix
`;

function known(project: Project, path: string): unknown[] {
  const { virtualNetworks } = project.analyse(path).model;
  return virtualNetworks.flatMap(({ addressPrefixes }) =>
    addressPrefixes.items.map((item) => (item.kind === 'known' ? item.value.text : item.reason.code)),
  );
}

describe('a file that is named and', () => {
  test.each<[string, ProjectFiles, readonly string[]]>([
    ['is missing', {}, ['module-not-found main.bicep:other.bicep']],
    ['cannot be read, or is a folder', { 'other.bicep': { kind: 'unreadable' } }, []],
    ['is something else', { 'other.bicep': 'not { a [ template' }, []],
    ['is empty', { 'other.bicep': '' }, []],
    ['is binary', { 'other.bicep': '\0\u0001\ufffd'.repeat(1_000) }, []],
  ])('%s, leaves the rest of the caller as it is', (_, files, findings) => {
    const project = new Project({
      'main.bicep': `${call('other.bicep')}${network.replace('[prefix]', "['10.0.0.7/16']")}`,
      ...files,
    });
    expect(project.findings('main.bicep')).toEqual([...findings, 'cidr-host-bits main.bicep:10.0.0.7/16']);
  });

  test('appears, disappears and changes is seen', () => {
    const project = new Project({ 'main.bicep': call('net.bicep', "prefix: '10.0.0.7/16'") });
    expect(project.findings('main.bicep')).toEqual(['module-not-found main.bicep:net.bicep']);
    project.write('net.bicep', network);
    expect(project.findings('main.bicep')).toEqual(['cidr-host-bits main.bicep:10.0.0.7/16']);
    project.write('net.bicep', network.replace('[prefix]', "['10.0.0.0/16']"));
    expect(project.findings('main.bicep')).toEqual([]);
  });

  test('has an unusual name is found', () => {
    const project = new Project({
      'a b/main.bicep': call('../c#d/ne%74.bicep', "prefix: '10.2.3.4/8'"),
      'c#d/ne%74.bicep': network,
    });
    expect(project.findings('a b/main.bicep')).toEqual(['cidr-host-bits a b/main.bicep:10.2.3.4/8']);
  });

  test.each(['loadTextContent', 'loadJsonContent', 'loadYamlContent'])(
    '%s() reads may be missing or broken',
    (name) => {
      for (const content of [undefined, '{', '\0', { kind: 'unreadable' } as const]) {
        const project = new Project({
          'main.bicep': network.replace('param prefix string', `var prefix = ${name}('x.json').prefix`),
          ...(content === undefined ? {} : { 'x.json': content }),
        });
        expect(project.findings('main.bicep')).toEqual([]);
      }
    },
  );
});

describe('a cycle', () => {
  test.each<[string, ProjectFiles]>([
    ['of a module with itself', { 'main.bicep': call('main.bicep') }],
    ['of modules', { 'main.bicep': call('b.bicep'), 'b.bicep': call('c.bicep'), 'c.bicep': call('main.bicep') }],
  ])('%s is reported where it closes', (_, files) => {
    const project = new Project(files);
    for (const path of Object.keys(files)) project.findings(path);
    for (const path of Object.keys(files)) {
      expect(project.findings(path)).toEqual([expect.stringContaining(`module-not-found ${path}:`)]);
    }
  });

  test('of imports, parameter files, outputs, variables and functions ends, and says so', () => {
    const project = new Project({
      'main.bicep': `import { prefix as a } from 'other.bicep'\n@export()\nvar prefix = a\n${network.replace('param prefix string\n', '').replace(/output.*\n/, '')}`,
      'other.bicep': "import { prefix as b } from 'main.bicep'\n@export()\nvar prefix = b\n",
      'a.bicepparam': "using 'main.bicep'\nextends 'b.bicepparam'\n",
      'b.bicepparam': "using 'main.bicep'\nextends 'a.bicepparam'\n",
      'outputs.bicep': `module x 'net.bicep' = {\n  name: 'x'\n  params: { prefix: y.outputs.prefix }\n}\nmodule y 'net.bicep' = {\n  name: 'y'\n  params: { prefix: x.outputs.prefix }\n}\n`,
      'net.bicep': network,
      'names.bicep': `var a = b\nvar b = a\nfunc f(x string) string => g(x)\nfunc g(x string) string => f(x)\n${network.replace('param prefix string', 'param prefix string = contains(a, f(b)) ? f(a) : b')}`,
    });
    expect(known(project, 'main.bicep')).toEqual(['cycle']);
    for (const path of ['a.bicepparam', 'b.bicepparam']) project.findings(path);
    expect(project.findings('a.bicepparam')).toEqual(['module-not-found a.bicepparam:b.bicepparam']);
    expect(project.findings('b.bicepparam')).toEqual(['module-not-found b.bicepparam:a.bicepparam']);
    for (const value of known(project, 'outputs.bicep')) expect(value).toMatch(/^(cycle|module-output)$/);
    expect(known(project, 'names.bicep')).toHaveLength(1);
  });
});

describe('a great number of', () => {
  test('variables that name each other is followed as deep as is safe, and explained beyond', {
    timeout: patience,
  }, () => {
    const chain = (length: number): Project => {
      const variables = Array.from({ length }, (_, index) => `var v${index} = v${index + 1}`).join('\n');
      const text = network.replace(
        'param prefix string',
        `${variables}\nvar v${length} = '10.0.0.0/16'\nvar prefix = v0`,
      );
      return new Project({ 'main.bicep': text });
    };
    expect(known(chain(200), 'main.bicep')).toEqual(['10.0.0.0/16']);
    expect(known(chain(10_000), 'main.bicep')).toEqual(['too-large']);
  });

  test('modules inside each other is followed as deep as is safe, and counts as not read beyond', {
    timeout: patience,
  }, () => {
    const files: Record<string, string> = { 'end.bicep': network };
    for (let index = 0; index < 200; index++) {
      const next = index === 199 ? 'end.bicep' : `m${index + 1}.bicep`;
      files[`m${index}.bicep`] = `param prefix string = '10.0.0.7/16'\n${call(next, 'prefix: prefix')}`;
    }
    const project = new Project(files);
    expect(project.analyse('m0.bicep').model.unreadParts).toHaveLength(1);
    expect(known(project, 'm180.bicep')).toEqual(['10.0.0.7/16']);
  });

  test('calls is cut off, and counts as not read beyond', { timeout: patience }, () => {
    const files: Record<string, string> = { 'm12.bicep': network };
    // Each of these files calls the next four times: sixteen million networks.
    for (let index = 0; index < 12; index++) {
      const next = (name: string): string =>
        `module ${name} 'm${index + 1}.bicep' = {\n  name: '${name}'\n  params: { prefix: prefix }\n}\n`;
      files[`m${index}.bicep`] = `param prefix string = '10.0.0.0/16'\n${['a', 'b', 'c', 'd'].map(next).join('')}`;
    }
    const { model } = new Project(files).analyse('m0.bicep');
    expect(model.unreadParts.length).toBeGreaterThan(0);
    expect(model.virtualNetworks.length).toBeLessThan(5_000);
  });

  test.each(['range(0, 1000000)', 'range(0, 9999)', 'range(0, count)', 'map(range(0, 10000), n => n)'])(
    'rounds of a module loop over %s is cut off, and proves nothing',
    { timeout: patience },
    (over) => {
      const loop = `module it 'net.bicep' = [for i in ${over}: {\n  name: 'it-\${i}'\n  params: { prefix: '10.0.0.0/16' }\n}]\n`;
      const { model } = new Project({ 'main.bicep': `param count int\n${loop}`, 'net.bicep': network }).analyse(
        'main.bicep',
      );
      expect(model.virtualNetworks.length).toBeLessThanOrEqual(2_000);
      const isPartial = model.unreadParts.length > 0;
      expect(isPartial || model.virtualNetworks.every(({ deployment }) => deployment.kind === 'conditional')).toBe(
        true,
      );
    },
  );

  test('callers is linted once each', { timeout: patience }, () => {
    const files: Record<string, string> = { 'net.bicep': network };
    for (let index = 0; index < 100; index++) files[`c${index}.bicep`] = call('net.bicep', "prefix: '10.0.0.0/16'");
    const project = new Project(files);
    for (const path of Object.keys(files)) {
      project.service.workspace.update({ uri: uriOf(path), languageId: '', version: 0, text: project.textOf(path) });
    }
    expect(project.findings('net.bicep')).toEqual([]);
  });
});
