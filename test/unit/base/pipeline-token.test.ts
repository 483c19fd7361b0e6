import { describe, expect, test } from 'vitest';
import { endOfTokens } from '../../../src/base/pipeline-token.ts';

describe('what a pipeline replaces in no literal', () => {
  test.each(['#{a}#', '#{a}##{b}#', `\${a}`, '__a__', '$(a)', '{{ a | b }}', '-#{a}#'])('%s ends', (text) => {
    const start = text.startsWith('-') ? 1 : 0;
    expect(endOfTokens(`${text} , 1`, start)).toBe(text.length);
  });

  test.each(['{ "a": 1 }', '{{ "a": 1 }}', '#{ "a": 1 }', '_', '$', '{'])('%s is none', (text) => {
    expect(endOfTokens(text, 0)).toBeUndefined();
  });
});
