import { parseStrictJson } from '../crypto/parseStrictJson';
import type { TrustedKeys } from '../crypto/keys';
import { isCheckpoint, verifyCheckpoint } from './checkpoint';
import { GENESIS_HASH, hashEvent } from './event';
import { HashList } from './HashList';
import type { LedgerCheckpoint, LedgerEvent } from './types';

/**
 * What is wrong with a chain.
 *
 * - `malformed`: the line is no event and no checkpoint
 * - `gap`: events are missing before this line
 * - `reordered`: the line stands in the wrong place, or twice
 * - `hash`: the event was changed after its hash was taken
 * - `prev-hash`: the event does not follow the one before it
 * - `bad-signature`: a checkpoint is not signed by a trusted key
 * - `checkpoint-mismatch`: the chain is not the one that a checkpoint signed
 * - `truncated`: the chain ends before a checkpoint
 *
 * @public
 */
export type ChainFault =
  | 'malformed'
  | 'gap'
  | 'reordered'
  | 'hash'
  | 'prev-hash'
  | 'bad-signature'
  | 'checkpoint-mismatch'
  | 'truncated';

/**
 * The first place at which a chain is broken.
 *
 * @public
 */
export interface BadLine {
  /** Counted from 1; `undefined` where the fault lies in a checkpoint of its own file or in missing lines. */
  line?: number;
  /** As far as it is known. */
  seq?: number;
  reason: ChainFault;
  message: string;
}

/**
 * The result of {@link verifyChain}.
 *
 * @public
 */
export type ChainVerification = {
  /** Events that are in order. */
  events: number;
  /** Checkpoints that the chain agrees with. */
  checkpoints: number;
  /** False when no keys were given: checkpoints then prove nothing about who wrote them. */
  signaturesChecked: boolean;
  /** The last event in order. */
  head?: { seq: number; hash: string };
} & ({ ok: true } | { ok: false; firstBad: BadLine });

/**
 * What {@link verifyChain} reads.
 *
 * @public
 */
export type ChainLine = string | LedgerEvent | LedgerCheckpoint;

function parse(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    return undefined;
  }
}

const TEXTS = ['at', 'actor', 'subject', 'type', 'prevHash', 'hash'];
const EVENT_FIELDS = [...TEXTS, 'seq', 'payload'].sort().join();

function isEvent(value: unknown): value is LedgerEvent {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const it = value as Record<string, unknown>;
  return (
    Object.keys(it).sort().join() === EVENT_FIELDS &&
    TEXTS.every(name => typeof it[name] === 'string') &&
    Number.isSafeInteger(it.seq) &&
    typeof it.payload === 'object' &&
    it.payload !== null &&
    !Array.isArray(it.payload)
  );
}

class ChainReader {
  checkpoints = 0;
  head: { seq: number; hash: string } | undefined;
  readonly #trustedKeys: TrustedKeys | undefined;
  readonly #hashes = new HashList();
  /** Checkpoints of events that are still to come. */
  readonly #expected = new Map<number, LedgerCheckpoint[]>();

  constructor(trustedKeys: TrustedKeys | undefined) {
    this.#trustedKeys = trustedKeys;
  }

  get nextSeq(): number {
    return (this.head?.seq ?? 0) + 1;
  }

  expect(checkpoints: Iterable<LedgerCheckpoint>): BadLine | undefined {
    for (const checkpoint of checkpoints) {
      const problem = this.#take(checkpoint);
      if (problem) {
        return problem;
      }
    }
    return undefined;
  }

  read(value: unknown): BadLine | undefined {
    if (isCheckpoint(value)) {
      return this.#take(value);
    }
    if (!isEvent(value)) {
      return {
        reason: 'malformed',
        message:
          'The line is neither a ledger event nor a checkpoint (one JSON object with exactly their fields, none of them twice)',
      };
    }
    const { seq, hash, prevHash } = value;
    if (seq !== this.nextSeq) {
      return {
        seq,
        reason: 'reordered',
        message: `Event ${seq} stands where event ${this.nextSeq} belongs`,
      };
    }
    let computed: string | undefined;
    try {
      computed = hashEvent(value);
    } catch {
      // Not JSON in the sense of RFC 8785: no hash can be right.
    }
    if (computed !== hash) {
      return {
        seq,
        reason: 'hash',
        message: `Event ${seq} was changed: its content does not have the hash that it states`,
      };
    }
    if (prevHash !== (this.head?.hash ?? GENESIS_HASH)) {
      return {
        seq,
        reason: 'prev-hash',
        message: `Event ${seq} does not follow event ${
          seq - 1
        }: one of the two was replaced`,
      };
    }
    this.head = { seq, hash };
    this.#hashes.push(hash);
    return this.#compareWaiting(seq);
  }

