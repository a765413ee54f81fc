import type { UsageRecord } from '@modelhub/governance-protocol';
import { addRecords } from './records';

/** Beyond so many kinds of records, models are no longer told apart. */
const MOST_KINDS = 5_000;

const OTHER_MODELS = '(other models)';

/** What equal records have in common. */
function kindOf(it: UsageRecord): string {
  return [
    it.keyId,
    it.profile,
    it.purpose,
    it.tier,
    it.team,
    it.mode,
    it.model,
    it.version,
    it.grantId,
    it.route,
    it.status,
    it.code,
    it.uncovered,
    it.provider,
    it.providerModel,
    it.streamed,
    it.cacheHit,
    it.tokensEstimated,
    it.currency,
    it.at.slice(0, 7),
  ].join('\n');
}

/**
 * Adds records up: many calls become few records, whose sums are exact. Its
 * size is bounded by {@link MOST_KINDS} and the keys that there are.
 */
export class RecordSums {
  #sums = new Map<string, UsageRecord>();

  get size(): number {
    return this.#sums.size;
  }

  add(record: UsageRecord): void {
    let it = record;
    let kind = kindOf(it);
    let known = this.#sums.get(kind);
    if (!known && this.#sums.size >= MOST_KINDS) {
      it = {
        ...record,
        model: OTHER_MODELS,
        version: undefined,
        grantId: undefined,
        providerModel: undefined,
      };
      kind = kindOf(it);
      known = this.#sums.get(kind);
    }
    this.#sums.set(kind, known ? addRecords(known, it) : it);
  }

  /** Everything, and begins anew. */
  drain(): UsageRecord[] {
    const records = [...this.#sums.values()];
    this.#sums.clear();
    return records;
  }

  all(): UsageRecord[] {
    return [...this.#sums.values()];
  }
}
