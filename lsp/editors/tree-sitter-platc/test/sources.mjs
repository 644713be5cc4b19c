// Holds the grammar to the compiler: every source of this repository that the compiler accepts has a tree without errors, and one that
// it refuses for its syntax has one with errors.
//
//   node test/sources.mjs        (`tree-sitter` is in PATH, or TREE_SITTER names it; GENERATED: where it wrote the parser)

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const GRAMMAR = join(import.meta.dirname, '..');
const ROOT = join(GRAMMAR, '../../..');

// What only the compiler sees: each is a program that reads well as far as a grammar without numbers, counts and meanings can tell.
const ONLY_THE_COMPILER = [
  /does not chain$/,
  /an invisible character/,
  /a pattern names several files/,
  /is written with `\.\.`$/,
  /nested too deeply$/,
  /is no whole number of 64 bits$/,
  /is too large for a Float$/,
  /there is no escape `\\u\{d800\}`$/,
  /stand in a `test` only$/,
  /a test consists of/,
  /stands on the line of what it opens$/,
  /found `\.`$/,
];

/** All files below a folder whose names end so. */
function files(folder, end) {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .sort()
    .map((name) => join(folder, name));
}

/** The platforms and the library: all of them are accepted. */
function sources() {
  return ['examples', 'stdlib'].flatMap((folder) => files(folder, '.pl'))
    .map((path) => ({ at: path, text: readFileSync(join(ROOT, path), 'utf8'), refused: undefined }));
}

/** The programs of a page, and what its fences say of their syntax. */
function samples(path) {
  const page = readFileSync(join(ROOT, path), 'utf8');
  const found = [];
  for (const fence of page.matchAll(/^(`{3,})([^\n`]*)\n([^]*?)^\1 *$/gm)) {
    const [, , info, text] = fence;
    const [kind, ...words] = info.trim().split(/\s+/);
    if (kind === 'pl' && !words.includes('fragment')) {
      const file = words.find((word) => word.startsWith('file='))?.slice('file='.length) ?? 'main.pl';
      const line = page.slice(0, fence.index).split('\n').length + 1;
      found.push({ at: `${path}:${line}`, file, text, refused: undefined });
    } else if (['error', 'test', 'locked'].includes(kind)) {
      for (const finding of text.matchAll(/^syntax\/\S+ (?:(\S+?):)?\d+:\d+.*$/gm)) {
        const sample = found.findLast((one) => one.file === (finding[1] ?? 'main.pl'));
        if (sample) {
          sample.refused ??= [];
          sample.refused.push(finding[0]);
        }
      }
    }
  }
  return found;
}

/** The pages of the rules: the right program is accepted, and the wrong one of a rule of syntax is not. */
function pages() {
  const folder = 'compiler/diagnostics/rules';
  return files(folder, '.md').flatMap((path) => samples(path).map((sample, number) => {
    const isWrong = number === 0 && path.startsWith(`${folder}/syntax/`);
    return isWrong ? { ...sample, refused: undefined, either: true } : sample;
  }));
}

/** The snippets of the editors, with what stands in them for a start. */
function snippets() {
  const path = 'lsp/editors/vscode/snippets/platc.json';
  return Object.entries(JSON.parse(readFileSync(join(ROOT, path), 'utf8'))).map(([name, { body }]) => {
    const text = body.join('\n').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/^(\s*)\$0/gm, '$1x: 1').replace(/(\s)\$\d/g, '$1x').replace(/\$\d/g, '');
    return { at: `${path}: ${name}`, text, refused: undefined };
  });
}

/** Which of the texts have errors in their trees. */
function withErrors(all) {
  const folder = mkdtempSync(join(tmpdir(), 'platc-sources-'));
  const paths = all.map(({ text }, number) => {
    const path = join(folder, `${number}.pl`);
    writeFileSync(path, text);
    return path;
  });
  const list = join(folder, 'paths');
  writeFileSync(list, paths.join('\n'));
  const ran = spawnSync(process.env.TREE_SITTER ?? 'tree-sitter', ['parse', '--quiet', '--paths', list], {
    cwd: process.env.GENERATED ?? GRAMMAR,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  rmSync(folder, { recursive: true });
  if (ran.error) {
    throw ran.error;
  }
  const numbers = ran.stdout.matchAll(/^\S*\/(\d+)\.pl\s.*\((ERROR|MISSING)/gm);
  return new Set([...numbers].map(([, number]) => Number(number)));
}

const all = [
  ...sources(),
  ...files('conformance/cases', '.md').flatMap(samples),
  ...files('spec', '.md').flatMap(samples),
  ...pages(),
  ...snippets(),
];
const wrong = withErrors(all);
const told = (sample) => sample.refused?.filter((finding) => !ONLY_THE_COMPILER.some((pattern) => pattern.test(finding))) ?? [];
const complaints = all.flatMap((sample, number) => {
  if (sample.either) {
    return [];
  }
  if (wrong.has(number) && !sample.refused) {
    return [`${sample.at}: the compiler accepts this, the grammar does not`];
  }
  return !wrong.has(number) && told(sample).length > 0 ? [`${sample.at}: the grammar accepts this, but: ${told(sample)[0]}`] : [];
});
const refused = all.filter((sample) => told(sample).length > 0).length;
console.log(`${all.length} sources from ${relative('.', ROOT) || '.'}, ${refused} of them refused, ${complaints.length} read otherwise`);
complaints.forEach((complaint) => console.log(complaint));
if (complaints.length > 0 || all.length < 2000 || refused < 50) {
  process.exit(1);
}
