import { applyEdits } from '../../../src/base/text-edit.ts';
import { type CorednsKind, lowerCoredns, parseCoredns, renderCorednsChange } from '../../../src/coredns/index.ts';
import type { Change, Fix, KeyChange, TextChange } from '../../../src/model/change.ts';
import { emptyModel } from '../../../src/model/model.ts';
import { ruleAreas } from '../../../src/rules/index.ts';
import { defaultRuleSettings, type Finding, type Rule } from '../../../src/rules/rule.ts';

export const corednsRules: readonly Rule[] = ruleAreas.find(({ folder }) => folder === 'coredns')?.rules ?? [];

/** A finding with the rule that it comes from. */
interface Named {
  readonly rule: string;
  readonly finding: Finding;
}

/** One finding: its rule without `coredns-`, its severity, line, the text that it underlines, and its fixes. */
export interface Judgement {
  readonly rule: string;
  readonly severity: string;
  readonly line: number;
  readonly at: string;
  readonly text: string;
  readonly fixes: readonly Fix[];
}

/** What all CoreDNS rules say of a text, as the engine gets it, and the syntax errors. */
export function findings(text: string, kind: CorednsKind = 'yaml', corednsVersion?: string): readonly Named[] {
  const file = parseCoredns(text, kind, 'file:///x');
  const model = { ...emptyModel, ...lowerCoredns(file) };
  const found: Named[] = file.errors.map(({ message, span }) => ({
    rule: 'syntax',
    finding: {
      at: { uri: 'file:///x', span },
      text: message,
      related: [],
      fixes: () => [],
      severity: 'error',
      serviceError: undefined,
    },
  }));
  for (const rule of corednsRules) {
    rule.check(model, (finding) => found.push({ rule: rule.id, finding }), { ...defaultRuleSettings, corednsVersion });
  }
  return found;
}

/** What all CoreDNS rules say of a text, by place. */
export function judge(text: string, kind: CorednsKind = 'yaml', corednsVersion?: string): readonly Judgement[] {
  return findings(text, kind, corednsVersion)
    .map(({ rule, finding }) => ({ rule, finding, span: ('span' in finding.at ? finding.at : finding.at.at).span }))
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ rule, finding, span }) => ({
      rule: rule.replace('coredns-', ''),
      severity: finding.severity,
      line: text.slice(0, span.start).split('\n').length,
      at: text.slice(span.start, span.end),
      text: finding.text,
      fixes: finding.fixes(),
    }));
}

/** The findings as `line rule text`, with `!` for errors. */
export function summary(text: string, kind: CorednsKind = 'yaml', corednsVersion?: string): readonly string[] {
  return judge(text, kind, corednsVersion).map(
    ({ rule, severity, line, at }) => `${line} ${severity === 'error' ? '!' : ''}${rule} ${at}`,
  );
}

/** The text after the first fix of the first finding that has one. */
export function fixFirst(text: string, kind: CorednsKind = 'yaml'): string {
  const fix = judge(text, kind).find(({ fixes }) => fixes.length > 0)?.fixes[0];
  return fix === undefined ? text : applyFix(text, fix, kind);
}

/** The text after a fix; as it was where the fix cannot be written. */
export function applyFix(text: string, fix: Fix, kind: CorednsKind = 'yaml'): string {
  const file = parseCoredns(text, kind, 'file:///x');
  const edits = fix.changes.filter(isCorednsChange).map((change) => renderCorednsChange(file, change));
  return edits.some((each) => each === undefined)
    ? text
    : applyEdits(
        text,
        edits.flatMap((each) => each ?? []),
      );
}

function isCorednsChange(change: Change): change is TextChange | KeyChange {
  return /text$|lines$|key$/.test(change.kind);
}

/** A coredns-custom ConfigMap with these lines, each indented by two, under `data`. */
export function configMap(...lines: readonly string[]): string {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n';
  return `${head}${lines.map((line) => `  ${line}\n`).join('')}`;
}
