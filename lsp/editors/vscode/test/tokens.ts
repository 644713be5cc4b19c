// The TextMate grammar, run over a text as the editor runs it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Oniguruma from 'vscode-oniguruma';
import type * as Textmate from 'vscode-textmate';

const require = createRequire(import.meta.url);
const oniguruma = require('vscode-oniguruma') as typeof Oniguruma;
const textmate = require('vscode-textmate') as typeof Textmate;
const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
export const GRAMMAR = join(import.meta.dirname, '../syntaxes/platc.tmLanguage.json');

const loaded = oniguruma.loadWASM({ data: wasm });

/** A piece of a line, and the innermost scope that it has. */
export interface Token {
  text: string;
  scope: string;
}

/** The pieces of each line. */
export async function tokens(text: string): Promise<Token[][]> {
  await loaded;
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (line) => new oniguruma.OnigString(line),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(GRAMMAR, 'utf8'), GRAMMAR)),
  });
  const grammar = await registry.loadGrammar('source.platc');
  if (!grammar) {
    throw new Error('the grammar can not be loaded');
  }
  let stack = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const found = grammar.tokenizeLine(line, stack);
    stack = found.ruleStack;
    return found.tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scope: scopes.at(-1) ?? '',
    }));
  });
}
