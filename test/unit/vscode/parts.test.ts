import { expect, test } from 'vitest';
import { PartLoader } from '../../../src/vscode/parts.ts';

test('a part is loaded once', async () => {
  const asked: string[] = [];
  const parts = new PartLoader(async (file) => {
    asked.push(file);
    return { file };
  });
  const [first, second] = await Promise.all([parts.load('coredns'), parts.load('coredns')]);
  expect(first).toBe(second);
  await parts.load('help');
  expect(asked).toEqual(['coredns.mjs', 'help.mjs']);
});

test('a part that could not be loaded is asked for again', async () => {
  let attempts = 0;
  const parts = new PartLoader(async () => {
    attempts++;
    if (attempts === 1) throw new Error('The network is away.');
    return { attempts };
  });
  await expect(parts.load('templates')).rejects.toThrow('away');
  expect(await parts.load('templates')).toEqual({ attempts: 2 });
});
