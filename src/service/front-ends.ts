import { readConfiguration } from './configuration.ts';
import { parseCorednsDocument } from './coredns-half.ts';
import { type Document, isConfiguration } from './document.ts';
import { type ParsedDocument, renderEach, renderText } from './parsed-document.ts';
import { parseTemplateDocument } from './template-half.ts';

/** Parses a document with the front end that it belongs to; undefined for a document that is none of ours. */
export function parseDocument(document: Document): ParsedDocument | undefined {
  if (isConfiguration(document.uri)) return configurationDocument(document);
  return parseTemplateDocument(document) ?? parseCorednsDocument(document);
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
    render: (changes) =>
      renderEach(
        changes,
        () => undefined,
        (change) => renderText(document.text, change),
      ),
  };
}
