import type { UsageBatch, UsageFeedback } from '@modelhub/governance-protocol';
import { Batches, type Slice } from './batches';
import { Calendar } from './calendar';
import { makeModels, type SimulatedModel } from './models';
import { makeTeams, type SimulatedTeam } from './organisation';
import { makePlan, makeStreams, type YearPlan } from './plan';
import { Feedback, RecordMaker } from './records';
import type { YearStory } from './story';

/** What a year is made from. The same options make the same year. @public */
export interface YearOptions {
  seed?: string;
  /** At least 20. Default 200. */
  models?: number;
  /** At least 6, two of them platform teams. Default 40. */
  teams?: number;
  /** Default 10 million. */
  calls?: number;
  /** Default 365. */
  days?: number;
  /** Ids of keys by the names that the simulation gives them, where they are others. */
  keyIds?: Record<string, string>;
  /** The first moment that is not simulated any more. */
  until: Date;
}

/** What `--demo-year` and `--demo-year=small` simulate. @public */
export const YEAR_SIZES = {
  full: { models: 200, teams: 40, calls: 10_000_000 },
  small: { models: 20, teams: 6, calls: 100_000 },
} as const;

const LEAST = { models: 20, teams: 6, calls: 1_000, days: 60 };

/** A simulated year. @public */
export interface SimulatedYear {
  options: Required<YearOptions>;
  calendar: Calendar;
  teams: SimulatedTeam[];
  models: SimulatedModel[];
  /** What is hidden in it. */
  story: YearStory;
  plan: YearPlan;
  /** Parts of the year, the oldest days first, that can be made one without the other. */
  slices: Slice[];
  /** All batches as gateways would send them, or those of a slice. Nothing is kept in memory. */
  batches(slice?: Slice): Iterable<UsageBatch>;
  /** What callers say of answers of a batch. */
  feedback(batch: UsageBatch): UsageFeedback[];
}

/**
 * Simulates a year of an organisation that calls models through gateways.
 *
 * @throws Error when there is too little for what is hidden in it
 *
 * @public
 */
export function simulateYear(given: YearOptions): SimulatedYear {
  const options: Required<YearOptions> = {
    seed: 'acme',
    days: 365,
    keyIds: {},
    ...YEAR_SIZES.full,
    ...Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ),
    until: given.until,
  };
  for (const [name, least] of Object.entries(LEAST)) {
    const value = options[name as keyof typeof LEAST];
    if (!Number.isInteger(value) || value < least) {
      throw new Error(
        `A simulated year needs a whole number of ${name}, ${least} or more; ${value} is none.`,
      );
    }
  }
  const { seed, until, days, calls } = options;
  const calendar = Calendar.create({ until, days });
  const teams = makeTeams({ seed, teams: options.teams, days });

  const { models, story } = makeModels({
    seed,
    models: options.models,
    calendar,
    teams,
  });
  const streams = makeStreams({ seed, days, teams, models, story });
  const plan = makePlan({
    seed,
    calls,
    calendar,
    teams,
    models,
    story,
    streams,
  });
  const maker = RecordMaker.create({
    seed,
    calendar,
    story,
    plan,
    keyIds: options.keyIds,
  });
  const batches = Batches.create({ seed, calendar, plan, maker });
  const feedback = Feedback.create({ seed, calendar, story });
  return {
    options,
    calendar,
    teams,
    models,
    story,
    plan,
    slices: batches.slices,
    *batches(slice) {
      for (const it of slice ? [slice] : batches.slices) yield* batches.of(it);
    },
    feedback: batch => feedback.of(batch),
  };
}
