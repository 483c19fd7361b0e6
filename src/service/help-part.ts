/** What an editor loads when an error or a finding is first to be explained, or a rule to be chosen. */
export { explain } from './explain.ts';
export { explanationPage } from './explain-report.ts';
export { withExplanations } from './hover-explanations.ts';
export { ruleEntries } from './rule-list.ts';
