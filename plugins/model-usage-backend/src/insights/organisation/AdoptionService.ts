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
    const [rows, days, before, active, live] = await Promise.all([
      store.used(lookedFrom, looked),
      rollups.sums({ level: 'day', from: shownFrom, to, by: ['at'] }),
      rollups.spans({
        level: 'month',
        from: new Date(0),
        to: month,
        by: ['team', 'component', 'model'],
      }),
      rollups.sums({ ...recent, by: ['team', 'component', 'model'] }),
      grants.live(),
    ]);
    const oldCallers = new Set(before.map(it => owners.unitOf(it)));
    const oldModels = new Set(before.map(it => it.model));
    const counts = adoptionOf(
      rows.map(({ team, component, model, weeks: bits }) => ({
        caller: owners.unitOf({ team, component }),
        model,
        weeks: bits,
      })),
      looked,
      { caller: it => oldCallers.has(it), model: it => oldModels.has(it) },
    ).slice(-weeks);
    const calls = new Array<number>(weeks).fill(0);
    for (const row of days) {
      const at = Date.parse(dateOf(row)) - shownFrom.getTime();
      calls[Math.floor(at / (WEEK_DAYS * 86_400_000))] += row.calls;
    }
    const called = active.filter(it => it.calls > 0);
    const models = new Set(
      called.map(it => it.model ?? '').filter(it => it !== ''),
    );
    const approved = live && new Set(live.map(it => it.gatewayId));
    return {
      weeks: counts.map((count, index) => ({
        week: dayText(addDays(shownFrom, index * WEEK_DAYS)),
        ...count,
        calls: calls[index],
      })),
      teams: new Set(
        called.map(it => owners.unitOf(it)).filter(it => it !== ''),
      ).size,
      called: models.size,
      ...(approved && {
        approved: approved.size,
        approvedAndCalled: [...approved].filter(it => models.has(it)).length,
      }),
    };
  }
}
