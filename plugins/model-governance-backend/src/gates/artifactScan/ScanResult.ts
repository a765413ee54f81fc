import type {
  ArtifactScanEvidence,
  ArtifactScanFinding,
} from '@modelhub/backstage-plugin-models-common';
import type { GateFile } from '@modelhub/backstage-plugin-models-node';
import type { AccessRules, ArtifactErrorReason } from '@modelhub/scanner';

/** What a thread is asked to scan. */
export interface ScanRequest {
  /** What people know it by. */
  uri: string;
  /** Where it is read from: the same but for files, which lie below a folder. */
  address: string;
  revision?: string;
  /** `sha256:…` that the bytes have to have. */
  expectedDigest?: string;
  access: AccessRules;
  /** Settings of the clients, as environment variables. */
  env: Record<string, string | undefined>;
  /** By host of the registry. */
  logins: Record<string, { username: string; password: string }>;
}

/** What was found in bytes, whatever a policy makes of it. Bounded in size. */
export interface ScanResult
  extends Pick<
    ArtifactScanEvidence,
    | 'pinnedUri'
    | 'digest'
    | 'verdict'
    | 'files'
    | 'bytes'
    | 'formats'
    | 'counts'
    | 'moreFindings'
    | 'notRead'
    | 'moreNotRead'
  > {
  findings: Array<Omit<ArtifactScanFinding, 'blocks'>>;
  documents: GateFile[];
  /** Documents that were too large. */
  omitted: string[];
}

/** How a scan ended. */
export type ScanOutcome =
  | { type: 'scanned'; result: ScanResult }
  /** The artifact, or a part of it, could not be had. */
  | {
      type: 'unreachable';
      reason: ArtifactErrorReason;
      message: string;
      isTransient: boolean;
    }
  /** The scan was stopped because it took more than it may. */
  | { type: 'exhausted'; message: string };
