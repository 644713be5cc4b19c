import assert from 'node:assert/strict';
import { test } from 'node:test';

import { saying, sealed } from '../src/page';

test('the policy stands before anything that a page brings', () => {
  const pages = [
    '<!doctype html><html><head lang="en"><script>x()</script></head><body></body></html>',
    '<!DOCTYPE html><title>Graph</title><script>x()</script>',
    '<svg></svg><script>x()</script>',
  ];
  for (const page of pages) {
    const html = sealed(page);
    const policy = html.indexOf("default-src 'none'");
    assert.ok(policy >= 0 && policy < html.indexOf('<script>'), html);
  }
});

test('what a page says is text', () => {
  assert.match(saying('a <b> & c'), /a &lt;b> &amp; c/);
});
