import type { Origin } from '../model/value.ts';
import { type Data, joinParts, stringData, type UnknownData, unknownData } from './data.ts';

/**
 * What pipelines replace before they deploy a file: `#{name}#` and `__name__` of the token replacing tasks, `$(name)` of
 * Azure Pipelines, `${name}` of envsubst. No pipeline would call a value `__proto__`.
 */
const token = /#\{[^{}]+\}#?|__(?!proto__)[A-Za-z][\w.-]*?__|\$\([\w.-]+\)|\$\{\w+\}/;

/** Longer texts are scripts and the like, in which the same characters mean something else. */
const maxLength = 200;

/** The string of a literal; the tokens in it are unknown, and equal tokens are equal texts. */
export function literalString(text: string, origin: Origin): Data {
  if (text.length > maxLength || !token.test(text)) return stringData(text, origin);
  const pieces: (string | UnknownData)[] = [];
  let rest = text;
  for (let found = token.exec(rest); found !== null; found = token.exec(rest)) {
    const [name] = found;
    pieces.push(rest.slice(0, found.index));
    pieces.push(unknownData('templated', `"${name}" is replaced before the file is deployed`, { at: origin.at }, name));
    rest = rest.slice(found.index + name.length);
  }
  return joinParts([...pieces, rest], origin);
}
