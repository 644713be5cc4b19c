// Whose a `.pl` file is: platc's, or Perl's. Knows no editor.

/** What makes a folder, and everything in it, a platform. */
export const MARKERS = ['platc.toml', 'platc.lock'];

const FIRST_LINE = /^\uFEFF?\/\/(!|\s*platc\b)/;

/** Whether the first line says that a file is platc's: `//!`, which documents a file, or a comment that begins with `platc`. */
export function saysSo(firstLine: string): boolean {
  return FIRST_LINE.test(firstLine);
}

/** The folders in which a marker makes the file at `path` ours, from the nearest on. Paths have forward slashes. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
    folders.push(path.slice(0, end) || '/');
    if (end === 0) {
      break;
    }
  }
  return folders;
}
