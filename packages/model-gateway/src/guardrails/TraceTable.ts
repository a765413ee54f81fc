import { LRUCache } from 'lru-cache';

/** A trace that is silent for so long is forgotten. */
const IDLE_MS = 3600_000;
/** Of one profile; the one that was silent longest goes first. */
const MOST_TRACES = 10_000;
const MOST_CALLS_REMEMBERED = 64;
const MOST_DECISIONS = 64;

/** What a person decided about a tool, for the rest of a trace. */
export interface KeptDecision {
  allowed: boolean;
  reason?: string;
  /** In milliseconds since 1970. */
  until: number;
}

/** What one task of an agent has done so far. */
export class Trace {
  calls = 0;
  risk = 0;
  /** How often each call came, by its hash. */
  readonly repeats = new LRUCache<string, number>({
    max: MOST_CALLS_REMEMBERED,
  });
  /** By key and tool. */
  readonly decisions = new LRUCache<string, KeptDecision>({
    max: MOST_DECISIONS,
  });
}

/**
 * The traces that are under way, by profile: no profile can push out those of
 * another. Calls without a trace count under their key, an hour at a time.
 */
export class TraceTable {
  readonly #now: () => number;
  readonly #profiles = new Map<string, LRUCache<string, Trace>>();

  constructor(options: { now: () => number }) {
    this.#now = options.now;
  }

  /** How many there are. */
  get size(): number {
    let size = 0;
    for (const traces of this.#profiles.values()) {
      size += traces.size;
    }
    return size;
  }

  of(profile: string, keyId: string, trace: string | undefined): Trace {
    const traces = this.#of(profile);
    const id = trace === undefined ? `key ${keyId}` : `trace ${trace}`;
    // One that is still under way lives on; an hour of a key ends.
    const known = traces.get(id, { updateAgeOnGet: trace !== undefined });
    if (known) {
      return known;
    }
    const made = new Trace();
    traces.set(id, made);
    return made;
  }

  #of(profile: string): LRUCache<string, Trace> {
    let traces = this.#profiles.get(profile);
    if (!traces) {
      traces = new LRUCache({
        max: MOST_TRACES,
        ttl: IDLE_MS,
        ttlResolution: 0,
        perf: { now: this.#now },
      });
      this.#profiles.set(profile, traces);
    }
    return traces;
  }
}
