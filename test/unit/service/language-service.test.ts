import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import type { Document } from '../../../src/service/document.ts';
import { type CodeAction, LanguageService } from '../../../src/service/language-service.ts';

function openService(): LanguageService {
  return new LanguageService((rule, uri, error) => {
    throw new Error(`Rule ${rule} failed on ${uri}`, { cause: error });
  });
}

function document(text: string, version = 1, name = 'main.bicep'): Document {
  return { uri: `file:///${name}`, languageId: '', version, text };
}

const wrong = `resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'a', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'b', properties: { addressPrefix: '10.1.0.1/24' } }
    ]
  }
}
`;

function rulesOf(service: LanguageService, at: Document): string[] {
  return service.analyse(at)?.diagnostics.map(({ rule }) => rule) ?? [];
}

function applied(text: string, action: CodeAction): string {
  return applyEdits(
    text,
    action.edits.flatMap(({ edits }) => edits),
  );
}

describe('LanguageService', () => {
  it('analyses a version once', () => {
    const service = openService();
    const first = service.analyse(document(wrong));
    expect(service.analyse(document(wrong))).toBe(first);
  });

  it('analyses a new version anew, and an old text under an old number as well', () => {
    const service = openService();
    const right = wrong.replace('10.1.0.1', '10.1.1.0');
    expect(rulesOf(service, document(wrong, 1))).toEqual(['cidr-host-bits', 'subnet-overlap']);
    expect(rulesOf(service, document(right, 2))).toEqual([]);
    expect(rulesOf(service, document(wrong, 3))).toEqual(['cidr-host-bits', 'subnet-overlap']);
    expect(rulesOf(service, document(right, 3))).toEqual([]);
  });

  it('keeps documents apart', () => {
    const service = openService();
    expect(rulesOf(service, document(wrong, 1, 'a.bicep'))).toHaveLength(2);
    expect(rulesOf(service, document('', 1, 'b.bicep'))).toHaveLength(0);
    expect(rulesOf(service, document(wrong, 1, 'a.bicep'))).toHaveLength(2);
  });

  it('follows a change of the settings', () => {
    const service = openService();
    expect(rulesOf(service, document(wrong))).toHaveLength(2);
    service.configure({ severities: { 'subnet-overlap': 'off' } });
    expect(rulesOf(service, document(wrong))).toEqual(['cidr-host-bits']);
  });

  it('forgets a closed document', () => {
    const service = openService();
    const first = service.analyse(document(wrong));
    service.close(document(wrong).uri);
    expect(service.analyse(document(wrong))).not.toBe(first);
  });

  it('has nothing to say of a document that is none of ours', () => {
    const service = openService();
    const other = document('{}', 1, 'package.json');
    expect(service.analyse(other)).toBeUndefined();
    expect(service.hover(other, 0)).toBeUndefined();
    expect(service.codeActions(other, { start: 0, end: 2 })).toEqual([]);
  });

  it('says nothing wrong of any beginning of a file', () => {
    const service = openService();
    for (let end = 0; end <= wrong.length; end++) {
      const at = document(wrong.slice(0, end), end);
      for (const { location, rule } of service.analyse(at)?.diagnostics ?? []) {
        expect(location.span.end, rule).toBeLessThanOrEqual(end);
      }
      service.hover(at, end);
      service.codeActions(at, { start: end, end });
    }
  });
});

describe('code actions', () => {
  const here = wrong.indexOf('10.1.0.1/24');

  it('offer fixes first, best first, then suppressions, for what the cursor touches', () => {
    const actions = openService().codeActions(document(wrong), { start: here + 3, end: here + 3 });
    expect(actions.map(({ title, kind, isPreferred }) => [kind, isPreferred, title])).toEqual([
      ['fix', true, expect.stringContaining('10.1.0.0/24')],
      ['fix', false, 'Move to the free range 10.1.1.0/24'],
      ['suppress', false, 'Disable cidr-host-bits for this line'],
      ['suppress', false, 'Disable cidr-host-bits for this file'],
      ['suppress', false, 'Disable subnet-overlap for this line'],
      ['suppress', false, 'Disable subnet-overlap for this file'],
    ]);
  });

  it('are offered at the ends of a finding and in a selection around it, and nowhere else', () => {
    const service = openService();
    const count = (start: number, end = start): number => service.codeActions(document(wrong), { start, end }).length;
    expect([count(here), count(here + 11), count(0, wrong.length)]).toEqual([6, 6, 6]);
    expect([count(here - 2), count(here + 13), count(0)]).toEqual([0, 0, 0]);
  });

  it('each remove the finding that they are for', () => {
    const service = openService();
    const actions = service.codeActions(document(wrong), { start: here, end: here });
    actions.forEach((action, index) => {
      const next = document(applied(wrong, action), index + 2);
      const left = service.analyse(next)?.diagnostics ?? [];
      expect(
        left.filter(({ rule }) => rule === action.diagnostic.rule),
        action.title,
      ).toEqual([]);
      expect(left.filter(({ rule }) => rule.endsWith('-syntax'))).toEqual([]);
    });
  });

  it('write the line breaks of the file', () => {
    const text = wrong.replaceAll('\n', '\r\n');
    const at = text.indexOf('10.1.0.1/24');
    for (const action of openService().codeActions(document(text), { start: at, end: at })) {
      expect(applied(text, action), action.title).not.toMatch(/[^\r]\n/);
    }
  });

  it('put no comment into text that would take it for its own', () => {
    const head =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n';
    const titles = (value: string): string[] => {
      const text = `${head}  corp.server: ${value}`;
      const at = text.indexOf('forwrd');
      const actions = openService().codeActions(document(text, 1, 'dns.yaml'), { start: at, end: at });
      return actions.filter(({ kind }) => kind === 'suppress').map(({ title }) => title.replace(/.* for /, ''));
    };
    expect(titles('|\n    corp.example:53 {\n      forwrd . 10.0.0.10\n    }\n')).toEqual(['this line', 'this file']);
    expect(titles('"corp.example:53 {\\n forwrd . 10.0.0.10\\n}\\n"\n')).toEqual(['this line', 'this file']);
    expect(titles('"corp.example:53 {\\n\n    forwrd . 10.0.0.10\\n\n    }\\n"\n')).toEqual(['this file']);
    expect(titles('>\n    corp.example:53 {\n\n    forwrd . 10.0.0.10\n\n    }\n')).toEqual(['this file']);
  });
});
