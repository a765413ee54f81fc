import type { DriftFeatureId } from './features';

/** So many values of a feature are told apart in a day; more are put together. */
const MOST_VALUES = 100;

const OTHER = 'other';

type Counts = Map<string, number>;

/** How often each value of each feature came, as JSON has it. */
export type StoredCounts = Partial<
  Record<DriftFeatureId, Record<string, number>>
>;

/** How often each value of each feature came on one day, for one version. */
export class DayHistogram {
  readonly #features = new Map<DriftFeatureId, Counts>();

  static decode(bytes: Buffer): DayHistogram {
    return DayHistogram.restore(JSON.parse(bytes.toString('utf8')));
  }

  static restore(stored: StoredCounts): DayHistogram {
    const histogram = new DayHistogram();
    for (const [id, counts] of Object.entries(stored)) {
      for (const [value, n] of Object.entries(counts)) {
        histogram.add(id as DriftFeatureId, value, n);
      }
    }
    return histogram;
  }

  add(id: DriftFeatureId, value: string, n = 1): void {
    let counts = this.#features.get(id);
    if (!counts) {
      counts = new Map();
      this.#features.set(id, counts);
    }
    const name = counts.has(value) || counts.size < MOST_VALUES ? value : OTHER;
    counts.set(name, (counts.get(name) ?? 0) + n);
  }

  merge(other: DayHistogram): void {
    for (const [id, counts] of other.#features) {
      for (const [value, n] of counts) this.add(id, value, n);
    }
  }

  counts(id: DriftFeatureId): ReadonlyMap<string, number> {
    return this.#features.get(id) ?? new Map<string, number>();
  }

  encode(): Buffer {
    return Buffer.from(JSON.stringify(this.stored()), 'utf8');
  }

  /** For JSON. */
  stored(): StoredCounts {
    const features = [...this.#features].map(([id, counts]) => [
      id,
      Object.fromEntries(counts),
    ]);
    return Object.fromEntries(features);
  }
}
