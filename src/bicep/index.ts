export { renderBicepChanges } from './edit.ts';
export { lowerBicep, lowerBicepParameters } from './lower.ts';
export { parseBicep } from './parser.ts';
export { standInModules } from './stand-ins/index.ts';
export type { BicepFile, BicepKind, Decorator, Pragma, PragmaCode, Statement, TypeNode } from './syntax.ts';
