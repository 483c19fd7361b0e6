import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { lowerCoredns, parseCoredns, recogniseCoredns } from '../../../src/coredns/index.ts';
import { LanguageService } from '../../../src/service/language-service.ts';
import { configMap, fixFirst, judge, summary } from './judge.ts';

/** The ConfigMap as `kubectl -o json` prints it. */
function asJson(data: Readonly<Record<string, string>>): string {
  const metadata = { name: 'coredns-custom', namespace: 'kube-system' };
  return `${JSON.stringify({ apiVersion: 'v1', data, kind: 'ConfigMap', metadata }, undefined, 4)}\n`;
}

function analyse(name: string, text: string) {
  const service = new LanguageService((rule, _uri, error) => {
    throw new Error(rule, { cause: error });
  });
  const document = { uri: `file:///work/${name}`, languageId: '', version: 1, text };
  return { service, document, analysis: service.analyse(document) };
}

describe('a ConfigMap written as JSON', () => {
  const text = asJson({ 'a.server': 'a.example:53 {\n    forwrd . 10.1.0.4\n    "log"\n}\n' });

  test('is read with exact places', () => {
    const { analysis } = analyse('dns.json', text);
    const [found] = analysis?.diagnostics ?? [];
    expect(found?.rule).toBe('coredns-unknown-plugin');
    expect(text.slice(found?.location.span.start, found?.location.span.end)).toBe('forwrd');
  });

  test('is fixed inside its strings', () => {
    const fixed = fixFirst(asJson({ 'a.server': 'a.example:53 {\n    errors\n    errors\n    "log"\n}\n' }));
    expect(JSON.parse(fixed)).toMatchObject({ data: { 'a.server': 'a.example:53 {\n    errors\n    "log"\n}\n' } });
  });

  test('gets no comments', () => {
    const { service, document } = analyse('dns.json', text);
    const actions = service.codeActions(document, { start: 0, end: text.length });
    expect(actions.filter(({ kind }) => kind === 'suppress')).toEqual([]);
    for (const { edits } of actions) {
      expect(() => JSON.parse(applyEdits(text, edits[0]?.edits ?? []))).not.toThrow();
    }
  });

  test('is found in a list, and other JSON is left alone', () => {
    const list = `{"apiVersion":"v1","kind":"List","items":[${asJson({ 'a.override': 'cache 10\n' })}]}`;
    expect(analyse('all.json', list).analysis?.diagnostics.map(({ rule }) => rule)).toEqual([
      'coredns-duplicate-default-plugin',
    ]);
    expect(analyse('package.json', '{"name": "coredns", "kind": "ConfigMap"}').analysis?.diagnostics ?? []).toEqual([]);
  });
});

describe('a Helm template', () => {
  test('is checked but for what it fills in', () => {
    const text = configMap(
      'a.server: |',
      '  {{ .Values.zone }}:53 {',
      '      forward . {{ .Values.dns | join " " }}',
      '      cahce 30',
      '  }',
    );
    expect(summary(text)).toEqual(['10 !unknown-plugin cahce']);
  });

  test('is shown as it is written', () => {
    const text = configMap('a.override: |', '  forward {{ .Values.zone }} 10.1.0.4');
    const [found] = judge(text);
    expect(found?.text).toContain('Give {{ .Values.zone }} a server block');
    const model = lowerCoredns(parseCoredns(text, 'yaml', 'file:///x'));
    expect(model.configMaps[0]?.entries[0]?.corefile?.plugins[0]?.args[0]?.text).toBe('{{ .Values.zone }}');
  });

  test('proves nothing about lines that it may leave out', () => {
    const branches = [
      'a.server: |',
      '  a.example {',
      '  {{- if .Values.x }}',
      '  cache 30',
      '  {{- else }}',
      '  cache 60',
    ];
    expect(summary(configMap(...branches, '  {{- end }}', '  }'))).toEqual([]);
    const keys = [
      '{{- if .Values.x }}',
      'a.server: |',
      '  a.example {',
      '  }',
      '{{- else }}',
      'b.server: |',
      '  a.example {',
    ];
    expect(summary(configMap(...keys, '  }', '{{- end }}'))).toEqual([]);
    expect(summary(configMap('a.server: |', '  a.example {', '{{ .Values.more | indent 4 }}'))).toEqual([]);
  });

  test('may fill in the whole of data, or its braces', () => {
    const head = configMap().replace('data:\n', '');
    expect(summary(`${head}data: {{ toYaml .Values.data | nindent 2 }}\n`)).toEqual([]);
    expect(summary(`${head}data:\n{{ toYaml .Values.data | indent 2 }}\n`)).toEqual([]);
    expect(
      summary(
        `${head}data:\n  {{- range $key, $value := .Values.all }}\n  {{ $key }}.server: |\n{{ $value | indent 4 }}\n  {{- end }}\n`,
      ),
    ).toEqual([]);
  });

  test('does not count what the template plugin of CoreDNS uses', () => {
    const text = configMap(
      'a.override: |',
      '  template IN A a.example {',
      '    answer "{{ .Name }} 60 IN A 10.1.0.4"',
      '  }',
      '  cache 30',
    );
    expect(summary(text)).toEqual(['11 !duplicate-default-plugin cache']);
  });

  test('says nothing of values that a chart makes whole', () => {
    expect(
      summary(
        configMap(
          'a.server: {{ .Values.a | quote }}',
          'b.server: "{{ .Values.b }}"',
          '{{ .Values.c }}.server: {{ tpl . }}',
        ),
      ),
    ).toEqual([]);
    expect(summary(configMap('a.server: |', '  {{ .Values.a }}', 'b.server: |', '  b.example:53 {', '  }'))).toEqual(
      [],
    );
  });

  test('of Azure DevOps tokens and Jinja is one as well', () => {
    expect(summary(configMap('a.server: |', '  #{zone}#:53 {', '    cahce 30', '  }'))).toEqual([
      '9 !unknown-plugin cahce',
    ]);
    expect(summary(configMap('a.override: |', '  {% if x %}', '  cahce 30', '  {% endif %}'))).toEqual([
      '9 !unknown-plugin cahce',
    ]);
  });
});

