import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  BudgetBurn,
  BudgetForecast,
  CallerKind,
} from '@modelhub/backstage-plugin-models-common';
import { monthOf } from '@modelhub/governance-protocol';
import {
  fromMicros,
  idOf,
  toMicros,
  type BudgetService,
  type BudgetStore,
} from '../../budgets';
import { GATEWAY_SOURCE, type RollupFilter } from '../../rollups';
import type { InsightAccess } from '../access';
import {
  addDays,
  DAY_MS,
  dayText,
  monthAt,
  startOfDay,
  type Range,
} from '../days';
import type { Numbers } from '../Numbers';
import { dateOf } from '../sums';
import {
  FORECAST_LEVEL,
  forecastDays,
  type DayKnown,
  type DayToCome,
} from './forecast';

/** Days before today that a forecast is made of. */
const HISTORY_DAYS = 28;

/** How a budget is used up in a month. */
export class BudgetBurnService {
  static create(options: {
    numbers: Numbers;
    access: InsightAccess;
    budgets: BudgetService;
    store: BudgetStore;
  }): BudgetBurnService {
    return new BudgetBurnService(options);
  }

  readonly #options: Parameters<typeof BudgetBurnService.create>[0];

  private constructor(options: Parameters<typeof BudgetBurnService.create>[0]) {
    this.#options = options;
  }

  /** @throws NotFoundError without a budget, and for what the caller may not see */
  async get(
    credentials: BackstageCredentials,
    kind: CallerKind,
    name: string,
    month: string = monthOf(this.#options.numbers.now),
  ): Promise<BudgetBurn> {
    const { numbers, access, budgets, store } = this.#options;
    const { caller } = await access.ofCaller(credentials, kind, name);
    // A budget of kind team is about whoever owns keys; that may be a component.
    const id = idOf(kind === 'profile' ? 'profile' : 'team', caller);
    const record = await store.get(id);
    if (!record) {
      throw new NotFoundError(
        `There is no budget ${id}. Whoever has permission model.budget.manage sets one.`,
      );
    }
    const [budget] = await budgets.present([record], month);
    const begin = new Date(`${month}-01T00:00:00.000Z`);
    const end = monthAt(begin, 1);
    const today = startOfDay(numbers.now);
    const shownTo = addDays(today, 1) < end ? addDays(today, 1) : end;
    const spent = await this.#spent(
      filterOfBudget(kind, caller),
      record.currency,
      {
        from: addDays(begin < today ? begin : today, -HISTORY_DAYS),
        to: end,
      },
    );
    const daysOfMonth = (end.getTime() - begin.getTime()) / DAY_MS;
    let total = 0;
    const days: BudgetBurn['days'] = [];
    for (let at = begin; at < shownTo; at = addDays(at, 1)) {
      const micros = spent.get(dayText(at)) ?? 0;
      total += micros;
      days.push({
        date: dayText(at),
        spent: fromMicros(micros),
        total: fromMicros(total),
        line: fromMicros(
          Math.round((record.amountMicros * (days.length + 1)) / daysOfMonth),
        ),
      });
    }
    const forecast =
      begin <= today && today < end
        ? forecastOfMonth({ spent, total, now: numbers.now, end })
        : undefined;
    const exhausted =
      days.find(it => toMicros(it.total) >= record.amountMicros) ??
      forecast?.path.find(it => toMicros(it.expected) >= record.amountMicros);
    return {
      budget,
      days,
      unpricedCalls: budget.unpricedCalls,
      ...(forecast && { forecast }),
      ...(exhausted && { exhaustedOn: exhausted.date }),
    };
  }

  /** What counts for a budget is what gateways report in its currency. */
  async #spent(
    where: RollupFilter,
    currency: string,
    range: Omit<Range, 'level'>,
  ): Promise<Map<string, number>> {
    const rows = await this.#options.numbers.rollups.sums({
      ...range,
      level: 'day',
      where: { ...where, sources: [GATEWAY_SOURCE] },
      by: ['at', 'currency'],
    });
    return new Map(
      rows
        .filter(row => row.currency === currency)
        .map(row => [dateOf(row), row.costMicros]),
    );
  }
}

/** As budgets count it: by who owns the key, without components of a team. */
function filterOfBudget(kind: CallerKind, caller: string): RollupFilter {
  if (kind === 'profile') return { profiles: [caller] };
  return caller.startsWith('component:')
    ? { components: [caller] }
    : { teams: [caller] };
}

/**
 * @param options - `spent` in micros by day, for four weeks before today at
 * least; `total` what the month has cost so far
 */
export function forecastOfMonth(options: {
  spent: Map<string, number>;
  total: number;
  now: Date;
  end: Date;
}): BudgetForecast | undefined {
  const { spent, total, now, end } = options;
  const today = startOfDay(now);
  const weekdayOf = (at: Date) => at.getUTCDay();
  const known: DayKnown[] = [];
  for (let back = HISTORY_DAYS; back > 0; back -= 1) {
    const at = addDays(today, -back);
    const amount = spent.get(dayText(at)) ?? 0;
    // A team that has begun is not one that spends nothing.
    if (known.length > 0 || amount > 0) {
      known.push({ weekday: weekdayOf(at), amount });
    }
  }
  const toCome: Array<DayToCome & { date: string }> = [];
  for (let at = today; at < end; at = addDays(at, 1)) {
    const gone = Math.max(0, now.getTime() - at.getTime()) / DAY_MS;
    toCome.push({
      date: dayText(at),
      weekday: weekdayOf(at),
      weight: Math.min(1, Math.max(0, 1 - gone)),
    });
  }
  const forecast = forecastDays(known, toCome);
  if (!forecast) return undefined;
  const amount = (more: number) => fromMicros(Math.round(total + more));
  const path = forecast.path.map((it, index) => ({
    date: toCome[index].date,
    expected: amount(it.expected),
    low: amount(it.low),
    high: amount(it.high),
  }));
  const { expected, low, high } = path[path.length - 1];
  return {
    expected,
    low,
    high,
    level: FORECAST_LEVEL,
    method: 'weekday-mean',
    daysUsed: forecast.daysUsed,
    path,
  };
}
