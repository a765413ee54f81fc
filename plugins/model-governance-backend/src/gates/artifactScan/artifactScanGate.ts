import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { ARTIFACT_SECURITY_GATE } from '@modelhub/backstage-plugin-models-common';
import type {
  GateOutcome,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import { paramsValidator } from '../builtIn/validateParams';
import { AddressError } from './addressOf';
import { ArtifactScans, type ArtifactScansOptions } from './ArtifactScans';
import { judge, severityOrder, type ScanParams } from './judge';
import { cannotRun, notScanned } from './notScanned';
import { scannerVersion } from './scannerVersion';

export interface ArtifactScanGateOptions extends ArtifactScansOptions {
  /** Shared with other gates that look at artifacts. */
  scans?: ArtifactScans;
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

/**
 * Reads the version's artifact with the scanner, without running it. Parameters:
 * `failOn`, the severity from which a finding stops the request (`high` without
 * it), and `requireArtifact`, whether a model without one fails. What could not
 * be judged to its end fails whatever the severity.
 */
export function artifactScanGate(options: ArtifactScanGateOptions): ModelGate {
  const { config } = options;
  const scans = options.scans ?? ArtifactScans.create(options);

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
        const outcome = await scans.scan(artifact, context);
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
