import { isFunction } from './function-signatures.ts';

/** Whether a string value of a template is evaluated: it begins with `[`, not with `[[`, and ends with `]`. */
export function isExpressionText(value: string): boolean {
  return value.length > 1 && value.charCodeAt(0) === 91 && value.charCodeAt(1) !== 91 && value.endsWith(']');
}

/** Whether a text that is no expression for want of a `]` at its end was surely meant as one: it begins with a known call. */
export function isUnfinishedExpression(value: string): boolean {
  if (value.charCodeAt(0) !== 91 || value.endsWith(']')) return false;
  const name = /^\[\s*([a-z0-9]+)\s*\(/i.exec(value)?.[1];
  return name !== undefined && isFunction(name);
}

/** The text that a string value of a template stands for when it is no expression: `[[a]` means `[a]`. */
export function literalText(value: string): string {
  return value.startsWith('[[') && value.endsWith(']') ? value.slice(1) : value;
}

/** A text as the value of a template string, so that it is not taken for an expression. */
export function escapeLiteral(text: string): string {
  return text.length > 1 && text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}