describe('a kustomization', () => {
  const head =
    'kind: Kustomization\nconfigMapGenerator:\n- name: coredns-custom\n  options:\n    disableNameSuffixHash: true\n';

  test('is judged by its name, its namespace and the names of its files', () => {
    expect(summary(`${head}  files:\n  - dns/corp.servers\n  - a.override=b.txt\n`)).toEqual([
      '7 key-suffix corp.servers',
    ]);
    expect(summary(`${head}  namespace: default\n  files: [a.override]\n`)).toEqual(['6 namespace default']);
    expect(summary(`${head}  literals: [a.override=log]\n`)).toEqual([]);
    expect(summary('kind: Kustomization\nconfigMapGenerator:\n- name: web\n  files: [app.conf]\n')).toEqual([]);
  });
});

describe('a quotation mark of YAML that is never closed', () => {
  test('is the place of the error', () => {
    expect(summary(configMap('a.override: "log', 'b.override: |', '  log'))).toEqual(['7 !yaml-invalid "']);
  });
});

describe('a snippet that imports itself', () => {
  test('is told by the import that leads back', () => {
    const [found] = judge('(a) {\n  log {\n    import a\n  }\n}\n.:53 {\n  import a\n}\n', 'corefile');
    expect(found?.text).toBe('This snippet comes back to itself by "import a", without end. Remove that line.');
  });
});

describe('the name of a generator', () => {
  const text = 'configMapGenerator:\n  - name: coredns-custom\n    literals: [a.override=log]\n';

  test('gets a hash, which the fix takes away', () => {
    expect(summary(text)).toEqual(['2 configmap-name coredns-custom']);
    expect(fixFirst(text)).toBe(
      'configMapGenerator:\n  - name: coredns-custom\n    options:\n      disableNameSuffixHash: true\n    literals: [a.override=log]\n',
    );
    expect(summary(fixFirst(text))).toEqual([]);
    expect(summary(`generatorOptions: {disableNameSuffixHash: true}\n${text}`)).toEqual([]);
    expect(summary(text.replace('literals', 'behavior: merge\n    literals'))).toEqual([]);
  });
});

describe('the file of one key', () => {
  test('is known by its name and its text', () => {
    expect(recogniseCoredns('log\n', 'dns/a.override')).toBe('override');
    expect(recogniseCoredns('a.example:53 {\n}\n', 'a.server')).toBe('server');
    expect(recogniseCoredns('[Service]\nType=simple\n', 'web.server')).toBeUndefined();
    expect(recogniseCoredns('log\n', '.override')).toBeUndefined();
  });

  test('is judged where AKS puts it', () => {
    const rules = (name: string, text: string) => analyse(name, text).analysis?.diagnostics.map(({ rule }) => rule);
    expect(rules('a.override', 'cache 30\n')).toEqual(['coredns-duplicate-default-plugin']);
    expect(rules('a.server', '.:53 {\n  log\n}\n')).toEqual(['coredns-server-redefines-root']);
    expect(rules('a.override', 'a.example {\n  log\n}\n')).toEqual(['coredns-override-server-block']);
    expect(rules('a.server', 'a.example {\n  log\n}\n')).toEqual([]);
  });
});

describe('a stated version', () => {
  const judged = (comment: string) =>
    analyse('dns.yaml', `${comment}\n${configMap('a.override: |', '  nomad')}`).analysis?.diagnostics.map(
      ({ rule }) => rule,
    );

  test('counts in the file that states it', () => {
    expect(judged('# aksnet-kubernetes-version: 1.33')).toEqual(['coredns-unknown-plugin']);
    expect(judged('# aksnet-coredns-version: 1.12.1')).toEqual(['coredns-unknown-plugin']);
    expect(judged('# aksnet-kubernetes-version: v1.34.2')).toEqual([]);
    expect(judged('# aksnet-kubernetes-version: newest')).toEqual([]);
  });
});
