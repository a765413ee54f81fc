import type { Calendar } from '../calendar';
import type { SimulatedModel } from '../models';
import type { SimulatedTeam } from '../organisation';
import { Random } from '../random';
import type { YearStory } from '../story';
import { makeBudgets } from './budgets';
import { makeShape } from './shapes';
import type { Stream, YearPlan } from './types';

/** How much a stream's days differ, and how much one is like the day before. */
const NOISE = { sigma: 0.14, memory: 0.6 };

/** The place of a number in growing sums. */
function placeOf(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** What is expected of each stream and day, in sum exactly `calls`. */
function expectedCalls(
  options: Parameters<typeof makePlan>[0],
  streams: Stream[],
): Float64Array {
  const { seed, calendar, story, models, calls } = options;
  const { days } = calendar;
  const shape = makeShape({
    seed,
    calendar,
    story,
    launches: new Map(models.map(it => [it.id, it.launchedOn])),
  });
  const expected = new Float64Array(streams.length * days);
  let sum = 0;
  for (const stream of streams) {
    const random = Random.of(seed, 'days', stream.index);
    const fresh = NOISE.sigma * Math.sqrt(1 - NOISE.memory ** 2);
    let noise = NOISE.sigma * random.normal();
    for (let day = 0; day < days; day++) {
      const value = shape(stream, day) * Math.exp(noise);
      expected[stream.index * days + day] = value;
      sum += value;
      noise = NOISE.memory * noise + fresh * random.normal();
    }
  }
  return expected.map(it => (it * calls) / sum);
}

/** Whole numbers about what is expected, in sum exactly what was asked for. */
function drawCalls(
  seed: string,
  expected: Float64Array,
  calls: number,
): Uint32Array {
  const random = Random.of(seed, 'counts');
  const drawn = new Uint32Array(expected.length);
  const sums = new Float64Array(expected.length);
  let [total, sum] = [0, 0];
  expected.forEach((mean, n) => {
    drawn[n] = random.poisson(mean);
    total += drawn[n];
    sum += mean;
    sums[n] = sum;
  });
  while (total !== calls) {
    const n = placeOf(sums, random.next() * sum);
    if (total < calls) {
      drawn[n] += 1;
      total += 1;
    } else if (drawn[n] > 0) {
      drawn[n] -= 1;
      total -= 1;
    }
  }
  return drawn;
}

/** Divides the calls over streams and days. */
export function makePlan(options: {
  seed: string;
  calls: number;
  calendar: Calendar;
  teams: SimulatedTeam[];
  models: SimulatedModel[];
  story: YearStory;
  streams: Stream[];
}): YearPlan {
  const { seed, calls, calendar, streams } = options;
  const { days } = calendar;
  const drawn = drawCalls(seed, expectedCalls(options, streams), calls);
  const callsOf = (stream: number, day: number) => drawn[stream * days + day];
  const { budgets, exhausted } = makeBudgets({ ...options, callsOf });
  return {
    streams,
    days,
    callsOf,
    isExhausted: (stream, day) => {
      const first = exhausted.get(
        `${streams[stream].key.profile} ${calendar.dateOf(day).slice(0, 7)}`,
      );
      return first !== undefined && day > first;
    },
    budgets,
  };
}
