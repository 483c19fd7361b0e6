import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectContains, expectEqual, expectRules, fixture, open, openText } from './support.ts';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n';

suite('Corefile text', () => {
  afterEach(closeAll);

  test('completes plugins in an override, without those that the default block has', async () => {
    const { document } = await openText('yaml', `${head}  a.override: |\n    \n`);
    const labels = await waitFor('completions', async () => {
      const found = await completions(document, new vscode.Position(7, 4));
      return found.includes('hosts') ? found : undefined;
    });
    expectEqual(labels.includes('cache'), false);
  });

  test('completes nothing in ordinary YAML', async () => {
    const { document } = await open('ordinary.yaml');
    const labels = await completions(document, document.lineAt(document.lineCount - 1).range.end);
    expectEqual(labels.includes('forward'), false);
  });

  test('of a file is judged with the other files of its kustomization, which is found', async () => {
    const { document } = await open('kustomize/b.server');
    await expectRules(document.uri, ['coredns-duplicate-zone']);
    await open('kustomize/kustomization.yaml');
    await expectRules(fixture('kustomize/kustomization.yaml'), []);
  });

  test('has an outline', async () => {
    const { document } = await open('Corefile');
    const symbols = await waitFor('an outline', async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found !== undefined && found.length > 0 ? found : undefined;
    });
    expectContains(JSON.stringify(symbols.flatMap(({ children }) => children.map(({ name }) => name))), 'forward');
  });

  test('folds server blocks', async () => {
    const { document } = await openText('corefile', 'a.example {\n    log\n    errors\n}\n');
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    expectEqual(
      folds.map(({ start, end }) => [start, end]),
      [[0, 2]],
    );
  });

  test('is formatted in a Corefile', async () => {
    const { document } = await openText('corefile', 'a.example {\nlog # all\n}\n');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { insertSpaces: true, tabSize: 4 },
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    expectEqual(document.getText(), 'a.example {\n    log # all\n}\n');
  });

  test('is formatted in YAML by a source action', async () => {
    const { document } = await openText('yaml', `${head}  a.server: |\n    a.example {\n    log\n    }\n`);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 0, 0, 0),
      'source.formatCorefile',
    );
    const edit = actions.find(({ title }) => title === 'Format the Corefile text')?.edit;
    if (edit !== undefined) await vscode.workspace.applyEdit(edit);
    expectEqual(document.getText(), `${head}  a.server: |\n    a.example {\n        log\n    }\n`);
  });
});

async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  // The editor itself offers the words of open documents.
  const offered = list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  return offered.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
