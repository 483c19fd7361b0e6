import { booleanData, type Data, joinParts, numberData, stringData } from '../data.ts';
import { passOn, readText, textResult, unusable } from './arguments.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { readLoadedText } from './files.ts';
import { readJson } from './json-data.ts';
import { jsonText } from './json-text.ts';
import type { BuiltInFunction, CallContext, FunctionTable } from './library.ts';

/**
 * Conversions between types and encodings.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string
 */
export const conversionFunctions: FunctionTable = {
  string: ([input], context) => {
    switch (input?.kind) {
      case 'string':
      case 'partial':
        return passOn(input, context);
      case 'number':
      case 'boolean':
        return joinParts([input], context.origin);
      case 'array':
      case 'object': {
        const text = jsonText(input);
        return text === undefined
          ? context.unknown('unsupported', 'the array or object is not fully known')
          : stringData(text, context.origin);
      }
      default:
        return unusable(input, context, 'a value that can be written as text');
    }
  },

  int: ([input], context) => {
    if (input?.kind === 'number') return passOn(input, context);
    const text = readText(input, context);
    if (typeof text !== 'string') return text;
    const value = /^[+-]?\d{1,19}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return numberData(value, context.origin);
    return context.unknown('invalid-argument', 'int() gets a text that is no whole number');
  },

  bool: ([input], context) => {
    if (input?.kind === 'boolean') return passOn(input, context);
    if (input?.kind === 'number') return booleanData(input.value !== 0, context.origin);
    const text = readText(input, context);
    if (typeof text !== 'string') return text;
    const word = text.toLowerCase();
    if (word === 'true' || word === '1') return booleanData(true, context.origin);
    if (word === 'false' || word === '0') return booleanData(false, context.origin);
    return context.unknown('invalid-argument', 'bool() gets a text that is neither true nor false');
  },

  json: ([input], context) => {
    const text = readText(input, context);
    if (typeof text !== 'string') return text;
    const value = readJson(text, context);
    return value.kind === 'unknown' ? value : (readLoadedText(context) ?? value);
  },

  base64: onText((text, context) => textResult(encodeBase64(text), context)),
  base64tostring: onText((text, context) => decoded(text, context, (plain) => textResult(plain, context))),
  base64tojson: onText((text, context) => decoded(text, context, (plain) => readJson(plain, context))),
  datauri: onText((text, context) => textResult(dataUriStart + encodeBase64(text), context)),
  datauritostring: onText((text, context) => {
    const match = /^data:[^,]{0,200};base64,/i.exec(text);
    if (match === null) return context.unknown('invalid-argument', 'dataUriToString() gets no base64 data URI');
    return decoded(text.slice(match[0].length), context, (plain) => textResult(plain, context));
  }),

  uricomponent: onText((text, context) => {
    const escaped = escapeUri(text);
    return escaped === undefined
      ? context.unknown('invalid-argument', 'the text is not Unicode')
      : textResult(escaped, context);
  }),
  uricomponenttostring: onText((text, context) => {
    const plain = unescapeUri(text);
    return plain === undefined
      ? context.unknown('invalid-argument', 'the text is badly escaped')
      : textResult(plain, context);
  }),

  uri: (args, context) => {
    const base = readText(args[0], context);
    if (typeof base !== 'string') return base;
    const relative = readText(args[1], context);
    if (typeof relative !== 'string') return relative;
    const combined = URL.canParse(relative, base) ? new URL(relative, base).href : undefined;
    return combined === undefined
      ? context.unknown('invalid-argument', 'uri() gets no absolute address')
      : textResult(combined, context);
  },

  any: ([input], context) => (input === undefined ? unusable(input, context, 'a value') : passOn(input, context)),
  nameof: (_args, context) => nameOf(context),
  fail: (_args, context) => context.unknown('invalid-argument', 'fail() stops the deployment'),
};

const dataUriStart = 'data:text/plain;charset=utf8;base64,';

function onText(compute: (text: string, context: CallContext) => Data): BuiltInFunction {
  return ([input], context) => {
    const text = readText(input, context);
    return typeof text === 'string' ? compute(text, context) : text;
  };
}

function decoded(text: string, context: CallContext, then: (plain: string) => Data): Data {
  const plain = decodeBase64(text);
  return plain === undefined ? context.unknown('invalid-argument', 'the text is not base64') : then(plain);
}

/** Escapes all but the unreserved characters of RFC 3986, as the service does; undefined for broken surrogates. */
function escapeUri(text: string): string | undefined {
  const percent = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  try {
    return encodeURIComponent(text).replace(/[!'()*]/g, percent);
  } catch {
    return undefined;
  }
}

function unescapeUri(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The last name in the expression that stands as the argument. */
function nameOf(context: CallContext): Data {
  const [argument] = context.call.args;
  if (argument?.kind === 'name' || argument?.kind === 'nested-resource')
    return stringData(argument.name, context.origin);
  if (argument?.kind === 'access' && argument.key.kind === 'literal' && typeof argument.key.value === 'string') {
    return stringData(argument.key.value, context.origin);
  }
  return context.unknown('invalid-argument', 'nameof() needs a name');
}
