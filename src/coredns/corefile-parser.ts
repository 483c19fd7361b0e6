import type { ParseError } from '../base/parse-error.ts';
import { componentsOf } from '../model/components.ts';
import type { CorefileRole } from '../model/dns.ts';
import { mayBeReplaced } from '../model/dns-queries.ts';
import { lexCorefile } from './corefile-lexer.ts';
import { hasSeveralWildcards } from './corefile-reader.ts';
import { opensServerBlock } from './corefile-shape.ts';
import type { BraceProblemSyntax, CorefileSyntax, DirectiveSyntax, ServerBlockSyntax } from './corefile-syntax.ts';
import type { CorefilePlace, Token } from './corefile-token.ts';
import { TreeBuilder } from './corefile-tree.ts';
import { judgeBraces, verdictOf } from './corefile-verdict.ts';
import { zoneKeyError } from './zone-key.ts';

/**
 * Parses Corefile text and never gives up: braces that do not match are reported and closed where indentation says they
 * belong, so that every other line is still judged. Where all braces match, the tree is what CoreDNS reads.
 */
export function parseCorefile(text: string, role: CorefileRole, place?: CorefilePlace): CorefileSyntax {
  const options = place === undefined ? {} : { place };
  let lexed = lexCorefile(text, options);
  const actual = roleByContent(lexed.tokens, role);
  let tree = new TreeBuilder(text, lexed.tokens, actual, false).build();
  const errors: ParseError[] = [];
  if (tree.problems.length > 0 || tree.snippetImports > 0) {
    const verdict = verdictOf(lexed.tokens, actual);
    if (lexed.unterminatedQuote !== undefined && verdict !== undefined) {
      // What follows the quotation mark became part of one word, so every other complaint would be a consequence.
      errors.push({
        span: lexed.unterminatedQuote,
        message: 'This quotation mark is never closed, so the rest of the text becomes one word. Close it.',
      });
      lexed = lexCorefile(text, { ...options, closeQuotesAtLineEnd: true });
      tree = new TreeBuilder(text, lexed.tokens, actual, false).build();
    }
    if (tree.problems.some((problem) => problem.kind === 'unclosed' || problem.kind === 'unopened')) {
      const recovered = new TreeBuilder(text, lexed.tokens, actual, true).build();
      if (recovered.problems.length > 0) tree = recovered;
    }
    errors.push(...tree.errors, ...structureErrors(tree.blocks, tree.directives, actual));
    const problems = judgeBraces(tree.problems, lexed.tokens, actual, verdict);
    if (verdict !== undefined && errors.length === 0 && !problems.some((problem) => problem.isRefused)) {
      const again = verdict.message.startsWith('maximum snippet') ? importWithoutEnd(tree.blocks) : undefined;
      errors.push({
        span: verdict.span,
        message:
          again === undefined
            ? `CoreDNS refuses this: ${verdict.message}.`
            : `This snippet comes back to itself by "import ${again.text}", without end. Remove that line.`,
      });
    }
    return syntax(problems);
  }
  errors.push(...tree.errors, ...structureErrors(tree.blocks, tree.directives, actual));
  return syntax([]);

  function syntax(braceProblems: readonly BraceProblemSyntax[]): CorefileSyntax {
    const { blocks, directives } = tree;
    errors.sort((a, b) => a.span.start - b.span.start);
    return { text, role, blocks, directives, braceProblems, errors, comments: lexed.comments };
  }
}

/** A reference to an environment variable whose name no variable can have; CoreDNS puts nothing in its place. */
const impossibleReference = /\{\$[^A-Za-z_}][^}]*\}/g;

/** Text that AKS ignores is read as whatever it looks like. */
function roleByContent(tokens: readonly Token[], role: CorefileRole): CorefileRole {
  if (role !== 'ignored') return role;
  return tokens.some((token, index) => token.startsLine && opensServerBlock(tokens, index)) ? 'server' : 'override';
}

/** What CoreDNS refuses about keys, snippets and imports, which no brace explains. */
function structureErrors(
  blocks: readonly ServerBlockSyntax[],
  outside: readonly DirectiveSyntax[],
  role: CorefileRole,
): readonly ParseError[] {
  const errors: ParseError[] = [];
  const snippets = new Set<string>();
  for (const block of blocks) {
    const [first] = block.keys;
    if (block.isSnippet && first !== undefined) {
      if (snippets.has(first.text)) {
        errors.push({ span: first.span, message: `The snippet ${first.text} exists already. Give it another name.` });
      }
      snippets.add(first.text);
      if (block.open === undefined) {
        const at = block.directives[0]?.name ?? first;
        errors.push({ span: at.span, message: `The snippet ${first.text} has no block. Put its lines in { }.` });
      }
    } else if (role !== 'override') {
      for (const key of block.keys) {
        const message = mayBeReplaced(key.text) ? undefined : zoneKeyError(key.text);
        if (message !== undefined) errors.push({ span: key.span, message });
      }
    }
  }
  for (const directive of outside) checkImports(directive, errors);
  for (const block of blocks) for (const directive of block.directives) checkImports(directive, errors);
  return errors;
}

/** An import in a snippet that leads back to the snippet; undefined where none does. */
function importWithoutEnd(blocks: readonly ServerBlockSyntax[]): Token | undefined {
  const imports = new Map<string, Token[]>();
  for (const { isSnippet, keys, directives } of blocks) {
    const name = keys[0]?.text.slice(1, -1);
    if (!isSnippet || name === undefined) continue;
    const lines = directives.flatMap((directive) => [directive, ...(directive.block ?? [])]);
    const targets = lines.flatMap((line) => (line.name.text === 'import' ? (line.args[0] ?? []) : []));
    imports.set(name, [...(imports.get(name) ?? []), ...targets]);
  }
  const components = componentsOf([...imports.keys()], (name) => (imports.get(name) ?? []).map(({ text }) => text));
  for (const [name, targets] of imports) {
    const again = targets.find(({ text }) => components.get(text) === components.get(name));
    if (again !== undefined) return again;
  }
  return undefined;
}

function checkImports(directive: DirectiveSyntax, errors: ParseError[]): void {
  if (directive.name.text === 'import') checkImport(directive.name, directive.args, errors);
  for (const property of directive.block ?? []) {
    if (property.name.text === 'import' && property.name.startsLine) checkImport(property.name, property.args, errors);
  }
}

function checkImport(name: Token, args: readonly Token[], errors: ParseError[]): void {
  const [pattern, surplus] = args;
  if (pattern === undefined) {
    errors.push({ span: name.span, message: 'This import names nothing. Name a file or a snippet.' });
  } else if (surplus !== undefined) {
    errors.push({ span: surplus.span, message: 'An import takes one file or snippet. Put this on a line of its own.' });
  } else if (pattern.text.replace(impossibleReference, '') === '') {
    errors.push({ span: pattern.span, message: 'This import names nothing. Name a file or a snippet.' });
  } else if (hasSeveralWildcards(pattern.text) && !mayBeReplaced(pattern.text)) {
    errors.push({
      span: pattern.span,
      message: `${pattern.text} has more than one wildcard. CoreDNS takes a single "*" or "?".`,
    });
  }
}
