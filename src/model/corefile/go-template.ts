import { compareVersions } from '../dns-queries.ts';

/** What keeps Go from reading a template, in Go's words, and where in the text. */
export interface TemplateProblem {
  readonly error: string;
  readonly start: number;
  readonly end: number;
}

const functions: ReadonlySet<string> = new Set(
  'and or not len index slice print printf println html js urlquery call eq ne lt le gt ge parseInt'.split(' '),
);

/**
 * What is wrong with a Go template: actions that are not closed, blocks without an end, unknown functions and variables.
 * Anything that is not surely wrong passes.
 */
export function templateProblem(text: string, version: string): TemplateProblem | undefined {
  const open: { readonly keyword: string; readonly start: number; readonly end: number; hasElse: boolean }[] = [];
  const variables = new Set(['$']);
  const isOld = compareVersions(version, '1.10.0') < 0;
  let position = 0;
  for (;;) {
    const start = text.indexOf('{{', position);
    if (start < 0) break;
    const comment = /^\{\{(?:- )?\/\*/.exec(text.slice(start, start + 8));
    if (comment !== null) {
      const close = /\*\/(?: -)?\}\}/.exec(text.slice(start));
      if (close === null) return { error: 'unclosed comment', start, end: text.length };
      position = start + close.index + close[0].length;
      continue;
    }
    const action = readAction(text, start);
    if ('error' in action) return action;
    position = action.end;
    const problem = judgeAction(action.body, start, action.end);
    if (problem !== undefined) return problem;
  }
  const unclosed = open.at(-1);
  return unclosed === undefined ? undefined : { error: 'unexpected EOF', start: unclosed.start, end: unclosed.end };

  function judgeAction(body: string, start: number, end: number): TemplateProblem | undefined {
    const fail = (error: string): TemplateProblem => ({ error, start, end });
    const [keyword = ''] = /^[a-z]+/.exec(body) ?? [];
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range':
      case 'block':
      case 'define':
        open.push({ keyword, start, end, hasElse: false });
        if (body === keyword) return fail(`missing value for ${keyword}`);
        return judgePipeline(body.slice(keyword.length), keyword, fail);
      case 'else': {
        const outer = open.at(-1);
        if (outer === undefined || outer.keyword === 'block' || outer.keyword === 'define')
          return fail('unexpected {{else}}');
        if (outer.hasElse) return fail('expected end; found {{else}}');
        const rest = body.slice(4).trim();
        if (rest === '') outer.hasElse = true;
        return rest === '' ? undefined : judgePipeline(rest.replace(/^(?:if|with)\b/, ''), keyword, fail);
      }
      case 'end':
        return open.pop() === undefined ? fail('unexpected {{end}}') : undefined;
      case 'break':
      case 'continue':
        return open.some((each) => each.keyword === 'range') ? undefined : fail(`{{${keyword}}} outside {{range}}`);
      case 'template':
        return undefined;
      default:
        return body === '' ? fail('missing value for command') : judgePipeline(body, 'command', fail);
    }
  }

  function judgePipeline(
    body: string,
    context: string,
    fail: (error: string) => TemplateProblem,
  ): TemplateProblem | undefined {
    const plain = body.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*'/g, ' "" ');
    for (const [, name = ''] of plain.matchAll(/(\$\w+)(?=\s*(?:,\s*\$\w+\s*)?:?=)/g)) variables.add(name);
    for (const [, name = ''] of plain.matchAll(/,\s*(\$\w+)\s*:=/g)) variables.add(name);
    for (const [name] of plain.matchAll(/\$\w+/g)) {
      if (!variables.has(name)) return fail(`undefined variable "${name}"`);
    }
    if (context !== 'block' && context !== 'define') {
      for (const [, name = ''] of plain.matchAll(/(?<![\w.$)])([A-Za-z_]\w*)/g)) {
        if (name === 'parseInt' ? isOld : !functions.has(name) && !/^(?:true|false|nil)$/.test(name))
          return fail(`function "${name}" not defined`);
      }
    }
    let depth = 0;
    for (const char of plain) {
      if (char === '(') depth++;
      if (char === ')' && --depth < 0) return fail('unexpected right paren');
    }
    return depth > 0 ? fail('unclosed left paren') : undefined;
  }
}

/** Reads from `{{` to its `}}`, quotations skipped. */
function readAction(text: string, start: number): { readonly body: string; readonly end: number } | TemplateProblem {
  let position = start + 2;
  while (position < text.length) {
    const char = text[position];
    if (char === '}' && text[position + 1] === '}') {
      const body = text.slice(start + 2, position).replace(/^-(?=\s)|(?<=\s)-$/g, '');
      return { body: body.trim(), end: position + 2 };
    }
    if (char === '"' || char === "'" || char === '`') {
      const close = closingQuote(text, position, char);
      if (close === undefined) {
        const kind = char === '"' ? 'quoted string' : char === '`' ? 'raw quoted string' : 'character constant';
        return { error: `unterminated ${kind}`, start: position, end: text.length };
      }
      position = close;
    }
    position++;
  }
  return { error: 'unclosed action', start, end: Math.min(text.length, start + 2) };
}

function closingQuote(text: string, open: number, quote: string): number | undefined {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote !== '`') i++;
    else if (text[i] === quote) return i;
    else if (text[i] === '\n' && quote !== '`') return undefined;
  }
  return undefined;
}
