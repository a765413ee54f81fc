import type {
  LimitDemand,
  SharedLimit,
  SnapshotLimits,
} from '@modelhub/governance-protocol';
import { TokenBucket } from './TokenBucket';

/** A limit of one subject, and the part of it that this gateway keeps to. */
interface Part {
  total: number;
  held: number;
  /** Of late, for a minute or at one time. */
  demand: number;
  /** Asked for since the last lease. */
  asked: number;
}

/** How fast old demand is forgotten from lease to lease. */
const MEMORY = 0.5;

const LIMITS: readonly SharedLimit[] = [
  'requestsPerMinute',
  'tokensPerMinute',
  'maxConcurrent',
];

/** What a key or a profile may use here, and what it uses. */
export class SubjectLimits {
  /** `key:<id>` or `profile:<id>`. */
  readonly id: string;
  readonly #parts = new Map<SharedLimit, Part>();
  #limits: SnapshotLimits;
  #gateways: number;
  requests: TokenBucket | undefined;
  tokens: TokenBucket | undefined;
  /** Calls at this moment. */
  running = 0;
  /** By the monotonic clock. */
  usedAt: number;

  constructor(
    id: string,
    limits: SnapshotLimits,
    gateways: number,
    now: number,
  ) {
    this.id = id;
    this.#limits = limits;
    this.#gateways = gateways;
    this.usedAt = now;
    this.#configure(limits, now);
  }

  get limits(): SnapshotLimits {
    return this.#limits;
  }

  /** Follows the snapshot; the object is the same as long as nothing changed. */
  follow(limits: SnapshotLimits, now: number): void {
    if (limits !== this.#limits) {
      this.#limits = limits;
      this.#configure(limits, now);
    }
    this.usedAt = now;
  }

  /** Whether a place is free among the calls at one time. */
  hasPlace(): boolean {
    const part = this.#parts.get('maxConcurrent');
    if (!part) {
      return true;
    }
    part.asked = Math.max(part.asked, this.running + 1);
    return this.running < Math.max(1, Math.floor(part.held));
  }

  /** Counts what callers ask for, let through or not. */
  ask(limit: 'requestsPerMinute' | 'tokensPerMinute', amount: number): void {
    const part = this.#parts.get(limit);
    if (part) {
      part.asked += amount;
    }
  }

  /** What to tell the control plane, and begins to count anew. */
  demands(elapsedMs: number): LimitDemand[] {
    const demands: LimitDemand[] = [];
    for (const [limit, part] of this.#parts) {
      const present =
        limit === 'maxConcurrent'
          ? part.asked
          : (part.asked / Math.max(elapsedMs, 1)) * 60_000;
      part.demand = Math.max(present, part.demand * MEMORY);
      part.asked = limit === 'maxConcurrent' ? this.running : 0;
      demands.push({
        subject: this.id,
        limit,
        total: part.total,
        held: Math.max(part.held, limit === 'maxConcurrent' ? this.running : 0),
        demand: Math.round(part.demand * 100) / 100,
      });
    }
    return demands;
  }

  /** Keeps to this part from now on. */
  hold(limit: SharedLimit, share: number, now: number): void {
    const part = this.#parts.get(limit);
    if (part) {
      part.held = Math.min(part.total, Math.max(0, share));
      this.#resize(limit, part, now);
    }
  }

  #configure(limits: SnapshotLimits, now: number): void {
    for (const limit of LIMITS) {
      const total = limits[limit];
      const known = this.#parts.get(limit);
      if (total === undefined) {
        this.#parts.delete(limit);
        this.#resize(limit, undefined, now);
      } else if (known?.total !== total) {
        const part = {
          total,
          held: known
            ? (known.held / known.total) * total
            : total / this.#gateways,
          demand: known?.demand ?? 0,
          asked: known?.asked ?? 0,
        };
        this.#parts.set(limit, part);
        this.#resize(limit, part, now);
      }
    }
  }

  #resize(limit: SharedLimit, part: Part | undefined, now: number): void {
    if (limit === 'requestsPerMinute') {
      this.requests = sized(this.requests, part, now);
    } else if (limit === 'tokensPerMinute') {
      this.tokens = sized(this.tokens, part, now);
    }
  }
}

function sized(
  bucket: TokenBucket | undefined,
  part: Part | undefined,
  now: number,
): TokenBucket | undefined {
  if (!part) {
    return undefined;
  }
  if (!bucket) {
    return new TokenBucket(part.held, now);
  }
  bucket.resize(part.held, now);
  return bucket;
}
