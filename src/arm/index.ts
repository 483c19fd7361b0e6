export { renderArmChanges } from './edit.ts';
export { type ParsedExpression, parseExpression } from './expression.ts';
export { type JsoncFile, type JsonMember, type JsonValue, parseJsonc } from './jsonc.ts';
export { lowerArm, lowerArmData } from './lower.ts';
export { lowerArmParameters } from './lower-parameters.ts';
export { type ArmFile, parseArm } from './parse.ts';
export { type ArmKind, recogniseArm } from './recognise.ts';
export { isExpressionText } from './template-string.ts';
