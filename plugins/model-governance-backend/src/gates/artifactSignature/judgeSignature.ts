import type {
  ArtifactSignatureEvidence,
  Finding,
} from '@modelhub/backstage-plugin-models-common';
import { createHash } from 'node:crypto';
import { clean } from '../artifactScan/summarise';
import type { FoundSignature } from './ArtifactReader';
import {
  compareFiles,
  countsOf,
  type ComparedFile,
  type FoundFile,
  type OtherDigests,
} from './compareFiles';
import { checkSimpleSigning, checkSubjects } from './cosign';
import { parseManifest, statementOf, type SignedManifest } from './manifest';
import { parseBundle } from './parseBundle';
import { SignatureProblem } from './SignatureProblem';
import type { Trust } from './Trust';
import {
  needsRoot,
  verifySignature,
  type VerifiedSignature,
} from './verifySignature';

export type SignatureEvidence = NonNullable<
  ArtifactSignatureEvidence['signature']
>;

/** What became of one signature. */
export interface JudgedSignature {
  signature: SignatureEvidence;
  findings: Finding[];
  files: ComparedFile[];
}

export interface JudgeOptions {
  trust: Trust;
  now: Date;
  /** Of the artifact, `sha256:…`. */
  digest: string;
  found: FoundFile[];
  /** Globs of files that need no signature. */
  optional: string[];
  requireTimestamp: boolean;
  /** Digests that the scan does not have. */
  others: (manifest: SignedManifest) => Promise<OtherDigests>;
}

/** Names in messages; the rest is in the evidence. */
const NAMED = 5;

/** Verifies a signature, and holds what it signs against what is there. */
export async function judgeSignature(
  found: FoundSignature,
  options: JudgeOptions,
): Promise<JudgedSignature> {
  const signature: SignatureEvidence = {
    format: found.format,
    from: clean(found.from),
    sha256: createHash('sha256').update(found.text).digest('hex'),
  };
  try {
    const bundle = parseBundle(found.text, found.message);
    const verified = verifySignature(bundle, {
      ...options,
      root: needsRoot(bundle) ? await options.trust.root() : undefined,
      message: found.message,
    });
    Object.assign(signature, described(verified));
    const findings = timeFindings(verified, options.requireTimestamp);
    if (found.format === 'cosign') {
      if (bundle.envelope) {
        checkSubjects(statementOf(bundle.envelope), options.digest);
      } else if (found.message) {
        checkSimpleSigning(found.message, options.digest);
      }
      // The manifest names every file by its digest.
      const files = options.found.map(
        ({ path, sha256 }): ComparedFile => ({
          path,
          standing: 'matches',
          found: `sha256:${sha256}`,
        }),
      );
      return { signature, findings, files };
    }
    if (!bundle.envelope) {
      throw new SignatureProblem(
        'manifest-broken',
        'The signature is about one text and not about the files of a model.',
        'Sign the files with model_signing.',
      );
    }
    const manifest = parseManifest(statementOf(bundle.envelope));
    if (manifest.modelName) signature.modelName = clean(manifest.modelName);
    const files = compareFiles(manifest, options.found, {
      signatureFile: found.path,
      optional: options.optional,
      others: await options.others(manifest),
    });
    return {
      signature,
      findings: [...fileFindings(files), ...findings],
      files,
    };
  } catch (error) {
    if (!(error instanceof SignatureProblem)) throw error;
    const { message, ...rest } = error.finding;
    return {
      signature,
      findings: [{ ...rest, message: clean(message, 1000) }],
      files: [],
    };
  }
}

function described(verified: VerifiedSignature): Partial<SignatureEvidence> {
  const { signer, signedAt, signedAtBy, logIndex } = verified;
  return {
    signer: {
      ...signer,
      ...(signer.subject && { subject: clean(signer.subject) }),
      ...(signer.issuer && { issuer: clean(signer.issuer) }),
    },
    ...(signedAt && { signedAt: signedAt.toISOString(), signedAtBy }),
    ...(logIndex !== undefined && { logIndex }),
  };
}

function timeFindings(
  { signedAt }: VerifiedSignature,
  requireTimestamp: boolean,
): Finding[] {
  return requireTimestamp && !signedAt
    ? [
        {
          id: 'timestamp-missing',
          severity: 'high',
          message: 'Nobody who is trusted says when the signature was made.',
          howToFix:
            'Sign with Sigstore, or with a timestamp of an authority in the trusted root.',
        },
      ]
    : [];
}

function fileFindings(files: ComparedFile[]): Finding[] {
  const about = (
    standing: ComparedFile['standing'],
    finding: (names: string, count: number) => Omit<Finding, 'id'>,
  ): Finding[] => {
    const paths = files
      .filter(it => it.standing === standing)
      .map(({ path }) => clean(path));
    if (paths.length === 0) return [];
    const more = paths.length - NAMED;
    const names = `${paths.slice(0, NAMED).join(', ')}${
      more > 0 ? ` and ${more} more` : ''
    }`;
    return [{ id: `files-${standing}`, ...finding(names, paths.length) }];
  };
  return [
    ...about('differs', (names, count) => ({
      severity: 'critical',
      message: `${
        count === 1 ? 'A file is' : `${count} files are`
      } not what was signed: ${names}.`,
      howToFix:
        'Do not use these files. Fetch them again from their publisher, and ask there what happened.',
    })),
    ...about('missing', names => ({
      severity: 'high',
      message: `What was signed is not all there: ${names}.`,
      howToFix:
        'Register the whole model; or sign the part that is to be used by itself.',
    })),
    ...about('unsigned', names => ({
      severity: 'high',
      message: `There are files that nobody signed: ${names}.`,
      howToFix:
        'Take them away, or sign the model again with them. A policy may name files that need no signature with unsignedFiles.',
    })),
    ...about('ignored', names => ({
      severity: 'info',
      message: `Left out of the signature on purpose: ${names}.`,
    })),
  ];
}

/** Counts of files, and the first of them for people. */
export function filesEvidence(
  files: ComparedFile[],
): Pick<ArtifactSignatureEvidence, 'counts' | 'files' | 'moreFiles'> {
  const most = 500;
  return {
    counts: countsOf(files),
    files: files
      .slice(0, most)
      .map(file => ({ ...file, path: clean(file.path, 300) })),
    moreFiles: Math.max(0, files.length - most),
  };
}
