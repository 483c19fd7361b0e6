export { renderBicepChange } from './edit.ts';
export { lowerBicep, lowerBicepParameters } from './lower.ts';
export { parseBicep } from './parser.ts';
export type { BicepFile, BicepKind, Decorator, Pragma, PragmaCode, Statement, TypeNode } from './syntax.ts';
