import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** For how long an answer is passed on. */
const KEPT_MS = 30_000;
const MOST_KEPT = 5_000;
/** A tree of groups is not deeper. */
const MOST_STEPS = 10;

const related = (entity: Entity | undefined, type: string) =>
  (entity?.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);

/** Who belongs to which group, by the catalog. */
export class Memberships {
  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    /** In ms; goes on whatever is done to the clock. */
    uptimeMs(): number;
  }): Memberships {
    return new Memberships(options);
  }

  readonly #options: Parameters<typeof Memberships.create>[0];
  readonly #kept = new Map<string, { at: number; is: Promise<boolean> }>();

  private constructor(options: Parameters<typeof Memberships.create>[0]) {
    this.#options = options;
  }

  /** Whether the user is in the catalog, and a member of the group or of one below it. */
  async isMember(user: string, group: string): Promise<boolean> {
    const [entity] = await this.#read([user]);
    const seen = new Set<string>();
    let next = related(entity, RELATION_MEMBER_OF);
    for (let step = 0; step < MOST_STEPS && next.length > 0; step++) {
      if (next.includes(group)) return true;
      next.forEach(ref => seen.add(ref));
      const groups = await this.#read(next);
      next = groups
        .flatMap(it => related(it, RELATION_CHILD_OF))
        .filter(ref => !seen.has(ref));
    }
    return false;
  }

  /** The same, some seconds old at most. */
  async stillMember(user: string, group: string): Promise<boolean> {
    const key = `${user} ${group}`;
    const now = this.#options.uptimeMs();
    const kept = this.#kept.get(key);
    if (kept && now - kept.at < KEPT_MS) return kept.is;
    const is = this.isMember(user, group);
    this.#kept.delete(key);
    this.#kept.set(key, { at: now, is });
    is.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return is;
  }

  /** Titles by entity ref; the name where there is none. */
  async titles(refs: string[]): Promise<Map<string, string>> {
    const entities = await this.#read(refs);
    return new Map(
      refs.map((ref, n) => {
        const { metadata, spec } = entities[n] ?? {};
        const profile = spec?.profile as { displayName?: string } | undefined;
        const name = metadata?.title ?? profile?.displayName ?? metadata?.name;
        return [ref, name ?? ref.slice(ref.lastIndexOf('/') + 1)];
      }),
    );
  }

  async #read(entityRefs: string[]): Promise<Array<Entity | undefined>> {
    if (entityRefs.length === 0) return [];
    const { auth, catalog } = this.#options;
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items;
  }
}
