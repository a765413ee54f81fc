import {
  AllowlistIndex,
  SignedSnapshot,
  SnapshotPayload,
  TrustedKeys,
  applyDelta,
  verifySnapshot,
} from '@modelhub/governance-protocol';
import type { GatewayLogger } from '../telemetry/Logger';
import type { Metrics } from '../telemetry/Metrics';
import type { StateFolder } from './StateFolder';

/** After so many deltas a full snapshot is fetched, so that files stay short. */
const MOST_DELTAS = 200;

const FULL_FILE = 'snapshot.json';
const TAIL_FILE = 'snapshot-tail.json';
const HIGHEST_FILE = 'highest.json';

interface Version {
  epoch: number;
  version: number;
}

/** What came after the full snapshot. */
interface Tail {
  deltas: SignedSnapshot[];
  heartbeat?: SignedSnapshot;
}

interface Held extends Version {
  index: AllowlistIndex;
  /** Milliseconds since the epoch. */
  notAfter: number;
  /** Of the newest message that was taken, by the control plane's clock. */
  issuedAt: number;
}

/** What became of a signed snapshot. */
export type Taken =
  | 'applied'
  | 'prolonged'
  | 'needs-full'
  | 'unknown-key'
  | 'ignored';

/** Something that should not happen and that somebody should look at. */
export interface Alarm {
  at: string;
  code: string;
  message: string;
}

/**
 * The allowlist that the gateway holds: verified, never going back, kept on
 * disk as it was signed.
 */
export class Allowlist {
  readonly #folder: StateFolder;
  readonly #logger: GatewayLogger;
  readonly #metrics: Metrics;
  readonly #now: () => Date;
  readonly #monotonic: () => number;
  #heardAt = 0;
  #trustedKeys: TrustedKeys = new Map();
  #held: Held | undefined;
  #highest: Version | undefined;
  #tail: Tail = { deltas: [] };
  #lastAlarm: Alarm | undefined;

  constructor(options: {
    folder: StateFolder;
    logger: GatewayLogger;
    metrics: Metrics;
    now: () => Date;
    /** In milliseconds; never goes back. */
    monotonic?: () => number;
  }) {
    this.#folder = options.folder;
    this.#logger = options.logger;
    this.#metrics = options.metrics;
    this.#now = options.now;
    this.#monotonic = options.monotonic ?? (() => performance.now());
  }

  get held(): Version | undefined {
    return this.#held;
  }

  get notAfter(): Date | undefined {
    return this.#held && new Date(this.#held.notAfter);
  }

  /** When the control plane signed what was last taken, in milliseconds since the epoch. */
  get issuedAt(): number | undefined {
    return this.#held?.issuedAt;
  }

  /**
   * The time by a clock, or by what the control plane signed last and the time
   * since then, whichever is later: a clock that was set back would let
   * snapshots, approvals and keys live on.
   */
  notBefore(time: Date): Date {
    if (!this.#held) {
      return time;
    }
    const least = this.#held.issuedAt + this.#monotonic() - this.#heardAt;
    return time.getTime() < least ? new Date(least) : time;
  }

  get lastAlarm(): Alarm | undefined {
    return this.#lastAlarm;
  }

  /** The index to decide by, or why there is none. */
  current(now: Date): AllowlistIndex | 'no_snapshot' | 'snapshot_expired' {
    if (!this.#held) {
      return 'no_snapshot';
    }
    return this.#held.notAfter > now.getTime()
      ? this.#held.index
      : 'snapshot_expired';
  }

  trust(keys: TrustedKeys): void {
    this.#trustedKeys = keys;
  }

  alarm(code: string, message: string): void {
    this.#metrics.alarms.add({ code });
    this.#logger.error(message, { alarm: code });
    this.#lastAlarm = { at: this.#now().toISOString(), code, message };
  }

