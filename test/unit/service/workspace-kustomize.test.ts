import { describe, expect, test } from 'vitest';
import { Project, uriOf } from './workspace-project.ts';

const head = 'configMapGenerator:\n- name: coredns-custom\n  options:\n    disableNameSuffixHash: true\n  files:\n';
const zone = (name: string): string => `${name}:53 {\n    forward . 10.1.0.4\n}\n`;

function open(project: Project, path: string): void {
  project.service.workspace.update({ uri: uriOf(path), languageId: '', version: 0, text: project.textOf(path) });
}

describe('files that a kustomization makes keys of coredns-custom from', () => {
  test('are judged together, each at its own place', () => {
    const project = new Project({
      'kustomization.yaml': `${head}  - a.server\n  - dns/b.server\n`,
      'a.server': zone('a.example'),
      'dns/b.server': zone('a.example'),
    });
    // A file that is not open is spoken of where it is named.
    expect(project.findings('kustomization.yaml')).toEqual(['coredns-duplicate-zone kustomization.yaml:dns/b.server']);
    open(project, 'dns/b.server');
    expect(project.findings('dns/b.server')).toEqual(['coredns-duplicate-zone dns/b.server:a.example:53']);
    project.write('a.server', zone('b.example'));
    expect(project.findings('dns/b.server')).toEqual([]);
  });

  test('see the snippets of each other', () => {
    const project = new Project({
      'kustomization.yaml': `${head}  - a.server\n  - b.server\n`,
      'a.server': '(common) {\n    errors\n}\n',
      'b.server': 'b.example:53 {\n    import common\n}\n',
    });
    expect(project.findings('b.server')).toEqual(['coredns-import-missing b.server:common']);
    expect(project.findings('kustomization.yaml')).toEqual([]);
    expect(project.findings('b.server')).toEqual([]);
  });

  test('are what their keys make of them', () => {
    const project = new Project({
      'kustomization.yaml': `${head}  - log.override=dns/corp.server\n  - notes.txt\n`,
      'dns/corp.server': 'log\ncache 30\n',
      'notes.txt': 'cache 30\n',
    });
    expect(project.findings('kustomization.yaml')).toEqual([
      'coredns-duplicate-default-plugin kustomization.yaml:dns/corp.server',
    ]);
    expect(project.asked).not.toContain('notes.txt');
  });

  test('are reported where they do not exist, and prove nothing where they cannot be read', () => {
    const project = new Project({
      'kustomization.yaml': `${head}  - a.server\n  - b.server\n  - gone.override\n`,
      'a.server': { kind: 'unreadable' },
      'b.server': 'b.example:53 {\n    import common\n}\n',
    });
    expect(project.findings('kustomization.yaml')).toEqual(['coredns-yaml-invalid kustomization.yaml:gone.override']);
  });

  test('are judged beside literals, which stand in quotes or not', () => {
    const literals = `  literals:\n  - log.override=cache 30\n  - 'b.server="a.example:53 {}"'\n  - "c.server=a.example:53 {\\n forwrd . 10.1.0.4\\n}"\n`;
    const project = new Project({
      'kustomization.yaml': `${head}  - a.server\n${literals}`,
      'a.server': zone('a.example'),
    });
    expect(project.findings('kustomization.yaml')).toEqual([
      'coredns-duplicate-default-plugin kustomization.yaml:cache',
      'coredns-duplicate-zone kustomization.yaml:a.example:53',
      'coredns-unbalanced-braces kustomization.yaml:{}',
      'coredns-duplicate-zone kustomization.yaml:a.example:53',
      'coredns-unknown-plugin kustomization.yaml:forwrd',
    ]);
  });
});
