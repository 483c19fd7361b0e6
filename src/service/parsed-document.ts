import type { Comment, ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { Change, KeyChange, TemplateChange, TextChange } from '../model/change.ts';
import type { Model } from '../model/model.ts';
import { renderTextChange } from '../model/text-change.ts';
import type { Language, Severity } from '../rules/rule.ts';
import type { Expression } from '../template/expression.ts';
import type { ParameterFile, Template } from '../template/template.ts';
import type { Configuration } from './configuration.ts';
import type { RawFinding } from './diagnostic.ts';
import type { Document } from './document.ts';

/** The languages that rules speak about, and our own configuration file. */
export type DocumentLanguage = Language | 'configuration';

/** A document as its front end reads it. */
export interface ParsedDocument {
  readonly document: Document;
  readonly language: DocumentLanguage;
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
  /** Rule id under which syntax errors are reported. */
  readonly syntaxRule: 'bicep-syntax' | 'arm-syntax' | 'corefile-syntax' | 'configuration-invalid';
  readonly content: DocumentContent;
  /** What of the text is worth a word though it is no syntax error. */
  readonly remarks?: readonly Remark[];
  /** The edits that make the changes of a fix to this document; undefined where one of them cannot be written. */
  render(changes: readonly Change[]): readonly TextEdit[] | undefined;
}

/** Something about a text that is no syntax error, with the rule of the engine that it is reported under. */
export interface Remark extends ParseError {
  readonly rule: 'arm-duplicate-property' | 'arm-pipeline-token' | 'arm-unfinished-expression';
  readonly severity: Severity;
}

/** What a document declares. */
export type DocumentContent =
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'parameters'; readonly parameters: ParameterFile }
  /** Values that templates load; undefined where the text is malformed. */
  | { readonly kind: 'data'; readonly value: Expression | undefined }
  | {
      readonly kind: 'coredns';
      readonly model: Partial<Pick<Model, 'configMaps' | 'corefiles' | 'localDnsProfiles'>>;
      /** The edits that indent Corefile text by its braces, as far as they touch the range. */
      format(step: string, range: Span): readonly TextEdit[];
    }
  | {
      readonly kind: 'configuration';
      readonly configuration: Configuration;
      readonly findings: readonly RawFinding[];
    };

/** Adds the content, lowered when it is first asked for. */
export function withContent(parsed: Omit<ParsedDocument, 'content'>, lower: () => DocumentContent): ParsedDocument {
  return new LazyDocument(parsed, lower);
}

/**
 * A class, since a getter of an object literal is one of its own for every object: the engine then keeps a hidden class
 * for each document, and with it the whole tree, until the next full garbage collection.
 */
class LazyDocument implements ParsedDocument {
  readonly document: Document;
  readonly language: ParsedDocument['language'];
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
  readonly syntaxRule: ParsedDocument['syntaxRule'];
  readonly remarks: readonly Remark[];
  readonly render: ParsedDocument['render'];
  readonly #lower: () => DocumentContent;
  #content: DocumentContent | undefined;

  constructor(parsed: Omit<ParsedDocument, 'content'>, lower: () => DocumentContent) {
    this.document = parsed.document;
    this.language = parsed.language;
    this.errors = parsed.errors;
    this.comments = parsed.comments;
    this.syntaxRule = parsed.syntaxRule;
    this.remarks = parsed.remarks ?? [];
    this.render = parsed.render;
    this.#lower = lower;
  }

  get content(): DocumentContent {
    this.#content ??= this.#lower();
    return this.#content;
  }
}

const templateChangeKinds: Readonly<Record<TemplateChange['kind'], true>> = {
  'set-value': true,
  'set-property': true,
  'remove-property': true,
  'append-item': true,
  'remove-item': true,
  'append-resources': true,
};

/** The edits of all changes, those of a template written by its front end; undefined where one cannot be written. */
export function renderEach(
  changes: readonly Change[],
  renderTemplate: (changes: readonly TemplateChange[]) => readonly TextEdit[] | undefined,
  renderOther: (change: TextChange | KeyChange) => readonly TextEdit[] | undefined,
): readonly TextEdit[] | undefined {
  const ofTemplate = changes.filter(isTemplateChange);
  const rendered = ofTemplate.length === 0 ? [] : renderTemplate(ofTemplate);
  const edits = [rendered, ...changes.flatMap((change) => (isTemplateChange(change) ? [] : [renderOther(change)]))];
  return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
}

/** The edits of a change of the text alone. Keys of a ConfigMap are known only to the front end that reads them. */
export function renderText(text: string, change: TextChange | KeyChange): readonly TextEdit[] | undefined {
  return change.kind === 'move-to-key' ? undefined : renderTextChange(text, change);
}

/** Whether a change is one of values in a template. */
function isTemplateChange(change: Change): change is TemplateChange {
  return change.kind in templateChangeKinds;
}
