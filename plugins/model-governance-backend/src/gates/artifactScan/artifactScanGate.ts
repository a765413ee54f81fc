import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  ARTIFACT_SECURITY_GATE,
  type ModelArtifact,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateContext,
  GateOutcome,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import type { ScanProgress } from '@modelhub/scanner';
import type { Clock, Transactions } from '../../database';
import { paramsValidator } from '../builtIn/validateParams';
import { AddressError, addressOf } from './addressOf';
import { ArtifactScanCache } from './ArtifactScanCache';
import { judge, severityOrder, type ScanParams } from './judge';
import type { ArtifactConfig } from './readArtifactConfig';
import { scannerVersion } from './scannerVersion';
import type { ScanOutcome } from './ScanResult';
import { clean } from './summarise';
import { ThreadScanner, type ArtifactScanner } from './ThreadScanner';

export interface ArtifactScanGateOptions {
  config: ArtifactConfig;
  transactions: Transactions;
  clock: Clock;
  /** In a thread by default. */
  scanner?: ArtifactScanner;
}

/** What policies have to know of the gate. */
export const artifactScanRules = {
  id: ARTIFACT_SECURITY_GATE,
  title: 'Artifact security',
  description:
    'The files of the version are read, never run: none of them runs code, hides something or cannot be judged.',
  validateParams: paramsValidator({
    failOn: { enum: severityOrder },
    requireArtifact: { type: 'boolean' },
  }),
  paramOrder: {
    failOn: severityOrder,
    requireArtifact: [false, true],
  },
} satisfies Partial<ModelGate>;

/** The last part of an artifact's address, which loaders and scanners look at. */
const nameOf = (uri: string) => uri.split('/').pop() ?? uri;

const noArtifact: GateOutcome = {
  verdict: 'fail',
  summary:
    'The policy asks for files that can be scanned, and the version has none.',
  findings: [
    {
      id: 'artifact-missing',
      severity: 'high',
      field: 'spec.versions.artifact',
      message: 'The version names no artifact.',
      howToFix:
        'Choose a version with an artifact; a model that its provider runs cannot be used at this tier.',
    },
  ],
};

/** Nobody would answer another attempt differently. */
const cannotRun = (summary: string): GateOutcome => ({
  verdict: 'error',
  isFinal: true,
  summary: clean(summary, 1000),
  findings: [],
});

/**
 * Reads the version's artifact with the scanner, without running it. Parameters:
 * `failOn`, the severity from which a finding stops the request (`high` without
 * it), and `requireArtifact`, whether a model without one fails. What could not
 * be judged to its end fails whatever the severity.
 */
