import {
  count,
  flag,
  isRecord,
  listOf,
  matching,
  moment,
  oneOf,
  optional,
  record,
  text,
  type Check,
  type Shape,
} from '../checks';
import {
  EVIDENCE_BUNDLE_FORMAT,
  type BundledGate,
  type BundledSubmission,
  type EvidenceBundle,
} from './bundle';
import { dsseProblem } from './dsse';

const anyText: Check = value =>
  typeof value === 'string' ? undefined : 'must be a text';
const anyRecord: Check = value =>
  isRecord(value) ? undefined : 'must be an object';
const anyList: Check = value =>
  Array.isArray(value) ? undefined : 'must be a list';

const file = record({
  name: text,
  mediaType: text,
  sizeBytes: count(0),
  sha256: matching(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex'),
  text: anyText,
});

const found: Shape<NonNullable<BundledGate['evidence']>> = {
  id: text,
  gateVersion: text,
  pin: text,
  verdict: text,
  summary: anyText,
  findings: anyList,
  evidence: anyRecord,
  digest: text,
  files: listOf(file),
};

const gate: Shape<BundledGate> = {
  gateId: text,
  required: flag,
  evidence: optional(record(found)),
  waiver: optional(record({ by: text, reason: anyText, until: moment })),
};

const submission: Shape<BundledSubmission> = {
  id: text,
  gateId: text,
  submittedAt: moment,
  submittedBy: text,
  publicKey: anyText,
  digest: text,
  envelope: dsseProblem,
  withdrawn: optional(record({ at: moment, reason: anyText })),
};

const approval: Shape<EvidenceBundle['approval']> = {
  id: text,
  state: text,
  entityRef: text,
  gatewayId: text,
  modelVersion: text,
  pin: text,
  decisionFactsHash: text,
  tier: text,
  purpose: text,
  profile: text,
  policyVersion: text,
  evidenceIds: listOf(text),
};

const event = record({
  seq: count(1),
  at: text,
  actor: text,
  subject: text,
  type: text,
  payload: anyRecord,
  prevHash: text,
  hash: text,
});

const bundle: Shape<EvidenceBundle> = {
  format: oneOf([EVIDENCE_BUNDLE_FORMAT]),
  createdAt: moment,
  approval: record(approval),
  gates: listOf(record(gate)),
  submissions: listOf(record(submission)),
  ledger: record({ events: listOf(event), checkpoints: listOf(anyRecord) }),
  keys: listOf(
    record({
      keyId: text,
      use: oneOf(['snapshot', 'ledger', 'statement']),
      publicKey: anyText,
    }),
  ),
  attestation: dsseProblem,
};

const check = record(bundle);

/** Says what is wrong with the structure of a bundle, or nothing. */
export function bundleProblem(value: unknown): string | undefined {
  const problem = check(value);
  return problem && `bundle${problem.startsWith('.') ? '' : ' '}${problem}`;
}
