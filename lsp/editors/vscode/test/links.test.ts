import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linesFrom, sourceOf } from '../src/links';

const lines = [
  { line: 4, uri: 'file:///a.pl', sourceLine: 10 },
  { line: 1, uri: 'file:///a.pl', sourceLine: 7 },
  { line: 5, uri: 'file:///b.pl', sourceLine: 10 },
  { line: 2, uri: 'file:///a.pl', sourceLine: 10 },
];

test('a line comes from its own place, or from that of the line above', () => {
  assert.equal(sourceOf(lines, 2)?.sourceLine, 10);
  assert.equal(sourceOf(lines, 3)?.line, 2);
  assert.equal(sourceOf(lines, 9)?.uri, 'file:///b.pl');
  assert.equal(sourceOf(lines, 0), undefined);
});

test('a line of a source becomes several lines, in order', () => {
  assert.deepEqual(linesFrom(lines, 'file:///a.pl', 10), [2, 4]);
  assert.deepEqual(linesFrom(lines, 'file:///b.pl', 10), [5]);
  assert.deepEqual(linesFrom(lines, 'file:///b.pl', 7), []);
});
