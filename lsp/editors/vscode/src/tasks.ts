// `platc check`, `build` and `test` as tasks, so that they run in a terminal where people see what they say. In a folder that is not
// trusted there are none.

import * as vscode from 'vscode';

import { programPath } from './program';

type Verb = 'check' | 'build' | 'test';

interface Definition extends vscode.TaskDefinition {
  command: Verb;
  file?: string;
  output?: string;
}

export function registerTasks(): vscode.Disposable {
  return vscode.tasks.registerTaskProvider('platc', {
    provideTasks: () => [],
    resolveTask: (task) => toTask(task.definition as Definition, task.scope),
  });
}

/** Checks the platform that a file belongs to, or builds the file. */
export async function runOn(verb: Verb, document: vscode.TextDocument): Promise<void> {
  await document.save();
  const definition: Definition = { type: 'platc', command: verb, file: document.uri.fsPath };
  await vscode.tasks.executeTask(toTask(definition, vscode.workspace.getWorkspaceFolder(document.uri)));
}

function toTask(definition: Definition, scope: vscode.TaskScope | vscode.WorkspaceFolder | undefined): vscode.Task {
  const program = programPath(vscode.workspace.getConfiguration('platc').get('path', 'platc'));
  const args: string[] = [definition.command];
  if (definition.file) {
    args.push(definition.file);
  }
  if (definition.command === 'build' && definition.output) {
    args.push('-o', definition.output);
  }
  const task = new vscode.Task(
    definition,
    scope ?? vscode.TaskScope.Workspace,
    definition.command,
    'platc',
    new vscode.ProcessExecution(program, args),
    '$platc',
  );
  task.presentationOptions = { clear: true, focus: false, panel: vscode.TaskPanelKind.Dedicated };
  return task;
}
