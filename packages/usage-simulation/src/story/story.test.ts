import type { UsageRecord } from '@modelhub/governance-protocol';
import { simulateYear, YEAR_SIZES } from '..';

const until = new Date('2026-11-22T03:30:00.000Z');
const year = simulateYear({ ...YEAR_SIZES.small, until });
const { story, calendar, plan } = year;

const batches = [...year.batches()];
const all: UsageRecord[] = batches.flatMap(({ records }) => records);

const dayOf = (it: UsageRecord) => calendar.dayOf(Date.parse(it.at));
const ofModel = (id: string) => all.filter(it => it.model === id);
const median = (list: number[]) =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Calls a day, by the plan. */
const dailyOf = (model: string, from: number, to: number) => {
  let calls = 0;
  plan.streams.forEach((stream, n) => {
    if (stream.model.id === model) {
      for (let day = from; day < to; day++) calls += plan.callsOf(n, day);
    }
  });
  return calls / (to - from);
};

describe('what is hidden in the year', () => {
  it('people in offices rest at night and at weekends, customers do not', () => {
    const officeKeys = new Set(
      plan.streams
        .filter(it => it.key.rhythm === 'office')
        .map(it => it.key.id),
    );
    const office = all.filter(it => officeKeys.has(it.keyId));
    const weekend = office.filter(it => calendar.weekdayOf(dayOf(it)) >= 5);
    const night = office.filter(it => new Date(it.at).getUTCHours() < 5);
    expect(weekend.length / office.length).toBeLessThan(0.07);
    expect(night.length / office.length).toBeLessThan(0.02);
  });

  it('one model is taken up, one declines, one is left, one stays as it is', () => {
    const { launch, decline, abandoned, steady } = story;
    expect(dailyOf(launch.model, 0, launch.fromDay)).toBe(0);
    expect(dailyOf(launch.model, 337, 364)).toBeGreaterThan(
      5 * dailyOf(launch.model, launch.fromDay, launch.fromDay + 28),
    );
    expect(dailyOf(decline.model, 337, 364)).toBeLessThan(
      0.25 * dailyOf(decline.model, 187, 214),
    );
    expect(
      dailyOf(abandoned.model, abandoned.fromDay - 56, abandoned.fromDay),
    ).toBeGreaterThan(1);
    expect(dailyOf(abandoned.model, abandoned.fromDay, 365)).toBe(0);
    const ratio =
      dailyOf(steady.model, 308, 364) / dailyOf(steady.model, 252, 308);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });

  it('approved models are idle', () => {
    expect(story.idle.length).toBeGreaterThan(0);
    for (const id of story.idle) {
      expect(year.models.map(it => it.id)).toContain(id);
      expect(ofModel(id)).toEqual([]);
    }
  });

  it('teams leave the deprecated model, all but one', () => {
    const { migration } = story;
    const callers = (id: string, from: number) =>
      new Set(
        ofModel(id)
          .filter(it => dayOf(it) >= from)
          .map(it => it.profile),
      );
    const straggler = migration.straggler.split('/')[1];
    expect([...callers(migration.from, migration.toDay)]).toEqual([straggler]);
    expect(callers(migration.from, 0).size).toBeGreaterThan(2);
    expect(callers(migration.to, migration.toDay)).not.toContain(straggler);
  });

  it('three teams fine-tuned the same base for the same task', () => {
    const { duplicates } = story;
    const models = year.models.filter(it => duplicates.models.includes(it.id));
    expect(new Set(models.map(it => it.owner)).size).toBe(3);
    expect(new Set(models.map(it => it.baseModel))).toEqual(
      new Set([duplicates.base]),
    );
    expect(new Set(models.map(it => it.task))).toEqual(
      new Set([duplicates.task]),
    );
    for (const id of duplicates.models)
      expect(ofModel(id).length).toBeGreaterThan(100);
  });

  it('prompts of one model become longer from a day on', () => {
    const { drift } = story;
    const lengths = (from: number, to: number) =>
      median(
        ofModel(drift.model)
          .filter(it => dayOf(it) >= from && dayOf(it) < to)
          .flatMap(it => it.inputTokens ?? []),
      );
    const before = lengths(drift.fromDay - 42, drift.fromDay);
    const after = lengths(drift.fromDay, 365);
    expect(after / before).toBeGreaterThan(1.6);
    const control = lengths(drift.fromDay - 84, drift.fromDay - 42);
    expect(control / before).toBeGreaterThan(0.85);
    expect(control / before).toBeLessThan(1.15);
  });

  it('languages, topics, refusals and confidence of that model change too', () => {
    const { drift } = story;
    const sampled = ofModel(drift.model).filter(
      it => it.language !== undefined,
    );
    const seen = (from: number, to: number) => {
      const some = sampled.filter(it => dayOf(it) >= from && dayOf(it) < to);
      const part = (condition: (it: UsageRecord) => boolean) =>
        some.filter(condition).length / some.length;
      const topics = Array.from({ length: 32 }, (_, n) =>
        part(it => it.topic === n),
      );
      return {
        polish: part(it => it.language === 'pl'),
        declined: part(it => it.declined === true),
        confidence:
          some.reduce((sum, it) => sum + (it.confidence ?? 0), 0) / some.length,
        topics,
      };
    };
    const before = seen(0, drift.fromDay);
    const after = seen(drift.fromDay, 365);
    expect([before.polish, after.polish]).toEqual([0, expect.closeTo(0.55, 1)]);
    expect(after.declined).toBeGreaterThan(before.declined);
    expect(after.confidence).toBeLessThan(before.confidence - 0.1);
    const moved = before.topics.reduce(
      (sum, it, n) => sum + Math.abs(it - after.topics[n]) / 2,
      0,
    );
    expect(moved).toBeGreaterThan(0.3);
  });

  it('people like its answers less', () => {
    const { drift } = story;
    const scores = batches
      .flatMap(batch => year.feedback(batch))
      .filter(it => it.model === drift.model);
    const mean = (isAfter: boolean) => {
      const some = scores.filter(
        it => calendar.dayOf(Date.parse(it.at)) >= drift.fromDay === isAfter,
      );
      return some.reduce((sum, it) => sum + it.score, 0) / some.length;
    };
    expect(mean(true)).toBeLessThan(mean(false) - 0.1);
  });

  it('one version is slower than the one before it', () => {
    const { slower } = story;
    const latencies = (version: string) =>
      median(
        ofModel(slower.model)
          .filter(
            it => it.version === version && it.status === 200 && !it.cacheHit,
          )
          .map(it => it.latencyMs),
      );
    const factor = latencies(slower.version) / latencies('1.1');
    expect(factor).toBeGreaterThan(slower.factor * 0.8);
    expect(factor).toBeLessThan(slower.factor * 1.2);
  });

  it('a provider is down for hours, and the gateway for minutes', () => {
    const { outage, gatewayOutage } = story;
    const within = (span: { from: number; to: number }) => (it: UsageRecord) =>
      Date.parse(it.at) >= span.from && Date.parse(it.at) < span.to;
    const isError = (it: UsageRecord) => it.status >= 500 && it.attempts > 0;
    const hit = all.filter(
      it => outage.models.includes(it.model) && it.attempts > 0,
    );
    const errors = hit.filter(within(outage));
    expect(errors.filter(isError).length / errors.length).toBeGreaterThan(0.3);
    const rest = hit.filter(it => !within(outage)(it));
    expect(rest.filter(isError).length / rest.length).toBeLessThan(0.02);
    const paused = all.filter(within(gatewayOutage));
    expect(paused.length).toBeGreaterThan(0);
    expect(paused.every(it => it.status === 503 && it.attempts === 0)).toBe(
      true,
    );
  });

  it('errors creep in at the end', () => {
    const { creepingErrors } = story;
    const rate = (from: number, to: number) => {
      const some = ofModel(creepingErrors.model).filter(
        it => it.attempts > 0 && dayOf(it) >= from && dayOf(it) < to,
      );
      return some.filter(it => it.status >= 500).length / some.length;
    };
    expect(rate(creepingErrors.fromDay, 365)).toBeGreaterThan(
      2 * rate(0, creepingErrors.fromDay),
    );
  });

  it('a script asks for a model that is not approved, and a profile is only observed', () => {
    const { refused, observed, adoption } = story;
    const tried = all.filter(it => it.code === 'model_not_approved');
    expect(new Set(tried.map(it => it.model))).toEqual(
      new Set([refused.model]),
    );
    expect(tried.reduce((sum, it) => sum + (it.calls ?? 1), 0)).toBeGreaterThan(
      150,
    );
    const open = all.filter(it => it.uncovered !== undefined);
    expect(open.length).toBeGreaterThan(100);
    expect(new Set(open.map(it => it.mode))).toEqual(new Set(['observe']));
    expect(new Set(open.map(it => it.model))).toEqual(
      new Set([observed.model]),
    );
    const profile = adoption.team.split('/')[1];
    const modes = (from: number, to: number) => [
      ...new Set(
        all
          .filter(
            it => it.profile === profile && dayOf(it) >= from && dayOf(it) < to,
          )
          .map(it => it.mode),
      ),
    ];
    expect(modes(0, adoption.warnFromDay)).toEqual(['observe']);
    expect(modes(adoption.warnFromDay, adoption.enforceFromDay)).toEqual([
      'warn',
    ]);
    expect(modes(adoption.enforceFromDay, 365)).toEqual(['enforce']);
  });

  it('budgets are passed: one is kept by gateways, one came too late', () => {
    const [kept, late] = story.overBudget.map(ref => ref.split('/')[1]);
    const refused = all.filter(it => it.code === 'insufficient_quota');
    expect(new Set(refused.map(it => it.profile))).toEqual(new Set([kept]));
    const budget = plan.budgets.find(it => it.subject === late)!;
    const spent = all
      .filter(
        it =>
          it.profile === late &&
          it.currency === budget.currency &&
          it.at.startsWith('2026-11'),
      )
      .reduce((sum, it) => sum + (it.costMicros ?? 0), 0);
    expect(spent / 1e6).toBeGreaterThan(budget.amount);
  });
});
