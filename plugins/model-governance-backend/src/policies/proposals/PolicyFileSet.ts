import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { PolicyFolder, PolicySource } from '@modelhub/policies';
import type { ActivationStore } from './ActivationStore';
import { hashOfFiles, isPack, isTest, overlaid } from './fileSets';
import type { PolicyConflict, PolicyFiles } from './records';

/**
 * The files of the policies and of their tests: those of the folder, and over
 * them those of the portal, where the portal manages them.
 */
export class PolicyFileSet {
  static create(options: {
    path: string;
    /** Where the portal manages policies. */
    activations?: Pick<ActivationStore, 'overlay'>;
  }): PolicyFileSet {
    return new PolicyFileSet(options.path, options.activations);
  }

  readonly path: string;
  readonly #activations: Pick<ActivationStore, 'overlay'> | undefined;

  private constructor(
    path: string,
    activations: Pick<ActivationStore, 'overlay'> | undefined,
  ) {
    this.path = path;
    this.#activations = activations;
  }

  /** What policies are loaded from. */
  async read(): Promise<PolicyFolder & { overlayRevision: number }> {
    const { files, overlayRevision } = await this.all();
    const sources = files.filter(({ file }) => !isTest(file));
    return {
      sources,
      stamp: `${hashOfFiles(sources)}-${overlayRevision}`,
      overlayRevision,
    };
  }

  /** Policies and tests. */
  async all(): Promise<PolicyFiles & { folder: PolicySource[] }> {
    const overlay = await this.#activations?.overlay();
    const folder = await readAll(this.path);
    const laid: { files: PolicySource[]; conflicts: PolicyConflict[] } = overlay
      ? overlaid(folder, overlay.files)
      : { files: folder, conflicts: [] };
    return { ...laid, folder, overlayRevision: overlay?.revision ?? 0 };
  }

  /** Tests only; none where the folder cannot be read. */
  async tests(): Promise<PolicySource[]> {
    try {
      const { files } = await this.all();
      return files.filter(({ file }) => isTest(file));
    } catch {
      return [];
    }
  }
}

async function readAll(path: string): Promise<PolicySource[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry =>
      relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'),
    )
    .filter(file => !isPack(file))
    .sort();
  return Promise.all(
    files.map(async file => ({
      file,
      text: await readFile(join(path, file), 'utf8'),
    })),
  );
}
