import { isWeekend } from '../statistics/permute';
import { randomFrom } from '../statistics/random';
import type { DayCounts } from '../statistics';

const { cos, exp, log, max, PI, round, sqrt } = Math;

/** How lumpy the calls of a model are. */
export interface TrafficShape {
  /** Values that a feature has. */
  values: number;
  /** Shares of the values, in place of one hump. */
  mix?: number[];
  /** Who calls; few large ones and many small ones. */
  callers: number;
  /** On a work day, about. */
  callsADay: number;
  /** Calls that come together and are alike: a conversation, a job. */
  cluster: number;
  /** Share of the callers that run as jobs: on a third of the days, and then much. */
  jobs: number;
  /** How much a weekend has of a work day. */
  weekend: number;
  /** How much each day differs by itself: standard deviation of logarithms. */
  dayNoise: number;
  /** By how much a caller's volume wanders, and how much of it stays to the next day. */
  wander: number;
  memory: number;
  /** Growth of all calls in a year: 3 is three times as many. */
  growth: number;
}

export const USUAL: TrafficShape = {
  values: 12,
  callers: 12,
  callsADay: 400,
  cluster: 4,
  jobs: 0.25,
  weekend: 0.3,
  dayNoise: 0.1,
  wander: 0.5,
  memory: 0.5,
  growth: 1,
};

interface TestCaller {
  mix: Float64Array;
  /** On weekends some callers want something else. */
  weekendMix: Float64Array;
  volume: number;
  isJob: boolean;
  state: number;
}

/** Made-up calls of one model for one feature: the same for the same seed. */
export class Traffic {
  readonly #shape: TrafficShape;
  readonly #random: () => number;
  readonly #callers: TestCaller[];
  #day: number;

  constructor(options: {
    seed: number;
    shape?: Partial<TrafficShape>;
    /** Days since 1970. */
    firstDay?: number;
  }) {
    this.#shape = { ...USUAL, ...options.shape };
    this.#random = randomFrom(options.seed);
    this.#day = options.firstDay ?? 20_000;
    const { callers, jobs } = this.#shape;
    const base = this.#shape.mix
      ? Float64Array.from(this.#shape.mix)
      : this.#mix(undefined, 1);
    this.#callers = Array.from({ length: callers }, (_, n) => {
      const mix = this.#mix(base, 0.8);
      return {
        mix,
        weekendMix: this.#mix(mix, 0.3),
        // As sizes of teams are: the largest has a third of the calls.
        volume: 1 / (n + 1),
        isJob: this.#random() < jobs,
        state: this.#normal(),
      };
    });
    const sum = this.#callers.reduce((all, { volume }) => all + volume, 0);
    for (const it of this.#callers) it.volume /= sum;
  }

  /** @param change - what happens to the shares of the values, from this day on */
  days(
    count: number,
    change?: (mix: Float64Array) => Float64Array,
  ): DayCounts[] {
    return Array.from({ length: count }, () => this.#next(change));
  }

  #next(change?: (mix: Float64Array) => Float64Array): DayCounts {
    const day = this.#day;
    this.#day += 1;
    const { values, callsADay, cluster, weekend, dayNoise, growth } =
      this.#shape;
    const { wander, memory } = this.#shape;
    const isFree = isWeekend(day);
    const grown = growth ** ((day - 20_000) / 365);
    const noise = this.#noise(values, dayNoise);
    const sums = new Float64Array(values);
    for (const it of this.#callers) {
      it.state = memory * it.state + sqrt(1 - memory ** 2) * this.#normal();
      if (it.isJob && this.#random() > 1 / 3) continue;
      const calls =
        callsADay *
        grown *
        it.volume *
        (it.isJob ? 3 : 1) *
        (isFree && !it.isJob ? weekend : 1) *
        exp(wander * it.state - wander ** 2 / 2);
      const mix = isFree ? it.weekendMix : it.mix;
      const weights = (change ? change(mix) : mix).map((p, n) => p * noise[n]);
      const all = weights.reduce((a, b) => a + b, 0);
      weights.forEach((p, n) => {
        sums[n] += cluster * this.#poisson((calls * p) / all / cluster);
      });
    }
    const counts = new Map<string, number>();
    sums.forEach((n, value) => {
      if (n > 0) counts.set(String(value), n);
    });
    return { day, counts };
  }

  #mix(around: Float64Array | undefined, spread: number): Float64Array {
    const { values } = this.#shape;
    const mix = new Float64Array(values);
    for (let n = 0; n < values; n += 1) {
      // One hump, as lengths have.
      const usual = around?.[n] ?? exp(-(((n - values / 3) / 3) ** 2));
      mix[n] = usual * exp(spread * this.#normal());
    }
    const sum = mix.reduce((a, b) => a + b, 0);
    return mix.map(p => p / sum);
  }

  #noise(values: number, deviation: number): Float64Array {
    return new Float64Array(values).map(() => exp(deviation * this.#normal()));
  }

  #normal(): number {
    const u = max(this.#random(), 1e-12);
    return sqrt(-2 * log(u)) * cos(2 * PI * this.#random());
  }

  #poisson(mean: number): number {
    if (mean > 30) {
      return max(0, round(mean + sqrt(mean) * this.#normal()));
    }
    const least = exp(-mean);
    let [product, n] = [this.#random(), 0];
    while (product > least) {
      product *= this.#random();
      n += 1;
    }
    return n;
  }
}