  /** Takes over what the disk holds, as far as signatures and order allow. */
  async load(): Promise<void> {
    const highest = await this.#folder.read(HIGHEST_FILE);
    this.#highest = isVersion(highest) ? highest : undefined;
    const full = await this.#folder.read(FULL_FILE);
    if (full === undefined) {
      return;
    }
    const tail = ((await this.#folder.read(TAIL_FILE)) ?? {}) as Tail;
    const held = this.#replay(full, tail);
    if (!held || isBefore(held, this.#highest)) {
      this.alarm(
        'stored-snapshot-refused',
        'The snapshot on disk is not signed by a trusted key, or older than one that this gateway has seen; waiting for the control plane',
      );
      return;
    }
    this.#hold(held);
    this.#highest = held;
    this.#logger.info('Took over the snapshot on disk', {
      epoch: held.epoch,
      version: held.version,
      notAfter: new Date(held.notAfter).toISOString(),
    });
  }

  /**
   * Verifies a snapshot and, when it is good, decides by it from now on. A bad
   * one changes nothing and raises an alarm, except `unknown-key`: the caller
   * may learn of the key and try again, or raise it.
   */
  async take(signed: unknown): Promise<Taken> {
    const result = verifySnapshot(signed, this.#trustedKeys, {
      now: this.#now(),
      highest: this.#highest,
    });
    if (!result.ok) {
      return this.#refuse(signed, result.code, result.message);
    }
    const { payload } = result;
    if (payload.kind !== 'full' && isBefore(this.#held, this.#highest)) {
      return 'needs-full';
    }
    const held = advance(this.#held, payload);
    if (!held) {
      return 'needs-full';
    }
    this.#hold(held);
    this.#highest = { epoch: held.epoch, version: held.version };
    await this.#keep(signed as SignedSnapshot, payload);
    if (this.#tail.deltas.length > MOST_DELTAS) {
      return 'needs-full';
    }
    return payload.kind === 'heartbeat' ? 'prolonged' : 'applied';
  }

  #hold(held: Held): void {
    // One that repeats what is known tells nothing about the time.
    if (held.issuedAt !== this.#held?.issuedAt) {
      this.#heardAt = this.#monotonic();
    }
    this.#held = held;
  }

  #refuse(signed: unknown, code: string, message: string): Taken {
    if (code === 'wrong-base') {
      this.#logger.info('Asking for a full snapshot', { reason: message });
      return 'needs-full';
    }
    if (code === 'unknown-key') {
      return 'unknown-key';
    }
    const kind = (signed as Partial<SignedSnapshot>)?.payload?.kind;
    if (code === 'older-than-held' && kind === 'heartbeat') {
      // A replica that is a moment behind, or a harmless replay.
      return 'ignored';
    }
    this.alarm(code, `A snapshot was not taken: ${message}`);
    return 'ignored';
  }

  /** Verifies a chain from disk; its age is judged as a whole, afterwards. */
  #replay(full: unknown, tail: Tail): Held | undefined {
    let held: Held | undefined;
    const taken: SignedSnapshot[] = [];
    for (const signed of [full, ...(tail.deltas ?? []), tail.heartbeat]) {
      const result = verifySnapshot(signed, this.#trustedKeys, {
        now: new Date(0),
        highest: held,
      });
      const next = result.ok ? advance(held, result.payload) : undefined;
      if (!next) {
        // The end, or the tail of another full snapshot after a crash between two writes.
        break;
      }
      held = next;
      taken.push(signed as SignedSnapshot);
    }
    const isDelta = ({ payload }: SignedSnapshot) => payload.kind === 'delta';
    this.#tail = {
      deltas: taken.filter(isDelta),
      heartbeat: taken.find(({ payload }) => payload.kind === 'heartbeat'),
    };
    return held;
  }

  async #keep(signed: SignedSnapshot, payload: SnapshotPayload): Promise<void> {
    try {
      if (payload.kind === 'full') {
        this.#tail = { deltas: [] };
        await this.#folder.write(FULL_FILE, signed);
      } else if (payload.kind === 'delta') {
        this.#tail = { deltas: [...this.#tail.deltas, signed] };
      } else {
        this.#tail = { ...this.#tail, heartbeat: signed };
      }
      await this.#folder.write(TAIL_FILE, this.#tail);
      if (payload.kind !== 'heartbeat') {
        await this.#folder.write(HIGHEST_FILE, this.#highest);
      }
    } catch (error) {
      this.alarm(
        'state-not-written',
        `The state folder cannot be written: ${(error as Error).message}`,
      );
    }
  }
}

function advance(
  held: Held | undefined,
  payload: SnapshotPayload,
): Held | undefined {
  const { epoch, version } = payload.header;
  const notAfter = Date.parse(payload.header.notAfter);
  const issuedAt = Date.parse(payload.header.issuedAt);
  if (payload.kind === 'full') {
    const index = AllowlistIndex.create(payload.content);
    return { epoch, version, index, notAfter, issuedAt };
  }
  if (!held) {
    return undefined;
  }
  const index =
    payload.kind === 'delta'
      ? AllowlistIndex.create(
          applyDelta(held.index.content, payload.delta),
          held.index,
        )
      : held.index;
  return {
    epoch,
    version,
    index,
    notAfter: Math.max(held.notAfter, notAfter),
    issuedAt: Math.max(held.issuedAt, issuedAt),
  };
}

function isVersion(value: unknown): value is Version {
  const { epoch, version } = (value ?? {}) as Partial<Version>;
  return Number.isSafeInteger(epoch) && Number.isSafeInteger(version);
}

function isBefore(a: Version | undefined, b: Version | undefined): boolean {
  if (!a || !b) {
    return a === undefined && b !== undefined;
  }
  return a.epoch === b.epoch ? a.version < b.version : a.epoch < b.epoch;
}
