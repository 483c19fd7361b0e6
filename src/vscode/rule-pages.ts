import { Disposable, languages, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import { ruleOfDiagnostic } from './convert.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import { type Links, linkTo } from './links.ts';
import type { PartLoader } from './parts.ts';
import { showPreview } from './preview.ts';

/** The scheme of the documents that hold rule documentation. */
const scheme = 'aksnet-rule';

/** A link that opens the page of a rule in this very editor, in whatever product it is. */
export function rulePageLink(rule: string): Uri {
  return linkTo('rules', rule);
}

/**
 * Serves the pages of the rules, which the build writes beside the bundles in `extensionUri`, opens them for links, and
 * lets a person choose one.
 */
export function registerRulePages(
  extensionUri: Uri,
  parts: PartLoader,
  links: Links,
  boundary: ErrorBoundary,
): Disposable {
  links.on('rules', showRulePage);
  return Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) =>
        boundary.runLater(`show ${uri.path}`, () => readPage(extensionUri, parts, ruleOf(uri))),
    }),
    boundary.registerCommand('aksnet.showRuleDocumentation', 'show the documentation of a rule', async (rule) => {
      const id = typeof rule === 'string' ? rule : await chooseRule(parts);
      if (id !== undefined) await showRulePage(id);
    }),
  );
}

async function showRulePage(rule: string): Promise<void> {
  await showPreview(Uri.from({ scheme, path: `/${rule}.md` }));
}

async function chooseRule(parts: PartLoader): Promise<string | undefined> {
  const { ruleEntries } = await parts.load('help');
  const items = ruleEntries().map((entry) => ({
    label: entry.id,
    description: entry.severity,
    detail: entry.summary,
  }));
  const here = rulesAtCursor();
  const chosen = await window.showQuickPick(inSections(items, here), {
    title: 'AKS Network: Rules',
    placeHolder: 'A rule to read about',
    matchOnDetail: true,
  });
  return chosen?.label;
}

/** The rules that report at the cursor: whoever asks there most likely means one of them. */
function rulesAtCursor(): ReadonlySet<string> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return new Set();
  const { document, selection } = editor;
  const touched = languages.getDiagnostics(document.uri).filter(({ range }) => range.intersection(selection));
  return new Set(touched.flatMap((diagnostic) => ruleOfDiagnostic(diagnostic) ?? []));
}

/** Those that report at the cursor first. */
function inSections(items: readonly QuickPickItem[], here: ReadonlySet<string>): readonly QuickPickItem[] {
  const first = items.filter(({ label }) => here.has(label));
  if (first.length === 0) return items;
  const heading = (label: string): QuickPickItem => ({ label, kind: QuickPickItemKind.Separator });
  const others = items.filter(({ label }) => !here.has(label));
  return [heading('at the cursor'), ...first, heading('all others'), ...others];
}

/** The last segment of a link or of the name of a page. */
function ruleOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/\.md$/, '');
}

async function readPage(extensionUri: Uri, parts: PartLoader, rule: string): Promise<string> {
  const { ruleEntries } = await parts.load('help');
  const isRule = ruleEntries().some(({ id }) => id === rule);
  if (!isRule) return unknownPage(rule);
  const page = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', 'rules', `${rule}.md`));
  return new TextDecoder().decode(page);
}

function unknownPage(rule: string): string {
  return `# ${rule.replace(/[^\w-]/g, '')}\n\nThere is no rule of this name in the installed version.\n`;
}
