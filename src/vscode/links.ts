import { type Disposable, env, Uri, window } from 'vscode';

/** Publisher and name, to which the editor routes a link. */
const extensionId = 'aksnet.aksnet';

/** A link that leads back into this very editor, in whatever product it is; `kind` says who opens it. */
export function linkTo(kind: string, name: string): Uri {
  return Uri.from({ scheme: env.uriScheme, authority: extensionId, path: `/${kind}/${name}` });
}

/** Opens the links that {@link linkTo} makes; an extension may have one such handler only. */
export class Links implements Disposable {
  private readonly openers = new Map<string, (name: string) => Promise<void>>();
  private readonly handler = window.registerUriHandler({
    handleUri: async ({ path }) => {
      const [, kind = '', name = ''] = path.split('/');
      await this.openers.get(kind)?.(name);
    },
  });

  /** Says who opens the links of a kind. */
  on(kind: string, open: (name: string) => Promise<void>): void {
    this.openers.set(kind, open);
  }

  dispose(): void {
    this.handler.dispose();
  }
}
