import {
  type Disposable,
  env,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  type TextEditor,
  window,
} from 'vscode';
import { LineIndex } from '../base/line-index.ts';
import type { CalculatorAnswer } from '../service/calculator.ts';
import type { InsertForm } from '../service/calculator-insert.ts';
import { toRange, toSpan } from './convert.ts';
import type { Engine } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import type { PartLoader, Parts } from './parts.ts';

/** A line of the calculator; what happens when it is accepted hangs on what it carries. */
interface Line extends QuickPickItem {
  /** A prefix, to be inserted in one of several forms. */
  readonly prefix?: string;
  /** A further question to ask. */
  readonly ask?: string;
}

/** Where the result goes: the editor that was active when the calculator opened, and the text that is replaced. */
interface Target {
  readonly editor: TextEditor;
  readonly range: Range;
}

/** The calculator: answers while a person types and inserts what they choose. */
export function registerCalculator(engine: Engine, parts: PartLoader, boundary: ErrorBoundary): Disposable {
  return boundary.registerCommand('aksnet.subnetCalculator', 'calculate', async (question, wantedForm) => {
    const target = currentTarget();
    const part = await parts.load('calculator');
    const found = target === undefined ? undefined : await engine.analyse(target.editor.document);
    const start = typeof question === 'string' ? question : target?.editor.document.getText(target.range);
    const prefix = await choosePrefix(start ?? '', part, (input) => part.calculate(input, found?.analysis.model));
    if (prefix === undefined) return;
    // A key binding may name the form.
    const form = isForm(wantedForm) ? wantedForm : await chooseForm(prefix, target?.editor.document.languageId);
    if (form === undefined) return;
    if (form === 'copy' || target === undefined) await env.clipboard.writeText(prefix);
    else await insert(target, part, prefix, form);
  });
}

/** The selection, or else the address under the cursor. */
function currentTarget(): Target | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { selection, document } = editor;
  if (!selection.isEmpty) {
    const range = selection.isSingleLine ? selection : new Range(selection.active, selection.active);
    return { editor, range };
  }
  const word = document.getWordRangeAtPosition(selection.active, /\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?/);
  return { editor, range: word ?? selection };
}

const calculatorTitle = 'AKS Network: Subnet Calculator';

/** Answers what is typed into the calculator. */
type Answer = (input: string) => CalculatorAnswer;

function choosePrefix(start: string, part: Parts['calculator'], answer: Answer): Promise<string | undefined> {
  const pick = window.createQuickPick<Line>();
  pick.placeholder = 'A prefix such as 10.240.0.0/16, or nodes × max pods such as 10 x 30 overlay surge 33%';
  pick.value = start.trim();
  show(pick, part, answer);
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => show(pick, part, answer));
    pick.onDidAccept(() => {
      const [chosen] = pick.activeItems;
      if (chosen?.ask !== undefined) {
        pick.value = chosen.ask;
        show(pick, part, answer);
      } else if (chosen?.prefix !== undefined) {
        resolve(chosen.prefix);
        pick.hide();
      }
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function show(pick: QuickPick<Line>, { calculatorExamples }: Parts['calculator'], answer: Answer): void {
  const answered = pick.value.trim() === '' ? undefined : answer(pick.value);
  pick.title =
    answered === undefined || answered.title === '' ? calculatorTitle : `${calculatorTitle}: ${answered.title}`;
  pick.items = answered === undefined ? exampleLines(calculatorExamples) : answerLines(answered);
}

function exampleLines(examples: Parts['calculator']['calculatorExamples']): Line[] {
  return examples.map(({ input, text }) => ({
    label: text,
    description: input,
    ask: input,
    alwaysShow: true,
  }));
}

/**
 * Names stand in the label and values in the description: the editor would sort lines to the top whose labels resemble
 * what is typed.
 */
function answerLines({ problem, title, facts, results }: CalculatorAnswer): Line[] {
  const lines: Line[] = [];
  if (problem !== undefined) lines.push({ label: '$(info)', description: problem, alwaysShow: true });
  if (results.length > 0) lines.push({ label: 'Insert', kind: QuickPickItemKind.Separator });
  for (const result of results) {
    lines.push({
      label: `$(insert) ${result.title}`,
      description: result.prefix,
      prefix: result.prefix,
      alwaysShow: true,
    });
  }
  if (facts.length > 0) lines.push({ label: title, kind: QuickPickItemKind.Separator });
  for (const fact of facts) lines.push({ label: fact.name, description: fact.value, alwaysShow: true });
  return lines;
}

function isForm(value: unknown): value is InsertForm {
  return value === 'prefix' || value === 'bicep-subnet' || value === 'arm-subnet';
}

async function chooseForm(prefix: string, languageId: string | undefined): Promise<InsertForm | 'copy' | undefined> {
  const subnets: { label: string; form: InsertForm }[] = [
    { label: 'Bicep subnet', form: 'bicep-subnet' },
    { label: 'ARM subnet', form: 'arm-subnet' },
  ];
  if (languageId !== undefined && /json|arm/.test(languageId)) subnets.reverse();
  const items: { label: string; description?: string; form: InsertForm | 'copy' }[] = [
    { label: 'Prefix', description: prefix, form: 'prefix' },
    ...subnets,
    { label: 'Copy to the clipboard', form: 'copy' },
  ];
  // Without an editor there is no place to insert anything.
  if (languageId === undefined) return 'copy';
  const chosen = await window.showQuickPick(items, { title: `Insert ${prefix}`, placeHolder: 'How to write it' });
  return chosen?.form;
}

async function insert(
  { editor, range }: Target,
  { insertionEdits }: Parts['calculator'],
  prefix: string,
  form: InsertForm,
): Promise<void> {
  const text = editor.document.getText();
  const lines = new LineIndex(text);
  const edits = insertionEdits(text, toSpan(range, lines), prefix, form);
  await editor.edit((builder) => {
    for (const { span, newText } of edits) builder.replace(toRange(span, lines), newText);
  });
}
