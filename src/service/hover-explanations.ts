import { rules } from '../rules/index.ts';
import type { Hover } from './hover.ts';

/**
 * The Markdown of a hover with why its findings matter: kept apart from finding them, as most documents are read without
 * that anybody asks.
 */
export function withExplanations({ markdown, rules: ids }: Pick<Hover, 'markdown' | 'rules'>): string {
  const explained = ids.flatMap((id) => {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule === undefined) return [];
    const answers = rule.serviceErrors.map((answer) => `\`${answer}\``).join(' or ');
    const error = answers === '' ? '' : ` The service answers ${answers}.`;
    const [reference] = rule.references;
    const link = reference === undefined ? '' : `\n\n[Reference](${reference})`;
    return [`**${rule.id}** · ${rule.summary}\n\n${rule.why}${error}${link}`];
  });
  return [markdown, ...explained].filter((part) => part !== '').join('\n\n---\n\n');
}
