// The language server: found, started, stopped, and asked. Knows the protocol; what the answers are for, others know.

import * as vscode from 'vscode';
import { LSPErrorCodes, LanguageClient, ResponseError, State, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

import { NEUTRAL, findProgram, programPath } from './program';

/** How the server is. */
export type Health =
  | { kind: 'starting' }
  | { kind: 'running'; version: string; path: string }
  | { kind: 'failed'; message: string };

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly changed = new vscode.EventEmitter<Health>();
  private readonly log = vscode.window.createOutputChannel('platc', { log: true });
  private readonly listeners: vscode.Disposable;
  /** Starts and stops come one after the other. */
  private turn: Promise<void> = Promise.resolve();

  health: Health = { kind: 'starting' };
  readonly onHealth = this.changed.event;

  constructor(private readonly context: vscode.ExtensionContext) {
    const trusted = vscode.workspace.onDidGrantWorkspaceTrust(() => void this.restart());
    const changed = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('platc.path')) {
        void this.restart();
      } else if (change.affectsConfiguration('platc')) {
        this.tellSettings();
      }
    });
    this.listeners = vscode.Disposable.from(trusted, changed);
  }

  /** Starts the server. What is wrong is shown, and thrown at nobody. */
  start(): Promise<void> {
    return this.next(() => this.run());
  }

  restart(): Promise<void> {
    return this.next(async () => {
      await this.end();
      await this.run();
    });
  }

  showLog(): void {
    this.log.show(true);
  }

  /** Asks the server; undefined where it is not running or can not tell. */
  async ask<Answer>(method: string, question: object, token?: vscode.CancellationToken): Promise<Answer | undefined> {
    const client = this.client;
    if (client?.state !== State.Running) {
      return undefined;
    }
    try {
      // A token that is undefined would be sent as a second question.
      const asked = token ? client.sendRequest<Answer | null>(method, question, token) : client.sendRequest<Answer | null>(method, question);
      return (await asked) ?? undefined;
    } catch (error) {
      if (!token?.isCancellationRequested) {
        if (error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified) {
          return this.ask(method, question, token);
        }
        this.log.debug(`${method}: ${String(error)}`);
      }
      return undefined;
    }
  }

  /** How the server writes a document's address. */
  address(uri: vscode.Uri): string {
    return this.client ? this.client.code2ProtocolConverter.asUri(uri) : uri.toString();
  }

  /** A place of the protocol, as the editor has it. */
  get toEditor(): LanguageClient['protocol2CodeConverter'] | undefined {
    return this.client?.protocol2CodeConverter;
  }

  dispose(): void {
    this.listeners.dispose();
    this.changed.dispose();
    void this.next(() => this.end()).then(() => {
      this.log.dispose();
    });
  }

  private next(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work, work);
    return this.turn;
  }

  private async run(): Promise<void> {
    this.set({ kind: 'starting' });
    const path = programPath(vscode.workspace.getConfiguration('platc').get('path', 'platc'));
    const found = await findProgram(path);
    switch (found.kind) {
      case 'missing':
        return this.fail(`platc was not found: there is no \`${path}\`${path.includes('/') ? '' : ' in PATH'}.`);
      case 'refused':
        return this.fail(`platc can not be run: ${found.why}`);
      case 'old':
        return this.fail(`\`${path}\` is platc ${found.version}, which has no language server: a newer one is needed.`);
      case 'found':
        return this.connect(found.path, found.version);
    }
  }

  private async connect(path: string, version: string): Promise<void> {
    const run = { command: path, args: ['lsp'], options: { cwd: NEUTRAL } };
    const options: ServerOptions = { run, debug: run };
    const client = new LanguageClient('platc', 'platc', options, this.options());
    this.client = client;
    this.context.subscriptions.push(
      client.onDidChangeState(({ newState }) => {
        if (this.client !== client) {
          return;
        }
        if (newState === State.Running) {
          this.set({ kind: 'running', version, path });
        } else if (newState === State.Stopped && this.health.kind === 'running') {
          this.set({ kind: 'failed', message: 'The language server has ended. Its log may say why.' });
        }
      }),
    );
    try {
      await client.start();
    } catch (error) {
      await this.fail(`The language server did not start: ${String(error)}`);
    }
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: 'file', language: 'platc' },
        { scheme: 'untitled', language: 'platc' },
        { scheme: 'platc', language: 'platc' },
        { scheme: 'file', pattern: '**/platc.toml' },
      ],
      outputChannel: this.log,
      initializationOptions: settings(),
      markdown: { isTrusted: false, supportHtml: false },
    };
  }

  private tellSettings(): void {
    if (this.client?.state === State.Running) {
      void this.client.sendNotification('workspace/didChangeConfiguration', { settings: { platc: settings() } });
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch {
      // It has ended already, or did not begin.
    }
  }

  private async fail(message: string): Promise<void> {
    await this.end();
    this.log.error(message);
    this.set({ kind: 'failed', message });
    void this.tell(message);
  }

  private async tell(message: string): Promise<void> {
    const choose = 'Choose the program…';
    const settings = 'Open the setting';
    const answer = await vscode.window.showErrorMessage(message, choose, settings);
    if (answer === choose) {
      const chosen = await vscode.window.showOpenDialog({ title: 'Where is platc?', openLabel: 'Use this platc' });
      const path = chosen?.[0]?.fsPath;
      if (path) {
        await vscode.workspace.getConfiguration('platc').update('path', path, vscode.ConfigurationTarget.Global);
      }
    } else if (answer === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'platc.path');
    }
  }

  private set(health: Health): void {
    this.health = health;
    this.changed.fire(health);
  }
}

/** What the server is told: levels of rules, and whether a project may reach above the folder that is open. */
function settings(): { rules: Record<string, string>; trusted: boolean } {
  return {
    rules: vscode.workspace.getConfiguration('platc').get('rules', {}),
    trusted: vscode.workspace.isTrusted,
  };
}
