// Declarations to fill in. They are offered where one can stand, at the beginning of a line that is not indented, and nowhere else; what
// stands in blocks the server knows better.

import * as vscode from 'vscode';

import snippets from '../snippets/platc.json';

export function registerSnippets(): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider('platc', {
    provideCompletionItems(document, position) {
      const before = document.lineAt(position).text.slice(0, position.character);
      return /^\w*$/.test(before) ? Object.values(snippets).map(toItem) : [];
    },
  });
}

function toItem({ prefix, body, description }: { prefix: string; body: string[]; description: string }): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label: prefix, description }, vscode.CompletionItemKind.Snippet);
  item.insertText = new vscode.SnippetString(body.join('\n'));
  item.documentation = new vscode.MarkdownString().appendCodeblock(body.join('\n').replace(/\$\{\d+:([^}]*)\}|\$\d/g, '$1'), 'platc');
  item.sortText = `~${prefix}`;
  return item;
}
