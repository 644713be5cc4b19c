// The item in the status bar: how the server is, and the way to everything that can be done.

import * as vscode from 'vscode';

import type { Health, Server } from './server';

export function showStatus(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('platc.status', vscode.StatusBarAlignment.Left, 5);
  item.name = 'platc';
  item.command = 'platc.menu';
  const draw = (): void => {
    drawHealth(item, server.health);
    const language = vscode.window.activeTextEditor?.document.languageId;
    if (language === 'platc' || server.health.kind === 'failed') {
      item.show();
    } else {
      item.hide();
    }
  };
  draw();
  return vscode.Disposable.from(item, server.onHealth(draw), vscode.window.onDidChangeActiveTextEditor(draw),
    vscode.workspace.onDidOpenTextDocument(draw));
}

function drawHealth(item: vscode.StatusBarItem, health: Health): void {
  item.backgroundColor = undefined;
  switch (health.kind) {
    case 'starting':
      item.text = '$(loading~spin) platc';
      item.tooltip = 'The language server of platc is starting';
      break;
    case 'running':
      item.text = '$(check) platc';
      item.tooltip = `platc ${health.version} (${health.path})`;
      break;
    case 'failed':
      item.text = '$(error) platc';
      item.tooltip = health.message;
      item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
      break;
  }
}
