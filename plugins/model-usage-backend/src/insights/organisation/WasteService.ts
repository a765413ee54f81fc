import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_MODEL_CONSUMED_BY,
  RELATION_SERVED_BY,
  type Grant,
  type IdleEndpoint,
  type UnusedApproval,
  type Waste,
} from '@modelhub/backstage-plugin-models-common';
import type {
  CatalogModel,
  CatalogModels,
  Grants,
  InsightAccess,
} from '../access';
import { addDays, dayText, startOfDay } from '../days';
import type { LastCallStore } from '../LastCallStore';
import type { Numbers } from '../Numbers';
import { byName, foldSums, groupBy } from '../sums';

const USUAL_DAYS = 28;
const MOST_ITEMS = 500;

/** An approval at a tier covers those below it. */
const TIERS = ['sandbox', 'internal', 'customer-facing', 'regulated'];

/** When a profile last called a model at a tier, `YYYY-MM-DD`. */
export interface LastUse {
  model: string;
  profile: string;
  tier: string;
  day: string;
}

/** When each grant was last used, whatever the purpose. */
export function lastUses(
  grants: Grant[],
  uses: LastUse[],
): Map<string, string> {
  const byPair = groupBy(uses, it => JSON.stringify([it.model, it.profile]));
  const found = new Map<string, string>();
  for (const grant of grants) {
    const days = (
      byPair.get(JSON.stringify([grant.gatewayId, grant.profile])) ?? []
    )
      .filter(it => TIERS.indexOf(it.tier) <= TIERS.indexOf(grant.tier))
      .map(it => it.day)
      .sort(byName);
    const last = days.at(-1);
    if (last !== undefined) found.set(grant.approvalId, last);
  }
  return found;
}

/** What could be given back. */
export class WasteService {
  static create(options: {
    numbers: Numbers;
    access: InsightAccess;
    models: CatalogModels;
    grants: Grants;
    calls: LastCallStore;
  }): WasteService {
    return new WasteService(options);
  }

  readonly #options: Parameters<typeof WasteService.create>[0];

  private constructor(options: Parameters<typeof WasteService.create>[0]) {
    this.#options = options;
  }

  /**
   * Approvals of the caller's own profiles and models, and all for whoever sees
   * all; endpoints of models that the caller may read.
   */
  async get(
    credentials: BackstageCredentials,
    query: { days?: number },
  ): Promise<Waste> {
    const { numbers, access, models, grants } = this.#options;
    const days = Number(query.days ?? USUAL_DAYS);
    const since = addDays(startOfDay(numbers.now), 1 - days);
    const [sight, live, deployed] = await Promise.all([
      access.sightOf(credentials),
      grants.live(),
      models.having(
        [RELATION_SERVED_BY, RELATION_MODEL_CONSUMED_BY].map(
          it => `relations.${it}`,
        ),
        credentials,
      ),
    ]);
    const old = (live ?? []).filter(it => it.approvedAt < since.toISOString());
    const readable = new Map(
      (
        await models.byRefs(
          old.map(it => it.entityRef),
          credentials,
        )
      ).map(model => [model.entityRef, model]),
    );
    const shown = old.filter(
      grant =>
        sight.all ||
        (readable.has(grant.entityRef) &&
          (sight.profiles.includes(grant.profile) ||
            readable
              .get(grant.entityRef)
              ?.owners.some(it => sight.teams.includes(it)))),
    );
    const [unusedApprovals, idleEndpoints] = await Promise.all([
      this.#unused(shown, since, readable),
      this.#idle(deployed, since),
    ]);
    return {
      days,
      since: dayText(since),
      approvalsKnown: live !== undefined,
      unusedApprovals: unusedApprovals.slice(0, MOST_ITEMS),
      idleEndpoints: idleEndpoints.slice(0, MOST_ITEMS),
    };
  }

  async #unused(
    grants: Grant[],
    since: Date,
    models: Map<string, CatalogModel>,
  ): Promise<UnusedApproval[]> {
    const { calls } = this.#options;
    const recent = lastUses(grants, await calls.since(since));
    const unused = grants.filter(it => !recent.has(it.approvalId));
    const before = lastUses(
      unused,
      await calls.since(new Date(0), {
        level: 'month',
        models: [...new Set(unused.map(it => it.gatewayId))],
      }),
    );
    return unused
      .map((grant): UnusedApproval => {
        const title = models.get(grant.entityRef)?.title;
        const lastCall = before.get(grant.approvalId);
        return {
          id: grant.approvalId,
          entityRef: grant.entityRef,
          ...(title !== undefined && { title }),
          model: grant.gatewayId,
          modelVersion: grant.modelVersion,
          tier: grant.tier,
          purpose: grant.purpose,
          profile: grant.profile,
          approvedAt: grant.approvedAt,
          expiresAt: grant.expiresAt,
          ...(lastCall !== undefined && { lastCall }),
        };
      })
      .sort(
        (a, b) =>
          byName(a.lastCall ?? '', b.lastCall ?? '') ||
          byName(a.approvedAt ?? '', b.approvedAt ?? '') ||
          byName(a.id, b.id),
      );
  }

  async #idle(models: CatalogModel[], since: Date): Promise<IdleEndpoint[]> {
    const { numbers } = this.#options;
    const ids = [...new Set(models.map(it => it.gatewayId))];
    if (ids.length === 0) return [];
    const rows = await numbers.rollups.sums({
      level: 'day',
      from: since,
      to: addDays(numbers.now, 1),
      where: { models: ids },
      by: ['model', 'currency'],
    });
    const rowsOf = groupBy(rows, row => row.model ?? '');
    const idle = models.filter(
      it => foldSums(rowsOf.get(it.gatewayId) ?? []).calls === 0,
    );
    const last = await numbers.lastCalls(idle.map(it => it.gatewayId));
    return idle
      .map((model): IdleEndpoint => {
        const lastCall = last.get(model.gatewayId);
        return {
          entityRef: model.entityRef,
          ...(model.title !== undefined && { title: model.title }),
          model: model.gatewayId,
          endpoints: model.related(RELATION_SERVED_BY),
          consumers: model.related(RELATION_MODEL_CONSUMED_BY),
          owners: model.owners,
          ...(lastCall !== undefined && { lastCall }),
          costs: foldSums(rowsOf.get(model.gatewayId) ?? []).costs,
          ...(model.hardware !== undefined && { hardware: model.hardware }),
        };
      })
      .sort(
        (a, b) =>
          b.costs.length - a.costs.length ||
          byName(a.lastCall ?? '', b.lastCall ?? '') ||
          byName(a.entityRef, b.entityRef),
      );
  }
}
