/** What an editor loads when the calculator is first asked for. */
export { calculate, calculatorExamples } from './calculator.ts';
export { insertionEdits } from './calculator-insert.ts';
