/** A value as Go reads it, or Go's words for why it cannot. */
export type GoResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: string; readonly problem: 'syntax' | 'range' | 'no-unit' };

/** Nanoseconds of each unit. */
const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** A duration such as `1m30s`, in nanoseconds. */
export function parseDuration(text: string): GoResult<number> {
  const fail = (reason: string, problem: 'syntax' | 'range' | 'no-unit' = 'syntax'): GoResult<number> => ({
    ok: false,
    error: `time: ${reason} ${goQuote(text)}`,
    problem,
  });
  const sign = /^[+-]/.test(text) ? text[0] : '';
  let rest = text.slice(sign?.length ?? 0);
  if (rest === '0') return { ok: true, value: 0 };
  if (rest === '') return fail('invalid duration');
  let total = 0;
  while (rest !== '') {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return fail('invalid duration');
    rest = rest.slice(number.length);
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return fail('missing unit in duration', 'no-unit');
    const size = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (size === undefined) return fail(`unknown unit ${goQuote(unit)} in duration`);
    total += Number(number) * size;
    rest = rest.slice(unit.length);
  }
  if (total > 2 ** 63) return fail('invalid duration', 'range');
  return { ok: true, value: sign === '-' ? -total : total };
}

/** A duration, or a bare number of seconds. */
export function parseDurationOrSeconds(text: string): GoResult<number> {
  return parseDuration(/^[+-]?\d+$/.test(text) ? `${text}s` : text);
}

/** A whole number of 64 bits, as `strconv.Atoi` reads it. */
export function parseInteger(text: string): GoResult<number> {
  return integer(text, 'Atoi', /^[+-]?\d+$/.test(text) ? Number(text) : undefined, -(2 ** 63), 2 ** 63 - 1);
}

/** A whole number without a sign; `base` 0 takes `0x` and the like. */
export function parseUnsigned(text: string, bits: number, base: 0 | 10 = 10): GoResult<number> {
  const prefixed = base === 0 && /^0(?:x[\da-f]+|o?[0-7]+|b[01]+)$/i.test(text);
  const value = prefixed
    ? Number(/^0[0-7]+$/.test(text) ? `0o${text.slice(1)}` : text)
    : /^\d+$/.test(text)
      ? Number(text)
      : undefined;
  return integer(text, 'ParseUint', value, 0, 2 ** bits - 1);
}

function integer(text: string, name: string, value: number | undefined, least: number, most: number): GoResult<number> {
  const start = `strconv.${name}: parsing ${goQuote(text)}`;
  if (value === undefined) return { ok: false, error: `${start}: invalid syntax`, problem: 'syntax' };
  if (value < least || value > most) return { ok: false, error: `${start}: value out of range`, problem: 'range' };
  return { ok: true, value };
}

/** A number with a fraction or exponent. */
export function parseFloatingPoint(text: string): GoResult<number> {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return { ok: true, value: Number(text) };
  if (/^[+-]?(?:inf(?:inity)?|nan|0x[\da-f.]+p[+-]?\d+)$/i.test(text)) return { ok: true, value: Number.NaN };
  return { ok: false, error: `strconv.ParseFloat: parsing ${goQuote(text)}: invalid syntax`, problem: 'syntax' };
}

/** The words that Go reads as true or false. */
export function parseBoolean(text: string): GoResult<boolean> {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return { ok: true, value: true };
  if (/^(?:0|f|F|FALSE|false|False)$/.test(text)) return { ok: true, value: false };
  return { ok: false, error: `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`, problem: 'syntax' };
}

/** The text in the quotes that Go's `%q` puts around it. */
export function goQuote(text: string): string {
  return JSON.stringify(text);
}

/** Host and port of `host:port`, `[host]:port` or `:port`; otherwise Go's words for what is wrong. */
export function splitHostPort(text: string): GoResult<{ readonly host: string; readonly port: string }> {
  const fail = (reason: string): GoResult<{ host: string; port: string }> => ({
    ok: false,
    error: `address ${text}: ${reason}`,
    problem: 'syntax',
  });
  const colon = text.lastIndexOf(':');
  if (colon < 0) return fail('missing port in address');
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    if (close < 0) return fail("missing ']' in address");
    if (close + 1 === text.length) return fail('missing port in address');
    if (close + 1 !== colon)
      return fail(text[close + 1] === ':' ? 'too many colons in address' : 'missing port in address');
    return checked(text.slice(1, close), text.slice(colon + 1), text.slice(1, close) + text.slice(close + 1));
  }
  const host = text.slice(0, colon);
  if (host.includes(':')) return fail('too many colons in address');
  return checked(host, text.slice(colon + 1), text);

  function checked(name: string, port: string, rest: string): GoResult<{ host: string; port: string }> {
    if (rest.includes('[')) return fail("unexpected '[' in address");
    if (rest.includes(']')) return fail("unexpected ']' in address");
    return { ok: true, value: { host: name, port } };
  }
}
