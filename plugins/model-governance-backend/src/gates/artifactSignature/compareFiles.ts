import type {
  ArtifactSignatureEvidence,
  SignedFileStanding,
} from '@modelhub/backstage-plugin-models-common';
import { matchesGlob } from 'node:path';
import type { SignedManifest, SignedResource } from './manifest';

/** A file of the artifact as it is. */
export interface FoundFile {
  path: string;
  /** Lower-case hex. */
  sha256: string;
}

export type ComparedFile = ArtifactSignatureEvidence['files'][number];

/** Digest of a part of a file, or of a file by another algorithm than SHA-256. */
export type OtherDigests = Map<SignedResource, string | undefined>;

/** What a manifest needs of a file beyond its SHA-256. */
export const isOther = ({ algorithm, start }: SignedResource) =>
  start !== undefined || algorithm !== 'sha256';

/** What is wrong comes first. */
const ORDER: SignedFileStanding[] = [
  'differs',
  'missing',
  'unsigned',
  'ignored',
  'matches',
];

/**
 * Holds what was signed against what is there. `others` are digests of what
 * {@link isOther} names; `optional` are globs of files that need no signature.
 */
export function compareFiles(
  manifest: SignedManifest,
  found: FoundFile[],
  options: { signatureFile?: string; optional: string[]; others: OtherDigests },
): ComparedFile[] {
  const byPath = new Map(found.map(file => [file.path, file]));
  // Of a model that is one file, the format calls the file a point.
  const pathOf = ({ path }: SignedResource) =>
    path === '.' && found.length === 1 ? found[0].path : path;
  const signed = new Map<string, SignedResource[]>();
  for (const resource of manifest.resources) {
    const path = pathOf(resource);
    signed.set(path, [...(signed.get(path) ?? []), resource]);
  }
  const compared = [...signed].map(([path, resources]): ComparedFile => {
    const file = byPath.get(path);
    const [first] = resources;
    const told =
      resources.length === 1 && first.start === undefined
        ? { signed: `${first.algorithm}:${first.digest}` }
        : {};
    if (!file) return { path, standing: 'missing', ...told };
    const isSame =
      isWhole(resources, options.others) &&
      resources.every(resource =>
        isOther(resource)
          ? options.others.get(resource) === resource.digest
          : file.sha256 === resource.digest,
      );
    return {
      path,
      standing: isSame ? 'matches' : 'differs',
      ...told,
      found: `sha256:${file.sha256}`,
    };
  });
  for (const { path, sha256 } of found) {
    if (signed.has(path) || path === options.signatureFile) continue;
    const isIgnored =
      manifest.ignorePaths.some(
        it => path === it || path.startsWith(`${it.replace(/\/+$/, '')}/`),
      ) || options.optional.some(glob => matchesGlob(path, glob));
    compared.push({
      path,
      standing: isIgnored ? 'ignored' : 'unsigned',
      found: `sha256:${sha256}`,
    });
  }
  return compared.sort(
    (a, b) =>
      ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing) ||
      (a.path < b.path ? -1 : 1),
  );
}

/** Parts follow each other from the beginning to the end of the file. */
function isWhole(resources: SignedResource[], others: OtherDigests): boolean {
  if (resources.every(({ start }) => start === undefined)) return true;
  const parts = [...resources].sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  let at = 0;
  for (const { start, end } of parts) {
    if (start !== at || end === undefined) return false;
    at = end;
  }
  return parts.every(part => others.get(part) !== undefined);
}

export function countsOf(
  files: ComparedFile[],
): Record<SignedFileStanding, number> {
  const counts = {
    matches: 0,
    differs: 0,
    missing: 0,
    unsigned: 0,
    ignored: 0,
  };
  for (const { standing } of files) counts[standing] += 1;
  return counts;
}
