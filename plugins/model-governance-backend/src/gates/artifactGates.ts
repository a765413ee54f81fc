import type { Config } from '@backstage/config';
import type {
  Clock,
  ModelGate,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import {
  artifactScanGate,
  ArtifactScans,
  readArtifactConfig,
} from './artifactScan';
import { artifactSignatureGate, readTrust } from './artifactSignature';

/** The gates that look at a version's files, over one scan of them. */
export function artifactGates(options: {
  config: Config;
  transactions: Transactions;
  clock: Clock;
}): ModelGate[] {
  const { transactions, clock } = options;
  const config = readArtifactConfig(options.config);
  const scans = ArtifactScans.create({ config, transactions, clock });
  return [
    artifactScanGate({ config, transactions, clock, scans }),
    artifactSignatureGate({ config, scans, trust: readTrust(options.config) }),
  ];
}
