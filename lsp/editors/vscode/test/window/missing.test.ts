// What somebody sees who has no platc, and whose files become platc's.

import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Window } from './window';

const PATIENCE = { timeout: 120_000 };

let window: Window;
before(async () => {
  window = await Window.open({
    folder: join(import.meta.dirname, '../../../../../examples/homelab'),
    into: 'home',
    program: '/nowhere/platc',
    files: {
      'tools/script.pl': '#!/usr/bin/perl\nuse strict;\nprint "hello";\n',
      'notes/says.pl': '// platc\nlet a = 1\n',
    },
  });
}, PATIENCE);
after(() => window.close());

test('a platform opens in its language, and what is missing is said, with what to do', PATIENCE, async () => {
  await window.openFile('home/main.pl');
  await window.see('[id="status.editor.mode"]', 'platc');
  await window.see('.notification-toast', 'platc was not found: there is no `/nowhere/platc`');
  await window.see('.notification-toast .monaco-button', 'Choose the program');
  await window.see('[id="platc.platc.platc.status"] .codicon-error');
  await window.picture('missing');
});

test('a script of Perl stays one', PATIENCE, async () => {
  await window.openFile('tools/script.pl');
  await window.see('[id="status.editor.mode"]', 'Perl');
});

test('a file whose first line says so is platc’s', PATIENCE, async () => {
  await window.openFile('notes/says.pl');
  await window.see('[id="status.editor.mode"]', 'platc');
});

test('another language that somebody chooses stays chosen', PATIENCE, async () => {
  await window.openFile('home/k3s.pl');
  await window.see('[id="status.editor.mode"]', 'platc');
  await window.chooseLanguage('Perl');
  await window.see('[id="status.editor.mode"]', 'Perl');
  await window.openFile('home/main.pl');
  await window.openFile('home/k3s.pl');
  await window.see('[id="status.editor.mode"]', 'Perl');
});
