import {
  usageBatchProblem,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import { createHash } from 'node:crypto';
import { simulateYear, YEAR_SIZES, type YearOptions } from '.';
import { tally } from './tally';

const until = new Date('2026-11-22T03:30:00.000Z');
const small = simulateYear({ ...YEAR_SIZES.small, until });
const batches = [...small.batches()];

const digestOf = (options: Partial<YearOptions>) => {
  const hash = createHash('sha256');
  const year = simulateYear({
    ...YEAR_SIZES.small,
    calls: 5_000,
    until,
    ...options,
  });
  for (const batch of year.batches()) hash.update(JSON.stringify(batch));
  return hash.digest('hex');
};

describe('a simulated year', () => {
  it('is the same for a seed, byte for byte, and another for another', () => {
    const first = digestOf({});
    expect(digestOf({})).toBe(first);
    expect(digestOf({ seed: 'other' })).not.toBe(first);
  });

  it('has the calls that were asked for, and those that its plan says', () => {
    const { plan } = small;
    let planned = 0;
    const streams = new Map<string, number>();
    plan.streams.forEach(({ key, model }, n) => {
      for (let day = 0; day < plan.days; day++) {
        const name = `${key.id} ${model.id} ${small.calendar.dateOf(day)}`;
        const calls = plan.callsOf(n, day);
        planned += calls;
        if (calls > 0) streams.set(name, calls);
      }
    });
    expect(planned).toBe(100_000);
    const counted = tally(
      batches,
      it => `${it.keyId} ${it.model} ${it.at.slice(0, 10)}`,
    );
    expect(
      new Map([...counted].map(([name, { calls }]) => [name, calls])),
    ).toEqual(streams);
    expect(small.slices.reduce((sum, it) => sum + it.calls, 0)).toBe(100_000);
  });

  it('makes a slice without the ones before it', () => {
    const slice = small.slices[200];
    const [alone] = [...simulateYear(small.options).batches(slice)];
    const among = batches.find(({ batchId }) => batchId === alone.batchId);
    expect(among).toEqual(alone);
  });

  it('holds only records that gateways may send, each with an id of its own, within the year', () => {
    const ids = new Set<string>();
    let records = 0;
    let [first, last] = ['9', '0'];
    for (const batch of batches) {
      expect(usageBatchProblem(batch)).toBeUndefined();
      ids.add(batch.batchId);
      records += 1;
      for (const it of batch.records) {
        ids.add(it.id);
        records += 1;
        if (it.at < first) first = it.at;
        const end = it.until ?? it.at;
        if (end > last) last = end;
      }
    }
    expect(ids.size).toBe(records);
    expect(first >= '2025-11-23T00:00:00.000Z').toBe(true);
    expect(last < until.toISOString()).toBe(true);
  });

  it('sends equal refusals as one record, and everything else alone', () => {
    const several: UsageRecord[] = [];
    for (const { records } of batches) {
      several.push(...records.filter(it => it.calls !== undefined));
    }
    expect(several.length).toBeGreaterThan(50);
    expect(several.every(it => it.calls! > 1 && it.attempts === 0)).toBe(true);
    expect(several.every(it => it.until! >= it.at)).toBe(true);
  });

  it('has people, keys and models of one organisation', () => {
    const year = simulateYear({ until, calls: 1_000 });
    expect([year.models.length, year.teams.length]).toEqual([200, 40]);
    const distinct = (list: string[]) => new Set(list).size;
    const people = year.teams.flatMap(it => it.people.map(({ ref }) => ref));
    const keys = year.teams.flatMap(it => it.keys.map(({ id }) => id));
    expect(distinct(people)).toBe(people.length);
    expect(distinct(keys)).toBe(keys.length);
    expect(distinct(year.models.map(it => it.id))).toBe(200);
    const owners = new Set(year.teams.map(it => it.ref));
    const ids = new Set(year.models.map(it => it.id));
    expect(year.models.filter(it => !owners.has(it.owner))).toEqual([]);
    const named = year.models.flatMap(it => [
      it.baseModel ?? it.id,
      it.successor ?? it.id,
    ]);
    expect(named.filter(id => !ids.has(id))).toEqual([]);
  });

  it('needs enough for what is hidden in it', () => {
    expect(() => simulateYear({ until, models: 3 })).toThrow(
      'needs a whole number of models, 20 or more; 3 is none',
    );
  });
});
