import {
  bundleParts,
  ledgerKey,
  signedBundle,
  statementKey,
} from '../__testUtils__/bundle';
import { generateSigningKey, trustKeys } from '../crypto';
import { hashEvent } from '../ledger';
import {
  evidenceKey,
  signEvidence,
  verifyBundle,
  type EvidenceBundle,
} from './index';

const trustedKeys = trustKeys([statementKey.publicKey, ledgerKey.publicKey]);
const stranger = generateSigningKey();

it('is in order as it was made, with keys from elsewhere and the whole ledger', async () => {
  const { ledger } = bundleParts();
  const bundle = JSON.parse(JSON.stringify(signedBundle()));
  expect(await verifyBundle(bundle)).toMatchObject({
    ok: true,
    keysTrusted: false,
    ledgerChecked: false,
  });
  expect(await verifyBundle(bundle, { trustedKeys, ledger })).toMatchObject({
    ok: true,
    gates: 1,
    files: 1,
    submissions: 1,
    events: 4,
    keyId: statementKey.keyId,
    keysTrusted: true,
    ledgerChecked: true,
  });
});

type Change = (bundle: EvidenceBundle) => void;

const found = (it: EvidenceBundle) => it.gates[0].evidence!;

const changes: Array<[string, Change, string, string, string]> = [
  [
    'no format',
    it => Object.assign(it, { format: 'x' }),
    'malformed',
    'bundle',
    'format',
  ],
  [
    'a text of a document',
    it => {
      found(it).files[0].text = '{"score":99}';
    },
    'digest',
    'gates[0].files[0] report.json',
    'not what was filed',
  ],
  [
    'a longer document',
    it => {
      found(it).files[0].text += ' ';
    },
    'digest',
    'gates[0].files[0] report.json',
    '13 bytes, not 12',
  ],
  [
    'a verdict',
    it => {
      found(it).verdict = 'warn';
    },
    'digest',
    'gates[0] score',
    'Verdict',
  ],
  [
    'evidence',
    it => {
      found(it).evidence = { score: 1 };
    },
    'digest',
    'gates[0] score',
    'Verdict',
  ],
  [
    'an envelope',
    it => {
      it.submissions[0].envelope.payload = Buffer.from('{}').toString('base64');
    },
    'malformed',
    'submissions[0]',
    'statement',
  ],
  [
    'a key',
    it => {
      it.submissions[0].publicKey = stranger.publicKey;
    },
    'signature',
    'submissions[0]',
    'not signed with the key',
  ],
  [
    'no key',
    it => {
      it.submissions[0].publicKey = 'none';
    },
    'malformed',
    'bundle',
    'Not a public key',
  ],
  [
    'a gate',
    it => {
      it.submissions[0].gateId = 'kpi';
    },
    'digest',
    'submissions[0]',
    "to the gate 'score'",
  ],
  [
    'a digest',
    it => {
      it.submissions[0].digest = 'sha256:00';
    },
    'digest',
    'submissions[0]',
    'another digest',
  ],
  [
    'the model',
    it => {
      it.approval.pin = 'sha256:00';
    },
    'digest',
    'submissions[0]',
    'the approval about',
  ],
  [
    'a withdrawal',
    it => {
      it.submissions[0].withdrawn = { at: '2026-11-01T10:00:00Z', reason: 'x' };
    },
    'ledger',
    'submissions[0]',
    'does not say that it was withdrawn',
  ],
  [
    'an event',
    it => {
      it.ledger.events[0].at = '2026-11-01T11:00:00.000Z';
    },
    'ledger',
    'ledger.events[0]',
    'was changed',
  ],
  [
    'the order of events',
    it => {
      it.ledger.events.reverse();
    },
    'ledger',
    'ledger.events[1]',
    'out of order',
  ],
  [
    'an event that was left out',
    it => {
      it.ledger.events.splice(1, 1);
    },
    'ledger',
    'submissions[0]',
    'No event',
  ],
  [
    'an event of a gate that was left out',
    it => {
      it.ledger.events.splice(2, 1);
    },
    'ledger',
    'gates[0] score',
    'No event',
  ],
  [
    'a gate that was left out',
    it => {
      it.gates = [];
    },
    'ledger',
    'gates',
    'evidence that is not here: e1',
  ],
  [
    'the state',
    it => {
      it.approval.state = 'suspended';
    },
    'ledger',
    'approval.state',
    "by the ledger 'approved'",
  ],
  [
    'all events of the approval',
    it => {
      it.ledger.events = it.ledger.events.filter(
        ({ subject }) => subject !== 'approval:a1',
      );
    },
    'ledger',
    'ledger.events',
    'about the approval',
  ],
  [
    'a checkpoint',
    it => {
      it.ledger.checkpoints[0].hash = '0'.repeat(64);
    },
    'signature',
    'ledger.checkpoints[0]',
    'signature',
  ],
  [
    'no checkpoint',
    it => {
      it.ledger.checkpoints = [];
    },
    'ledger',
    'ledger.checkpoints',
    'covers event 6',
  ],
  [
    'a purpose',
    it => {
      it.approval.purpose = 'anything';
    },
    'digest',
    'attestation',
    'not what the control plane signed',
  ],
  [
    'a waiver',
    it => {
      it.gates[0].waiver = { by: 'x', reason: '', until: '2027-01-01' };
    },
    'digest',
    'attestation',
    'not what the control plane signed',
  ],
  [
    'a submission left out',
    it => {
      it.submissions = [];
    },
    'digest',
    'attestation',
    'not what the control plane signed',
  ],
  [
    'the signature',
    it => {
      it.attestation.signatures[0].sig = Buffer.alloc(64).toString('base64');
    },
    'signature',
    'attestation',
    'not that of key',
  ],
];

