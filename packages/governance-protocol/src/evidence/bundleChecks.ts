import { keyIdOf } from '../crypto/keys';
import { sha256Hex } from '../crypto/sha256';
import { hashEvent, type LedgerEvent } from '../ledger';
import {
  gateEvidenceDigest,
  type BundledGate,
  type BundledSubmission,
  type EvidenceBundle,
} from './bundle';
import { Fault } from './bundleFault';
import { dsseDigest, verifyDsse } from './dsse';
import { readEvidence } from './statement';

/** Its documents and itself are what was filed. */
export function checkGate(
  gate: BundledGate,
  place: string,
  events: LedgerEvent[],
) {
  const { evidence: it } = gate;
  if (!it) return;
  for (const [index, file] of it.files.entries()) {
    const at = `${place}.files[${index}] ${file.name}`;
    if (Buffer.byteLength(file.text) !== file.sizeBytes) {
      throw new Fault(
        'digest',
        at,
        `It has ${Buffer.byteLength(file.text)} bytes, not ${file.sizeBytes}`,
      );
    }
    if (sha256Hex(file.text) !== file.sha256) {
      throw new Fault('digest', at, 'Its text is not what was filed');
    }
  }
  if (gateEvidenceDigest(gate.gateId, it) !== it.digest) {
    throw new Fault(
      'digest',
      `${place} ${gate.gateId}`,
      'Verdict, findings or evidence are not what was filed',
    );
  }
  const isFiled = events.some(
    ({ type, subject, payload }) =>
      type === 'gate.evidence-filed' &&
      subject === `evidence:${it.id}` &&
      payload.digest === it.digest,
  );
  // The ledger names evidence that came with documents.
  if (it.files.length > 0 && !isFiled) {
    throw new Fault(
      'ledger',
      `${place} ${gate.gateId}`,
      'No event of the ledger names this evidence by its digest',
    );
  }
}

/** It is signed, about this approval, and known to the ledger. */
export function checkSubmission(
  it: BundledSubmission,
  place: string,
  { approval, ledger: { events } }: EvidenceBundle,
) {
  const read = readEvidence(it.envelope);
  if (!read.ok) throw new Fault('malformed', place, read.message);
  const { statement } = read;
  if (!verifyDsse(it.envelope, it.publicKey)) {
    throw new Fault(
      'signature',
      place,
      `The envelope is not signed with the key of its token, ${keyIdOf(
        it.publicKey,
      )}`,
    );
  }
  if (dsseDigest(it.envelope) !== it.digest) {
    throw new Fault('digest', place, 'The envelope has another digest');
  }
  if (
    statement.entityRef !== approval.entityRef ||
    statement.pin !== approval.pin
  ) {
    throw new Fault(
      'digest',
      place,
      `It is about ${statement.entityRef}, ${statement.pin}, and the approval about ${approval.entityRef}, ${approval.pin}`,
    );
  }
  if (statement.gate !== it.gateId) {
    throw new Fault(
      'digest',
      place,
      `It was submitted to the gate '${statement.gate}', not to '${it.gateId}'`,
    );
  }
  const own = events.filter(({ subject }) => subject === `evidence:${it.id}`);
  const names = (type: string) =>
    own.some(
      event =>
        event.type === type &&
        event.payload.digest === it.digest &&
        event.payload.gateId === it.gateId,
    );
  const isSubmitted = own.some(
    ({ type, payload }) =>
      type === 'evidence.submitted' && payload.keyId === keyIdOf(it.publicKey),
  );
  if (!names('evidence.submitted') || !isSubmitted) {
    throw new Fault(
      'ledger',
      place,
      'No event of the ledger names this evidence by its digest, gate and key',
    );
  }
  if (names('evidence.withdrawn') !== (it.withdrawn !== undefined)) {
    throw new Fault(
      'ledger',
      place,
      it.withdrawn
        ? 'The ledger does not say that it was withdrawn'
        : 'The ledger says that it was withdrawn',
    );
  }
}

/** They are unchanged and in order, and say of the approval what the bundle says. */
export function checkEvents({
  approval,
  gates,
  ledger: { events },
}: EvidenceBundle) {
  for (const [index, event] of events.entries()) {
    const place = `ledger.events[${index}]`;
    if (hashEvent(event) !== event.hash) {
      throw new Fault(
        'ledger',
        place,
        `Event ${event.seq} was changed: its hash is that of something else`,
      );
    }
    const before = events[index - 1];
    if (before && before.seq >= event.seq) {
      throw new Fault('ledger', place, `Event ${event.seq} is out of order`);
    }
    if (before?.seq === event.seq - 1 && before.hash !== event.prevHash) {
      throw new Fault(
        'ledger',
        place,
        `Event ${event.seq} does not follow event ${before.seq}`,
      );
    }
  }
  const subject = `approval:${approval.id}`;
  const own = events.filter(event => event.subject === subject);
  if (own.length === 0) {
    throw new Fault(
      'ledger',
      'ledger.events',
      'No event of the ledger is about the approval',
    );
  }
  const { state } = own.at(-1)!.payload;
  if (state !== approval.state) {
    throw new Fault(
      'ledger',
      'approval.state',
      `It is '${approval.state}', and by the ledger '${String(state)}'`,
    );
  }
  const approved = own.findLast(({ type }) => type === 'approval.approved');
  if (!approved) return;
  const rested = approved.payload.evidenceIds;
  const missing = (Array.isArray(rested) ? rested : []).filter(
    id => !gates.some(({ evidence }) => evidence?.id === id),
  );
  if (missing.length > 0) {
    throw new Fault(
      'ledger',
      'gates',
      `The approval rests on evidence that is not here: ${missing.join(', ')}`,
    );
  }
}
