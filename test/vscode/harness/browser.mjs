import { chromium } from 'playwright-core';
import { prepare } from './prepare.mjs';

/**
 * @typedef {object} Workbench
 * @property {import('playwright-core').Page} page
 * @property {() => string[]} consoleLines Everything the page has logged so far.
 * @property {(file: string) => Promise<void>} screenshot
 * @property {() => Promise<void>} close
 */

/**
 * Opens a page of VS Code in a headless browser and returns at once; `workbenchReady` waits for it.
 *
 * @param {string} url
 * @param {{
 *   onConsole?: (text: string) => void,
 *   onExit?: (code: number) => void,
 *   size?: { width: number, height: number },
 * }} [options] `onExit` is called when the extension host has finished its tests.
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench(url, options = {}) {
  const { browser: binary } = await prepare();
  const browser = await chromium.launch({
    executablePath: binary.executable,
    env: { ...process.env, ...binary.env },
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
      LOOPBACK_ONLY,
    ],
  });
  try {
    const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 800 } });
    const lines = /** @type {string[]} */ ([]);
    page.on('console', (message) => {
      lines.push(message.text());
      options.onConsole?.(message.text());
    });
    page.on('pageerror', (error) => lines.push(String(error.stack ?? error)));
    page.on('crash', () => options.onExit?.(-1));
    // The names that VS Code itself looks for when it runs tests in a browser.
    await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => options.onExit?.(code));
    await page.goto(url);
    return {
      page,
      consoleLines: () => lines,
      screenshot: async (file) => void (await page.screenshot({ path: file })),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * Resolves when the workbench is drawn and its extensions are starting.
 *
 * @param {import('playwright-core').Page} page
 */
export async function workbenchReady(page) {
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  await page.locator('.part.statusbar').waitFor({ timeout: 60_000 });
}

/** The tests neither need nor may use the internet. */
const LOOPBACK_ONLY = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';
