/** Takes the place of `template-half.ts` in the bundle that reads CoreDNS; `src/tools/bundles.mjs` says where. */
import { emptyModel } from '../model/model.ts';
import type * as Half from './template-half.ts';

export const parseTemplateDocument: typeof Half.parseTemplateDocument = () => undefined;
export const parseDataDocument: typeof Half.parseDataDocument = () => undefined;
export const findStandIn: typeof Half.findStandIn = () => undefined;
export const isStandIn: typeof Half.isStandIn = () => false;
export const standInName: typeof Half.standInName = () => undefined;
export const asStandIn: typeof Half.asStandIn = (template) => template;
export const lowerTemplate: typeof Half.lowerTemplate = () => emptyModel;
export const evaluateParameterFile: typeof Half.evaluateParameterFile = () => ({
  values: new Map(),
  expressionProblems: [],
  referenceProblems: [],
});
/** Never asked for: nothing is a template here. */
export const Session = undefined as unknown as typeof Half.Session;
