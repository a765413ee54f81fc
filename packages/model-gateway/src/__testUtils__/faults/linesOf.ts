import fs from 'node:fs';

/** The lines of a file of JSON lines; none where there is no file. */
export function linesOf<T>(file: string): T[] {
  if (!fs.existsSync(file)) {
    return [];
  }
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}
