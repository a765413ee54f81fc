import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '../crypto/canonicalJson';
import { sha256Hex } from '../crypto/sha256';
import type { SigningKeyUse } from '../crypto/succession';
import type { LedgerCheckpoint, LedgerEvent } from '../ledger';
import { IN_TOTO_PAYLOAD_TYPE, signDsse, type DsseEnvelope } from './dsse';

/** @public */
export const EVIDENCE_BUNDLE_FORMAT = 'modelhub.dev/evidence-bundle.v1';

/** Predicate type of what the control plane signs about a bundle. @public */
export const EVIDENCE_BUNDLE_TYPE = 'https://modelhub.dev/evidence/bundle/v1';

/**
 * A document that a gate left.
 *
 * @public
 */
export interface BundledFile {
  name: string;
  mediaType: string;
  sizeBytes: number;
  /** Lower-case hex. */
  sha256: string;
  text: string;
}

/**
 * What one gate found, as the approval rests on it.
 *
 * @public
 */
export interface BundledGate {
  gateId: string;
  required: boolean;
  /** Absent where the gate gave no answer. */
  evidence?: {
    id: string;
    gateVersion: string;
    pin: string;
    verdict: string;
    summary: string;
    findings: unknown[];
    evidence: Record<string, unknown>;
    /** `sha256:…` over the canonical JSON of the fields above but `id`, with `gateId`, and names and SHA-256 of the files. */
    digest: string;
    files: BundledFile[];
  };
  waiver?: { by: string; reason: string; until: string };
}

/**
 * What a pipeline submitted.
 *
 * @public
 */
export interface BundledSubmission {
  id: string;
  gateId: string;
  submittedAt: string;
  submittedBy: string;
  /** SPKI PEM of the token's key. */
  publicKey: string;
  /** `sha256:…` */
  digest: string;
  envelope: DsseEnvelope;
  withdrawn?: { at: string; reason: string };
}

/**
 * All evidence of an approval, to be checked without the hub.
 *
 * @public
 */
export interface EvidenceBundle {
  format: typeof EVIDENCE_BUNDLE_FORMAT;
  /** ISO 8601. */
  createdAt: string;
  approval: {
    id: string;
    state: string;
    entityRef: string;
    gatewayId: string;
    modelVersion: string;
    pin: string;
    decisionFactsHash: string;
    tier: string;
    purpose: string;
    profile: string;
    policyVersion: string;
    evidenceIds: string[];
  };
  gates: BundledGate[];
  submissions: BundledSubmission[];
  ledger: {
    /** Those of the approval and its evidence, oldest first. */
    events: LedgerEvent[];
    checkpoints: LedgerCheckpoint[];
  };
  /** As the control plane offers them: to be compared with keys from elsewhere. */
  keys: Array<{ keyId: string; use: SigningKeyUse; publicKey: string }>;
  /** The control plane's signature over everything but the keys and itself. */
  attestation: DsseEnvelope;
}

/**
 * What the control plane signs: everything but the keys and the signature.
 *
 * @public
 */
export type BundleContents = Omit<EvidenceBundle, 'keys' | 'attestation'>;

/**
 * `sha256:…` of what a gate found, as ledger and bundle name it.
 *
 * @public
 */
export function gateEvidenceDigest(
  gateId: string,
  it: Omit<NonNullable<BundledGate['evidence']>, 'id' | 'digest' | 'files'> & {
    files: Array<Pick<BundledFile, 'name' | 'sha256'>>;
  },
): string {
  const { gateVersion, pin, verdict, summary, findings, evidence } = it;
  return `sha256:${sha256Hex(
    canonicalJson({
      gateId,
      gateVersion,
      pin,
      verdict,
      summary,
      findings,
      evidence,
      files: it.files.map(({ name, sha256 }) => ({ name, sha256 })),
    }),
  )}`;
}

/** `sha256:…` of what is attested. */
export function contentsDigest(it: BundleContents): string {
  const { format, createdAt, approval, gates, submissions, ledger } = it;
  return `sha256:${sha256Hex(
    canonicalJson({ format, createdAt, approval, gates, submissions, ledger }),
  )}`;
}

/**
 * Signs a bundle for the control plane.
 *
 * @param privateKey - Ed25519: the active one for statements
 *
 * @public
 */
export function signBundle(
  contents: BundleContents,
  keys: EvidenceBundle['keys'],
  privateKey: string | KeyObject,
): EvidenceBundle {
  const { approval, createdAt } = contents;
  const digest = contentsDigest(contents);
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: `approval:${approval.id}`,
        digest: { sha256: digest.slice('sha256:'.length) },
      },
    ],
    predicateType: EVIDENCE_BUNDLE_TYPE,
    predicate: { createdAt, entityRef: approval.entityRef, pin: approval.pin },
  };
  return {
    ...contents,
    keys,
    attestation: signDsse(
      { payloadType: IN_TOTO_PAYLOAD_TYPE, payload: canonicalJson(statement) },
      privateKey,
    ),
  };
}
