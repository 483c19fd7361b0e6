import type { FileLoad } from '../template/template.ts';
import type { BicepFile } from './syntax.ts';
import { childNodes, type ExpressionNode, statementExpressions } from './walk.ts';

const dataLoad = /\bload(?:Json|Yaml|Text)Content\b/;

/** The calls that load values from a file whose path is a literal, in the order of the text. */
export function findLoads(file: BicepFile): readonly FileLoad[] {
  if (!dataLoad.test(file.text)) return [];
  const loads: FileLoad[] = [];
  const rest: ExpressionNode[] = file.statements.flatMap(statementExpressions);
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    const call = loadOfValues(node);
    const [path] = call?.kind === 'call' ? call.args : [];
    if (call !== undefined && path?.kind === 'literal' && typeof path.value === 'string') {
      loads.push({ path: path.value, span: call.span });
    }
    rest.push(...childNodes(node));
  }
  return loads.sort((a, b) => a.span.start - b.span.start);
}

/** The call that loads a file as values: text is such a file where `json()` reads it. */
function loadOfValues(node: ExpressionNode): ExpressionNode | undefined {
  if (node.kind !== 'call') return undefined;
  if (node.name === 'loadJsonContent' || node.name === 'loadYamlContent') return node;
  const [text] = node.name === 'json' ? node.args : [];
  return text?.kind === 'call' && text.name === 'loadTextContent' ? text : undefined;
}
