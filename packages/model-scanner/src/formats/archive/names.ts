/** Whether a path is absolute or leads above the folder where it starts. */
export function climbsOut(path: string): boolean {
  const parts = path.split(/[/\\]/);
  if (parts[0] === '' || /^[a-zA-Z]:/.test(path)) return true;
  let depth = 0;
  for (const part of parts) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Where a link that lies at `path` leads, seen from the top of the archive. */
export const linkTarget = (path: string, target: string) =>
  /^[/\\]|^[a-zA-Z]:/.test(target)
    ? target
    : `${path.split('/').slice(0, -1).join('/')}/${target}`.replace(/^\//, '');

/** A name without what could mislead in a report. */
export const shownName = (name: string) =>
  name
    .slice(0, 500)
    .replace(
      /[\p{Cc}!\u202a-\u202e\u2066-\u2069]/gu,
      char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );

/** Characters that end a name for some programs and not for others. */
export const hasOddCharacters = (name: string) =>
  shownName(name).includes('\\u');
