import type { Calendar } from '../calendar';
import type { SimulatedTeam } from '../organisation';
import type { YearStory } from '../story';
import { expectedCost } from './cost';
import type { SimulatedBudget, Stream } from './types';

/** Days of a whole year in which gateways knew the budgets. */
const ENFORCED_DAYS = 100;

/** How many of the other teams have budgets, and how far they are from them. */
const ROOMY = [1.15, 1.4, 2.2, 1.25, 3];

/** An amount that somebody would write down. */
const rounded = (amount: number) =>
  amount < 1
    ? Math.max(0.01, Number(amount.toFixed(2)))
    : Number(amount.toPrecision(2));

/** What each profile spends by day, in the currency in which it spends most. */
function spendingOf(
  profile: string,
  options: Pick<
    Parameters<typeof makeBudgets>[0],
    'streams' | 'callsOf' | 'calendar'
  >,
): { currency: string; days: number[] } | undefined {
  const { streams, callsOf, calendar } = options;
  const byCurrency = new Map<string, number[]>();
  for (const stream of streams) {
    const cost = expectedCost(stream);
    const currency = stream.model.pricing?.currency;
    if (
      stream.key.profile === profile &&
      stream.kind !== 'refused' &&
      cost !== undefined &&
      currency !== undefined
    ) {
      const days =
        byCurrency.get(currency) ??
        Array.from({ length: calendar.days }, () => 0);
      byCurrency.set(currency, days);
      days.forEach((_, day) => {
        days[day] += cost * callsOf(stream.index, day);
      });
    }
  }
  const sum = (days: number[]) => days.reduce((a, b) => a + b, 0);
  const [most] = [...byCurrency].sort((a, b) => sum(b[1]) - sum(a[1]));
  return most && { currency: most[0], days: most[1] };
}

/** Budgets, and the days on which those that gateways knew were used up. */
export function makeBudgets(options: {
  calendar: Calendar;
  teams: SimulatedTeam[];
  story: YearStory;
  streams: Stream[];
  callsOf: (stream: number, day: number) => number;
}): {
  budgets: SimulatedBudget[];
  /** By profile and month: the day in which it was used up. */
  exhausted: Map<string, number>;
} {
  const { calendar, teams, story } = options;
  const { days } = calendar;
  const lastMonth = calendar.dateOf(days - 1).slice(0, 7);
  const exhausted = new Map<string, number>();
  const budgets: SimulatedBudget[] = [];
  const add = (
    team: SimulatedTeam,
    amountOf: (spent: { month: number; soFar: number }) => number,
    enforcedFrom?: number,
  ) => {
    const spending = spendingOf(team.name, options);
    if (!spending) return;
    const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
    const amount = rounded(
      amountOf({
        month: sum(spending.days.slice(-30)),
        soFar: sum(
          spending.days.filter(
            (_, day) => calendar.dateOf(day).slice(0, 7) === lastMonth,
          ),
        ),
      }),
    );
    const { currency } = spending;
    budgets.push({
      kind: 'profile',
      subject: team.name,
      amount,
      currency,
      enforcedFrom,
    });
    if (enforcedFrom === undefined) return;
    let [month, left] = ['', 0];
    for (let day = enforcedFrom; day < days; day++) {
      const its = calendar.dateOf(day).slice(0, 7);
      if (its !== month) [month, left] = [its, amount];
      left -= spending.days[day];
      const name = `${team.name} ${month}`;
      if (left < 0 && !exhausted.has(name)) exhausted.set(name, day);
    }
  };
  const enforcedFrom = Math.round(days - (ENFORCED_DAYS * days) / 365);
  const [enforced, late] = story.overBudget.map(ref =>
    teams.find(it => it.ref === ref),
  );
  if (enforced) add(enforced, ({ month }) => month * 0.6, enforcedFrom);
  if (late) add(late, ({ soFar }) => soFar * 0.8);
  teams
    .filter(it => !it.isPlatform && !story.overBudget.includes(it.ref))
    .slice(0, ROOMY.length)
    .forEach((team, n) => add(team, ({ month }) => month * ROOMY[n]));
  return { budgets, exhausted };
}
