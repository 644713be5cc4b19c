import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { findProgram, programPath } from '../src/program';

const folder = mkdtempSync(join(tmpdir(), 'platc-'));
after(() => { rmSync(folder, { recursive: true }); });

function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('the setting names a program', () => {
  assert.equal(programPath(''), 'platc');
  assert.equal(programPath(' /opt/platc '), '/opt/platc');
  assert.equal(programPath('~/bin/platc'), join(homedir(), 'bin/platc'));
});

test('a program that is not there', async () => {
  assert.equal((await findProgram(join(folder, 'none'))).kind, 'missing');
});

test('a file that can not be run', async () => {
  const path = join(folder, 'text');
  writeFileSync(path, 'no program');
  assert.equal((await findProgram(path)).kind, 'refused');
});

test('a platc without a language server', async () => {
  const path = program('old', 'test "$1" = --version && echo "platc 0.0.1"');
  assert.deepEqual(await findProgram(path), { kind: 'old', path, version: '0.0.1' });
});

test('a platc with one', async () => {
  const path = program('new', 'test "$1" = --version && echo "platc 0.2.0"; exit 0');
  assert.deepEqual(await findProgram(path), { kind: 'found', path, version: '0.2.0' });
});
