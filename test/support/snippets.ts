import { readFileSync } from 'node:fs';
import path from 'node:path';
import { insertionLine, type SnippetFile, wrappers } from './snippet-wrappers.ts';

/** One snippet as its file defines it; lines of the body are joined. */
export interface Snippet {
  readonly file: SnippetFile;
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
}

/** A snippet with its placeholders filled, inside all that it needs to be a whole file. */
export interface CompletedSnippet {
  /** The name that a document with this text would have. */
  readonly fileName: string;
  readonly text: string;
}

export const snippetFiles: readonly SnippetFile[] = ['bicep.json', 'arm.json', 'corefile-yaml.json', 'corefile.json'];

/** All snippets of all files, in the order of the files. */
export function readSnippets(): Snippet[] {
  return snippetFiles.flatMap((file) => {
    const source = readFileSync(path.resolve(import.meta.dirname, '../../snippets', file), 'utf8');
    const entries = JSON.parse(source) as Record<string, { prefix: string; description: string; body: string[] }>;
    return Object.entries(entries).map(([name, { prefix, description, body }]) => ({
      file,
      name,
      prefix,
      description,
      body: body.join('\n'),
    }));
  });
}

/** The file that results from inserting the snippet where it belongs and leaving all placeholders as they are. */
export function completeSnippet(snippet: Snippet): CompletedSnippet {
  const wrapper = wrappers[snippet.file][snippet.prefix];
  if (wrapper === undefined) throw new Error(`${snippet.file}: ${snippet.prefix} has no wrapper.`);
  const place = new RegExp(`^([ ]*)${insertionLine}$`, 'm').exec(wrapper.text);
  if (place === null) throw new Error(`${snippet.file}: the wrapper of ${snippet.prefix} has no ${insertionLine}.`);
  // Like an editor, which gives every inserted line the indentation of the line that the cursor is on.
  const inserted = expandSnippet(snippet.body).replaceAll('\n', `\n${place[1]}`);
  return { fileName: wrapper.fileName, text: wrapper.text.replace(insertionLine, () => inserted) };
}

/**
 * The text that VS Code inserts for a snippet body before anything is typed: placeholders show their defaults, choices
 * their first value, repeated tab stops the default of the first that has one, and a variable its value, else its
 * default, else nothing if it is one that VS Code knows and its own name if not. Transforms are refused: their result
 * depends on the order in which someone walks through the tab stops.
 */
export function expandSnippet(body: string, variables: Readonly<Record<string, string>> = {}): string {
  const nodes = parseSnippet(body);
  const defaults = new Map<number, readonly SnippetNode[]>();
  collectDefaults(nodes, defaults);
  return render(nodes, { defaults, variables, open: new Set() });
}

type SnippetNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tab-stop'; readonly index: number; readonly children: readonly SnippetNode[] }
  | { readonly kind: 'variable'; readonly name: string; readonly children: readonly SnippetNode[] };

/** Reads a snippet body. What does not form a tab stop or a variable is text, as in VS Code. */
function parseSnippet(body: string): SnippetNode[] {
  let at = 0;

  function take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern, 'y');
    sticky.lastIndex = at;
    const match = sticky.exec(body);
    if (match !== null) at = sticky.lastIndex;
    return match ?? undefined;
  }

  function readNodes(insideBraces: boolean): SnippetNode[] {
    const nodes: SnippetNode[] = [];
    while (at < body.length && !(insideBraces && body[at] === '}')) {
      const escaped = take(/\\([$}\\])/);
      const node = escaped === undefined ? readMarker() : undefined;
      nodes.push(node ?? { kind: 'text', text: escaped?.[1] ?? body[at++] ?? '' });
    }
    return nodes;
  }

  function readMarker(): SnippetNode | undefined {
    const start = at;
    const simple = take(/\$(\d+|[A-Za-z_]\w*)/);
    if (simple !== undefined) return marker(simple[1] ?? '', []);
    const name = take(/\$\{(\d+|[A-Za-z_]\w*)/)?.[1];
    if (name !== undefined) {
      const node = readMarkerRest(name);
      if (node !== undefined) return node;
    }
    at = start;
    return undefined;
  }

  function readMarkerRest(name: string): SnippetNode | undefined {
    if (take(/\}/)) return marker(name, []);
    if (take(/\//)) throw new Error(`The transform of \${${name}/... is not supported.`);
    if (take(/:/)) {
      const children = readNodes(true);
      return take(/\}/) ? marker(name, children) : undefined;
    }
    const choices = /^\d/.test(name) ? take(/\|((?:\\[,|\\]|[^\\,|])+(?:,(?:\\[,|\\]|[^\\,|])+)*)\|\}/) : undefined;
    const first = choices?.[1] === undefined ? undefined : /^(?:\\[,|\\]|[^,])*/.exec(choices[1])?.[0];
    return first === undefined ? undefined : marker(name, [{ kind: 'text', text: first.replace(/\\([,|\\])/g, '$1') }]);
  }

  function marker(name: string, children: readonly SnippetNode[]): SnippetNode {
    return /^\d/.test(name)
      ? { kind: 'tab-stop', index: Number(name), children }
      : { kind: 'variable', name, children };
  }

  return readNodes(false);
}

function collectDefaults(nodes: readonly SnippetNode[], defaults: Map<number, readonly SnippetNode[]>): void {
  for (const node of nodes) {
    if (node.kind === 'text') continue;
    if (node.kind === 'tab-stop' && node.children.length > 0 && !defaults.has(node.index)) {
      defaults.set(node.index, node.children);
    }
    collectDefaults(node.children, defaults);
  }
}

interface RenderContext {
  readonly defaults: ReadonlyMap<number, readonly SnippetNode[]>;
  readonly variables: Readonly<Record<string, string>>;
  /** Tab stops that are being rendered. */
  readonly open: ReadonlySet<number>;
}

const knownVariables =
  /^(?:TM_|CURRENT_|CURSOR_|WORKSPACE_|CLIPBOARD$|RANDOM|UUID$|RELATIVE_FILEPATH$|LINE_COMMENT$|BLOCK_COMMENT_)/;

function render(nodes: readonly SnippetNode[], context: RenderContext): string {
  const parts = nodes.map((node) => {
    if (node.kind === 'text') return node.text;
    if (node.kind === 'variable') {
      const value = context.variables[node.name];
      if (value !== undefined) return value;
      if (node.children.length > 0) return render(node.children, context);
      return knownVariables.test(node.name) ? '' : node.name;
    }
    if (context.open.has(node.index)) throw new Error(`Tab stop ${node.index} stands inside its own default.`);
    const open = new Set([...context.open, node.index]);
    return render(context.defaults.get(node.index) ?? [], { ...context, open });
  });
  return parts.join('');
}
