import type { LeaseAnswer } from '@modelhub/governance-protocol';
import { someCall, someCaller, someOutcome } from '../__testUtils__/calls';
import { ApiError } from '../http/ApiError';
import type { CallHandle } from '../pipeline';
import { BudgetBook } from './BudgetBook';
import { createBudgetsStage } from './BudgetsStage';
import { SpendTally } from './SpendTally';
import type { UsageConfig } from './UsageConfig';

const pricing = { currency: 'EUR', inputPerMTok: 0, outputPerMTok: 1 };
const MONTH = '2026-11';
const NOW = new Date('2026-11-30T23:59:59.000Z');

function setup(mode: UsageConfig['budgets'] = 'required') {
  const clock = { now: 0 };
  const book = new BudgetBook({
    tally: new SpendTally(),
    clock: () => clock.now,
  });
  /** What the control plane has left; undefined while it does not answer. */
  const plane = { left: 1000 as number | undefined, asked: 0 };
  const list = (ids: string[], currency = 'EUR') =>
    book.apply(
      {
        budgets: [],
        budgetsVersion: '1',
        list: ids.map(id => ({ id, currency })),
      },
      2_000,
    );
  const ask = async () => {
    plane.asked += 1;
    if (plane.left === undefined) return;
    const answer: Pick<LeaseAnswer, 'budgets' | 'budgetsVersion'> = {
      budgets: [],
      budgetsVersion: '1',
    };
    for (const it of book.demands()) {
      const grant =
        it.month === MONTH
          ? Math.min(plane.left, it.wantedMicros - it.heldMicros)
          : it.wantedMicros;
      plane.left -= it.month === MONTH ? grant : 0;
      const shareMicros = it.heldMicros + grant;
      answer.budgets.push({
        budget: it.budget,
        month: it.month,
        shareMicros,
        exhausted: shareMicros < (it.neededMicros ?? 1),
      });
    }
    book.apply(answer, 2_000);
  };
  const stage = createBudgetsStage({ book, mode, ask });
  const begin = async (tokens: number, now = NOW, fields = {}) => {
    try {
      return await stage.begin!(
        someCall({
          caller: {
            ...someCaller({ team: 'group:default/t', ...fields }),
            now,
          },
          body: { max_tokens: tokens },
          admission: {
            gatewayId: 'acme/chat',
            model: {
              gatewayId: 'acme/chat',
              entityRef: 'model:acme/chat',
              provider: 'acme',
              lifecycle: 'active',
              pricing,
            },
          },
        }),
      );
    } catch (error) {
      return error as ApiError;
    }
  };
  const end = (it: unknown, outputTokens: number) =>
    (it as CallHandle).end!(
      someOutcome({
        usage: { inputTokens: 0, outputTokens, estimated: false },
      }),
    );
  return { book, clock, plane, list, ask, begin, end };
}

const codeOf = (it: unknown) =>
  it instanceof ApiError ? `${it.status} ${it.code}` : it;

describe('budgets at the gateway', () => {
  it('are asked for once, and nobody is refused when there are none', async () => {
    const { book, begin, plane, list } = setup();
    expect(codeOf(await begin(10))).toBe('503 budgets_unknown');
    expect(plane.asked).toBe(1);
    list([]);
    expect(await begin(10)).toBeUndefined();
    list(['profile:other']);
    expect([await begin(10), book.size]).toEqual([undefined, 1]);
  });

  it('of another currency do not bind', async () => {
    const { begin, list } = setup();
    list(['profile:p'], 'USD');
    expect(await begin(10)).toBeUndefined();
  });

  it('hold calls to what is left, and give back what was not spent', async () => {
    const { begin, end, list, plane } = setup();
    list(['profile:p']);
    const first = await begin(600);
    expect(codeOf(await begin(600))).toBe('429 insufficient_quota');
    end(first, 100);
    const second = await begin(600);
    expect(second).toHaveProperty('end');
    end(second, 600);
    expect(codeOf(await begin(301))).toBe('429 insufficient_quota');
    expect(plane.left).toBe(0);
  });

  it('of profile, team and key bind together, and none pays for a refusal', async () => {
    const { begin, list, book } = setup();
    list(['profile:p', 'team:group:default/t', 'key:k']);
    expect(codeOf(await begin(600))).toBe('429 insufficient_quota');
    expect(book.demands().map(it => it.unreportedMicros)).toEqual([0, 0, 0]);
  });

  it('are asked for by all waiting calls at once', async () => {
    const { begin, list, plane } = setup();
    list(['profile:p']);
    const all = await Promise.all(Array.from({ length: 10 }, () => begin(100)));
    expect(all.map(codeOf).filter(it => typeof it === 'string')).toEqual([]);
    expect(plane.left).toBe(0);
  });

  it('say when nobody can be asked', async () => {
    const { begin, list, plane } = setup();
    list(['profile:p']);
    await begin(10);
    plane.left = undefined;
    const refused = await begin(100_000);
    expect(codeOf(refused)).toBe('429 insufficient_quota');
    expect((refused as ApiError).message).toContain('does not answer');
    expect(await begin(5)).toHaveProperty('end');
  });

  it('are not asked for again and again once they are used up', async () => {
    const { begin, list, plane, clock } = setup();
    list(['profile:p']);
    plane.left = 0;
    await begin(10);
    const { asked } = plane;
    await Promise.all(Array.from({ length: 20 }, () => begin(10)));
    expect(plane.asked).toBe(asked);
    clock.now += 2_001;
    plane.left = 50;
    expect(await begin(10)).toHaveProperty('end');
  });

  it('begin anew with the month', async () => {
    const { begin, list, plane, book } = setup();
    list(['profile:p']);
    await begin(1000);
    expect(plane.left).toBe(0);
    expect(codeOf(await begin(10))).toBe('429 insufficient_quota');
    expect(
      await begin(10, new Date('2026-12-01T00:00:00.000Z')),
    ).toHaveProperty('end');
    expect(book.demands().map(it => it.month)).toEqual(['2026-11', '2026-12']);
  });

  it('only count where they are advisory', async () => {
    const { begin, list, plane, end } = setup('advisory');
    expect(await begin(10)).toBeUndefined();
    list(['profile:p']);
    plane.left = 0;
    end(await begin(10), 10);
    expect(plane.asked).toBe(0);
  });

  it('come back from disk, with what was held', async () => {
    const { begin, list, book } = setup();
    list(['profile:p']);
    await begin(100);
    const stored = book.stored()!;
    const next = setup();
    next.plane.left = undefined;
    next.book.restore(stored);
    expect(stored.accounts[0].held).toBeGreaterThan(0);
    expect(await next.begin(stored.accounts[0].held)).toHaveProperty('end');
    expect(codeOf(await next.begin(1))).toBe('429 insufficient_quota');
  });

  it('are given back when nobody calls any more', async () => {
    const { begin, end, list, ask, book, plane } = setup();
    list(['profile:p']);
    end(await begin(100), 0);
    for (let n = 0; n < 40; n++) await ask();
    expect(book.demands()).toEqual([]);
    expect(plane.left).toBe(1000);
  });
});
