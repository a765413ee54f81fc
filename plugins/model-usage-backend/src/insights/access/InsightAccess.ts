import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CallerKind } from '@modelhub/backstage-plugin-models-common';
import type { Sight, Visibility } from '../../access';
import { canonicalRef } from '../../budgets';
import type { RollupFilter } from '../../rollups';
import type { CatalogModel, CatalogModels } from './CatalogModels';
import type { ComponentOwners, Owners } from './ComponentOwners';

/** What somebody sees of a model: its sums, and the names of some callers. */
export interface ModelSight {
  /** All names, or those of one's own. */
  seesAll: boolean;
  /** Of the catalog; absent for what only managers may look at. */
  model?: CatalogModel;
  owners: Owners;
  mayName(kind: CallerKind, name: string): boolean;
}

/** What somebody called. */
export interface CallerSight {
  caller: string;
  where: RollupFilter;
  owners: Owners;
}

/** Who may look at what. */
export class InsightAccess {
  static create(options: {
    visibility: Visibility;
    models: CatalogModels;
    owners: ComponentOwners;
  }): InsightAccess {
    return new InsightAccess(options);
  }

  readonly #options: Parameters<typeof InsightAccess.create>[0];

  private constructor(options: Parameters<typeof InsightAccess.create>[0]) {
    this.#options = options;
  }

  /** @throws NotFoundError for a model that the caller may not read */
  async ofModel(
    credentials: BackstageCredentials,
    gatewayId: string,
  ): Promise<ModelSight> {
    const { visibility, models, owners: components } = this.#options;
    const [sight, readable, claimants, owners] = await Promise.all([
      visibility.ofBudgets(credentials),
      models.byGatewayIds([gatewayId], credentials),
      models.byGatewayIds([gatewayId]),
      components.get(),
    ]);
    const [model] = readable;
    if (!model && !sight.all) {
      throw new NotFoundError(
        `There is no model with the gateway id '${gatewayId}' in the catalog, or you may not see it.`,
      );
    }
    const own = sight.all ? undefined : sight;
    const seesAll = !own || ownsAll(own.teams, claimants);
    return {
      seesAll,
      ...(model && { model }),
      owners,
      mayName: (kind, name) =>
        seesAll || name === '' || !own || isOwn(own, owners, kind, name),
    };
  }

  /** @throws NotFoundError for what the caller neither owns nor is a member of */
  async ofCaller(
    credentials: BackstageCredentials,
    kind: CallerKind,
    name: string,
  ): Promise<CallerSight> {
    const { visibility, owners: components } = this.#options;
    const caller = kind === 'profile' ? name : canonicalRef(name);
    const [sight, owners] = await Promise.all([
      visibility.ofBudgets(credentials),
      components.including(kind === 'component' ? [caller] : []),
    ]);
    if (!sight.all && !isOwn(sight, owners, kind, caller)) {
      throw new NotFoundError(
        `There is nothing of ${kind} ${caller} that you may see. Its members or owners see it, and the team that runs the model hub.`,
      );
    }
    return { caller, where: filterOf(kind, caller, owners), owners };
  }

  /** @throws NotAllowedError for whoever does not see all */
  async demandAll(credentials: BackstageCredentials): Promise<Owners> {
    const { visibility, owners } = this.#options;
    const sight = await visibility.ofBudgets(credentials);
    if (!sight.all) {
      throw new NotAllowedError(
        'What the whole organisation uses is shown with permission model.gateway.manage or model.budget.manage. Ask the team that runs the model hub, or look at one of your own teams.',
      );
    }
    return owners.get();
  }

  async sightOf(credentials: BackstageCredentials): Promise<Sight> {
    return this.#options.visibility.ofBudgets(credentials);
  }
}

/**
 * Whoever writes a second entity with the id of a model does not learn who calls
 * it: of several claimants one has to own them all.
 */
export function ownsAll(teams: string[], claimants: CatalogModel[]): boolean {
  return (
    claimants.length > 0 &&
    claimants.every(it => it.owners.some(owner => teams.includes(owner)))
  );
}

function isOwn(
  sight: Exclude<Sight, { all: true }>,
  owners: Owners,
  kind: CallerKind,
  name: string,
): boolean {
  if (kind === 'profile') return sight.profiles.includes(name);
  if (kind === 'team') return sight.teams.includes(name);
  return owners.of(name).some(it => sight.teams.includes(it));
}

/** What a team called itself and through its components. */
export function filterOf(
  kind: CallerKind,
  caller: string,
  owners: Owners,
): RollupFilter {
  if (kind === 'profile') return { profiles: [caller] };
  if (kind === 'component') return { components: [caller] };
  return {
    callers: { teams: [caller], components: owners.componentsOf(caller) },
  };
}
