import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  ARTIFACT_SIGNATURE_GATE,
  type ArtifactSignatureEvidence,
  type ModelArtifact,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateContext,
  GateOutcome,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import { ArtifactError, type ArtifactReport } from '@modelhub/scanner';
import type { ArtifactConfig, ArtifactScans } from '../artifactScan';
import { AddressError } from '../artifactScan/addressOf';
import { cannotRun, notScanned } from '../artifactScan/notScanned';
import { paramsValidator } from '../builtIn/validateParams';
import { ArtifactReader, type FoundSignature } from './ArtifactReader';
import type { FoundFile } from './compareFiles';
import {
  filesEvidence,
  judgeSignature,
  type JudgedSignature,
} from './judgeSignature';
import { TrustUnavailable } from './SignatureProblem';
import { namesOf, restricted, type Trust } from './Trust';

/** What a policy may ask of signatures. */
interface SignatureParams {
  onUnsigned?: 'warn' | 'fail';
  /** Names of those whose signatures count; all that are configured without it. */
  trusted?: string[];
  requireTimestamp?: boolean;
  /** Globs of files that need no signature. */
  unsignedFiles?: string[];
}

/** What policies have to know of the gate. */
export const artifactSignatureRules = {
  id: ARTIFACT_SIGNATURE_GATE,
  title: 'Artifact signature',
  description:
    'Somebody whom the organisation trusts signed the files of the version, and they are what was signed.',
  validateParams: paramsValidator({
    onUnsigned: { enum: ['warn', 'fail'] },
    trusted: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
    },
    requireTimestamp: { type: 'boolean' },
    unsignedFiles: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 300 },
    },
  }),
  paramOrder: {
    onUnsigned: ['warn', 'fail'],
    trusted: 'subset',
    requireTimestamp: [false, true],
    unsignedFiles: 'subset',
  },
} satisfies Partial<ModelGate>;

/** Where a platform keeps its own notes, which no loader reads. */
const NEVER_SIGNED = ['.gitattributes', '.gitignore', '.git/**', '.github/**'];

const HOW_TO_SIGN =
  'The owner signs the files, for example with `model_signing sign key --private_key KEY.pem FOLDER`, and publishes model.sig beside them; or signs an artifact in a registry with `cosign sign`.';

export interface ArtifactSignatureGateOptions {
  config: ArtifactConfig;
  scans: Pick<ArtifactScans, 'scan'>;
  trust: Trust;
}

/** The files of a scan, by its report. */
function filesOf(report: string | undefined): FoundFile[] | undefined {
  if (report === undefined) return undefined;
  const { files } = JSON.parse(report) as ArtifactReport;
  const found = files.flatMap(({ path, sha256 }) =>
    sha256 ? [{ path, sha256 }] : [],
  );
  return found.length === files.length ? found : undefined;
}

const unsigned = (
  params: SignatureParams,
  evidence: ArtifactSignatureEvidence,
): GateOutcome => ({
  verdict: params.onUnsigned === 'warn' ? 'warn' : 'fail',
  summary: 'Nobody signed the files of the version.',
  findings: [
    {
      id: 'unsigned',
      severity: params.onUnsigned === 'warn' ? 'medium' : 'high',
      field: 'spec.versions.artifact',
      message: 'There is no signature with the files.',
      howToFix: HOW_TO_SIGN,
    },
  ],
  evidence,
});

const isClean = ({ findings }: JudgedSignature) =>
  findings.every(({ severity }) => severity === 'info');

function concluded(
  best: JudgedSignature,
  found: FoundSignature,
  evidence: ArtifactSignatureEvidence,
): GateOutcome {
  const verified = isClean(best);
  const { signature, findings, files } = best;
  const { signer } = signature;
  const [worst] = findings;
  return {
    verdict: verified ? 'pass' : 'fail',
    summary:
      verified && signer
        ? `${signer.name} signed ${
            files.length === 1 ? 'the file' : `all ${files.length} files`
          }, and they are what was signed.`
        : worst?.message ?? 'The signature does not count.',
    findings,
    evidence: {
      ...evidence,
      signature,
      verified,
      ...filesEvidence(files),
    },
    files: [
      {
        name: 'signature.sigstore.json',
        mediaType: 'application/vnd.dev.sigstore.bundle+json',
        text: found.text,
      },
    ],
  };
}

