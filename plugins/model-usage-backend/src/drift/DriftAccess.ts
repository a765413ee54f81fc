import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  MODEL_KIND,
  modelGatewayManagePermission,
} from '@modelhub/backstage-plugin-models-common';

/** A model as the catalog has it. */
export interface DriftModel {
  entityRef: string;
  title: string;
  /** Entity refs of the owners of all entities that claim the gateway id. */
  owners: string[];
}

interface FoundModel extends DriftModel {
  gatewayId: string;
  /** Of each entity that claims the gateway id. */
  claims: string[][];
}

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec',
  'relations',
];

/** Gateway ids that fit into the address of a request. */
const MOST_IDS = 100;

/**
 * Who may read the model may read how its calls change: sums of a week, and
 * not who calls. Its owners say what is usual, and who manages gateways.
 */
export class DriftAccess {
  static create(options: {
    auth: AuthService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
    catalog: CatalogService;
  }): DriftAccess {
    return new DriftAccess(options);
  }

  readonly #options: Parameters<typeof DriftAccess.create>[0];

  private constructor(options: Parameters<typeof DriftAccess.create>[0]) {
    this.#options = options;
  }

  /** Whoever may see it; absent where the catalog does not have it. */
  async known(gatewayId: string): Promise<DriftModel | undefined> {
    const { auth } = this.#options;
    const found = await this.#find(
      [gatewayId],
      await auth.getOwnServiceCredentials(),
    );
    return found.get(gatewayId);
  }

  /** @throws NotFoundError for a model that the caller may not read */
  async demandVisible(
    gatewayId: string,
    credentials: BackstageCredentials,
  ): Promise<{ model: DriftModel; mayChange: boolean; ref: string }> {
    const ref = this.#refOf(credentials);
    const [found, manages, refs] = await Promise.all([
      this.#find([gatewayId], credentials),
      this.#manages(credentials),
      this.#refs(credentials),
    ]);
    const model = found.get(gatewayId);
    if (model) {
      const isOwner = model.claims.every(owners =>
        owners.some(it => refs.includes(it)),
      );
      return { model, ref, mayChange: manages || isOwner };
    }
    if (!manages) {
      throw new NotFoundError(
        `There is no model with gateway id ${gatewayId} that you may read.`,
      );
    }
    const nobody = { entityRef: '', title: gatewayId, owners: [] };
    return { model: nobody, ref, mayChange: true };
  }

  /** Of these gateway ids those that the caller may read. */
  async visible(
    gatewayIds: string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, DriftModel>> {
    this.#refOf(credentials);
    return this.#find(gatewayIds, credentials);
  }

  #refOf(credentials: BackstageCredentials): string {
    const { auth } = this.#options;
    if (auth.isPrincipal(credentials, 'user')) {
      return credentials.principal.userEntityRef;
    }
    if (auth.isPrincipal(credentials, 'service')) {
      return credentials.principal.subject;
    }
    throw new NotAllowedError('Sign in first.');
  }

  async #manages(credentials: BackstageCredentials): Promise<boolean> {
    const [{ result }] = await this.#options.permissions.authorize(
      [{ permission: modelGatewayManagePermission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  async #refs(credentials: BackstageCredentials): Promise<string[]> {
    const { auth, userInfo } = this.#options;
    if (!auth.isPrincipal(credentials, 'user')) return [];
    return (await userInfo.getUserInfo(credentials)).ownershipEntityRefs;
  }

  async #find(
    gatewayIds: string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, FoundModel>> {
    const ids = [...new Set(gatewayIds)];
    const found = new Map<string, FoundModel>();
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const { items } = await this.#options.catalog.getEntities(
        {
          filter: {
            kind: MODEL_KIND,
            'spec.gatewayId': ids.slice(from, from + MOST_IDS),
          },
          fields: FIELDS,
        },
        { credentials },
      );
      for (const entity of items) add(found, entity);
    }
    return found;
  }
}

function add(found: Map<string, FoundModel>, entity: Entity): void {
  const gatewayId = entity.spec?.gatewayId;
  if (typeof gatewayId !== 'string') return;
  const owners = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
  const before = found.get(gatewayId);
  found.set(gatewayId, {
    gatewayId,
    entityRef: before?.entityRef ?? stringifyEntityRef(entity),
    title: before?.title ?? entity.metadata.title ?? entity.metadata.name,
    owners: [...new Set([...(before?.owners ?? []), ...owners])],
    claims: [...(before?.claims ?? []), owners],
  });
}
