export { parseCorefile } from './corefile-parser.ts';
export { renderCorednsChange } from './edit.ts';
export { formatCorefiles } from './format.ts';
export { lowerCoredns } from './lower.ts';
export { type CorednsFile, type CorednsTree, parseCoredns } from './parse.ts';
export { type CorednsKind, mayBeJsonConfigMap, recogniseCoredns } from './recognise.ts';
export { readYamlData, type YamlData } from './yaml-data.ts';
