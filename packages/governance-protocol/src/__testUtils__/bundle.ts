import { generateSigningKey } from '../crypto';
import {
  dsseDigest,
  evidenceKey,
  gateEvidenceDigest,
  signBundle,
  signEvidence,
  type BundleContents,
  type BundledGate,
} from '../evidence';
import { chainEvent, signCheckpoint, type LedgerEvent } from '../ledger';
import { sha256Hex } from '../crypto/sha256';

const AT = '2026-11-01T10:00:00.000Z';
const pin = `sha256:${'ab'.repeat(32)}`;

export const statementKey = generateSigningKey();
export const ledgerKey = generateSigningKey();
export const tokenKey = evidenceKey(Buffer.alloc(32, 5).toString('base64url'));

function gate(): BundledGate {
  const text = '{"score":95}';
  const found = {
    gateVersion: '1',
    pin,
    verdict: 'pass',
    summary: 'Fine.',
    findings: [],
    evidence: { score: 95 },
    files: [
      {
        name: 'report.json',
        mediaType: 'application/json',
        sizeBytes: text.length,
        sha256: sha256Hex(text),
        text,
      },
    ],
  };
  const digest = gateEvidenceDigest('score', found);
  return {
    gateId: 'score',
    required: true,
    evidence: { id: 'e1', ...found, digest },
  };
}

/** What a control plane has about an approval, with the whole ledger. */
export function bundleParts(): {
  contents: BundleContents;
  ledger: LedgerEvent[];
} {
  const filed = gate();
  const envelope = signEvidence(
    {
      entityRef: 'model:meta/llama',
      modelVersion: '1.0',
      pin,
      gate: 'score',
      nonce: 'n0123456789abcdef',
      issuedAt: AT,
      predicateType: 'https://example.com/score/v1',
      predicate: { score: 95 },
    },
    tokenKey.privateKey,
  );
  const digest = dsseDigest(envelope);
  const ledger: LedgerEvent[] = [];
  const add = (type: string, subject: string, payload: object) =>
    ledger.push(
      chainEvent(ledger.at(-1), {
        at: AT,
        actor: 'system',
        subject,
        type,
        payload: { ...payload },
      }),
    );
  add('policy.activated', 'policies', {});
  add('approval.submitted', 'approval:a1', { state: 'checking' });
  add('evidence.submitted', 'evidence:s1', {
    gateId: 'score',
    digest,
    keyId: tokenKey.keyId,
  });
  add('gate.evidence-filed', 'evidence:e1', { digest: filed.evidence!.digest });
  add('approval.created', 'approval:other', { state: 'draft' });
  add('approval.approved', 'approval:a1', {
    state: 'approved',
    evidenceIds: ['e1'],
  });
  add('policy.activated', 'policies', {});
  const head = ledger.at(-1)!;
  return {
    ledger,
    contents: {
      format: 'modelhub.dev/evidence-bundle.v1',
      createdAt: AT,
      approval: {
        id: 'a1',
        state: 'approved',
        entityRef: 'model:meta/llama',
        gatewayId: 'meta/llama',
        modelVersion: '1.0',
        pin,
        decisionFactsHash: 'sha256:ff',
        tier: 'internal',
        purpose: 'support',
        profile: 'care',
        policyVersion: 'p1',
        evidenceIds: ['e1'],
      },
      gates: [filed],
      submissions: [
        {
          id: 's1',
          gateId: 'score',
          submittedAt: AT,
          submittedBy: 'group:default/ml',
          publicKey: tokenKey.publicKey,
          digest,
          envelope,
        },
      ],
      ledger: {
        events: ledger.filter(({ subject }) =>
          ['approval:a1', 'evidence:s1', 'evidence:e1'].includes(subject),
        ),
        checkpoints: [
          signCheckpoint(
            { seq: head.seq, hash: head.hash, at: AT },
            ledgerKey.privateKey,
          ),
        ],
      },
    },
  };
}

/** The bundle of {@link bundleParts}, signed. */
export function signedBundle(
  change: (contents: BundleContents) => void = () => {},
) {
  const { contents } = bundleParts();
  change(contents);
  return signBundle(
    contents,
    [
      {
        keyId: statementKey.keyId,
        use: 'statement',
        publicKey: statementKey.publicKey,
      },
      { keyId: ledgerKey.keyId, use: 'ledger', publicKey: ledgerKey.publicKey },
    ],
    statementKey.privateKey,
  );
}
