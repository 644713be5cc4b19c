// A day with a platform: what somebody sees who opens, reads, breaks and mends it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { Window, pause } from './window';

const EXAMPLE = join(import.meta.dirname, '../../../../../examples/homelab');
const PATIENCE = { timeout: 120_000 };

const STATUS = '[id="platc.platc.platc.status"]';
const LIBRARY = `//! A cluster of another kind.

import std/k3s

cluster lab {
  distribution: k3s.K3s {}
}
`;

let window: Window;
before(async () => {
  const program = process.env.PLATC;
  assert.ok(program, 'PLATC names the platc to try');
  window = await Window.open({ folder: EXAMPLE, program, files: { 'lab.pl': LIBRARY } });
  await window.openFile('main.pl');
  await window.see(`${STATUS} .codicon-check`);
}, PATIENCE);
after(() => window.close());
beforeEach(async () => {
  await window.startOver('main.pl');
  await window.see('[id="status.editor.mode"]', 'platc');
});
afterEach(async (context) => {
  await window.picture(`after ${context.name}`);
});

test('what is right has no marks', PATIENCE, async () => {
  await pause(1500);
  await window.gone('.squiggly-error');
});

test('a mistake is marked while it is typed, and gone when it is mended', PATIENCE, async () => {
  await window.goTo(21, 11);
  await window.page.keyboard.press('Backspace');
  await window.type('"four');
  await window.see('.squiggly-error');
  await window.command('View: Focus Problems');
  await window.see('.markers-panel .monaco-list-row', /this must be a `Cpu`, but is `"four"`/);
  await window.picture('a mistake');
  await window.command('View: Hide Panel');
  await window.goTo(21, 10);
  await window.chord('Shift', 'End');
  await window.type('4');
  await window.gone('.squiggly-error');
});

test('a name tells what it is', PATIENCE, async () => {
  await window.goTo(8, 20);
  await window.command('Show or Focus Hover');
  await window.see('.monaco-hover .hover-contents', /schema Cluster/);
  await window.picture('hover');
});

test('a definition is in another file', PATIENCE, async () => {
  await window.goTo(8, 20);
  await window.page.keyboard.press('F12');
  await window.see('.tab.active', 'k3s.pl');
  await window.see('[id="status.editor.mode"]', 'platc');
  await window.see('.statusbar-item', 'Ln 4, Col 8');
});

test('a definition is in the standard library, which can be read and not written', PATIENCE, async () => {
  await window.openFile('lab.pl');
  await window.goTo(6, 23);
  await window.page.keyboard.press('F12');
  await window.see('.tab.active', 'k3s.pl');
  await window.see('[id="status.editor.mode"]', 'platc');
  await window.type('x');
  await window.see('.monaco-editor-overlaymessage', /read-only/);
  assert.match(await window.text('.editor-instance'), /schema K3s/);
  await window.picture('library');
});

test('the fields of a schema are offered, with what they are for', PATIENCE, async () => {
  await window.goTo(35, 15);
  await window.page.keyboard.press('Enter');
  await window.chord('Control', 'Space');
  await window.see('.suggest-widget.visible .monaco-list-row', 'replicas');
  await window.picture('completion');
});

test('a declaration to fill in is offered where one can stand', PATIENCE, async () => {
  await window.goTo(7, 1);
  await window.type('sche');
  await window.see('.suggest-widget.visible .monaco-list-row', 'A schema with its fields');
  await window.page.keyboard.press('Enter');
  await window.see('.view-line', 'schema Name {');
  await window.picture('snippet');
});

test('a name is changed wherever it stands', PATIENCE, async () => {
  await window.goTo(6, 6);
  await window.page.keyboard.press('F2');
  const input = await window.see('.rename-box input');
  // The box takes the keyboard a moment after it is there.
  for (let tries = 0; tries < 5 && (await input.evaluate((box) => (box as HTMLInputElement).value)) !== 'zone'; tries += 1) {
    await input.click({ count: 3 });
    await window.type('zone');
  }
  await window.page.keyboard.press('Enter');
  await window.gone('.rename-box');
  await window.goTo(34, 1);
  await window.see('.view-line', 'photos.\\(zone)');
});

test('the outline names the blocks', PATIENCE, async () => {
  await window.chord('Control', 'Shift', 'KeyO');
  await window.see('.quick-input-list .monaco-list-row', 'photos');
  await window.picture('outline');
});

test('a text is put into the one form when it is saved', PATIENCE, async () => {
  await window.goTo(21, 5);
  await window.type('     ');
  await window.see('.tab.dirty');
  await window.chord('Control', 'KeyS');
  await window.gone('.tab.dirty');
  await window.see('.view-line', /^ {4}cpu: 4$/);
});
