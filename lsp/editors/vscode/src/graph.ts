// The platform's graph, as a page beside the source: its network, who may reach whom, what depends on what. It is drawn anew when a
// file of the platform is saved.

import * as vscode from 'vscode';

import { beside } from './beside';
import { saying, sealed } from './page';
import type { Server } from './server';

export function registerGraph(server: Server): vscode.Disposable {
  let panel: vscode.WebviewPanel | undefined;
  let source: vscode.Uri | undefined;

  const draw = async (): Promise<void> => {
    if (!panel || !source) {
      return;
    }
    const answer = await server.ask<{ html: string }>('platc/graph', { textDocument: { uri: server.address(source) } });
    if (answer) {
      panel.webview.html = sealed(answer.html);
    } else {
      panel.webview.html = saying('There is nothing to draw here: the file is no part of a platform that can be evaluated.');
    }
  };

  const open = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== 'platc') {
      void vscode.window.showInformationMessage('The graph needs a platc file in front of you.');
      return;
    }
    source = document.uri;
    if (!panel) {
      panel = vscode.window.createWebviewPanel('platc.graph', 'Graph', beside(), {
        enableScripts: true,
        enableFindWidget: true,
        retainContextWhenHidden: true,
        localResourceRoots: [],
      });
      panel.onDidDispose(() => {
        panel = undefined;
      });
    } else {
      panel.reveal(undefined, true);
    }
    await draw();
  };

  return vscode.Disposable.from(
    vscode.commands.registerCommand('platc.graph', open),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.languageId === 'platc') {
        void draw();
      }
    }),
    new vscode.Disposable(() => { panel?.dispose(); }),
  );
}
