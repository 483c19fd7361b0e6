import { commands, type Disposable, type LogOutputChannel, window } from 'vscode';

/** Keeps our bugs away from the editor: what fails is logged, and a person is told where they asked for something. */
export class ErrorBoundary {
  private readonly log: LogOutputChannel;

  constructor(log: LogOutputChannel) {
    this.log = log;
  }

  /** The result of `body`, or undefined where it threw. `what` completes "Could not ..." */
  run<T>(what: string, body: () => T): T | undefined {
    try {
      return body();
    } catch (error) {
      this.report(what, error);
      return undefined;
    }
  }

  /** The result of `body`, or undefined where it failed. `what` completes "Could not ..." */
  async runLater<T>(what: string, body: () => Promise<T>): Promise<T | undefined> {
    try {
      return await body();
    } catch (error) {
      this.report(what, error);
      return undefined;
    }
  }

  /** Registers a command whose failure is logged and shown. `what` completes "Could not ..." */
  registerCommand(id: string, what: string, body: (...args: unknown[]) => Promise<void>): Disposable {
    return commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        await body(...args);
      } catch (error) {
        this.report(what, error);
        await this.tell(what);
      }
    });
  }

  private report(what: string, error: unknown): void {
    this.log.error(`Could not ${what}:`, error instanceof Error ? error : String(error));
  }

  private async tell(what: string): Promise<void> {
    const showLog = 'Show Log';
    if ((await window.showErrorMessage(`AKS Network could not ${what}.`, showLog)) === showLog) this.log.show();
  }
}
