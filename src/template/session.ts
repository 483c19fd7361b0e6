import { startBudget } from './budget.ts';
import type { Session, TemplateFiles } from './evaluation.ts';
import { startBudget } from './evaluator-input.ts';

/** Module calls followed from one entry file; beyond it modules count as not read. */
const maxModules = 2_000;

/** Resources evaluated from one entry file, its loops and modules included. */
const maxResources = 100_000;

/** An empty session. */
export function startSession(files: TemplateFiles): Session {
  return {
    files,
    expressionProblems: [],
    referenceProblems: [],
    unreadParts: [],
    modulesLeft: maxModules,
<<<<<<< src/template/session.ts
    resourcesLeft: maxResources,
=======
>>>>>>> /tmp/scratch/mine
    budget: startBudget(),
    imported: new Map(),
  };
}
