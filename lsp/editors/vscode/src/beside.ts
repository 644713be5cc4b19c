// Where something stands beside a source: in a group that is there already, or else in a new one.

import * as vscode from 'vscode';

export function beside(): vscode.ViewColumn {
  const groups = vscode.window.tabGroups;
  const other = groups.all.find((group) => group !== groups.activeTabGroup);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
