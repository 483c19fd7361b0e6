import { startBudget } from './budget.ts';
import type { Session, TemplateFiles } from './evaluation.ts';

/** Module calls followed from one entry file; beyond it modules count as not read. */
const maxModules = 2_000;

/** An empty session. */
export function startSession(files: TemplateFiles): Session {
  return {
    files,
    expressionProblems: [],
    referenceProblems: [],
    unreadParts: [],
    modulesLeft: maxModules,
    budget: startBudget(),
    imported: new Map(),
  };
}
