// What a block becomes, beside it, and the platform as a picture.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { Window } from './window';

const EXAMPLE = join(import.meta.dirname, '../../../../../examples/guestbook');
const PATIENCE = { timeout: 120_000 };
const PREVIEW = '.editor-group-container:has([data-resource-name="Preview"]) .editor-instance';
const LINKED = '[class*="TextEditorDecorationType"]';

let window: Window;
before(async () => {
  const program = process.env.PLATC;
  assert.ok(program, 'PLATC names the platc to try');
  window = await Window.open({ folder: EXAMPLE, program, trusted: false });
  await window.openFile('main.pl');
  await window.see('[id="platc.platc.platc.status"] .codicon-check');
}, PATIENCE);
after(() => window.close());
afterEach(async (context) => {
  await window.picture(`after ${context.name}`);
});

test('a lens says what a block becomes, in a folder that nobody trusts', PATIENCE, async () => {
  await window.goTo(53, 10);
  await window.see('.codelens-decoration', /emits/);
});

test('the preview stands beside the block, and shows what comes of the line of the cursor', PATIENCE, async () => {
  await window.command('platc: Show What This Block Becomes');
  await window.see('.tab', 'Preview');
  await window.see('.codelens-decoration', 'k8s.Deployment follower: 2 objects');
  await window.see(`${PREVIEW} .view-line`, /^ {2}replicas: 2$/);
  await window.see(`${PREVIEW} ${LINKED}`);
  await window.picture('preview');
});

test('it follows what is typed', PATIENCE, async () => {
  await window.goTo(53, 20);
  await window.page.keyboard.press('Backspace');
  await window.type('3');
  await window.see(`${PREVIEW} .view-line`, /^ {2}replicas: 3$/);
});

test('a line of the preview leads to its source', PATIENCE, async () => {
  const line = await window.see(`${PREVIEW} .view-line`, /image: docker\.io\/library\/redis/);
  await line.click();
  await window.see(`.editor-group-container:not(:has([data-resource-name="Preview"])) ${LINKED}`);
  await window.picture('preview back');
  await window.page.keyboard.press('F12');
  await window.see('.statusbar-item', 'Ln 16, Col 1');
  await window.see('[id="status.editor.mode"]', 'platc');
  assert.equal((await window.page.$$('.editor-group-container')).length, 2);
});

test('nothing else runs in a folder that nobody trusts', PATIENCE, async () => {
  await window.page.keyboard.press('F1');
  await window.type('platc: ');
  await window.see('.quick-input-list .monaco-list-row', 'Restart the Language Server');
  const offered = await window.page.$$eval('.quick-input-list .monaco-list-row', (rows) => rows.map((row) => row.textContent));
  assert.deepEqual(offered.filter((title) => /platc: (Check|Build)/.test(title)), []);
  await window.page.keyboard.press('Escape');
});

test('the graph is drawn', PATIENCE, async () => {
  await window.command("platc: Show the Platform's Graph");
  await window.see('.tab.active', 'Graph');
  const page = await window.webview();
  await page.waitForSelector('svg', { visible: true });
  assert.match(await page.evaluate(() => document.body.innerText), /redis|guestbook/);
  await window.picture('graph');
});
