import { isRecord } from '../checks';
import { trustKeys, type TrustedKeys } from '../crypto/keys';
import { verifyChain, verifyCheckpoint, type ChainLine } from '../ledger';
import { contentsDigest, type EvidenceBundle } from './bundle';
import { checkEvents, checkGate, checkSubmission } from './bundleChecks';
import { Fault, type BundleFault } from './bundleFault';
import { bundleProblem } from './bundleStructure';
import { verifyDsse } from './dsse';

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
