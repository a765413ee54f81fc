import type { PolicySource } from '@modelhub/policies';
import type { ProposalDeps } from './deps';
import { hashOfFiles, isTest } from './fileSets';
import type { PolicyConflict } from './records';

/** What a proposal starts from. */
export interface Base {
  version: string;
  hash: string;
  /** In force, with their tests. */
  files: PolicySource[];
  /**
   * As they lie there: the same, unless something there does not load and what
   * was good last is in force.
   */
  present: PolicySource[];
  folder: PolicySource[];
  conflicts: PolicyConflict[];
  overlayRevision: number;
  /** Why the folder could not be read. */
  unreadable?: string;
}

/** Reads again first, so that every replica means the same. */
export async function currentBase({
  policies,
  files,
}: Pick<ProposalDeps, 'policies' | 'files'>): Promise<Base> {
  await policies.reload();
  const { version, sources } = policies.inForce();
  const all: Awaited<ReturnType<typeof files.all>> & { unreadable?: string } =
    // Without its folder what was good last is in force, and has no tests.
    await files.all().catch((error: Error) => ({
      files: sources,
      folder: [],
      conflicts: [],
      overlayRevision: 0,
      unreadable: error.message,
    }));
  const inForce = [
    ...sources,
    ...all.files.filter(({ file }) => isTest(file)),
  ].sort((a, b) => (a.file < b.file ? -1 : 1));
  return {
    version,
    hash: hashOfFiles(inForce),
    files: inForce,
    present: all.files,
    folder: all.folder,
    conflicts: all.conflicts,
    overlayRevision: all.overlayRevision,
    unreadable: all.unreadable,
  };
}
