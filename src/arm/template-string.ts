/** Whether a string value of a template is evaluated: it begins with `[`, not with `[[`, and ends with `]`. */
export function isExpressionText(value: string): boolean {
  return value.length > 1 && value.charCodeAt(0) === 91 && value.charCodeAt(1) !== 91 && value.endsWith(']');
}

/** The text that a string value of a template stands for when it is no expression: `[[a]` means `[a]`. */
export function literalText(value: string): string {
  return value.startsWith('[[') && value.endsWith(']') ? value.slice(1) : value;
}

/** A text as the value of a template string, so that it is not taken for an expression. */
export function escapeLiteral(text: string): string {
  return text.length > 1 && text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}
