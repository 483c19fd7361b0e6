import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

/** The directory of the checkout. */
export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** One token: half-open columns in UTF-16 units of its line, and its scopes from the outermost to the innermost. */
export interface ScopedToken {
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

/** One line of a tokenized text, without its line break. */
export interface ScopedLine {
  readonly text: string;
  readonly tokens: readonly ScopedToken[];
  /** How many grammar rules are still open at the end of the line; 1 means none but the grammar itself. */
  readonly depth: number;
}

/** A loaded grammar, as VS Code would apply it to a document of its language. */
export interface Tokenizer {
  tokenize(text: string): ScopedLine[];
}

/** The grammars of this extension, by scope name, relative to the repository root. */
export const ownGrammars: Readonly<Record<string, string>> = {
  'source.corefile': 'syntaxes/corefile.tmLanguage.json',
  'source.yaml.corefile-injection': 'syntaxes/corefile-in-yaml.tmLanguage.json',
  'source.bicep.aksnet': 'syntaxes/bicep.tmLanguage.json',
};

/**
 * Loads the grammar with the given scope name. `otherGrammars` adds grammar files that are not ours, such as a YAML
 * grammar; our injection is applied to every grammar whose root scope is `source.yaml`, unless `inject` is false.
 */
export async function loadTokenizer(
  scopeName: string,
  otherGrammars: Readonly<Record<string, string>> = {},
  inject = true,
): Promise<Tokenizer> {
  const files: Record<string, string> = { ...ownGrammars, ...otherGrammars };
  const registry = new textmate.Registry({
    onigLib: regexEngine(),
    loadGrammar: async (name) => {
      const file = files[name];
      if (file === undefined) return null;
      const path = join(repositoryRoot, file);
      return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
    getInjections: (name) => (inject && name === 'source.yaml' ? ['source.yaml.corefile-injection'] : undefined),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (grammar === null) throw new Error(`No grammar is known for ${scopeName}.`);
  return { tokenize: (text) => tokenizeLines(grammar, text) };
}

/** Shows the tokens of a text, one per line, under the source line that they belong to. */
export function renderTokens(lines: readonly ScopedLine[]): string {
  const rows: string[] = [];
  for (const line of lines) {
    rows.push(`>${line.text}`);
    for (const token of line.tokens) {
      const text = line.text.slice(token.start, token.end);
      if (text.trim() === '') continue;
      rows.push(`  ${JSON.stringify(text).padEnd(24)} ${token.scopes.slice(1).join(' ')}`);
    }
  }
  return rows.join('\n');
}

function tokenizeLines(grammar: textmate.IGrammar, text: string): ScopedLine[] {
  const lines: ScopedLine[] = [];
  let state: textmate.StateStack = textmate.INITIAL;
  for (const line of text.split(/\r\n|\n/)) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    lines.push({
      text: line,
      depth: state.depth,
      tokens: result.tokens
        // The library counts the line break as one more character of the line.
        .map((token) => ({
          start: token.startIndex,
          end: Math.min(token.endIndex, line.length),
          scopes: token.scopes,
        }))
        .filter((token) => token.start < token.end),
    });
  }
  return lines;
}

let engine: Promise<textmate.IOnigLib> | undefined;

function regexEngine(): Promise<textmate.IOnigLib> {
  engine ??= (async () => {
    const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
    await oniguruma.loadWASM(readFileSync(wasm));
    return {
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    };
  })();
  return engine;
}
