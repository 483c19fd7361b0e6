import type { Span } from '../base/span.ts';
import type { Corefile, Plugin } from '../model/dns.ts';
import type { Model } from '../model/model.ts';

/** An entry of a document's outline. */
export interface OutlineEntry {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'config-map' | 'key' | 'server-block' | 'snippet' | 'plugin';
  readonly span: Span;
  /** What to select when the entry is chosen; lies in `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineEntry[];
}

/** Lines that can be folded; zero-based, the last one stays in sight. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
}

/** ConfigMaps with their keys, server blocks with their plugins. */
export function corednsOutline(model: Model): readonly OutlineEntry[] {
  const configMaps = model.configMaps.flatMap(({ name, header, entries }): readonly OutlineEntry[] => {
    const keys = entries.map(
      ({ key, role, corefile, location }): OutlineEntry => ({
        name: key.text,
        detail: role === 'ignored' ? 'not imported' : '',
        kind: 'key',
        span: location.span,
        nameSpan: key.location.span,
        children: corefile === undefined ? [] : within(location.span, corefileOutline(corefile)),
      }),
    );
    const nameSpan = (name?.location ?? header).span;
    const starts = [nameSpan, ...keys.map(({ span }) => span)];
    const span = {
      start: Math.min(...starts.map(({ start }) => start)),
      end: starts.reduce((end, each) => Math.max(end, each.end), 0),
    };
    return [
      { name: name?.text ?? 'ConfigMap', detail: 'ConfigMap', kind: 'config-map', span, nameSpan, children: keys },
    ];
  });
  return [...configMaps, ...model.corefiles.flatMap(corefileOutline)];
}

/** Aliases show the text of another key, whose place is not theirs. */
function within(outer: Span, entries: readonly OutlineEntry[]): readonly OutlineEntry[] {
  return entries.filter(({ span }) => outer.start <= span.start && span.end <= outer.end);
}

function corefileOutline({ serverBlocks, plugins }: Corefile): readonly OutlineEntry[] {
  const blocks = serverBlocks.flatMap(({ keys, isSnippet, location, plugins: inner }): readonly OutlineEntry[] => {
    const [first] = keys;
    if (first === undefined) return [];
    return [
      {
        name: keys.map(({ text }) => text).join(' '),
        detail: '',
        kind: isSnippet ? 'snippet' : 'server-block',
        span: location.span,
        nameSpan: first.location.span,
        children: inner.flatMap(pluginEntry),
      },
    ];
  });
  return [...plugins.flatMap(pluginEntry), ...blocks].sort((a, b) => a.span.start - b.span.start);
}

function pluginEntry({ name, args, location }: Plugin): readonly OutlineEntry[] {
  if (name.text === '') return [];
  const detail = args.map(({ text }) => text).join(' ');
  const shown = detail.length > 60 ? `${detail.slice(0, 60)}…` : detail;
  return [
    { name: name.text, detail: shown, kind: 'plugin', span: location.span, nameSpan: name.location.span, children: [] },
  ];
}

/**
 * What can be folded: server blocks and plugins with a block; in YAML every indented stretch as well, since an editor
 * that is told some folds does not look for others.
 */
export function corednsFolds(model: Model, text: string): readonly Fold[] {
  const lines = text.split('\n');
  const folds = new Map<number, number>();
  if (model.configMaps.length > 0)
    for (const { startLine, endLine } of foldsByIndent(lines)) folds.set(startLine, endLine);
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  const corefiles = [
    ...model.corefiles,
    ...model.configMaps.flatMap(({ entries }) => entries.flatMap(({ corefile }) => corefile ?? [])),
  ];
  for (const { serverBlocks, plugins } of corefiles) {
    const blocks = [
      ...serverBlocks.flatMap((block) => [block, ...block.plugins.filter(hasBlock)]),
      ...plugins.filter(hasBlock),
    ];
    for (const { location } of blocks) {
      const [startLine, last] = [
        lineAt(starts, location.span.start),
        lineAt(starts, Math.max(0, location.span.end - 1)),
      ];
      // The line of the closing brace stays in sight.
      if (last - 1 > startLine) folds.set(startLine, last - 1);
    }
  }
  return [...folds].map(([startLine, endLine]) => ({ startLine, endLine })).sort((a, b) => a.startLine - b.startLine);
}

function hasBlock({ block }: Plugin): boolean {
  return block !== undefined;
}

function foldsByIndent(lines: readonly string[]): readonly Fold[] {
  const folds: Fold[] = [];
  const open: { readonly line: number; readonly indent: number }[] = [];
  let last = 0;
  const closeFrom = (indent: number): void => {
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      if (last > top.line) folds.push({ startLine: top.line, endLine: last });
      open.pop();
    }
  };
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const indent = line.length - line.trimStart().length;
    closeFrom(indent);
    open.push({ line: index, indent });
    last = index;
  });
  closeFrom(0);
  return folds;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
