import type { FileLoad } from '../template/template.ts';
import type { BicepFile } from './syntax.ts';
import { childNodes, type ExpressionNode, statementExpressions } from './walk.ts';

/** The calls of `loadJsonContent()` whose path is a literal, in the order of the text. */
export function findLoads(file: BicepFile): readonly FileLoad[] {
  if (!file.text.includes('loadJsonContent')) return [];
  const loads: FileLoad[] = [];
  const rest: ExpressionNode[] = file.statements.flatMap(statementExpressions);
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    const [path] = node.kind === 'call' && node.name === 'loadJsonContent' ? node.args : [];
    if (path?.kind === 'literal' && typeof path.value === 'string') loads.push({ path: path.value, span: node.span });
    rest.push(...childNodes(node));
  }
  return loads.sort((a, b) => a.span.start - b.span.start);
}
