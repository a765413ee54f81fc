import type { Finding } from '../generated/model-governance';

/**
 * Id of the gate that scans artifacts.
 *
 * @public
 */
export const ARTIFACT_SECURITY_GATE = 'artifact-security';

/**
 * Something in an artifact that a person should know before it is loaded.
 *
 * @public
 */
export type ArtifactScanFinding = {
  /** Id of the scanner's rule. */
  rule: string;
  title: string;
  severity: Finding['severity'];
  /** Path within the artifact; empty for the artifact as a whole. */
  file: string;
  /** Within the file: members of archives joined by `!`, `@` and the offset in bytes. */
  location: string;
  message: string;
  /** Why it matters and what to do. */
  explanation: string;
  /** Whether the policy lets it stop the request. */
  blocks: boolean;
};

/**
 * What the gate `artifact-security` leaves as evidence. Sizes are bytes.
 *
 * @public
 */
export type ArtifactScanEvidence = {
  kind: 'artifact-scan';
  uri: string;
  /** With the commit or digest that was read. */
  pinnedUri: string;
  /** Of the bytes that were read, `sha256:…`; absent when they could not all be read. */
  digest?: string;
  /** What the catalog said; absent when the digest was pinned by this scan. */
  declaredDigest?: string;
  /** ISO 8601. */
  scannedAt: string;
  /** Version of the scanner with its rules. */
  scanner: string;
  /** The bytes had been scanned before, by the same rules, for another question. */
  reused: boolean;
  verdict: 'clean' | 'suspicious' | 'malicious' | 'error';
  files: number;
  bytes: number;
  formats: Array<{ format: string; files: number }>;
  /** From this severity on a finding stops the request. */
  failOn: Finding['severity'];
  /** Number of findings. */
  counts: Record<Finding['severity'], number>;
  /** The gravest, at most 200; the rest is in the report. */
  findings: ArtifactScanFinding[];
  /** Findings that are in the report only. */
  moreFindings: number;
  /** Files that were not judged to their end, at most 100. */
  notRead: Array<{ file: string; reason: string }>;
  moreNotRead: number;
};
