import fc from 'fast-check';
import { shareOfBudget, shareOfLimit } from './shares';

describe('shareOfLimit', () => {
  it.each([
    ['all to the only gateway', { total: 60, demand: 0, others: [] }, 60],
    [
      'by demand, with a floor',
      {
        total: 60,
        demand: 10,
        others: [{ outstanding: 0, demand: 0 }],
      },
      57,
    ],
    [
      'an equal part where nobody asks',
      { total: 60, demand: 0, others: [{ outstanding: 0, demand: 0 }] },
      30,
    ],
    [
      'no more than the others leave',
      { total: 60, demand: 10, others: [{ outstanding: 50, demand: 10 }] },
      10,
    ],
    [
      'the floor to a newcomer, while another holds everything',
      { total: 60, demand: 10, others: [{ outstanding: 60, demand: 10 }] },
      3,
    ],
  ])('%s', (_name, it_, share) => {
    expect(shareOfLimit(it_)).toBe(share);
  });

  it('settles within the limit when every gateway keeps to what it is told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.array(fc.float({ min: 0, max: 1e6, noNaN: true }), {
          minLength: 1,
          maxLength: 6,
        }),
        (total, demands) => {
          const gateways = demands.map(demand => ({
            demand,
            held: total / demands.length,
            outstanding: total / demands.length,
          }));
          let most = 0;
          for (let round = 0; round < 8; round++) {
            for (const me of gateways) {
              const share = shareOfLimit({
                total,
                demand: me.demand,
                others: gateways.filter(it => it !== me),
              });
              me.outstanding = Math.max(me.held, share);
              me.held = share;
              const sum = gateways.reduce((all, it) => all + it.held, 0);
              most = Math.max(most, sum);
            }
          }
          const end = gateways.reduce((all, it) => all + it.held, 0);
          expect(most).toBeLessThanOrEqual(total * 1.1 + 1e-6);
          expect(end).toBeLessThanOrEqual(total * 1.0001);
        },
      ),
    );
  });
});

describe('shareOfBudget', () => {
  const base = {
    unspent: 100,
    left: 100,
    held: 0,
    wanted: 0,
    needed: 0,
    gateways: 1,
  };
  it.each([
    ['what is wanted', { wanted: 40 }, 40, false],
    ['a part of what is left', { wanted: 400, gateways: 4 }, 25, false],
    [
      'what a waiting call needs, though it is more than the part',
      { wanted: 60, needed: 60, gateways: 4 },
      60,
      false,
    ],
    ['back what is not wanted', { held: 50, wanted: 10 }, 10, false],
    ['everything back', { held: 50 }, 0, true],
    ['no more than there is', { needed: 101, wanted: 101 }, 100, true],
    [
      'back what suffices for nobody, where together it would',
      { left: 20, held: 20, wanted: 60, needed: 30 },
      0,
      true,
    ],
    ['nothing when nothing is left', { left: 0, wanted: 5 }, 0, true],
    [
      'less when the budget was lowered',
      { left: 20, held: 50, wanted: 60 },
      20,
      false,
    ],
    [
      'nothing of a budget that is overspent',
      { left: -5, held: 3, wanted: 9 },
      0,
      true,
    ],
  ])('gives %s', (_name, fields, share, exhausted) => {
    expect(shareOfBudget({ ...base, ...fields })).toEqual({ share, exhausted });
  });

  it('never gives out more than is left', () => {
    const amount = fc.integer({ min: 0, max: 1e9 });
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.tuple(amount, amount, fc.nat(3)), { maxLength: 60 }),
        (budget, steps) => {
          const gateways = Array.from({ length: 4 }, () => ({
            held: 0,
            spent: 0,
            outstanding: 0,
          }));
          for (const [wanted, needed, n] of steps) {
            const me = gateways[n];
            const others = gateways.filter(it => it !== me);
            const unspent =
              budget - gateways.reduce((sum, it) => sum + it.spent, 0);
            const left =
              unspent - others.reduce((sum, it) => sum + it.outstanding, 0);
            const { share } = shareOfBudget({
              unspent,
              left,
              held: me.held,
              wanted,
              needed,
              gateways: 4,
            });
            me.outstanding = Math.max(me.held, share);
            me.held = share;
            const spends = Math.min(me.held, needed);
            me.held -= spends;
            me.spent += spends;
            me.outstanding = Math.max(me.outstanding - spends, me.held);
          }
          expect(
            gateways.reduce((sum, it) => sum + it.spent, 0),
          ).toBeLessThanOrEqual(budget);
        },
      ),
    );
  });
});
