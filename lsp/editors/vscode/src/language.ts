// Makes the `.pl` files that are ours documents of the language `platc`, and leaves all others to Perl.

import * as vscode from 'vscode';

import { MARKERS, foldersAbove, saysSo } from './ours';

/** Decides about every document that is open or will be. */
export function adoptDocuments(): vscode.Disposable {
  // Each document is decided about once: who then chooses another language for it knows better.
  const decided = new Set<string>();
  const adopt = async (document: vscode.TextDocument): Promise<void> => {
    const uri = document.uri.toString();
    if (document.languageId === 'platc' || !document.uri.path.endsWith('.pl') || decided.has(uri)) {
      return;
    }
    decided.add(uri);
    if ((await isOurs(document)) && !document.isClosed) {
      await vscode.languages.setTextDocumentLanguage(document, 'platc');
    }
  };
  const forget = (document: vscode.TextDocument): void => {
    // A document that changes its language is closed and at once opened again, so it is asked a moment later whether it is gone.
    setTimeout(() => {
      if (document.isClosed) {
        decided.delete(document.uri.toString());
      }
    }, 0);
  };
  const readopt = (): void => {
    decided.clear();
    vscode.workspace.textDocuments.forEach((document) => void adopt(document));
  };
  const markers = vscode.workspace.createFileSystemWatcher(`**/{${MARKERS.join(',')}}`, false, true, true);
  vscode.workspace.textDocuments.forEach((document) => void adopt(document));
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void adopt(document)),
    vscode.workspace.onDidCloseTextDocument(forget),
    markers,
    markers.onDidCreate(readopt),
  );
}

async function isOurs(document: vscode.TextDocument): Promise<boolean> {
  const scheme = document.uri.scheme;
  if (scheme === 'platc' || saysSo(document.lineAt(0).text)) {
    return true;
  }
  if (scheme !== 'file' && scheme !== 'vscode-remote') {
    return false;
  }
  for (const folder of foldersAbove(document.uri.path)) {
    const found = await Promise.all(
      MARKERS.map((marker) => exists(vscode.Uri.joinPath(document.uri.with({ path: folder }), marker))),
    );
    if (found.includes(true)) {
      return true;
    }
  }
  return false;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
