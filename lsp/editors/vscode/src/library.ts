// The standard library and the Kubernetes API, as documents that can be read and not written: addresses that begin with `platc:`.

import * as vscode from 'vscode';

import type { Server } from './server';

export function registerLibrary(server: Server): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri, token) {
      const answer = await server.ask<{ text: string }>('platc/text', { uri: server.address(uri) }, token);
      return answer?.text ?? `// There is no ${uri.path} in this platc, or its language server is not running.\n`;
    },
  };
  // What was open before the server runs has its text now.
  const reread = server.onHealth((health) => {
    if (health.kind === 'running') {
      vscode.workspace.textDocuments
        .filter((document) => document.uri.scheme === 'platc')
        .forEach((document) => { changed.fire(document.uri); });
    }
  });
  return vscode.Disposable.from(changed, reread, vscode.workspace.registerTextDocumentContentProvider('platc', provider));
}
