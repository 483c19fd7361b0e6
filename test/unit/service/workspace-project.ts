import { applyEdits } from '../../../src/base/text-edit.ts';
import type { Analysis } from '../../../src/service/analysis.ts';
import { renderFix } from '../../../src/service/code-actions.ts';
import type { Diagnostic } from '../../../src/service/diagnostic.ts';
import { LanguageService } from '../../../src/service/language-service.ts';
import { viewModel } from '../../../src/service/model-view.ts';
import type { FileContent } from '../../../src/service/workspace.ts';

/** Files by their path below the root of a project; `unreadable` is there and cannot be read. */
export type ProjectFiles = Readonly<Record<string, string | { readonly kind: 'unreadable' }>>;

/** A project whose files are given to the language service when it asks for them, as an editor would. */
export class Project {
  readonly service = new LanguageService((rule, uri, error) => {
    throw new Error(`Rule ${rule} failed on ${uri}`, { cause: error });
  });
  /** Paths in the order in which they were asked for. */
  readonly asked: string[] = [];
  private readonly files: Map<string, string | { readonly kind: 'unreadable' }>;
  private version = 0;

  constructor(files: ProjectFiles) {
    this.files = new Map(Object.entries(files));
  }

  /** The analysis of a file, opened as it is. */
  analyse(path: string): Analysis {
    const analysis = this.tryAnalyse(path);
    if (analysis === undefined) throw new Error(`${path} is not recognised`);
    return analysis;
  }

  /** The same; undefined where the file is none of ours. */
  tryAnalyse(path: string): Analysis | undefined {
    for (let round = 0; round < 100; round++) {
      const document = { uri: uriOf(path), languageId: '', version: ++this.version, text: this.textOf(path) };
      const analysis = this.service.analyse(document);
      const { wanted } = this.service.workspace;
      if (wanted.length === 0) return analysis;
      for (const uri of wanted) this.service.workspace.provide(uri, this.read(pathOf(uri)));
    }
    throw new Error('the service keeps asking for files');
  }

  /** Changes a file that is open or that was read. */
  write(path: string, text: string): void {
    this.files.set(path, text);
    this.service.workspace.forget(uriOf(path));
  }

  textOf(path: string): string {
    const text = this.files.get(path);
    if (typeof text !== 'string') throw new Error(`there is no file ${path}`);
    return text;
  }

  /** The network model of a file as plain JSON. */
  model(path: string): ReturnType<typeof viewModel> {
    return viewModel(this.analyse(path).model);
  }

  /** `rule path:underlined text` of every finding of a file. */
  findings(path: string): string[] {
    return this.analyse(path).diagnostics.map((diagnostic) => this.describe(diagnostic));
  }

  describe({ rule, location }: Pick<Diagnostic, 'rule' | 'location'>): string {
    return `${rule} ${pathOf(location.uri)}:${this.underlined(location)}`;
  }

  /** The text that a location speaks about. */
  underlined({ uri, span }: Diagnostic['location']): string {
    return this.textOf(pathOf(uri)).slice(span.start, span.end);
  }

  /** `path:underlined text: what is said of it` of the related places of all findings of a file. */
  related(path: string): string[] {
    return this.analyse(path).diagnostics.flatMap(({ related }) =>
      related.map(({ location, text }) => `${pathOf(location.uri)}:${this.underlined(location)}: ${text}`),
    );
  }

  /** By path, the texts that the first fix of the first finding of a file changes. */
  fixed(path: string): Record<string, string> {
    const analysis = this.analyse(path);
    const [fix] = analysis.diagnostics[0]?.fixes ?? [];
    const documents = fix === undefined ? [] : (renderFix(analysis, fix) ?? []);
    return Object.fromEntries(
      documents.map(({ uri, edits }) => [pathOf(uri), applyEdits(this.textOf(pathOf(uri)), edits)]),
    );
  }

  private read(path: string): FileContent {
    this.asked.push(path);
    const content = this.files.get(path);
    if (content === undefined) return { kind: 'missing' };
    return typeof content === 'string' ? { kind: 'text', text: content } : content;
  }
}

const root = 'file:///project/';

export function uriOf(path: string): string {
  return root + path.split('/').map(encodeURIComponent).join('/');
}

/** The path of a URI below the root of the project; of any other the URI itself. */
export function pathOf(uri: string): string {
  return uri.startsWith(root) ? decodeURIComponent(uri.slice(root.length)) : uri;
}
