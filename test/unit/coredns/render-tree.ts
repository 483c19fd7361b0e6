import type { EmbeddedCorefile } from '../../../src/coredns/config-map-syntax.ts';
import type { DirectiveSyntax } from '../../../src/coredns/corefile-syntax.ts';
import type { CorednsFile } from '../../../src/coredns/index.ts';

/** An indented outline of a parsed file: one line per node, with the characters that it covers in the file. */
export function renderTree(file: CorednsFile): string {
  const lines: string[] = [];
  const at = (start: number, end: number): string => JSON.stringify(clip(file.text.slice(start, end)));
  for (const configMap of file.tree.configMaps) {
    lines.push(`ConfigMap ${configMap.namespace?.text ?? '-'}/${configMap.name?.text ?? '-'}`);
    for (const problem of configMap.problems) {
      lines.push(`  problem ${problem.kind} ${at(problem.span.start, problem.span.end)}: ${problem.message}`);
    }
    for (const entry of configMap.entries) {
      const indicator = entry.indicator === undefined ? '-' : JSON.stringify(entry.indicator.literal);
      lines.push(
        `  ${entry.key.text}: ${entry.role} under ${entry.parent}, ${entry.style}, line breaks ${entry.lineBreaks}, ${indicator}`,
      );
      if (entry.corefile !== undefined) renderCorefile(entry.corefile, '    ');
    }
  }
  for (const corefile of file.tree.corefiles) renderCorefile(corefile, '');
  for (const error of file.errors) lines.push(`error ${at(error.span.start, error.span.end)}: ${error.message}`);
  for (const comment of file.comments) lines.push(`comment ${at(comment.span.start, comment.span.end)}`);
  return `${lines.join('\n')}\n`;

  function renderCorefile({ syntax, map }: EmbeddedCorefile, indent: string): void {
    const where = (span: { start: number; end: number }): string => {
      const outer = map.spanToOuter(span);
      return at(outer.start, outer.end);
    };
    for (const directive of syntax.directives) renderDirective(directive, indent);
    for (const block of syntax.blocks) {
      const keys = block.keys.map((key) => where(key.span)).join(' ');
      lines.push(
        `${indent}${block.isSnippet ? 'snippet' : 'block'} ${keys}${block.open === undefined ? ' without braces' : ''}`,
      );
      for (const directive of block.directives) renderDirective(directive, `${indent}  `);
    }
    for (const problem of syntax.braceProblems) {
      const after = problem.insertAfter === undefined ? '' : `, after ${where(problem.insertAfter)}`;
      lines.push(
        `${indent}brace ${problem.kind} ${where(problem.token.span)} of ${problem.owner?.text ?? '-'}${after}${problem.isRefused ? ', refused' : ''}`,
      );
    }

    function renderDirective(directive: DirectiveSyntax, margin: string): void {
      const words = [directive.name, ...directive.args].map((token) => where(token.span)).join(' ');
      lines.push(`${margin}${words}${directive.block === undefined ? '' : ' {'}`);
      for (const property of directive.block ?? []) {
        lines.push(`${margin}  ${[property.name, ...property.args].map((token) => where(token.span)).join(' ')}`);
      }
    }
  }
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
