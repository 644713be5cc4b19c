// Which program is run, and whether it can be. Knows no editor.

import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs are run. On Windows a name is looked for there too, and a folder that was opened must not bring a platc of its own. */
export const NEUTRAL = homedir();

/** What became of looking for platc. */
export type Found =
  | { kind: 'found'; path: string; version: string }
  | { kind: 'missing'; path: string }
  | { kind: 'refused'; path: string; why: string }
  | { kind: 'old'; path: string; version: string };

/** The program that a setting names: a name in `PATH`, or a path, in which `~/` is the home directory. */
export function programPath(setting: string): string {
  const path = setting.trim() || 'platc';
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

/** Asks a program for its version, and whether it has a language server. */
export async function findProgram(path: string): Promise<Found> {
  const version = await run(path, ['--version']);
  if ('failed' in version) {
    return version.failed === 'ENOENT' ? { kind: 'missing', path } : { kind: 'refused', path, why: version.message };
  }
  const help = await run(path, ['lsp', '--help']);
  const found = version.output.trim().replace(/^platc\s+/, '');
  return 'failed' in help ? { kind: 'old', path, version: found } : { kind: 'found', path, version: found };
}

type Ran = { output: string } | { failed: string; message: string };

function run(path: string, args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(path, args, { cwd: NEUTRAL, timeout: 10_000 }, (error, output) => {
      if (error) {
        resolve({ failed: String(error.code ?? 'killed'), message: error.message });
      } else {
        resolve({ output });
      }
    });
  });
}
