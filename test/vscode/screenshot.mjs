/** Takes a picture of the extension at work. `node test/vscode/screenshot.mjs --help` lists the options. */
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openWorkbench, workbenchReady } from './harness/browser.mjs';
import { projectRoot } from './harness/prepare.mjs';
import { exitOnSignals } from './harness/scratch.mjs';
import { startServer } from './harness/server.mjs';

const usage = `node test/vscode/screenshot.mjs --workspace <folder> --out <file.png> [options]

  --open <file>        a file of the workspace to show
  --at <line:column>   where the cursor goes, counted from 1
  --hover              show the hover at the cursor
  --command <text>     open the command palette with this text
  --run                and run the command found
  --step <step>        afterwards, as often as needed, in order:
                       key:<keys>   press keys, for example key:Control+Shift+M or key:Enter
                       type:<text>  type text
                       click:<text> click on this text
                       wait:<text>  wait until the page shows this text
                       shot:<file>  take a further picture (--out is taken at the end)
  --extension <folder> the extension (default: this repository; build it first)
  --vsix <file>        install this package instead
  --settings <json>    user settings, for example '{"workbench.colorTheme":"Default Light Modern"}'
  --size <w>x<h>       default 1280x800
`;

/**
 * @typedef {object} Picture
 * @property {string} workspace
 * @property {string} out
 * @property {string} [open]
 * @property {string} [at]
 * @property {boolean} [hover]
 * @property {string} [command]
 * @property {boolean} [run]
 * @property {readonly string[]} [steps]
 * @property {string} [extension]
 * @property {string} [vsix]
 * @property {Record<string, unknown>} [settings]
 * @property {{ width: number, height: number }} [size]
 */

/**
 * Shows a workspace in VS Code with the extension installed, does what `picture` says and writes it to a PNG.
 *
 * @param {Picture} picture
 */
export async function takeScreenshot(picture) {
  const workspace = path.resolve(picture.workspace);
  const server = await startServer({
    ...(picture.vsix ? { vsix: picture.vsix } : { extensionPath: picture.extension ?? projectRoot }),
    ...(picture.settings && { settings: picture.settings }),
  });
  try {
    const workbench = await openWorkbench(server.url(workspace, openedFile(picture, workspace, server)), {
      ...(picture.size && { size: picture.size }),
    });
    try {
      await workbenchReady(workbench.page);
      await drive(workbench, picture);
      await workbench.screenshot(picture.out);
    } finally {
      await workbench.close();
    }
  } finally {
    await server.stop();
  }
}

/**
 * @param {Picture} picture
 * @param {string} workspace
 * @param {import('./harness/server.mjs').Server} server
 * @returns {[string, string][]}
 */
function openedFile(picture, workspace, server) {
  if (!picture.open) return [];
  const file = server.remoteUri(path.resolve(workspace, picture.open));
  return picture.at
    ? [
        ['openFile', `${file}:${picture.at}`],
        ['gotoLineMode', 'true'],
      ]
    : [['openFile', file]];
}

/**
 * @param {import('./harness/browser.mjs').Workbench} workbench
 * @param {Picture} picture
 */
async function drive({ page, screenshot }, picture) {
  if (picture.open) {
    await page.locator('.monaco-editor .view-line').first().waitFor();
    // A file without findings has no underline to wait for.
    await page
      .locator('[class*="squiggly-"]')
      .first()
      .waitFor({ state: 'attached', timeout: 8_000 })
      .catch(() => {});
  }
  if (picture.hover) {
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    await page.locator('.monaco-hover:not(.hidden) .hover-row').first().waitFor();
  }
  if (picture.command) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').waitFor();
    await page.keyboard.type(picture.command);
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    if (picture.run) await page.keyboard.press('Enter');
  }
  await settled(page);
  for (const step of picture.steps ?? []) {
    const [, kind, value = ''] = /^(\w+):(.*)$/s.exec(step) ?? [];
    if (kind === 'key') await page.keyboard.press(value);
    else if (kind === 'type') await page.keyboard.type(value);
    else if (kind === 'click') await (await frameWith(page, value)).getByText(value).first().click();
    else if (kind === 'wait') await page.getByText(value).first().waitFor();
    else if (kind === 'shot') await screenshot(value);
    else throw new Error(`"${step}" is not a step; see --help.`);
    await settled(page);
  }
}

/**
 * The frame that shows this text: a preview is one of its own.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
async function frameWith(page, text) {
  for (const frame of page.frames()) if ((await frame.getByText(text).count()) > 0) return frame;
  throw new Error(`Nothing shows "${text}".`);
}

/**
 * Waits until the page has stopped changing, so that no picture shows something half drawn.
 *
 * @param {import('playwright-core').Page} page
 */
async function settled(page) {
  let previous = await page.screenshot({ caret: 'hide' });
  for (let round = 0; round < 20; round++) {
    await page.waitForTimeout(250);
    const current = await page.screenshot({ caret: 'hide' });
    if (current.equals(previous)) return;
    previous = current;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      workspace: { type: 'string' },
      out: { type: 'string' },
      open: { type: 'string' },
      at: { type: 'string' },
      hover: { type: 'boolean' },
      command: { type: 'string' },
      run: { type: 'boolean' },
      step: { type: 'string', multiple: true },
      extension: { type: 'string' },
      vsix: { type: 'string' },
      settings: { type: 'string' },
      size: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const { workspace, out, settings, size, help, step, ...rest } = values;
  if (help || !workspace || !out) {
    console.log(usage);
    process.exit(help ? 0 : 2);
  }
  exitOnSignals();
  const [width, height] = (size ?? '1280x800').split('x').map(Number);
  if (!width || !height) throw new Error(`--size is <width>x<height>, not "${size}".`);
  await takeScreenshot({
    ...rest,
    steps: step ?? [],
    workspace,
    out,
    settings: settings ? JSON.parse(settings) : {},
    size: { width, height },
  });
  console.log(`Wrote ${out}.`);
}
