import type { Expression, ObjectProperty, SpreadElement } from '../../../src/template/expression.ts';

/** An expression with every operator in parentheses, to see how it was read. */
export function sketch(node: Expression | ObjectProperty | SpreadElement): string {
  switch (node.kind) {
    case 'literal':
      return JSON.stringify(node.value);
    case 'interpolation':
      return `\`${node.parts.map((part) => (typeof part === 'string' ? part : `{${sketch(part)}}`)).join('')}\``;
    case 'array':
      return `[${node.items.map(sketch).join(' ')}]`;
    case 'object':
      return `{${node.properties.map(sketch).join(' ')}}`;
    case 'property':
      return `${typeof node.key === 'string' ? node.key : sketch(node.key)}:${sketch(node.value)}`;
    case 'spread':
      return `...${sketch(node.value)}`;
    case 'name':
      return node.name;
    case 'call':
      return `${node.base === undefined ? '' : `${sketch(node.base)}.`}${node.name}(${node.args.map(sketch).join(' ')})`;
    case 'access':
      return `${sketch(node.base)}[${node.isSafe ? '?' : ''}${node.isFromEnd ? '^' : ''}${sketch(node.key)}]`;
    case 'nested-resource':
      return `${sketch(node.base)}::${node.name}`;
    case 'conditional':
      return `(${sketch(node.condition)} ? ${sketch(node.whenTrue)} : ${sketch(node.whenFalse)})`;
    case 'binary':
      return `(${sketch(node.left)} ${node.operator} ${sketch(node.right)})`;
    case 'unary':
      return `(${node.operator}${sketch(node.operand)})`;
    case 'lambda':
      return `(${node.parameters.join(' ')} => ${sketch(node.body)})`;
    case 'for':
      return `[for ${[node.item, node.index].filter(Boolean).join(' ')} in ${sketch(node.collection)}: ${sketch(node.body)}]`;
    case 'invalid':
      return '✗';
  }
}