/**
 * Verifies who signed the version's files: OpenSSF Model Signing (`model.sig`)
 * beside them, or cosign's signatures in a registry, by keys, certificates and
 * identities of Sigstore that the configuration trusts. Parameters: `onUnsigned`,
 * `trusted`, `requireTimestamp` and `unsignedFiles`.
 */
export function artifactSignatureGate(
  options: ArtifactSignatureGateOptions,
): ModelGate {
  const { config, scans, trust } = options;
  const reader = ArtifactReader.create(config);

  async function judge(
    artifact: ModelArtifact,
    params: SignatureParams,
    context: GateContext,
  ): Promise<GateOutcome> {
    const scan = await scans.scan(artifact, context);
    if (scan.type !== 'scanned') return notScanned(scan);
    const { digest, pinnedUri, documents } = scan.result;
    const found = filesOf(
      documents.find(({ name }) => name === 'scan.json')?.text,
    );
    if (!digest || !found) {
      return cannotRun(
        'The digests of the files are not known, because they could not all be read; the check Artifact security says why.',
      );
    }
    const accepted = restricted(trust, params.trusted);
    const evidence: ArtifactSignatureEvidence = {
      kind: 'artifact-signature',
      uri: artifact.uri,
      pinnedUri,
      digest,
      verified: false,
      ...filesEvidence([]),
      trusted: [...new Set(namesOf(accepted))],
    };
    context.progress({ message: 'Looking for signatures' });
    const signatures = await reader.signatures(
      artifact,
      { digest, files: found },
      context.signal,
    );
    if (signatures.length === 0) return unsigned(params, evidence);
    if (evidence.trusted.length === 0) {
      return cannotRun(
        'The files are signed, and this portal trusts nobody’s signatures. An administrator adds keys, certificates or identities to modelGovernance.signatures.',
      );
    }
    const judged: JudgedSignature[] = [];
    for (const signature of signatures) {
      const one = await judgeSignature(signature, {
        trust: accepted,
        now: context.now,
        digest,
        found,
        optional: [...NEVER_SIGNED, ...(params.unsignedFiles ?? [])],
        requireTimestamp: params.requireTimestamp ?? false,
        others: manifest =>
          reader.others(artifact, manifest.resources, found, context.signal),
      });
      judged.push(one);
      if (isClean(one)) break;
    }
    const at = Math.max(
      0,
      judged.findIndex(isClean) >= 0
        ? judged.findIndex(isClean)
        : judged.findIndex(({ signature }) => signature.signer),
    );
    return concluded(judged[at], signatures[at], evidence);
  }

  return {
    ...artifactSignatureRules,
    version: '1',
    guidance: { by: 'owner', howTo: HOW_TO_SIGN },
    notApplicable:
      'There are no files that could be signed: the provider runs the model itself.',
    appliesTo: ({ version }) => version.artifact !== undefined,
    // The scan ends itself before that.
    timeoutSeconds: 2 * config.timeoutSeconds + 60,
    concurrency: config.concurrency,
    cacheKey: ({ version: { artifact } }) =>
      sha256Hex(
        canonicalJson([
          artifact?.uri ?? '',
          artifact?.revision ?? '',
          artifact?.digest ?? '',
          trust.version,
        ]),
      ),
    // A registry takes signatures on what is there already; certificates end.
    maxAgeSeconds: 3600,
    async evaluate({ version }, jsonParams, context) {
      const { artifact } = version;
      if (!artifact) return cannotRun('The version names no artifact.');
      try {
        return await judge(artifact, jsonParams as SignatureParams, context);
      } catch (error) {
        if (error instanceof AddressError) return cannotRun(error.message);
        if (error instanceof TrustUnavailable) {
          return { verdict: 'error', summary: error.message, findings: [] };
        }
        if (error instanceof ArtifactError) {
          const { reason, message, isTransient } = error;
          return notScanned({
            type: 'unreachable',
            reason,
            message,
            isTransient: isTransient || reason === 'changed',
          });
        }
        throw error;
      }
    },
  };
}
