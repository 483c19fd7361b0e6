import { lowerArm, lowerArmParameters, parseArm, recogniseArm, renderArmChange } from '../arm/index.ts';
import type { Comment, ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { lowerBicep, lowerBicepParameters, parseBicep, renderBicepChange } from '../bicep/index.ts';
import {
  type CorednsKind,
  formatCorefiles,
  lowerCoredns,
  mayBeJsonConfigMap,
  parseCoredns,
  recogniseCoredns,
  renderCorednsChange,
} from '../coredns/index.ts';
import type { Change, KeyChange, TemplateChange, TextChange } from '../model/change.ts';
import type { Model } from '../model/model.ts';
import { renderTextChange } from '../model/text-change.ts';
import type { Language } from '../rules/rule.ts';
import type { ParameterFile, Template } from '../template/template.ts';
import { type Configuration, isConfiguration, readConfiguration } from './configuration.ts';
import type { RawFinding } from './diagnostic.ts';
import { type Document, fileName } from './document.ts';
import { isLocalDns, readLocalDns } from './local-dns-document.ts';

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
  /** Names that an object has twice, in languages that let that pass. */
  readonly duplicates?: readonly ParseError[];
  /** The edits that make a change to this document; undefined where it cannot be written. */
  render(change: Change): readonly TextEdit[] | undefined;
}

/** What a document declares. */
export type DocumentContent =
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'parameters'; readonly parameters: ParameterFile }
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

/** Parses a document with the front end that it belongs to; undefined for a document that is none of ours. */
export function parseDocument(document: Document): ParsedDocument | undefined {
  const { text, uri } = document;
  if (isConfiguration(uri)) return configurationDocument(document);
  const name = fileName(uri).toLowerCase();
  if (document.languageId.startsWith('bicep') || name.endsWith('.bicep') || name.endsWith('.bicepparam')) {
    return bicepDocument(document, name.endsWith('.bicepparam') || document.languageId === 'bicep-params');
  }
  if (isJson(document.languageId, name)) {
    if (recogniseArm(text) !== undefined) return armDocument(document);
    if (isLocalDns(text)) return localDnsDocument(document);
    return mayBeJsonConfigMap(text) ? corednsDocument(document, 'yaml') : undefined;
  }
  const kind = recogniseCoredns(text, corednsName(document));
  return kind === undefined ? undefined : corednsDocument(document, kind);
}

function isJson(languageId: string, name: string): boolean {
  return (
    ['json', 'jsonc', 'arm-template', 'arm-template-parameters'].includes(languageId) || /\.(json|jsonc)$/.test(name)
  );
}

/** The name to recognise a document by; an editor knows the language of documents that have no name yet. */
function corednsName({ languageId, uri }: Document): string {
  const name = fileName(uri);
  if (languageId === 'corefile') return /.\.(?:override|server)$/.test(name) ? name : 'Corefile';
  return languageId === 'yaml' ? 'document.yaml' : name;
}

function bicepDocument(document: Document, isParameters: boolean): ParsedDocument {
  const { text, uri } = document;
  const file = parseBicep(text, isParameters ? 'bicepparam' : 'bicep');
  return withContent(
    {
      document,
      language: 'bicep',
      errors: file.errors,
      comments: [
        ...file.comments,
        ...file.pragmas.map(({ span }) => ({ span, text: text.slice(span.start, span.end) })),
      ],
      syntaxRule: 'bicep-syntax',
      render: (change) =>
        isTemplateChange(change) ? renderBicepChange(file, change) : renderText(document.text, change),
    },
    () =>
      isParameters
        ? { kind: 'parameters', parameters: lowerBicepParameters(file, uri) }
        : { kind: 'template', template: lowerBicep(file, uri) },
  );
}

function armDocument(document: Document): ParsedDocument {
  const { text, uri } = document;
  const file = parseArm(text);
  return withContent(
    {
      document,
      language: 'arm',
      errors: file.errors,
      comments: file.comments,
      syntaxRule: 'arm-syntax',
      duplicates: file.kind === 'resources' ? [] : file.duplicates,
      render: (change) =>
        isTemplateChange(change) ? renderArmChange(file, change) : renderText(document.text, change),
    },
    () =>
      file.kind === 'parameters'
        ? { kind: 'parameters', parameters: lowerArmParameters(file, uri) }
        : { kind: 'template', template: lowerArm(file, uri) },
  );
}

function corednsDocument(document: Document, kind: CorednsKind): ParsedDocument {
  const file = parseCoredns(document.text, kind);
  return withContent(
    {
      document,
      language: 'coredns',
      errors: file.errors,
      comments: file.comments,
      syntaxRule: 'corefile-syntax',
      render: (change) => (isTemplateChange(change) ? undefined : renderCorednsChange(file, change)),
    },
    () => ({
      kind: 'coredns',
      model: lowerCoredns(file, document.uri),
      format: (step, range) => formatCorefiles(file, step, range),
    }),
  );
}

/** Written by hand for the Azure CLI; its settings are those of a template. */
function localDnsDocument(document: Document): ParsedDocument | undefined {
  const read = readLocalDns(document.text, document.uri);
  if (read === undefined) return undefined;
  return {
    document,
    language: 'arm',
    errors: read.errors,
    comments: read.comments,
    syntaxRule: 'arm-syntax',
    content: { kind: 'coredns', model: { localDnsProfiles: [read.profile] }, format: () => [] },
    render: (change) => {
      if (!isTemplateChange(change)) return renderText(document.text, change);
      if (change.kind !== 'set-value' || change.target.from === undefined) return undefined;
      return [{ span: change.target.from.span, newText: String(change.to) }];
    },
  };
}

function configurationDocument(document: Document): ParsedDocument {
  const { configuration, errors, comments, findings } = readConfiguration(document);
  return {
    document,
    language: 'configuration',
    errors,
    comments,
    syntaxRule: 'configuration-invalid',
    content: { kind: 'configuration', configuration, findings },
    render: (change) => (isTemplateChange(change) ? undefined : renderText(document.text, change)),
  };
}

/** Adds the content, lowered when it is first asked for. */
function withContent(parsed: Omit<ParsedDocument, 'content'>, lower: () => DocumentContent): ParsedDocument {
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
  readonly duplicates: readonly ParseError[];
  readonly render: ParsedDocument['render'];
  readonly #lower: () => DocumentContent;
  #content: DocumentContent | undefined;

  constructor(parsed: Omit<ParsedDocument, 'content'>, lower: () => DocumentContent) {
    this.document = parsed.document;
    this.language = parsed.language;
    this.errors = parsed.errors;
    this.comments = parsed.comments;
    this.syntaxRule = parsed.syntaxRule;
    this.duplicates = parsed.duplicates ?? [];
    this.render = parsed.render;
    this.#lower = lower;
  }

  get content(): DocumentContent {
    this.#content ??= this.#lower();
    return this.#content;
  }
}

const templateChangeKinds: ReadonlySet<Change['kind']> = new Set<TemplateChange['kind']>([
  'set-value',
  'set-property',
  'remove-property',
  'append-item',
  'remove-item',
]);

/** Keys of a ConfigMap are known only to the front end that reads them. */
function renderText(text: string, change: TextChange | KeyChange): readonly TextEdit[] | undefined {
  return change.kind === 'move-to-key' ? undefined : renderTextChange(text, change);
}

function isTemplateChange(change: Change): change is TemplateChange {
  return templateChangeKinds.has(change.kind);
}
