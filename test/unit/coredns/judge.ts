import { applyEdits } from '../../../src/base/text-edit.ts';
import { lowerCoredns, parseCoredns, renderCorefileChange } from '../../../src/coredns/index.ts';
import type { Change, CorefileChange, Fix } from '../../../src/model/change.ts';
import { emptyModel } from '../../../src/model/model.ts';
import { corednsDuplicateDefaultPlugin } from '../../../src/rules/coredns/coredns-duplicate-default-plugin.ts';
import { corednsForwardNoUpstream } from '../../../src/rules/coredns/coredns-forward-no-upstream.ts';
import { corednsKeySuffix } from '../../../src/rules/coredns/coredns-key-suffix.ts';
import { corednsMissingData } from '../../../src/rules/coredns/coredns-missing-data.ts';
import { corednsNamespace } from '../../../src/rules/coredns/coredns-namespace.ts';
import { corednsNotBlockScalar } from '../../../src/rules/coredns/coredns-not-block-scalar.ts';
import { corednsOverrideServerBlock } from '../../../src/rules/coredns/coredns-override-server-block.ts';
import { corednsUnbalancedBraces } from '../../../src/rules/coredns/coredns-unbalanced-braces.ts';
import { corednsUnknownPlugin } from '../../../src/rules/coredns/coredns-unknown-plugin.ts';
import { corednsYamlInvalid } from '../../../src/rules/coredns/coredns-yaml-invalid.ts';
import type { Rule } from '../../../src/rules/rule.ts';

export const corednsRules: readonly Rule[] = [
  corednsDuplicateDefaultPlugin,
  corednsForwardNoUpstream,
  corednsKeySuffix,
  corednsMissingData,
  corednsNamespace,
  corednsNotBlockScalar,
  corednsOverrideServerBlock,
  corednsUnbalancedBraces,
  corednsUnknownPlugin,
  corednsYamlInvalid,
];

/** One finding: its rule without `coredns-`, its severity, line, the text that it underlines, and its fixes. */
export interface Judgement {
  readonly rule: string;
  readonly severity: string;
  readonly line: number;
  readonly at: string;
  readonly text: string;
  readonly fixes: readonly Fix[];
}

/** What all CoreDNS rules say of a text, by place. */
export function judge(text: string, kind: 'yaml' | 'corefile' = 'yaml', corednsVersion?: string): readonly Judgement[] {
  const file = parseCoredns(text, kind);
  const model = { ...emptyModel, ...lowerCoredns(file, 'file:///x') };
  const found: (Judgement & { readonly start: number })[] = [];
  const add = (
    rule: string,
    severity: string,
    message: string,
    start: number,
    end: number,
    fixes: readonly Fix[],
  ): void => {
    const line = text.slice(0, start).split('\n').length;
    found.push({
      rule: rule.replace('coredns-', ''),
      severity,
      line,
      at: text.slice(start, end),
      text: message,
      fixes,
      start,
    });
  };
  for (const { message, span } of file.errors) add('syntax', 'error', message, span.start, span.end, []);
  for (const rule of corednsRules) {
    rule.check(
      model,
      (finding) => {
        const { span } = 'span' in finding.at ? finding.at : finding.at.at;
        add(rule.id, finding.severity, finding.text, span.start, span.end, finding.fixes);
      },
      { egressNextHops: [], corednsVersion },
    );
  }
  return found.sort((a, b) => a.start - b.start).map(({ start: _, ...judgement }) => judgement);
}

/** The findings as `line rule text`, with `!` for errors. */
export function summary(text: string, kind: 'yaml' | 'corefile' = 'yaml', corednsVersion?: string): readonly string[] {
  return judge(text, kind, corednsVersion).map(
    ({ rule, severity, line, at }) => `${line} ${severity === 'error' ? '!' : ''}${rule} ${at}`,
  );
}

/** The text after the first fix of the first finding that has one. */
export function fixFirst(text: string, kind: 'yaml' | 'corefile' = 'yaml'): string {
  const file = parseCoredns(text, kind);
  const fix = judge(text, kind).find(({ fixes }) => fixes.length > 0)?.fixes[0];
  const edits = (fix?.changes ?? [])
    .filter(isCorefileChange)
    .flatMap((change) => renderCorefileChange(file, change) ?? []);
  return applyEdits(text, edits);
}

function isCorefileChange(change: Change): change is CorefileChange {
  return ['replace-text', 'insert-lines', 'remove-text', 'indent-lines'].includes(change.kind);
}

/** A coredns-custom ConfigMap with these lines, each indented by two, under `data`. */
export function configMap(...lines: readonly string[]): string {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n';
  return `${head}${lines.map((line) => `  ${line}\n`).join('')}`;
}
