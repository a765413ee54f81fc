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
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  MODEL_KIND,
  modelGatewayManagePermission,
  modelSloManagePermission,
} from '@modelhub/backstage-plugin-models-common';
import type { Aim } from './types';

/** Gateway ids that fit into the address of a request. */
const MOST_IDS = 100;

/** A model of the catalog. */
export interface KnownModel {
  entityRef: string;
  title: string;
  /** Entity refs of the owners of every entity that claims the gateway id. */
  owners: string[][];
}

/** Who calls, and what permissions say. */
export interface ObjectiveCaller {
  credentials: BackstageCredentials;
  /** For the record. */
  ref: string;
  /** Refs that the caller owns things by; empty for programs. */
  refs: string[];
  /** Permission `model.slo.manage`. */
  manages: boolean;
  /** Sees objectives of models that the catalog does not know, too. */
  seesAll: boolean;
}

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec',
  'relations',
];

const ownersOf = (entity: Entity): string[] =>
  (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);

const gatewayIdOf = (entity: Entity): string | undefined => {
  const { gatewayId } = (entity.spec ?? {}) as { gatewayId?: unknown };
  return typeof gatewayId === 'string' ? gatewayId : undefined;
};

/** Who sees and changes which objectives. */
export class ObjectiveAccess {
  static create(options: {
    auth: AuthService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
    catalog: CatalogService;
  }): ObjectiveAccess {
    return new ObjectiveAccess(options);
  }

  readonly #options: Parameters<typeof ObjectiveAccess.create>[0];

  private constructor(options: Parameters<typeof ObjectiveAccess.create>[0]) {
    this.#options = options;
  }

  async callerOf(credentials: BackstageCredentials): Promise<ObjectiveCaller> {
    const { auth, permissions, userInfo } = this.#options;
    const isUser = auth.isPrincipal(credentials, 'user');
    if (!isUser && !auth.isPrincipal(credentials, 'service')) {
      throw new NotAllowedError('Sign in first.');
    }
    const [slo, gateways] = await permissions.authorize(
      [
        { permission: modelSloManagePermission },
        { permission: modelGatewayManagePermission },
      ],
      { credentials },
    );
    const manages = slo.result === AuthorizeResult.ALLOW;
    const common = {
      credentials,
      manages,
      seesAll: manages || gateways.result === AuthorizeResult.ALLOW,
    };
    if (!auth.isPrincipal(credentials, 'user')) {
      const { subject } = (
        credentials as BackstageCredentials<{ subject: string }>
      ).principal;
      return { ...common, ref: subject, refs: [] };
    }
    const info = await userInfo.getUserInfo(credentials);
    return {
      ...common,
      ref: credentials.principal.userEntityRef,
      refs: info.ownershipEntityRefs,
    };
  }

  /** Those that the caller may read in the catalog, by gateway id. */
  async visible(
    gatewayIds: string[],
    { credentials }: ObjectiveCaller,
  ): Promise<Map<string, KnownModel>> {
    return this.#models(gatewayIds, credentials);
  }

  /** Whoever may see them. */
  async known(gatewayIds: string[]): Promise<Map<string, KnownModel>> {
    const credentials = await this.#options.auth.getOwnServiceCredentials();
    return this.#models(gatewayIds, credentials);
  }

  /**
   * Owners change objectives of their models: of one that several entities
   * claim, only who owns them all.
   */
  mayChange(
    caller: ObjectiveCaller,
    aim: Aim,
    model: KnownModel | undefined,
  ): boolean {
    if (caller.manages) return true;
    return (
      aim.plane === 'data' &&
      model !== undefined &&
      model.owners.every(owners => owners.some(it => caller.refs.includes(it)))
    );
  }

  async #models(
    gatewayIds: string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, KnownModel>> {
    const ids = [...new Set(gatewayIds)];
    const found = new Map<string, KnownModel>();
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
      for (const entity of items) {
        const gatewayId = gatewayIdOf(entity);
        if (gatewayId === undefined) continue;
        const before = found.get(gatewayId);
        found.set(gatewayId, {
          entityRef: before?.entityRef ?? stringifyEntityRef(entity),
          title: before?.title ?? entity.metadata.title ?? entity.metadata.name,
          owners: [...(before?.owners ?? []), ownersOf(entity)],
        });
      }
    }
    return found;
  }
}
