import { createTwoFilesPatch } from 'diff';
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { ChangedFile } from './records';

const NOWHERE = '/dev/null';

/** Where a folder lies in its git repository; by its name alone outside of one. */
export function pathInRepository(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) {
      return relative(at, folder).split(sep).join('/');
    }
    if (dirname(at) === at) return basename(folder);
  }
}

/** A patch that `git apply` takes at the top of the repository. */
export function unifiedPatch(
  changes: Array<ChangedFile & { before?: string }>,
  folder: string,
): string {
  return changes
    .filter(({ content, before }) => content !== before)
    .map(({ name, content, before }) => {
      const path = folder ? `${folder}/${name}` : name;
      const body = createTwoFilesPatch(
        before === undefined ? NOWHERE : `a/${path}`,
        content === undefined ? NOWHERE : `b/${path}`,
        before ?? '',
        content ?? '',
        undefined,
        undefined,
        { context: 3 },
      );
      return `diff --git a/${path} b/${path}\n${mode(before, content)}${body
        .split('\n')
        .slice(1)
        .join('\n')}`;
    })
    .join('');
}

function mode(before: string | undefined, content: string | undefined): string {
  if (before === undefined) return 'new file mode 100644\n';
  return content === undefined ? 'deleted file mode 100644\n' : '';
}