it.each(changes)('names %s', async (_, change, reason, place, message) => {
  const bundle: EvidenceBundle = JSON.parse(JSON.stringify(signedBundle()));
  change(bundle);
  const result = await verifyBundle(bundle, { trustedKeys });
  expect(result).toMatchObject({ ok: false, reason, place });
  expect(!result.ok && result.message).toContain(message);
});

it('is not taken from somebody else, however whole it is', async () => {
  const others = trustKeys([stranger.publicKey, ledgerKey.publicKey]);
  expect(
    await verifyBundle(signedBundle(), { trustedKeys: others }),
  ).toMatchObject({ ok: false, reason: 'signature', place: 'attestation' });
});

it('is not taken with evidence that was signed by somebody else, even by the hub', async () => {
  const other = evidenceKey(Buffer.alloc(32, 6).toString('base64url'));
  const bundle = signedBundle(contents => {
    const [submission] = contents.submissions;
    submission.envelope = signEvidence(
      {
        entityRef: 'model:meta/llama',
        modelVersion: '1.0',
        pin: contents.approval.pin,
        gate: 'score',
        nonce: 'n0123456789abcdef',
        issuedAt: '2026-11-01T10:00:00Z',
        predicateType: 'https://example.com/score/v1',
        predicate: { score: 100 },
      },
      other.privateKey,
    );
  });
  expect(await verifyBundle(bundle, { trustedKeys })).toMatchObject({
    ok: false,
    reason: 'signature',
    place: 'submissions[0]',
  });
});

it('is not taken with events that the ledger does not have', async () => {
  const { ledger } = bundleParts();
  const bundle = signedBundle(contents => {
    const event = contents.ledger.events[3];
    event.payload = { ...event.payload, more: true };
    event.hash = hashEvent(event);
  });
  expect((await verifyBundle(bundle, { trustedKeys })).ok).toBe(true);
  expect(await verifyBundle(bundle, { trustedKeys, ledger })).toMatchObject({
    ok: false,
    reason: 'ledger',
    message: 'Event 6 is not that of the ledger',
  });
  expect(
    await verifyBundle(signedBundle(), {
      trustedKeys,
      ledger: ledger.slice(0, 3),
    }),
  ).toMatchObject({ ok: false, reason: 'ledger', place: 'the ledger' });
});
