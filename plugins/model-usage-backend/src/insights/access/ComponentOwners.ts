import type { AuthService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { relatedTo } from './CatalogModels';

/** For how long owners hold. */
const KEPT_MS = 5 * 60_000;
const MOST_REFS = 500;

/** Who called: a team by itself, or a component of somebody's. */
export interface CallerNames {
  team?: string;
  component?: string;
}

/** Whose components are, for all that ever called. */
export class Owners {
  readonly #owners: Map<string, string[]>;

  constructor(owners: Map<string, string[]>) {
    this.#owners = owners;
  }

  knows(component: string): boolean {
    return this.#owners.has(component);
  }

  and(more: Map<string, string[]>): Owners {
    return new Owners(new Map([...this.#owners, ...more]));
  }

  /** Entity refs of the owners of a component; none of one that the catalog does not know. */
  of(component: string): string[] {
    return this.#owners.get(component) ?? [];
  }

  /** The team itself, or the one that owns the component; empty where nobody knows. */
  teamOf({ team = '', component = '' }: CallerNames): string {
    if (component === '') return team;
    const owners = this.of(component);
    return owners.find(it => it.startsWith('group:')) ?? owners[0] ?? '';
  }

  /** Components that count to a team. */
  componentsOf(team: string): string[] {
    return [...this.#owners.keys()].filter(
      component => this.teamOf({ component }) === team,
    );
  }

  /** The team, or else the component, which then stands for one. */
  unitOf(names: CallerNames): string {
    return this.teamOf(names) || (names.component ?? '');
  }
}

/**
 * Asks the catalog with the plugin's own credentials, because sums must be right
 * whoever looks. What a component called counts to its owner of today.
 */
export class ComponentOwners {
  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    knex: Knex;
    clock: Clock;
  }): ComponentOwners {
    return new ComponentOwners(options);
  }

  readonly #options: Parameters<typeof ComponentOwners.create>[0];
  #kept: { until: number; owners: Promise<Owners> } | undefined;

  private constructor(options: Parameters<typeof ComponentOwners.create>[0]) {
    this.#options = options;
  }

  async get(): Promise<Owners> {
    const now = this.#options.clock.now().getTime();
    if (this.#kept && this.#kept.until > now) return this.#kept.owners;
    const owners = this.#ask();
    const kept = { until: now + KEPT_MS, owners };
    this.#kept = kept;
    owners.catch(() => {
      if (this.#kept === kept) this.#kept = undefined;
    });
    return owners;
  }

  /** Of these components too, which may never have called. */
  async including(components: string[]): Promise<Owners> {
    const owners = await this.get();
    const missing = components.filter(it => !owners.knows(it));
    return missing.length === 0
      ? owners
      : owners.and(await this.#ownersOf(missing));
  }

  async #ask(): Promise<Owners> {
    const rows: Array<{ name: string }> = await this.#options
      .knex('usage_names')
      .where({ kind: 'component' })
      .whereNot({ name: '' })
      .select('name');
    return new Owners(await this.#ownersOf(rows.map(({ name }) => name)));
  }

  async #ownersOf(refs: string[]): Promise<Map<string, string[]>> {
    const { auth, catalog } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const owners = new Map<string, string[]>();
    for (let from = 0; from < refs.length; from += MOST_REFS) {
      const some = refs.slice(from, from + MOST_REFS);
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: some, fields: ['kind', 'metadata', 'relations'] },
        { credentials },
      );
      some.forEach((ref, index) => {
        const entity = items[index];
        owners.set(ref, entity ? relatedTo(entity, RELATION_OWNED_BY) : []);
      });
    }
    return owners;
  }
}
