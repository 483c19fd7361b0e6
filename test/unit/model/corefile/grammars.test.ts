import { describe, expect, test } from 'vitest';
import { expressionProblem } from '../../../../src/model/corefile/expression.ts';
import { templateProblem } from '../../../../src/model/corefile/go-template.ts';
import {
  parseDuration,
  parseDurationOrSeconds,
  parseInteger,
  parseUnsigned,
  splitHostPort,
} from '../../../../src/model/corefile/go-values.ts';
import { isDomainName, isZone, isZoneInside, normalizeZone } from '../../../../src/model/corefile/names.ts';
import { parseRegexp } from '../../../../src/model/corefile/regexp.ts';
import { neverMatches } from '../../../../src/model/corefile/regexp-names.ts';
import { readUpstream } from '../../../../src/model/corefile/upstreams.ts';

function errorOf(result: { readonly ok: true } | { readonly ok: false; readonly error: string }): string | undefined {
  return result.ok ? undefined : result.error;
}

describe('durations', () => {
  test.each([
    ['5s', 5e9],
    ['1m30s', 90e9],
    ['1.5h', 5400e9],
    ['-1s', -1e9],
    ['0', 0],
    ['.5ms', 5e5],
    ['3us', 3000],
    ['3µs', 3000],
  ])('%s is read', (text, value) => expect(parseDuration(text)).toEqual({ ok: true, value }));

  test.each([
    ['10', 'time: missing unit in duration "10"'],
    ['', 'time: invalid duration ""'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['s', 'time: invalid duration "s"'],
    ['1s2', 'time: missing unit in duration "1s2"'],
    ['1 s', 'time: unknown unit " s" in duration "1 s"'],
  ])('%s is refused', (text, error) => expect(errorOf(parseDuration(text))).toBe(error));

  test('may be bare seconds where a plugin takes them', () => {
    expect(parseDurationOrSeconds('90')).toEqual({ ok: true, value: 90e9 });
  });
});

describe('numbers', () => {
  test('have a sign only where Go takes one', () => {
    expect(parseInteger('-4')).toEqual({ ok: true, value: -4 });
    expect(errorOf(parseUnsigned('-4', 32))).toBe('strconv.ParseUint: parsing "-4": invalid syntax');
    expect(errorOf(parseUnsigned('65536', 16))).toBe('strconv.ParseUint: parsing "65536": value out of range');
    expect(parseUnsigned('0xffee', 16, 0)).toEqual({ ok: true, value: 0xffee });
    expect(errorOf(parseInteger('1k'))).toBe('strconv.Atoi: parsing "1k": invalid syntax');
  });
});

describe('addresses with ports', () => {
  test.each([
    [':8080', '', '8080'],
    ['localhost:1', 'localhost', '1'],
    ['[::1]:53', '::1', '53'],
    ['10.0.0.1:', '10.0.0.1', ''],
  ])('%s is split', (text, host, port) => expect(splitHostPort(text)).toEqual({ ok: true, value: { host, port } }));

  test.each([
    ['8080', 'address 8080: missing port in address'],
    ['::1', 'address ::1: too many colons in address'],
    ['[::1', "address [::1: missing ']' in address"],
    ['[::1]', 'address [::1]: missing port in address'],
  ])('%s is refused', (text, error) => expect(errorOf(splitHostPort(text))).toBe(error));
});

describe('names', () => {
  test('have parts of 1 to 63 bytes', () => {
    expect(isDomainName(`${'x'.repeat(63)}.example`)).toBe(true);
    expect(isDomainName(`${'x'.repeat(64)}.example`)).toBe(false);
    expect(isDomainName('a..b')).toBe(false);
    expect(isDomainName('.')).toBe(true);
    expect(isDomainName('')).toBe(false);
  });

  test('of zones may have a scheme, a port or a network', () => {
    expect(normalizeZone('tls://Corp.Example:853')).toBe('corp.example.');
    expect(isZone('10.0.0.0/24')).toBe(true);
    expect(isZoneInside('a.corp.example.', 'corp.example.')).toBe(true);
    expect(isZoneInside('notcorp.example.', 'corp.example.')).toBe(false);
  });
});

describe('regular expressions', () => {
  test.each([
    ['', 0],
    ['^(.*)\\.(a|b)$', 2],
    ['(?P<x>a)(?<y>b)(?:c)(?i)d(?i-s:e)', 2],
    ['[]a-z^-]', 0],
    ['[[:alpha:]\\d\\pL\\p{Greek}\\x41\\x{1F600}]', 0],
    ['a{2,3}?b{,3}c{x', 0],
    ['\\Qa.*\\E*', 0],
    ['(a{100}){10}', 1],
    ['\\.\\-\\/\\a\\0\\101', 0],
  ])('%s is read', (pattern, groups) => expect(parseRegexp(pattern)).toMatchObject({ ok: true, groups }));

  test.each([
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['[b-a]', 'invalid character class range: `b-a`'],
    ['\\1', 'invalid escape sequence: `\\1`'],
    ['\\y', 'invalid escape sequence: `\\y`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?<=a)', 'invalid or unsupported Perl syntax: `(?<=`'],
    ['(?P<n>a)(?P<n>b)', 'duplicate capture group name: `n`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['a{3,2}', 'invalid repeat count: `{3,2}`'],
    ['(a{100}){11}', 'invalid repeat count: `{11}`'],
    ['[[:nothing:]]', 'invalid character class range: `[:nothing:]`'],
    ['('.repeat(100_000), 'expression nests too deeply'],
  ])('%.30s is refused', (pattern, error) => expect(errorOf(parseRegexp(pattern))).toContain(error));

  test.each([
    ['^a\\.b$', true],
    ['(a|b)$', true],
    ['a\\.$|b$', false],
    ['[^.]+$', true],
    ['[^a]+$', false],
    ['a(\\.b)*$', true],
    ['a(\\.b)*\\.?$', false],
    ['(.*)$', false],
    ['$', false],
    ['a', false],
    ['A\\.', true],
    ['(?i)A\\.', false],
  ])('%s never matches a name: %s', (pattern, expected) => {
    expect(neverMatches(pattern)?.severity === 'warning').toBe(expected);
  });
});

describe('templates', () => {
  const version = '1.14.3';
  test.each([
    ['plain'],
    ['{{ .Name }} 60 IN A {{ index .Match 1 }}'],
    ['{{- if eq .Type 1 -}}a{{ else if .X }}b{{ else }}c{{ end }}'],
    ['{{/* note }} */}}x'],
    ['{{ $x := .Name }}{{ $x }}{{ range $i, $e := .Match }}{{ $i }}{{ end }}'],
    ['{{ printf "%s }}" (.Name) | len }}'],
    ['{{ parseInt .Group.a 10 64 }}'],
  ])('%s is read', (text) => expect(templateProblem(text, version)).toBeUndefined());

  test.each([
    ['{{', 'unclosed action'],
    ['{{ .Name }', 'unclosed action'],
    ['{{ }}', 'missing value for command'],
    ['{{ if .X }}', 'unexpected EOF'],
    ['{{ end }}', 'unexpected {{end}}'],
    ['{{ nothing }}', 'function "nothing" not defined'],
    ['{{ $x }}', 'undefined variable "$x"'],
    ['{{ "a }}', 'unterminated quoted string'],
    ['{{ (.Name }}', 'unclosed left paren'],
    ['{{/* x', 'unclosed comment'],
  ])('%s is refused', (text, error) => expect(templateProblem(text, version)?.error).toBe(error));

  test('have parseInt from 1.10.0 on', () => {
    expect(templateProblem('{{ parseInt }}', '1.9.4')?.error).toBe('function "parseInt" not defined');
  });
});

describe('expressions', () => {
  test.each([
    ["name() == 'a.example.' && !(type() in ['A', \"AAAA\"])"],
    ["incidr(client_ip(), '10.0.0.0/8') or port() > 1024 ? true : false"],
    ["metadata('a/b') matches '^x' and not (name() endsWith '.')"],
    ["any(['a'], {# == name()})"],
    ['-1 + [1, 2][0] * 3'],
  ])('%s is read', (text) => expect(expressionProblem(text)).toBeUndefined());

  test.each([
    ['invalid expression', 'unexpected token Identifier("expression")'],
    ['name() ==', 'unexpected token EOF'],
    ['name() == x', 'unknown name x'],
    ['foo()', 'unknown name foo'],
    ["'open", 'literal not terminated'],
    ['(name()', 'unexpected token EOF'],
  ])('%s is refused', (text, error) => expect(expressionProblem(text)?.error).toBe(error));
});

describe('upstreams', () => {
  const kindOf = (text: string, version = '1.14.3'): string => {
    const upstream = readUpstream(text, 'forward', version);
    return upstream.kind === 'refused' ? upstream.reason : upstream.kind;
  };
  test.each([
    ['10.0.0.1', 'address'],
    ['10.0.0.1:5353', 'address'],
    ['10.0.0.1:', 'address'],
    ['2001:db8::1', 'address'],
    ['[2001:db8::1]:53', 'address'],
    ['tls://1.1.1.1%one.example:853', 'address'],
    ['dns://1.1.1.1', 'address'],
    ['fe80::1%eth0', 'address'],
    ['/etc/resolv.conf', 'file'],
    ['dns.corp.example', 'host-name'],
    ['https://1.1.1.1', 'scheme'],
    ['tcp://1.1.1.1', 'scheme'],
    ['10.0.0.1;10.0.0.2', 'neither'],
    ['10.0.0.0/24', 'path'],
    ['300.1.1.1', 'neither'],
    ['', 'empty'],
  ])('%s is %s', (text, kind) => expect(kindOf(text)).toBe(kind));

  test('may be names and use HTTPS in later versions', () => {
    expect(kindOf('https://1.1.1.1', '1.14.5')).toBe('address');
  });
});