  end(): BadLine | undefined {
    const [seq] = [...this.#expected.keys()].sort((a, b) => a - b);
    return seq === undefined
      ? undefined
      : {
          seq,
          reason: 'truncated',
          message: `The chain ends at event ${
            this.nextSeq - 1
          }, but a checkpoint signed event ${seq}`,
        };
  }

  #compareWaiting(seq: number): BadLine | undefined {
    const waiting = this.#expected.get(seq) ?? [];
    this.#expected.delete(seq);
    for (const checkpoint of waiting) {
      const problem = this.#compare(checkpoint);
      if (problem) {
        return problem;
      }
    }
    return undefined;
  }

  #take(checkpoint: LedgerCheckpoint): BadLine | undefined {
    if (this.#trustedKeys) {
      const verified = verifyCheckpoint(checkpoint, this.#trustedKeys);
      if (!verified.ok) {
        return {
          seq: checkpoint.seq,
          reason: 'bad-signature',
          message: `Checkpoint of event ${checkpoint.seq}: ${verified.message}`,
        };
      }
    }
    if (checkpoint.seq < this.nextSeq) {
      return this.#compare(checkpoint);
    }
    const waiting = this.#expected.get(checkpoint.seq) ?? [];
    this.#expected.set(checkpoint.seq, [...waiting, checkpoint]);
    return undefined;
  }

  #compare({ seq, hash }: LedgerCheckpoint): BadLine | undefined {
    if (this.#hashes.at(seq) === hash) {
      this.checkpoints += 1;
      return undefined;
    }
    return {
      seq,
      reason: 'checkpoint-mismatch',
      message: `Event ${seq} is not the one that the checkpoint signed: the chain was rewritten up to here`,
    };
  }
}

/**
 * Reads a whole chain, first event first, and names the first bad line. Lines
 * are events or JSON texts of events; checkpoints may stand among them after
 * the event that they sign. Blank texts are skipped.
 *
 * Streams: it keeps 32 bytes for each event.
 *
 * @param options - `checkpoints` from elsewhere; `trustedKeys` to check who
 * signed them
 *
 * @public
 */
export async function verifyChain(
  lines: Iterable<ChainLine> | AsyncIterable<ChainLine>,
  options: {
    checkpoints?: Iterable<LedgerCheckpoint>;
    trustedKeys?: TrustedKeys;
  } = {},
): Promise<ChainVerification> {
  const chain = new ChainReader(options.trustedKeys);
  let firstBad = chain.expect(options.checkpoints ?? []);
  let line = 0;
  let missing: { line: number; seq: number } | undefined;
  if (!firstBad) {
    for await (const item of lines) {
      line += 1;
      if (typeof item === 'string' && item.trim() === '') {
        continue;
      }
      const value = typeof item === 'string' ? parse(item) : item;
      if (missing) {
        // Only read on to tell an event that is gone from one that moved.
        if (isEvent(value) && value.seq === chain.nextSeq) {
          firstBad = {
            ...missing,
            reason: 'reordered',
            message: `Event ${missing.seq} stands before event ${chain.nextSeq}, which follows on line ${line}`,
          };
          break;
        }
        continue;
      }
      if (isEvent(value) && value.seq > chain.nextSeq) {
        missing = { line, seq: value.seq };
        continue;
      }
      const problem = chain.read(value);
      if (problem) {
        firstBad = { line, ...problem };
        break;
      }
    }
  }
  if (missing && !firstBad) {
    const last = missing.seq - 1;
    firstBad = {
      ...missing,
      reason: 'gap',
      message:
        last === chain.nextSeq
          ? `Event ${last} is missing before event ${missing.seq}`
          : `Events ${chain.nextSeq} to ${last} are missing before event ${missing.seq}`,
    };
  }
  firstBad ??= chain.end();
  const facts = {
    events: chain.nextSeq - 1,
    checkpoints: chain.checkpoints,
    signaturesChecked: options.trustedKeys !== undefined,
    head: chain.head,
  };
  return firstBad ? { ok: false, ...facts, firstBad } : { ok: true, ...facts };
}
