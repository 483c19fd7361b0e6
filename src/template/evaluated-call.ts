import type { Location } from '../base/span.ts';
import type { ExpressionProblem } from '../model/model.ts';
import type { UnknownReason } from '../model/value.ts';
import { callKey } from './call-key.ts';
import { type Data, type LambdaData, type Place, type UnknownData, unknownData } from './data.ts';
import { type Equals, startEquality } from './equality.ts';
import type { DataFile, TemplateFiles } from './evaluation.ts';
import type { Evaluator } from './evaluator.ts';
import type { CallExpression } from './expression.ts';
import type { CallContext, DeploymentScope } from './functions/library.ts';
import type { Work } from './work.ts';

/** What a call asks of the evaluator that it is in. */
interface Caller extends Pick<Evaluator, 'template' | 'deploymentScope' | 'locate' | 'place' | 'startWork'> {
  apply(lambda: LambdaData, args: readonly Data[]): Data;
  note(problem: ExpressionProblem): void;
}

/** What a built-in function gets to know. A class and not closures: each of thousands of calls would make all of them. */
export class EvaluatedCall implements CallContext {
  readonly origin: Place;
  readonly call: CallExpression;
  readonly deployment: DeploymentScope;
  readonly #evaluator: Caller;
  readonly #args: readonly Data[];
  readonly #files: TemplateFiles;
  #startedWork: Work | undefined;
  #startedEquality: Equals | undefined;

  constructor(evaluator: Caller, files: TemplateFiles, call: CallExpression, args: readonly Data[]) {
    this.origin = evaluator.place(call.span);
    this.call = call;
    this.deployment = evaluator.deploymentScope;
    this.#evaluator = evaluator;
    this.#args = args;
    this.#files = files;
  }

  get work(): Work {
    this.#startedWork ??= this.#evaluator.startWork();
    return this.#startedWork;
  }

  get equals(): Equals {
    this.#startedEquality ??= startEquality(this.work);
    return this.#startedEquality;
  }

  argumentAt(index: number): Location {
    return this.#evaluator.locate(this.call.args[index]?.span ?? this.call.nameSpan);
  }

  unknown(code: UnknownReason['code'], text: string): UnknownData {
    return unknownData(code, text, this.origin, callKey(this.call, this.#args));
  }

  apply(lambda: LambdaData, args: readonly Data[]): Data {
    return this.#evaluator.apply(lambda, args);
  }

  refuse(index: number, message: string): UnknownData {
    const location = this.argumentAt(index);
    this.#evaluator.note({ location, origin: this.#args[index]?.origin ?? { at: location }, message });
    return this.unknown('invalid-argument', `${this.call.name}() refuses an argument`);
  }

  readText(path: string): string | undefined {
    return this.#files.text(this.#evaluator.template.uri, path);
  }

  readData(path: string): DataFile | undefined {
    return this.#files.data(this.#evaluator.template.uri, path);
  }
}
