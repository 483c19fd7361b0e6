import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Every test that needs no editor; those under `test/vscode` run inside a real VS Code. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', '**/fixtures/**', '**/node_modules/**'],
    testTimeout: 20_000,
  },
});
