import { lowerArm, lowerArmData, lowerArmParameters, parseArm, recogniseArm, renderArmChanges } from '../arm/index.ts';
import type { Location } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { lowerBicep, lowerBicepParameters, parseBicep, renderBicepChanges } from '../bicep/index.ts';
import type { YamlData } from '../coredns/index.ts';
import type { TemplateChange } from '../model/change.ts';
import { armRemarks } from './arm-remarks.ts';
import { type Document, fileName, isBicep, isJson } from './document.ts';
import type { Extras } from './extras.ts';
import { isLocalDns, readLocalDns } from './local-dns-document.ts';
import { type ParsedDocument, renderEach, renderText, withContent } from './parsed-document.ts';

export { lowerTemplate } from '../template/network/lower.ts';
export { evaluateParameterFile } from '../template/parameter-files.ts';
export { Session } from '../template/session.ts';
export { asStandIn, findStandIn, isStandIn, standInName } from './stand-ins.ts';

/** Parses a document as Bicep, as an ARM template or as a configuration of LocalDNS; undefined where it is none of them. */
export function parseTemplateDocument(document: Document): ParsedDocument | undefined {
  if (isBicep(document)) {
    const isParameters = /\.bicepparam$/i.test(fileName(document.uri)) || document.languageId === 'bicep-params';
    return bicepDocument(document, isParameters);
  }
  if (!isJson(document)) return undefined;
  if (recogniseArm(document.text) !== undefined) return armDocument(document);
  return isLocalDns(document.text) ? localDnsDocument(document) : undefined;
}

/**
 * Reads a document as plain values that templates load; undefined where it is YAML and there is no reader for that.
 * Whoever they are meant for has its own say about its syntax.
 */
export function parseDataDocument(
  document: Document,
  yamlReader: () => Extras['readYaml'],
): ParsedDocument | undefined {
  if (!isYaml(document)) return jsonDataDocument(document);
  const readYaml = yamlReader();
  return readYaml === undefined ? undefined : yamlDataDocument(document, readYaml(document.text));
}

/** What is named after neither language is what it begins like; all JSON would be YAML too, but for its comments. */
function isYaml(document: Document): boolean {
  return /\.ya?ml$/i.test(fileName(document.uri)) || !(isJson(document) || /^\s*[{[]/.test(document.text));
}

function jsonDataDocument(document: Document): ParsedDocument {
  const file = parseArm(document.text);
  return withContent(
    {
      document,
      language: 'arm',
      errors: [],
      comments: file.comments,
      syntaxRule: 'arm-syntax',
      render: (changes) =>
        renderEach(
          changes,
          (ofTemplate) => renderArmChanges(file, ofTemplate),
          () => undefined,
        ),
    },
    () => ({ kind: 'data', value: lowerArmData(file) }),
  );
}

function yamlDataDocument(document: Document, { value, comments, setScalar }: YamlData): ParsedDocument {
  return {
    document,
    language: 'arm',
    errors: [],
    comments,
    syntaxRule: 'arm-syntax',
    content: { kind: 'data', value },
    render: (changes) =>
      renderEach(
        changes,
        (ofTemplate) => setValues(ofTemplate, ({ span }, to) => setScalar(span, to)),
        () => undefined,
      ),
  };
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
      render: (changes) =>
        renderEach(
          changes,
          (ofTemplate) => renderBicepChanges(file, ofTemplate),
          (change) => renderText(text, change),
        ),
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
      remarks: armRemarks(file),
      render: (changes) =>
        renderEach(
          changes,
          (ofTemplate) => renderArmChanges(file, ofTemplate),
          (change) => renderText(text, change),
        ),
    },
    () =>
      file.kind === 'parameters'
        ? { kind: 'parameters', parameters: lowerArmParameters(file, uri) }
        : { kind: 'template', template: lowerArm(file, uri) },
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
    render: (changes) =>
      renderEach(
        changes,
        (ofTemplate) => setValues(ofTemplate, ({ span }, to) => ({ span, newText: String(to) })),
        (change) => renderText(document.text, change),
      ),
  };
}

/** The edits of changes that do no more than set values; undefined where one does more or cannot be written. */
function setValues(
  changes: readonly TemplateChange[],
  set: (place: Location, to: string | number | boolean) => TextEdit | undefined,
): readonly TextEdit[] | undefined {
  const edits = changes.flatMap((change) => {
    const place = change.kind === 'set-value' ? change.target.from : undefined;
    return place === undefined || change.kind !== 'set-value' ? [] : (set(place, change.to) ?? []);
  });
  return edits.length === changes.length ? edits : undefined;
}
