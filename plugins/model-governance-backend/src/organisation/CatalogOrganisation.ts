import type { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  gatewayIdKey,
  isModelEntity,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { Organisation } from './Organisation';

/** On a Group: who leads it, comma-separated user refs. */
export const LEAD_ANNOTATION = 'modelhub.dev/lead';

const identity = ['apiVersion', 'kind', 'metadata.namespace', 'metadata.name'];

const related = (entities: Iterable<Entity>, type: string) =>
  [...entities].flatMap(entity =>
    (entity.relations ?? [])
      .filter(relation => relation.type === type)
      .map(relation => relation.targetRef),
  );

const userRef = (text: string) =>
  stringifyEntityRef(
    parseEntityRef(text.trim(), {
      defaultKind: 'user',
      defaultNamespace: 'default',
    }),
  );

const leadsIn = (group: Entity) =>
  (group.metadata.annotations?.[LEAD_ANNOTATION] ?? '')
    .split(',')
    .filter(text => text.trim())
    .map(userRef);

/** Knows models by the form in which gateway ids are compared; the catalog does not. */
export interface GatewayIdClaims {
  claimantsOf(gatewayId: string): Promise<string[]>;
}

/** Asks the catalog each time: who may decide is a matter of this moment. */
export class CatalogOrganisation implements Organisation {
  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    claims?: GatewayIdClaims;
  }): CatalogOrganisation {
    return new CatalogOrganisation(options);
  }

  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #claims: GatewayIdClaims;

  private constructor(
    options: Parameters<typeof CatalogOrganisation.create>[0],
  ) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#claims = options.claims ?? { claimantsOf: async () => [] };
  }

  async groupsOf(user: string): Promise<string[]> {
    const direct = related(
      (await this.#read([user], ['relations'])).values(),
      RELATION_MEMBER_OF,
    );
    return this.#walk(direct, RELATION_CHILD_OF);
  }

  async membersOf(groupRefs: string[]): Promise<string[]> {
    const groups = await this.#walk(groupRefs, RELATION_PARENT_OF);
    const entities = await this.#read(groups, ['relations']);
    return [...new Set(related(entities.values(), RELATION_HAS_MEMBER))].sort();
  }

  async leadsOf(groupRef: string, except: string[] = []): Promise<string[]> {
    const seen = new Set<string>();
    for (let at: string | undefined = groupRef; at && !seen.has(at); ) {
      seen.add(at);
      const group: Entity | undefined = (
        await this.#read([at], ['metadata.annotations', 'relations'])
      ).get(at);
      if (!group) return [];
      const leads = leadsIn(group).filter(ref => !except.includes(ref));
      if (leads.length > 0) return [...new Set(leads)];
      [at] = related([group], RELATION_CHILD_OF);
    }
    return [];
  }

  async belongsTo(user: string, refs: string[]): Promise<boolean> {
    if (refs.includes(user)) return true;
    const groups = await this.groupsOf(user);
    return groups.some(group => refs.includes(group));
  }

  async exists(ref: string): Promise<boolean> {
    return (await this.#read([ref])).has(ref);
  }

  async existing(refs: string[]): Promise<Set<string>> {
    return new Set((await this.#read(refs)).keys());
  }

  async model(entityRef: string): Promise<ModelEntityV1alpha1 | undefined> {
    return (await this.models([entityRef])).get(entityRef);
  }

  async models(
    entityRefs: string[],
  ): Promise<Map<string, ModelEntityV1alpha1>> {
    const found = await this.#read(entityRefs, ['metadata', 'spec']);
    return new Map(
      [...found].flatMap(([ref, entity]) =>
        isModelEntity(entity) ? [[ref, entity]] : [],
      ),
    );
  }

  /** Whole entities of any kind. */
  async entities(refs: string[]): Promise<Map<string, Entity>> {
    return this.#read(refs, ['metadata', 'spec', 'relations']);
  }

  async *allModels(): AsyncIterable<ModelEntityV1alpha1[]> {
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: 'Model' },
        fields: [
          ...identity,
          'spec.gatewayId',
          'spec.provider',
          'spec.lifecycle',
          'spec.supersededBy',
          'spec.data',
          'spec.pricing',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) yield page.filter(isModelEntity);
  }

  /**
   * The catalog finds an id in other case only, the claims find every spelling
   * but know a new model a little later; what the catalog says now decides.
   */
  async claimantsOf(gatewayId: string): Promise<string[]> {
    const key = gatewayIdKey(gatewayId);
    const spellings = [...new Set([gatewayId, key])];
    const [{ items }, listed] = await Promise.all([
      this.#catalog.getEntities(
        {
          filter: spellings.map(id => ({
            kind: 'Model',
            'spec.gatewayId': id,
          })),
          fields: [...identity, 'spec.gatewayId'],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      ),
      this.#claims.claimantsOf(gatewayId),
    ]);
    const found = new Map(items.map(item => [stringifyEntityRef(item), item]));
    const others = await this.#read(
      listed.filter(ref => !found.has(ref)),
      ['spec.gatewayId'],
    );
    return [...found, ...others]
      .filter(([, { spec }]) => gatewayIdKey(String(spec?.gatewayId)) === key)
      .map(([ref]) => ref)
      .sort();
  }

  /** The refs and everything that the relation leads to from them. */
  async #walk(refs: string[], relation: string): Promise<string[]> {
    const seen = new Set(refs);
    for (let level = [...seen]; level.length > 0; ) {
      const entities = await this.#read(level, ['relations']);
      level = [...new Set(related(entities.values(), relation))].filter(
        ref => !seen.has(ref),
      );
      level.forEach(ref => seen.add(ref));
    }
    return [...seen];
  }

  async #read(
    refs: string[],
    fields: string[] = [],
  ): Promise<Map<string, Entity>> {
    if (refs.length === 0) return new Map();
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: [...identity, ...fields] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return new Map(
      items.flatMap(entity =>
        entity ? [[stringifyEntityRef(entity), entity] as const] : [],
      ),
    );
  }
}
