export { parseCorefile } from './corefile-parser.ts';
export { lowerCoredns } from './lower.ts';
export { type CorednsFile, type CorednsTree, parseCoredns } from './parse.ts';
export { recogniseCoredns } from './recognise.ts';
export { parseYamlValue } from './yaml-value.ts';
