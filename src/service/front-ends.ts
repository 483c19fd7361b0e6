import { lowerArm, parseArm, recogniseArm, renderArmChange } from '../arm/index.ts';
import type { Comment, ParseError } from '../base/parse-error.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { lowerBicep, parseBicep, renderBicepChange } from '../bicep/index.ts';
import { lowerCoredns, parseCoredns, recogniseCoredns, renderCorefileChange } from '../coredns/index.ts';
import type { Change, TemplateChange } from '../model/change.ts';
import { emptyModel, type Model } from '../model/model.ts';
import type { Language } from '../rules/rule.ts';
import { lowerTemplate } from '../template/network/lower.ts';
import { type Document, fileName } from './document.ts';

/** A document as its front end reads it. */
export interface ParsedDocument {
  readonly language: Language;
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
  /** Rule id under which syntax errors are reported. */
  readonly syntaxRule: 'bicep-syntax' | 'arm-syntax' | 'corefile-syntax';
  lower(): Model;
  /** The edits that make a change to this document; undefined where it cannot be written. */
  render(change: Change): readonly TextEdit[] | undefined;
}

/** Parses a document with the front end that it belongs to; undefined for a document that is none of ours. */
export function parseDocument(document: Document): ParsedDocument | undefined {
  const { text, uri } = document;
  const name = fileName(uri).toLowerCase();
  if (document.languageId.startsWith('bicep') || name.endsWith('.bicep') || name.endsWith('.bicepparam')) {
    return bicepDocument(document, name.endsWith('.bicepparam') || document.languageId === 'bicep-params');
  }
  if (isJson(document.languageId, name)) {
    return recogniseArm(text) === undefined ? undefined : armDocument(document);
  }
  const kind = recogniseCoredns(text, corednsName(document));
  return kind === undefined ? undefined : corednsDocument(document, kind);
}

/** The name to recognise a document by; an editor knows the language of documents that have no name yet. */
function corednsName({ languageId, uri }: Document): string {
  if (languageId === 'corefile') return 'Corefile';
  return languageId === 'yaml' ? 'document.yaml' : fileName(uri);
}

function isJson(languageId: string, name: string): boolean {
  return ['json', 'jsonc', 'arm-template', 'arm-template-parameters'].includes(languageId) || /\.jsonc?$/.test(name);
}

function bicepDocument({ text, uri }: Document, isParameters: boolean): ParsedDocument {
  const file = parseBicep(text, isParameters ? 'bicepparam' : 'bicep');
  return {
    language: 'bicep',
    errors: file.errors,
    comments: file.comments,
    syntaxRule: 'bicep-syntax',
    lower: () => (isParameters ? emptyModel : lowerTemplate(lowerBicep(file, uri))),
    render: (change) => (isTemplateChange(change) ? renderBicepChange(file, change) : undefined),
  };
}

function armDocument({ text, uri }: Document): ParsedDocument {
  const file = parseArm(text);
  return {
    language: 'arm',
    errors: file.errors,
    comments: file.comments,
    syntaxRule: 'arm-syntax',
    lower: () => (file.kind === 'template' ? lowerTemplate(lowerArm(file, uri)) : emptyModel),
    render: (change) => (isTemplateChange(change) ? renderArmChange(file, change) : undefined),
  };
}

function corednsDocument({ text, uri }: Document, kind: 'yaml' | 'corefile'): ParsedDocument {
  const file = parseCoredns(text, kind);
  return {
    language: 'coredns',
    errors: file.errors,
    comments: file.comments,
    syntaxRule: 'corefile-syntax',
    lower: () => ({ ...emptyModel, ...lowerCoredns(file, uri) }),
    render: (change) => (isTemplateChange(change) ? undefined : renderCorefileChange(file, change)),
  };
}

const templateChangeKinds: ReadonlySet<Change['kind']> = new Set<TemplateChange['kind']>([
  'set-value',
  'set-property',
  'remove-property',
  'append-item',
  'remove-item',
]);

function isTemplateChange(change: Change): change is TemplateChange {
  return templateChangeKinds.has(change.kind);
}
