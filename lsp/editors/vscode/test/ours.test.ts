import assert from 'node:assert/strict';
import { test } from 'node:test';

import { foldersAbove, saysSo } from '../src/ours';

test('the first line of a platc file', () => {
  for (const line of ['//! A homelab.', '//!', '// platc', '//platc: the household', '\uFEFF//! A platform.']) {
    assert.ok(saysSo(line), line);
  }
});

test('the first line of a Perl or a Prolog file', () => {
  for (const line of ['#!/usr/bin/perl', 'use strict;', '% facts', '', '# platc', '// platcform', '/// A field.', 'print "//! x";']) {
    assert.ok(!saysSo(line), line);
  }
});

test('the folders above a file, from the nearest on', () => {
  assert.deepEqual(foldersAbove('/home/anna/lab/apps/web.pl'), ['/home/anna/lab/apps', '/home/anna/lab', '/home/anna', '/home', '/']);
  assert.deepEqual(foldersAbove('/C:/lab/main.pl'), ['/C:/lab', '/C:', '/']);
  assert.deepEqual(foldersAbove('/main.pl'), ['/']);
  assert.deepEqual(foldersAbove('main.pl'), []);
});
