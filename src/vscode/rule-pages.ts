import { Disposable, env, Uri, window, workspace } from 'vscode';
import type { ErrorBoundary } from './error-boundary.ts';
import type { PartLoader } from './parts.ts';
import { showPreview } from './preview.ts';

/** The scheme of the documents that hold rule documentation. */
const scheme = 'aksnet-rule';

/** Publisher and name, to which the editor routes a link. */
const extensionId = 'aksnet.aksnet';

/** A link that opens the page of a rule in this very editor, in whatever product it is. */
export function rulePageLink(rule: string): Uri {
  return Uri.from({ scheme: env.uriScheme, authority: extensionId, path: `/rules/${rule}` });
}

/**
 * Serves the pages of the rules, which the build writes beside the bundles in `extensionUri`, opens them for links, and
 * lets a person choose one.
 */
export function registerRulePages(extensionUri: Uri, parts: PartLoader, boundary: ErrorBoundary): Disposable {
  return Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) =>
        boundary.runLater(`show ${uri.path}`, () => readPage(extensionUri, parts, ruleOf(uri))),
    }),
    window.registerUriHandler({
      handleUri: async (uri) => {
        if (uri.path.startsWith('/rules/')) await showRulePage(ruleOf(uri));
      },
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
  const chosen = await window.showQuickPick(items, {
    title: 'AKS Network: Rules',
    placeHolder: 'A rule to read about',
    matchOnDetail: true,
  });
  return chosen?.label;
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
