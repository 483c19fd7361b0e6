import { mayHaveToken, pipelineToken } from '../base/pipeline-token.ts';
import type { Origin } from '../model/value.ts';
import { type Data, joinParts, stringData, type UnknownData, unknownData } from './data.ts';

/** Longer texts are scripts and the like, in which the same characters mean something else. */
const maxLength = 200;

/** The string of a literal; the tokens in it are unknown, and equal tokens are equal texts. */
export function literalString(text: string, origin: Origin): Data {
  if (text.length > maxLength || !mayHaveToken(text) || !pipelineToken.test(text)) return stringData(text, origin);
  const pieces: (string | UnknownData)[] = [];
  let rest = text;
  for (let found = pipelineToken.exec(rest); found !== null; found = pipelineToken.exec(rest)) {
    const [name] = found;
    pieces.push(rest.slice(0, found.index));
    pieces.push(tokenData(name, origin));
    rest = rest.slice(found.index + name.length);
  }
  return joinParts([...pieces, rest], origin);
}

/** The value of a token that stands where an expression could: of any type. */
export function tokenData(name: string, { at }: Origin): UnknownData {
  return unknownData('templated', `"${name}" is replaced before the file is deployed`, { at }, name);
}
