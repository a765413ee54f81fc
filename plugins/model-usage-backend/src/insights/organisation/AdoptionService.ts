import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Adoption } from '@modelhub/backstage-plugin-models-common';
import type { Grants, InsightAccess } from '../access';
import { addDays, dayText, monthAt, startOfDay } from '../days';
import type { Numbers } from '../Numbers';
import { dateOf } from '../sums';
import { adoptionOf } from './adoption';
import type { AdoptionStore } from './AdoptionStore';

const USUAL_WEEKS = 26;
const WEEK_DAYS = 7;
/** What counts as in use. */
const RECENT_DAYS = 28;

/** The Monday of a day's week. */
const mondayOf = (day: Date) => addDays(day, -((day.getUTCDay() + 6) % 7));

/** How far models have spread. */
export class AdoptionService {
  static create(options: {
    numbers: Numbers;
    access: InsightAccess;
    store: AdoptionStore;
    grants: Grants;
  }): AdoptionService {
    return new AdoptionService(options);
  }

  readonly #options: Parameters<typeof AdoptionService.create>[0];

  private constructor(options: Parameters<typeof AdoptionService.create>[0]) {
    this.#options = options;
  }

  /** @throws NotAllowedError for whoever does not see all */
  async get(
    credentials: BackstageCredentials,
    query: { weeks?: number },
  ): Promise<Adoption> {
    const { numbers, access, store, grants } = this.#options;
    const { rollups } = numbers;
    const owners = await access.demandAll(credentials);
    const weeks = Number(query.weeks ?? USUAL_WEEKS);
    const today = startOfDay(numbers.now);
    const shownFrom = addDays(mondayOf(today), -(weeks - 1) * WEEK_DAYS);
    // Months before say who is new; the rest of the first month is looked at by week.
    const month = monthAt(shownFrom);
    const lookedFrom = mondayOf(month);
    const looked =
      (shownFrom.getTime() - lookedFrom.getTime()) / (WEEK_DAYS * 86_400_000) +
      weeks;
    const to = addDays(today, 1);
    const recent = numbers.lastDays(RECENT_DAYS);
    const before = { level: 'month' as const, from: new Date(0), to: month };
    const [rows, days, oldOnes, oldModels, callers, models, live] =
      await Promise.all([
        store.used(lookedFrom, looked),
        rollups.sums({ level: 'day', from: shownFrom, to, by: ['at'] }),
        rollups.spans({ ...before, by: ['team', 'component'] }),
        rollups.spans({ ...before, by: ['model'] }),
        rollups.sums({ ...recent, by: ['team', 'component'] }),
        rollups.sums({ ...recent, by: ['model'] }),
        grants.live(),
      ]);
    const wereThere = new Set(oldOnes.map(it => owners.unitOf(it)));
    const wereCalled = new Set(oldModels.map(it => it.model));
    const counts = adoptionOf(
      rows.map(({ team, component, model, weeks: bits }) => ({
        caller: owners.unitOf({ team, component }),
        model,
        weeks: bits,
      })),
      looked,
      { caller: it => wereThere.has(it), model: it => wereCalled.has(it) },
    ).slice(-weeks);
    const calls = new Array<number>(weeks).fill(0);
    for (const row of days) {
      const at = Date.parse(dateOf(row)) - shownFrom.getTime();
      calls[Math.floor(at / (WEEK_DAYS * 86_400_000))] += row.calls;
    }
    const active = callers.filter(({ calls: some }) => some > 0);
    const called = new Set(
      models
        .filter(it => it.calls > 0 && it.model !== '')
        .map(it => it.model ?? ''),
    );
    const approved = live && new Set(live.map(it => it.gatewayId));
    return {
      weeks: counts.map((count, index) => ({
        week: dayText(addDays(shownFrom, index * WEEK_DAYS)),
        ...count,
        calls: calls[index],
      })),
      teams: new Set(
        active.map(it => owners.unitOf(it)).filter(it => it !== ''),
      ).size,
      called: called.size,
      ...(approved && {
        approved: approved.size,
        approvedAndCalled: [...approved].filter(it => called.has(it)).length,
      }),
    };
  }
}
