/**
 * One of 32 bits for a text. Equal texts have the same one, so a name whose bit is not among those seen so far is new: in
 * short lists that spares nearly every comparison.
 */
export function textBit(text: string): number {
  return 1 << ((text.length + 5 * text.charCodeAt(0)) & 31);
}
