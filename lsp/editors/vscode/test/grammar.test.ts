// What is coloured how, and that the words are those of the compiler.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { GRAMMAR, tokens } from './tokens';

const ROOT = join(import.meta.dirname, '../../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Lines of a program; below a line, `^^^ scope` says what the marked text is (or begins with). */
async function check(marked: string): Promise<void> {
  const lines: string[] = [];
  const wanted: { line: number; from: number; to: number; scope: string }[] = [];
  for (const line of marked.split('\n')) {
    const mark = /^\s*(\^+) (\S+)$/.exec(line);
    if (mark?.[1] && mark[2]) {
      const from = line.indexOf('^');
      wanted.push({ line: lines.length - 1, from, to: from + mark[1].length, scope: mark[2] });
    } else {
      lines.push(line);
    }
  }
  const found = await tokens(lines.join('\n'));
  for (const { line, from, to, scope } of wanted) {
    let at = 0;
    const scopes = (found[line] ?? []).flatMap((token) => {
      const start = at;
      at += token.text.length;
      return start < to && at > from ? [token.scope] : [];
    });
    const text = lines[line]?.slice(from, to) ?? '';
    assert.ok(scopes.length > 0 && scopes.every((one) => one.startsWith(scope)), `\`${text}\` in \`${lines[line] ?? ''}\` is ${scopes.join(' ')}, not ${scope}`);
  }
}

test('declarations', () => check(String.raw`
import std/k3s as k
^^^^^^ keyword.control.import
       ^^^^^^^ entity.name.namespace
               ^^ keyword.control.import
                  ^ entity.name.namespace
/// A web application.
^^^^^^^^^^^^^^^^^^^^^^ comment.line.documentation
schema WebApp is k.Service in cluster: Cluster {
^^^^^^ storage.type.schema
       ^^^^^^ entity.name.type
              ^^ keyword.operator.word
                 ^^^^^^^^^ entity.other.inherited-class
  @old("x") replicas?: Int = 2 // two
  ^ punctuation.definition.annotation
   ^^^ entity.name.function.decorator
            ^^^^^^^^ variable.other.property
                       ^^^ support.type
                             ^ constant.numeric.integer
                               ^^^^^^ comment.line.double-slash
  emit each pod: Pod
  ^^^^ storage.modifier
       ^^^^ storage.modifier
            ^^^ variable.other.property
                 ^^^ entity.name.type
  check replicas >= 2 or team == "x" else "\(name) is alone"
  ^^^^^ keyword.other.assertion
                      ^^ keyword.operator.word
                                     ^^^^ keyword.control.conditional
}
let a: Int = 3
^^^ storage.type
    ^ variable.other.constant
fn twice(n: Int) -> Int = n * 2
^^ storage.type.function
   ^^^^^ entity.name.function
test "it holds" {
^^^^ storage.type
     ^^^^^^^^^^ string.quoted.double
`));

test('blocks and keys', () => check(String.raw`
output home: k3s.Cluster {
^^^^^^ storage.type.output
       ^^^^ entity.name.function
  network { nodes: 192.168.1.0/24, pool lan { range: 10.0.0.1..10.0.0.9 } }
  ^^^^^^^ entity.name.type.block
            ^^^^^ variable.other.property
                   ^^^^^^^^^^^^^^ constant.numeric.address
                                   ^^^^ entity.name.type.block
                                        ^^^ entity.name.function
  host "worker-\(n)" { memory: 32GiB, cpu: 250m }
  ^^^^ entity.name.type.block
                               ^^ constant.numeric.quantity
                                 ^^^ keyword.other.unit
  if x { a: 1 } else { b: 2 }
  ^^ keyword.control.conditional
                ^^^^ keyword.control.conditional
  for k, v in xs if v { a: 1 }
  ^^^ keyword.control.loop
           ^^ keyword.control.loop
                 ^^ keyword.control.conditional
`));

test('words are names where only a name can stand', () => check(String.raw`
if: 1
^^ variable.other.property
a: { for: 1, in: [], match: true, else: b.is }
     ^^^ variable.other.property
             ^^ variable.other.property
                     ^^^^^ variable.other.property
                            ^^^^ constant.language
                                  ^^^^ variable.other.property
not-a-word: in-a-name
^^^^^^^^^^ variable.other.property
            ^^^^^^^^^ variable.other.readwrite
`));

test('strings', () => check(String.raw`
a: "say \"\(name.upper())\" // \u{e9}\d"
   ^^^^^ string.quoted.double
        ^^ constant.character.escape
            ^^^^ variable.other
                ^ punctuation.accessor
                 ^^^^^ entity.name.function
                         ^^ constant.character.escape
                           ^^^^ string.quoted.double
                               ^^^^^^ constant.character.escape
                                     ^^ invalid.illegal.escape
b: r"^\d+\(x\)$"
   ^^^^^^^^^^^^^ string.quoted.other.raw
c: """
  server "one" {
  ^^^^^^^^^^^^^^ string.quoted.triple
  """
d: 1
   ^ constant.numeric.integer
e: "open
   ^^^^^ string.quoted.double
f: fd00::/64
   ^^^^^^^^^ constant.numeric.address
g: 52:54:00:aa:bb:cc
   ^^^^^^^^^^^^^^^^^ constant.numeric.mac
`));

/** The words in the lexer, from the first keyword to the last, without those that are only there for better messages. */
function wordsOfTheLexer(): string[] {
  const kinds = read('compiler/syntax/src/kind.rs');
  const keywords = kinds.slice(kinds.indexOf('ImportWord,') - 40, kinds.indexOf('// ---- literals'));
  const found = [...keywords.matchAll(/((?:#\[token\("[a-z]+"\)\]\s*)+)(\w+)Word,/g)];
  return found.filter(([, , kind]) => kind !== 'Elif').flatMap(([, names]) => [...(names ?? '').matchAll(/"([a-z]+)"/g)])
    .map(([, word]) => word ?? '').sort();
}

test('the words are those of the lexer', () => {
  const words = wordsOfTheLexer();
  assert.equal(words.length, 31);
  const patterns = [...readFileSync(GRAMMAR, 'utf8').matchAll(/"match": "(.*)"/g)].map(([, match]) => match ?? '').join('\n');
  const coloured = new Set([...patterns.matchAll(/\(([a-z]+(?:\|[a-z]+)*)\)/g)].flatMap(([, group]) => group?.split('|') ?? []));
  assert.deepEqual(words.filter((word) => !coloured.has(word)), [], 'words of the lexer that the TextMate grammar lacks');
  assert.deepEqual([...coloured].filter((word) => word !== 'output' && !words.includes(word)), [], 'words that the lexer does not know');

  const rules = read('lsp/editors/tree-sitter-platc/grammar.js');
  const lists = rules.slice(rules.indexOf('VALUE_WORDS'), rules.indexOf('const hex'));
  const inRules = [...lists.matchAll(/'([a-z]+)'/g)].map(([, word]) => word ?? '').sort();
  assert.deepEqual(inRules, words, 'the words of the tree-sitter grammar');
});

test('the types that need no import are those of the compiler', () => {
  const source = read('compiler/core/src/ty.rs');
  const names = [...source.matchAll(/Scalar::\w+ => "(\w+)"/g)].map(([, name]) => name ?? '');
  const wanted = [...new Set([...names, 'Any', 'Null'])].sort();
  assert.ok(wanted.length > 15);
  const list = (text: string, pattern: RegExp, word: RegExp): string[] =>
    (pattern.exec(text)?.[0].match(word) ?? []).map((name) => name.replace(/"/g, '')).sort();
  assert.deepEqual(list(readFileSync(GRAMMAR, 'utf8'), /Any\|[A-Za-z0-9|]+/, /\w+/g), wanted);
  for (const queries of ['tree-sitter-platc/queries', 'helix/queries/platc']) {
    assert.deepEqual(list(read(`lsp/editors/${queries}/highlights.scm`), /"Any"[^)]*/, /"\w+"/g), wanted, queries);
  }
  const vim = read('lsp/editors/nvim/syntax/platc.vim').match(/^syntax keyword platcBuiltin .*$/gm)?.join(' ') ?? '';
  assert.deepEqual((vim.match(/\b[A-Z]\w*/g) ?? []).sort(), wanted, 'nvim');
});
