import {
  ARTIFACT_SECURITY_GATE,
  type ArtifactScanEvidence,
  type Refusal,
} from '@modelhub/backstage-plugin-models-common';
import type { GatesConclusion } from '../gates/GateService';
import type { PolicyDecision } from '../policies/PolicyService';
import type { ApprovalRecord } from './records';
import type { Situation } from './Situation';
import type { Subject } from './subject';

const DAY_MS = 24 * 3600_000;

/** ISO 8601, `ms` after `at`. */
export const later = (at: string, ms: number) =>
  new Date(Date.parse(at) + ms).toISOString();

/** What an approval is bound to, for its ledger event. */
export function statement(approval: ApprovalRecord) {
  return {
    gatewayId: approval.gatewayId,
    provider: approval.provider,
    pin: approval.pin ?? '',
    digest: approval.digest ?? '',
    providerModelId: approval.providerModelId ?? '',
    snapshotDate: approval.snapshotDate ?? '',
    decisionFactsHash: approval.decisionFactsHash ?? '',
    policyVersion: approval.policyVersion ?? '',
    purpose: approval.purpose,
    profile: approval.profile,
    kind: approval.kind,
  };
}

export function nobodyHolds(role: string): Refusal {
  return {
    code: 'nobody-holds-role',
    message: `Nobody can sign as ${role} at the moment. Ask an administrator to fill the role or to delegate it.`,
  };
}

/**
 * The digest of what the scan read, for a version whose digest the catalog does
 * not name: from now on it is known which bytes were judged.
 */
export function scannedDigest({ gateResults }: Situation): string | undefined {
  const scan = gateResults.find(
    ({ gateId, status }) =>
      gateId === ARTIFACT_SECURITY_GATE &&
      ['pass', 'warn', 'waived'].includes(status),
  );
  const digest = (scan?.evidence as Partial<ArtifactScanEvidence> | undefined)
    ?.digest;
  return typeof digest === 'string' ? digest : undefined;
}

/** An approval lives no longer than the exceptions that it rests on. */
export function expiryOf(at: string, decision: PolicyDecision): string {
  return [
    later(at, decision.expiresAfterDays * DAY_MS),
    ...(decision.endsBy === undefined ? [] : [decision.endsBy]),
  ].sort()[0];
}

/** End of the first waiver that what the gates say rests on. */
export function restsUntil(gates: GatesConclusion): string | undefined {
  return gates.status === 'passed' ? gates.until : undefined;
}

export function unready({ subject, purpose }: Situation): Refusal {
  if (!subject) {
    return {
      code: 'model-missing',
      message: 'The model is not in the catalog any more.',
    };
  }
  return purpose
    ? {
        code: 'version-not-pinned',
        message: 'The version is gone or no longer pinned.',
      }
    : {
        code: 'scope-missing',
        message: 'The purpose does not exist any more.',
      };
}

export function gateSubject(subject: Subject, situation: Situation) {
  const { approval, purpose } = situation;
  return {
    entity: subject.entity,
    entityRef: subject.entityRef,
    version: subject.version!,
    pin: subject.pin!,
    decisionFactsHash: subject.decisionFactsHash,
    tier: approval.tier,
    purpose: purpose!,
    profile: approval.profile,
    expectedUse: approval.expectedUse,
  };
}
