import type { Span } from '../base/span.ts';
import type { CorefileRole } from '../model/dns.ts';
import { lexCorefile } from './corefile-lexer.ts';
import { readAsCoredns } from './corefile-reader.ts';
import type { BraceProblemSyntax } from './corefile-syntax.ts';
import type { Token } from './corefile-token.ts';

/** Where CoreDNS's own reader gives up, in the text that was given. */
export interface Verdict {
  readonly message: string;
  readonly span: Span;
}

/** What AKS has behind the place where overrides are pasted; only its braces matter here. */
const behindOverrides = lexCorefile(
  'template ANY ANY a {\nfallthrough\n}\ntemplate ANY ANY b {\nfallthrough\n}\n}',
).tokens;
const beforeOverrides = lexCorefile('.:53 {').tokens;

/** Why CoreDNS's reader refuses the tokens, read where AKS puts them; undefined where it takes them. */
export function verdictOf(tokens: readonly Token[], role: CorefileRole): Verdict | undefined {
  const lastLine = (tokens.at(-1)?.line ?? 0) + 100;
  const read =
    role === 'override' ? [...shifted(beforeOverrides, -1), ...tokens, ...shifted(behindOverrides, lastLine)] : tokens;
  const { refusal } = readAsCoredns(read);
  if (refusal === undefined) return undefined;
  const token = tokens.includes(refusal.token) ? refusal.token : tokens.at(-1);
  return { message: refusal.message, span: token?.span ?? { start: 0, end: 0 } };
}

/** Says of each problem whether CoreDNS refuses the text for it, and adds CoreDNS's words to the first. */
export function judgeBraces(
  problems: readonly BraceProblemSyntax[],
  tokens: readonly Token[],
  role: CorefileRole,
  verdict: Verdict | undefined,
): readonly BraceProblemSyntax[] {
  // `}` and later `x.test {` in an override end AKS's own block and open another, which CoreDNS takes.
  const splitsDefaultBlock =
    role === 'override' &&
    problems.length === 2 &&
    problems[0]?.kind === 'unopened' &&
    problems[1]?.kind === 'unclosed' &&
    problems[1].insertAfter?.end === tokens.at(-1)?.end;
  let isFirst = true;
  return problems.map((problem) => {
    const isRefused = !splitsDefaultBlock && refuses(problem, tokens, role, verdict);
    if (!isRefused) return { ...problem, isRefused };
    const refusal = isFirst ? verdict : undefined;
    isFirst = false;
    return { ...problem, isRefused, refusal };
  });
}

function refuses(
  problem: BraceProblemSyntax,
  tokens: readonly Token[],
  role: CorefileRole,
  verdict: Verdict | undefined,
): boolean {
  switch (problem.kind) {
    case 'unclosed':
      // Lines that follow the block were swallowed by it, and hardly any plugin knows them.
      if (role === 'override' || problem.insertAfter?.end !== tokens.at(-1)?.end) return true;
      return verdict !== undefined;
    case 'glued':
    case 'ownerless':
      return problem.isRefused || verdict !== undefined;
    case 'unopened':
    case 'one-line':
    case 'next-line':
    case 'trailing':
    case 'braceless':
      return problem.isRefused;
  }
}

function shifted(tokens: readonly Token[], lines: number): readonly Token[] {
  return tokens.map((token) => token.movedDown(lines));
}
