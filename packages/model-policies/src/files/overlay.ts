import type { PolicySource } from './readPolicyFolder';

/**
 * A file as somebody proposes it.
 *
 * @public
 */
export interface ProposedFile {
  /** Path below the policy folder, such as `internal.yaml`. */
  name: string;
  /** Its whole text; without it the file is removed. */
  content?: string;
}

/**
 * Files with what is proposed in their place, sorted by name.
 *
 * @public
 */
export function overlayFiles(
  sources: PolicySource[],
  proposed: ProposedFile[],
): PolicySource[] {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  for (const { name, content } of proposed) {
    if (content === undefined) texts.delete(name);
    else texts.set(name, content);
  }
  return [...texts]
    .map(([file, text]) => ({ file, text }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}
