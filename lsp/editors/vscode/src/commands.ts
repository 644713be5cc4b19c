// The commands that are no view of their own.

import * as vscode from 'vscode';
import type { Location, Position } from 'vscode-languageclient/node';

import type { Server } from './server';
import { runOn } from './tasks';

export function registerCommands(server: Server): vscode.Disposable {
  const here = (verb: 'check' | 'build') => async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === 'platc' && document.uri.scheme === 'file') {
      await runOn(verb, document);
    } else {
      void vscode.window.showInformationMessage(`To ${verb} a platform, open one of its files.`);
    }
  };
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register('platc.restart', () => server.restart()),
    register('platc.log', () => { server.showLog(); }),
    register('platc.check', here('check')),
    register('platc.build', here('build')),
    register('platc.showReferences', (uri: string, place: Position, places: Location[]) => showReferences(server, uri, place, places)),
    register('platc.menu', () => vscode.commands.executeCommand('workbench.action.quickOpen', '>platc: ')),
  );
}

/** What a lens that counts uses leads to. */
async function showReferences(server: Server, uri: string, place: Position, places: Location[]): Promise<void> {
  const convert = server.toEditor;
  if (convert) {
    const locations = places.map((one) => convert.asLocation(one));
    const position = new vscode.Position(place.line, place.character);
    await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), position, locations);
  }
}