export function artifactScanGate(options: ArtifactScanGateOptions): ModelGate {
  const { config } = options;
  const cache = ArtifactScanCache.create(options);
  const scanner =
    options.scanner ?? ThreadScanner.create({ memoryMiB: config.memoryMiB });

  const scan = async (
    artifact: ModelArtifact,
    context: Pick<GateContext, 'signal' | 'progress'>,
  ) => {
    const { uri, digest } = artifact;
    const name = nameOf(uri);
    if (digest) {
      const known = await cache.get({ digest, name, scanner: scannerVersion });
      if (known) return { ...known, type: 'scanned' as const, reused: true };
    }
    context.progress({ message: 'Opening the artifact' });
    const address = await addressOf(uri, config.folder);
    const late = AbortSignal.timeout(config.timeoutSeconds * 1000);
    const outcome = await scanner
      .scan(
        {
          uri,
          address,
          revision: artifact.revision,
          expectedDigest: digest,
          access: config.access,
          env: config.env,
          logins: config.logins,
        },
        {
          signal: AbortSignal.any([context.signal, late]),
          onProgress: progress => context.progress(words(progress)),
        },
      )
      .catch((error): ScanOutcome => {
        if (!late.aborted || context.signal.aborted) throw error;
        const minutes = Math.round(config.timeoutSeconds / 60);
        return {
          type: 'exhausted',
          message: `it took longer than ${minutes} minutes`,
        };
      });
    if (outcome.type === 'unreachable') {
      const message = outcome.message.replaceAll(address, uri);
      return { ...outcome, message };
    }
    if (outcome.type !== 'scanned') return outcome;
    const { result } = outcome;
    // A result for other bytes than were promised is none for the promised ones.
    if (result.digest && (!digest || digest === result.digest)) {
      await cache.put(
        { digest: result.digest, name, scanner: scannerVersion },
        uri,
        result,
      );
    }
    return {
      ...outcome,
      scannedAt: options.clock.now().toISOString(),
      reused: false,
    };
  };

  return {
    ...artifactScanRules,
    version: `1-${scannerVersion}`,
    notApplicable:
      'There are no files to scan: the provider runs the model itself.',
    // The scan ends itself before that.
    timeoutSeconds: config.timeoutSeconds + 60,
    concurrency: config.concurrency,
    appliesTo: ({ version }, params) =>
      version.artifact !== undefined || params.requireArtifact === true,
    cacheKey: ({ version: { artifact } }) =>
      sha256Hex(
        canonicalJson([
          artifact?.uri ?? '',
          artifact?.revision ?? '',
          artifact?.digest ?? '',
        ]),
      ),
    // Bytes that are known by digest are not read again for that; what had no
    // digest, or another one than was promised, may be other bytes the next time.
    maxAgeSeconds: 0,
    async evaluate({ entity, version }, jsonParams, context) {
      const params = jsonParams as ScanParams;
      const { artifact } = version;
      if (!artifact) return noArtifact;
      try {
        const outcome = await scan(artifact, context);
        return outcome.type === 'scanned'
          ? judge(artifact, outcome, params, {
              entity,
              version: version.name,
            })
          : notScanned(outcome);
      } catch (error) {
        if (error instanceof AddressError) return cannotRun(error.message);
        throw error;
      }
    },
  };
}

const advice: Record<string, string> = {
  'not-allowed':
    'An administrator adds the host to modelGovernance.artifacts.allowedHosts (and to privateHosts or plainHosts where it is meant); then run this check again.',
  unauthorised:
    'An administrator gives the portal access, for example modelGovernance.artifacts.huggingFace.token; then run this check again.',
  'not-found':
    "Put the artifact's address in the model's YAML right, withdraw this request and ask again.",
  invalid:
    "Put the artifact's address in the model's YAML right, withdraw this request and ask again.",
  unavailable:
    'Look whether the portal reaches the host; then run this check again.',
  changed:
    'Somebody writes to the artifact; run this check again when it stays as it is.',
  'too-large': 'The artifact is beyond what the portal scans.',
};

function notScanned(
  outcome: Exclude<ScanOutcome, { type: 'scanned' }>,
): GateOutcome {
  if (outcome.type === 'exhausted') {
    return cannotRun(
      `The artifact could not be judged: ${outcome.message}. Ask the publisher for safetensors; or an administrator raises modelGovernance.artifacts.memoryMiB or timeoutMinutes, and this check runs again.`,
    );
  }
  const { reason, message, isTransient } = outcome;
  const summary = `The artifact could not be read: ${message}. ${
    advice[reason] ?? 'Look at the address of the artifact.'
  }`;
  return isTransient
    ? { verdict: 'error', summary: clean(summary, 1000), findings: [] }
    : cannotRun(summary);
}

function words(progress: ScanProgress) {
  const { filesDone, files, bytesDone, bytes } = progress;
  const size = (count: number) =>
    count >= 1024 ** 3
      ? `${(count / 1024 ** 3).toFixed(1)} GiB`
      : `${(count / 1024 ** 2).toFixed(1)} MiB`;
  const fraction = bytes > 0 ? Math.min(1, bytesDone / bytes) : undefined;
  return {
    message: `${filesDone} of ${files} ${
      files === 1 ? 'file' : 'files'
    }, ${size(bytesDone)}${bytes > 0 ? ` of ${size(bytes)}` : ''} read`,
    ...(fraction !== undefined && { fraction }),
  };
}
