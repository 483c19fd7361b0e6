import { lowerCoredns, parseCoredns } from '../../coredns/index.ts';
import { emptyModel } from '../../model/model.ts';
import { valueLocation } from '../../model/value.ts';
import { rules } from '../../rules/index.ts';
import { defaultSettings } from '../../service/settings.ts';

/** A finding with the lines that it speaks about, one-based. */
export interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly text: string;
  /** Where it stands, then the places that are related to it. */
  readonly lines: readonly number[];
}

const corednsRules = rules.filter(({ languages }) => languages.includes('coredns'));

/** Does what an editor does with a text: parses and lowers it and runs every CoreDNS rule. */
export function runRules(text: string, kind: 'yaml' | 'corefile', corednsVersion: string): void {
  const model = { ...emptyModel, ...lowerCoredns(parseCoredns(text, kind, 'file')) };
  const settings = { ...defaultSettings, corednsVersion };
  for (const rule of corednsRules) rule.check(model, () => undefined, settings);
}

/** What the parser and every CoreDNS rule say of a text. */
export function judge(text: string, kind: 'yaml' | 'corefile', corednsVersion: string): readonly Found[] {
  const file = parseCoredns(text, kind, 'file');
  const model = { ...emptyModel, ...lowerCoredns(file) };
  const found: Found[] = file.errors.map(({ message, span }) => ({
    rule: 'syntax',
    severity: 'error',
    text: message,
    lines: [lineAt(text, span.start)],
  }));
  for (const rule of corednsRules) {
    rule.check(
      model,
      (finding) => {
        const places = [finding.at, ...finding.related.map(({ at }) => at)];
        const spans = places.map((place) => ('span' in place ? place : valueLocation(place)).span);
        const lines = spans.map(({ start }) => lineAt(text, start));
        found.push({ rule: rule.id, severity: finding.severity, text: finding.text, lines });
      },
      { ...defaultSettings, corednsVersion },
    );
  }
  return found;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/** A coredns-custom ConfigMap of some keys, and where the lines of each key stand in it. */
export function configMapOf(files: Readonly<Record<string, string>>): {
  readonly text: string;
  readonly lineOf: (key: string, line: number) => number | undefined;
} {
  let text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n';
  const starts = new Map<string, number>();
  for (const [key, content] of Object.entries(files)) {
    const line = text.split('\n').length;
    const isPlain = content.trim() !== '' && isPrintable(content);
    starts.set(key, isPlain ? line : Number.NaN);
    text += isPlain ? `  ${key}: ${literal(content)}` : `  ${key}: ${JSON.stringify(content)}\n`;
  }
  return {
    text,
    lineOf: (key, line) => {
      const start = starts.get(key);
      if (start === undefined) return undefined;
      return Number.isNaN(start) ? text.slice(0, text.indexOf(`  ${key}:`)).split('\n').length : start + line;
    },
  };
}

/** The text as a block scalar, which is how people write it. */
function literal(content: string): string {
  const lines = content.replace(/\n$/, '').split('\n');
  return `|2${content.endsWith('\n') ? '+' : '-'}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** Whether a block scalar keeps every character as it is. */
function isPrintable(content: string): boolean {
  return [...content].every((char) => {
    const code = char.codePointAt(0) ?? 0;
    return (
      code === 9 ||
      code === 10 ||
      (code >= 32 && code !== 0x85 && code !== 0x2028 && code !== 0x2029 && code !== 0xfeff)
    );
  });
}
