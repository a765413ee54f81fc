import { merge } from 'node-diff3';
import type { PolicySource } from '@modelhub/policies';
import { fileAmong } from './fileSets';
import type { ChangedFile, ProposalRecord } from './records';

export interface Rebased {
  files: ChangedFile[];
  baseFiles: ChangedFile[];
  /** Files in which both sides changed the same lines. */
  conflicts: string[];
}

const lines = (text: string) => text.split('\n');

/**
 * A proposal over what is in force now. Where both changed other lines of a
 * file, both changes are kept. Where they changed the same, both stand in the
 * file between marks as git writes them, which no policy file loads with.
 */
export function rebase(
  proposal: Pick<ProposalRecord, 'files' | 'baseFiles'>,
  inForce: PolicySource[],
): Rebased {
  const conflicts: string[] = [];
  const files = proposal.files.map(({ name, content }) => {
    const base = proposal.baseFiles.find(one => one.name === name)?.content;
    const now = fileAmong(inForce, name).content;
    if (now === base || now === content) return { name, content };
    if (content === undefined || now === undefined) {
      // Changed here and removed there: the proposal keeps its word.
      conflicts.push(name);
      return { name, content };
    }
    const merged = merge(lines(content), lines(base ?? ''), lines(now), {
      excludeFalseConflicts: true,
      label: { a: 'this proposal', o: 'before', b: 'in force' },
    });
    if (merged.conflict) conflicts.push(name);
    return { name, content: merged.result.join('\n') };
  });
  return {
    files: files.filter(
      ({ name, content }) => fileAmong(inForce, name).content !== content,
    ),
    baseFiles: files.map(({ name }) => fileAmong(inForce, name)),
    conflicts,
  };
}
