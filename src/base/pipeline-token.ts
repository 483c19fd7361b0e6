/**
 * What pipelines replace before they deploy a file: `#{name}#` and `__name__` of the token replacing tasks, `$(name)` of
 * Azure Pipelines, `${name}` of envsubst and Terraform, `{{ name }}` of template engines. No pipeline would call a value
 * `__proto__`.
 */
export const pipelineToken =
  /#\{[^{}"]+\}#?|__(?!proto__)[A-Za-z][\w.-]*?__|\$\([\w.-]+\)|\$\{[^{}"]+\}|\$?\{\{-?\s*[A-Za-z.][^{}"]*\}\}/;

/**
 * Whether a text may have a token. A search for single texts takes a fraction of the time of the expression, and nearly
 * every text has none of them.
 */
export function mayHaveToken(text: string): boolean {
  return text.includes('$') || text.includes('#{') || text.includes('{{') || text.includes('__');
}

const tokensHere = new RegExp(`(?:${pipelineToken.source})+`, 'y');

/** The end of the tokens that stand at an offset of a text, one behind the other; undefined where there is none. */
export function endOfTokens(text: string, offset: number): number | undefined {
  tokensHere.lastIndex = offset;
  return tokensHere.test(text) ? tokensHere.lastIndex : undefined;
}
