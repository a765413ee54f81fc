import { isRecord } from '../checks';
import { keyIdOf, trustKeys, type TrustedKeys } from '../crypto/keys';
import { sha256Hex } from '../crypto/sha256';
import { hashEvent, verifyChain, verifyCheckpoint } from '../ledger';
import type { ChainLine, LedgerEvent } from '../ledger';
import {
  contentsDigest,
  gateEvidenceDigest,
  type BundledGate,
  type BundledSubmission,
  type EvidenceBundle,
} from './bundle';
import { bundleProblem } from './bundleStructure';
import { dsseDigest, verifyDsse } from './dsse';
import { readEvidence } from './statement';

/**
 * What is wrong with a bundle: `malformed`, bytes that are not those that were
 * filed (`digest`), a signature that does not fit, something that the ledger
 * does not know, or a ledger that is not in order.
 *
 * @public
 */
export type BundleFault = 'malformed' | 'digest' | 'signature' | 'ledger';

/**
 * What became of checking a bundle.
 *
 * @public
 */
export type BundleVerification =
  | {
      ok: true;
      approval: EvidenceBundle['approval'];
      createdAt: string;
      gates: number;
      files: number;
      submissions: number;
      events: number;
      /** Id of the key that the bundle is signed with. */
      keyId: string;
      /** Whether that key and those of the checkpoints were trusted beforehand. */
      keysTrusted: boolean;
      /** Whether the whole ledger was there to look the events up. */
      ledgerChecked: boolean;
    }
  | {
      ok: false;
      reason: BundleFault;
      /** Where: `gates[2].files[0]`. */
      place: string;
      message: string;
    };

class Fault extends Error {
  constructor(
    readonly reason: BundleFault,
    readonly place: string,
    message: string,
  ) {
    super(message);
  }
}

function checkGate(gate: BundledGate, place: string, events: LedgerEvent[]) {
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

function checkSubmission(
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

function checkEvents({ approval, gates, ledger: { events } }: EvidenceBundle) {
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

function checkCheckpoints(
  { ledger: { events, checkpoints } }: EvidenceBundle,
  keys: TrustedKeys,
) {
  for (const [index, checkpoint] of checkpoints.entries()) {
    const place = `ledger.checkpoints[${index}]`;
    const result = verifyCheckpoint(checkpoint, keys);
    if (!result.ok) throw new Fault('signature', place, result.message);
    const event = events.find(({ seq }) => seq === checkpoint.seq);
    if (event && event.hash !== checkpoint.hash) {
      throw new Fault(
        'ledger',
        place,
        `It states another hash for event ${event.seq}`,
      );
    }
  }
  const last = events.at(-1)!;
  if (!checkpoints.some(({ seq }) => seq >= last.seq)) {
    throw new Fault(
      'ledger',
      'ledger.checkpoints',
      `No checkpoint covers event ${last.seq}`,
    );
  }
}

function checkAttestation(bundle: EvidenceBundle, keys: TrustedKeys): string {
  const { attestation } = bundle;
  const keyId = attestation.signatures[0].keyid;
  const key = keys.get(keyId);
  if (!key) {
    throw new Fault(
      'signature',
      'attestation',
      `Key '${keyId}' is not among the trusted keys`,
    );
  }
  if (!verifyDsse(attestation, key)) {
    throw new Fault(
      'signature',
      'attestation',
      `The signature is not that of key '${keyId}'`,
    );
  }
  const digest = contentsDigest(bundle);
  let signed: unknown;
  try {
    const statement = JSON.parse(
      Buffer.from(attestation.payload, 'base64').toString(),
    );
    signed = statement.subject[0].digest.sha256;
  } catch {
    throw new Fault('malformed', 'attestation', 'It is no in-toto statement');
  }
  if (digest !== `sha256:${signed}`) {
    throw new Fault(
      'digest',
      'attestation',
      'Something in the bundle is not what the control plane signed',
    );
  }
  return keyId;
}

/** The events of the bundle are those of the whole ledger. */
async function checkLedger(
  { ledger: { events, checkpoints } }: EvidenceBundle,
  lines: AsyncIterable<ChainLine> | Iterable<ChainLine>,
  keys: TrustedKeys,
) {
  const wanted = new Map(events.map(event => [event.seq, event.hash]));
  async function* noticing() {
    for await (const line of lines) {
      const event: unknown =
        typeof line === 'string' ? attempt(() => JSON.parse(line)) : line;
      if (isRecord(event) && wanted.get(Number(event.seq)) === event.hash) {
        wanted.delete(Number(event.seq));
      }
      yield line;
    }
  }
  const chain = await verifyChain(noticing(), {
    checkpoints,
    trustedKeys: keys,
  });
  if (!chain.ok) {
    throw new Fault('ledger', 'the ledger', chain.firstBad.message);
  }
  const [missing] = wanted.keys();
  if (missing !== undefined) {
    throw new Fault(
      'ledger',
      'ledger.events',
      `Event ${missing} is not that of the ledger`,
    );
  }
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/**
 * Checks a bundle without the hub, and names the first thing that is wrong.
 *
 * @param options - `trustedKeys`: of the control plane, from elsewhere than the
 * bundle; without them a bundle that was forged as a whole is not noticed.
 * `ledger`: an export, to see that the events are in the chain.
 *
 * @public
 */
export async function verifyBundle(
  value: unknown,
  options: {
    trustedKeys?: TrustedKeys;
    ledger?: AsyncIterable<ChainLine> | Iterable<ChainLine>;
  } = {},
): Promise<BundleVerification> {
  const problem = bundleProblem(value);
  if (problem) {
    return {
      ok: false,
      reason: 'malformed',
      place: 'bundle',
      message: problem,
    };
  }
  const bundle = value as EvidenceBundle;
  try {
    const keys =
      options.trustedKeys ??
      trustKeys(bundle.keys.map(({ publicKey }) => publicKey));
    const { events } = bundle.ledger;
    for (const [index, gate] of bundle.gates.entries()) {
      checkGate(gate, `gates[${index}]`, events);
    }
    for (const [index, it] of bundle.submissions.entries()) {
      checkSubmission(it, `submissions[${index}]`, bundle);
    }
    checkEvents(bundle);
    checkCheckpoints(bundle, keys);
    const keyId = checkAttestation(bundle, keys);
    if (options.ledger) await checkLedger(bundle, options.ledger, keys);
    return {
      ok: true,
      approval: bundle.approval,
      createdAt: bundle.createdAt,
      gates: bundle.gates.length,
      files: bundle.gates.flatMap(({ evidence }) => evidence?.files ?? [])
        .length,
      submissions: bundle.submissions.length,
      events: events.length,
      keyId,
      keysTrusted: options.trustedKeys !== undefined,
      ledgerChecked: options.ledger !== undefined,
    };
  } catch (error) {
    if (error instanceof Fault) {
      const { reason, place, message } = error;
      return { ok: false, reason, place, message };
    }
    if (error instanceof TypeError) {
      // A key that is none, or a value that is no JSON.
      return {
        ok: false,
        reason: 'malformed',
        place: 'bundle',
        message: error.message,
      };
    }
    throw error;
  }
}
