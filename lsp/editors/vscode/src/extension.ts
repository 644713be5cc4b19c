// What the extension is made of. Each part knows the server and its own place in the window, and none of them another part.

import * as vscode from 'vscode';

import { registerCommands } from './commands';
import { registerGraph } from './graph';
import { adoptDocuments } from './language';
import { registerLibrary } from './library';
import { registerPreview } from './preview';
import { Server } from './server';
import { registerSnippets } from './snippets';
import { showStatus } from './status';
import { registerTasks } from './tasks';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = new Server(context);
  context.subscriptions.push(
    server,
    adoptDocuments(),
    showStatus(server),
    registerLibrary(server),
    registerPreview(server),
    registerGraph(server),
    registerSnippets(),
    registerTasks(),
    registerCommands(server),
  );
  await server.start();
}
