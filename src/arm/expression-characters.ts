/** Whether a character is a digit of a number. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether a character may stand in a name: letters, digits, `_` and `$`, as Resource Manager reads names. */
export function isIdentifier(code: number): boolean {
  if (code < 128) {
    return (
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 95 ||
      code === 36
    );
  }
  return /[\p{L}\p{Nd}]/u.test(String.fromCharCode(code));
}

/** White space as .NET counts it, which is what separates the parts of an expression. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code > 127 && /[\s\u0085]/.test(String.fromCharCode(code)));
}
