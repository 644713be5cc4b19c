// Which line of a preview comes from which line of a source, both ways. Knows no editor. Lines count from zero.

/** A line of the preview, and where it comes from. */
export interface Link {
  line: number;
  uri: string;
  sourceLine: number;
}

/** What a block becomes. */
export interface Preview {
  title: string;
  language: string;
  text: string;
  lines: Link[];
}

/** Where a line of the preview comes from; where it has no place of its own, the nearest line above it that has one. */
export function sourceOf(lines: readonly Link[], line: number): Link | undefined {
  let found: Link | undefined;
  for (const link of lines) {
    if (link.line <= line && (!found || link.line > found.line)) {
      found = link;
    }
  }
  return found;
}

/** The lines of the preview that come from a line of a source, in order. */
export function linesFrom(lines: readonly Link[], uri: string, sourceLine: number): number[] {
  const found = lines.filter((link) => link.uri === uri && link.sourceLine === sourceLine).map((link) => link.line);
  return [...new Set(found)].sort((a, b) => a - b);
}
