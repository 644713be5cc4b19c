// What the block under the cursor becomes, in an editor beside it: a document of its own, written anew as the cursor moves and the text
// changes. A line on one side lights up what belongs to it on the other, and F12 in the preview leads to the source.

import * as vscode from 'vscode';

import { beside } from './beside';
import { linesFrom, sourceOf, type Link, type Preview } from './links';
import type { Server } from './server';

const ADDRESS = vscode.Uri.parse('platc-preview:/Preview');
/** Longer than between two keystrokes, shorter than anyone waits. */
const PAUSE = 120;

export function registerPreview(server: Server): vscode.Disposable {
  const panel = new PreviewPanel(server);
  return vscode.Disposable.from(
    panel,
    vscode.commands.registerCommand('platc.preview', (uri: unknown, place: unknown) => panel.open(uri, place)),
    vscode.commands.registerCommand('platc.goToSource', () => panel.goToSource()),
  );
}

class PreviewPanel implements vscode.Disposable {
  private shown: Preview = { title: '', language: 'yaml', text: '', lines: [] };
  private source: vscode.TextDocument | undefined;
  private position = new vscode.Position(0, 0);
  private timer: NodeJS.Timeout | undefined;
  private asking: vscode.CancellationTokenSource | undefined;

  private readonly textChanged = new vscode.EventEmitter<vscode.Uri>();
  private readonly titleChanged = new vscode.EventEmitter<void>();
  private readonly linked = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('platc.linkedLine'),
    overviewRulerColor: new vscode.ThemeColor('platc.linkedLine'),
  });
  private readonly parts: vscode.Disposable;

  constructor(private readonly server: Server) {
    const selector = { scheme: ADDRESS.scheme };
    this.parts = vscode.Disposable.from(
      this.textChanged,
      this.titleChanged,
      this.linked,
      vscode.workspace.registerTextDocumentContentProvider(ADDRESS.scheme, {
        onDidChange: this.textChanged.event,
        provideTextDocumentContent: () => this.shown.text,
      }),
      vscode.languages.registerCodeLensProvider(selector, {
        onDidChangeCodeLenses: this.titleChanged.event,
        provideCodeLenses: () => this.titles(),
      }),
      vscode.languages.registerDefinitionProvider(selector, {
        provideDefinition: (_, position) => this.origin(position.line),
      }),
      vscode.window.onDidChangeTextEditorSelection((change) => { this.moved(change.textEditor); }),
      vscode.window.onDidChangeActiveTextEditor((editor) => { this.moved(editor); }),
      vscode.window.onDidChangeVisibleTextEditors(() => { this.link(); }),
      vscode.workspace.onDidChangeTextDocument((change) => { this.edited(change.document); }),
      server.onHealth((health) => {
        if (health.kind === 'running') {
          this.soon();
        }
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    this.parts.dispose();
  }

  /** Opens the preview beside the source: of the cursor, or of a place that a lens names. */
  async open(uri?: unknown, place?: unknown): Promise<void> {
    const named = typeof uri === 'string' ? vscode.Uri.parse(uri) : uri instanceof vscode.Uri ? uri : undefined;
    const editor = vscode.window.visibleTextEditors.find((one) => named && one.document.uri.toString() === named.toString())
      ?? vscode.window.activeTextEditor;
    if (editor?.document.languageId !== 'platc') {
      void vscode.window.showInformationMessage('A preview needs a platc file in front of you, with the cursor in a block.');
      return;
    }
    this.source = editor.document;
    this.position = isPlace(place) ? new vscode.Position(place.line, place.character) : editor.selection.active;
    await this.refresh();
    const document = await vscode.workspace.openTextDocument(ADDRESS);
    await this.speak(document);
    await vscode.window.showTextDocument(document, {
      viewColumn: beside(),
      preserveFocus: true,
      preview: false,
    });
    this.link();
  }

  /** Goes to where the line of the cursor comes from, beside the preview and not in place of it. */
  async goToSource(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const found = editor?.document.uri.scheme === ADDRESS.scheme ? this.origin(editor.selection.active.line) : undefined;
    if (found) {
      const shown = vscode.window.visibleTextEditors;
      const there = shown.find((one) => one.document.uri.toString() === found.uri.toString()) ?? shown.find((one) => one !== editor);
      await vscode.window.showTextDocument(found.uri, { viewColumn: there?.viewColumn ?? beside(), selection: found.range });
    }
  }

  private editor(): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find((editor) => editor.document.uri.scheme === ADDRESS.scheme);
  }

  private moved(editor: vscode.TextEditor | undefined): void {
    if (!editor || !this.editor()) {
      return;
    }
    if (editor.document.uri.scheme === ADDRESS.scheme) {
      this.linkBack(editor.selection.active.line);
      return;
    }
    if (editor.document.languageId !== 'platc' || editor.document.uri.scheme !== 'file') {
      return;
    }
    const position = editor.selection.active;
    const follow = vscode.workspace.getConfiguration('platc').get<boolean>('preview.follow', true);
    if (follow && (this.source !== editor.document || !position.isEqual(this.position))) {
      this.source = editor.document;
      this.position = position;
      this.soon();
    }
    this.link();
  }

  private edited(document: vscode.TextDocument): void {
    if (document.uri.scheme === ADDRESS.scheme) {
      this.link();
    } else if (document === this.source && this.editor()) {
      const cursor = vscode.window.activeTextEditor;
      if (cursor?.document === document && vscode.workspace.getConfiguration('platc').get<boolean>('preview.follow', true)) {
        this.position = cursor.selection.active;
      }
      this.soon();
    }
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.editor()) {
        void this.refresh();
      }
    }, PAUSE);
  }

  private async refresh(): Promise<void> {
    const source = this.source;
    if (!source) {
      return;
    }
    this.asking?.cancel();
    const asking = new vscode.CancellationTokenSource();
    this.asking = asking;
    const question = {
      textDocument: { uri: this.server.address(source.uri) },
      position: { line: this.position.line, character: this.position.character },
    };
    const answer = await this.server.ask<Preview>('platc/preview', question, asking.token);
    if (asking.token.isCancellationRequested) {
      return;
    }
    this.shown = answer ?? this.nothing();
    this.textChanged.fire(ADDRESS);
    this.titleChanged.fire();
    const document = this.editor()?.document;
    if (document) {
      await this.speak(document);
    }
    this.link();
  }

  private nothing(): Preview {
    const why = this.server.health.kind === 'running'
      ? 'Nothing comes of what is under the cursor.'
      : 'The language server is not running.';
    return { title: why, language: 'plaintext', text: '', lines: [] };
  }

  private async speak(document: vscode.TextDocument): Promise<void> {
    if (document.languageId !== this.shown.language) {
      await vscode.languages.setTextDocumentLanguage(document, this.shown.language);
    }
  }

  private titles(): vscode.CodeLens[] {
    const start = new vscode.Range(0, 0, 0, 0);
    return this.shown.title ? [new vscode.CodeLens(start, { title: this.shown.title, command: '' })] : [];
  }

  /** Lights up, in the preview, what comes from the line of the cursor. */
  private link(): void {
    const [preview, source] = [this.editor(), this.source];
    if (!preview || !source || vscode.window.activeTextEditor === preview) {
      return;
    }
    const cursor = vscode.window.visibleTextEditors.find((editor) => editor.document === source);
    cursor?.setDecorations(this.linked, []);
    const lines = linesFrom(this.shown.lines, this.server.address(source.uri), this.position.line)
      .filter((line) => line < preview.document.lineCount);
    const ranges = lines.map((line) => preview.document.lineAt(line).range);
    preview.setDecorations(this.linked, ranges);
    if (ranges[0] && !preview.visibleRanges.some((visible) => ranges.some((range) => visible.contains(range)))) {
      preview.revealRange(ranges[0], vscode.TextEditorRevealType.InCenter);
    }
  }

  /** Lights up, in a source that can be seen, where a line of the preview comes from. */
  private linkBack(line: number): void {
    this.editor()?.setDecorations(this.linked, []);
    const sources = vscode.window.visibleTextEditors.filter((editor) => editor.document.languageId === 'platc');
    sources.forEach((editor) => { editor.setDecorations(this.linked, []); });
    const found = sourceOf(this.shown.lines, line);
    const editor = found && sources.find((one) => one.document.uri.toString() === vscode.Uri.parse(found.uri).toString());
    if (found && editor && found.sourceLine < editor.document.lineCount) {
      const range = editor.document.lineAt(found.sourceLine).range;
      editor.setDecorations(this.linked, [range]);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  private origin(line: number): vscode.Location | undefined {
    const found: Link | undefined = sourceOf(this.shown.lines, line);
    return found && new vscode.Location(vscode.Uri.parse(found.uri), new vscode.Position(found.sourceLine, 0));
  }
}

function isPlace(value: unknown): value is { line: number; character: number } {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value
    && typeof value.line === 'number' && typeof value.character === 'number';
}
