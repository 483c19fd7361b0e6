/** What keeps the expression language of `view` from reading an expression, in its words, and where in the text. */
export interface ExpressionProblem {
  readonly error: string;
  readonly start: number;
  readonly end: number;
}

/** What CoreDNS gives to expressions. */
export const expressionNames: ReadonlySet<string> = new Set(
  'incidr metadata type name class proto size client_ip port id opcode do bufsize server_ip server_port'.split(' '),
);

const builtins: ReadonlySet<string> = new Set(
  `all none any one filter map find findIndex findLast findLastIndex count sum groupBy sortBy reduce len abs ceil floor
round int float string trim trimPrefix trimSuffix upper lower split splitAfter replace repeat join indexOf lastIndexOf
hasPrefix hasSuffix max min mean median toJSON fromJSON toBase64 fromBase64 now duration date timezone first last get
take keys values toPairs fromPairs reverse sort concat uniq flatten bitand bitor bitxor bitnand bitnot bitshl bitshr
bitushr true false nil let if else`.split(/\s/),
);

const wordOperators: ReadonlySet<string> = new Set('not in or and contains startsWith endsWith matches'.split(' '));

interface Token {
  readonly text: string;
  readonly kind: 'value' | 'name' | 'operator' | 'open' | 'close';
  readonly start: number;
}

/**
 * What is surely wrong with an expression: text that cannot be read, two values side by side, brackets that do not match
 * and names that do not exist. Types are not checked.
 */
export function expressionProblem(text: string): ExpressionProblem | undefined {
  const tokens: Token[] = [];
  const pattern =
    /\s+|\/\*[\s\S]*?\*\/|\/\/[^\n]*|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\d[\w.]*)|([A-Za-z_$#][\w$]*)|([([{])|([)\]}])|(\?\?|\?\.|\.\.|\*\*|&&|\|\||[=!<>]=|[-+*/%^<>!?:,.|;=])/y;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      const char = text[start] ?? '';
      const isQuote = char === '"' || char === "'";
      return {
        error: isQuote
          ? 'literal not terminated'
          : `unrecognized character: U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`,
        start,
        end: isQuote ? text.length : start + 1,
      };
    }
    const [, value, name, open, close, operator] = match;
    if (value !== undefined) tokens.push({ text: value, kind: 'value', start });
    else if (name !== undefined) {
      const isOperator = wordOperators.has(name) && tokens.at(-1)?.text !== '.';
      tokens.push({ text: name, kind: isOperator ? 'operator' : 'name', start });
    } else if (open !== undefined) tokens.push({ text: open, kind: 'open', start });
    else if (close !== undefined) tokens.push({ text: close, kind: 'close', start });
    else if (operator !== undefined) tokens.push({ text: operator, kind: 'operator', start });
  }
  // Closures, pipes and declarations bring names and shapes of their own.
  if (tokens.some(({ text: token }) => /^(?:[{}|;#]|let|if|else)$/.test(token) || token.startsWith('#')))
    return undefined;
  return shapeProblem(text, tokens) ?? nameProblem(tokens);
}

function shapeProblem(text: string, tokens: readonly Token[]): ExpressionProblem | undefined {
  const unexpected = ({ text: token, kind, start }: Token): ExpressionProblem => {
    const type =
      kind === 'name'
        ? 'Identifier'
        : kind === 'value'
          ? /^\d/.test(token)
            ? 'Number'
            : 'String'
          : kind === 'operator'
            ? 'Operator'
            : 'Bracket';
    return {
      error: `unexpected token ${type}("${token.replace(/^["'`]|["'`]$/g, '')}")`,
      start,
      end: start + token.length,
    };
  };
  const atEnd: ExpressionProblem = { error: 'unexpected token EOF', start: 0, end: text.length };
  const brackets: string[] = [];
  let needsValue = true;
  for (const [index, token] of tokens.entries()) {
    const { text: word, kind } = token;
    if (kind === 'value' || kind === 'name') {
      if (!needsValue) return unexpected(token);
      needsValue = false;
    } else if (kind === 'open') {
      const isCall = !needsValue && (word === '[' || (word === '(' && tokens[index - 1]?.kind === 'name'));
      if (!needsValue && !isCall) return unexpected(token);
      brackets.push(word);
      needsValue = true;
    } else if (kind === 'close') {
      const before = tokens[index - 1];
      const isEmpty = before?.kind === 'open' || before?.text === ',';
      if (needsValue && !isEmpty && before?.text !== ':') return unexpected(token);
      if (brackets.pop() !== (word === ')' ? '(' : '[')) return unexpected(token);
      needsValue = false;
    } else if (needsValue) {
      if (!/^(?:[-+!:.]|not)$/.test(word)) return unexpected(token);
    } else if (word !== '!') {
      needsValue = word !== 'not' || tokens[index + 1]?.kind !== 'operator';
    } else return unexpected(token);
  }
  return needsValue || brackets.length > 0 ? atEnd : undefined;
}

function nameProblem(tokens: readonly Token[]): ExpressionProblem | undefined {
  for (const [index, { text, kind, start }] of tokens.entries()) {
    if (kind !== 'name') continue;
    const before = tokens[index - 1]?.text;
    if (before === '.' || before === '?.') continue;
    if (expressionNames.has(text) || builtins.has(text)) continue;
    return { error: `unknown name ${text}`, start, end: start + text.length };
  }
  return undefined;
}
