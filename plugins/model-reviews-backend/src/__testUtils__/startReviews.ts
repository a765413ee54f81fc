import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  MODEL_API_VERSION,
  type ModelReviewsClient,
} from '@modelhub/backstage-plugin-models-common';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import request from 'supertest';
import { modelReviewResourceRef, modelReviewRules } from '../permissions';
import { createReviews, resourcesFrom } from '../reviewsRooms';
import { migratedDatabase } from './databases';

/** What the client's method answers. */
export type Answer<T extends keyof ModelReviewsClient> = Awaited<
  ReturnType<ModelReviewsClient[T]>
>;

const groups: Record<string, string[]> = {
  olga: ['group:default/search'],
  oscar: ['group:default/search'],
  dana: ['group:default/care'],
};

/** A model of the team `search`. */
export function someModel(name: string, versions = ['1.0', '2.0']): Entity {
  return {
    apiVersion: MODEL_API_VERSION,
    kind: 'Model',
    metadata: { namespace: 'acme', name, title: name.toUpperCase() },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      owner: 'group:default/search',
      provider: 'acme',
      gatewayId: `acme/${name}`,
      versions: versions.map(version => ({ name: version })),
    },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/search' }],
  };
}

/** What surrounds the plugin; a test may change it at any time. */
export class World {
  now = new Date('2026-11-23T12:00:00.000Z');
  readonly models = new Map<string, Entity>();
  /** Refs that only the owner sees. */
  readonly secret = new Set<string>();
  /** Gateway ids that somebody's team calls. */
  readonly calls = new Map<string, string[]>();
  usageIsDown = false;
  /** Decisions that differ from what everybody may. */
  readonly decisions = new Map<string, PolicyDecision>();
  readonly sent: NotificationSendOptions[] = [];
  notificationsAreDown = false;
  signals = 0;
  /** Topics. */
  events: string[] = [];
  readonly audited: string[] = [];

  add(name: string, versions?: string[]): string {
    const entity = someModel(name, versions);
    const ref = stringifyEntityRef(entity);
    this.models.set(ref, entity);
    return ref;
  }

  /** Later than all that was before. */
  tick(ms = 1_000): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  decide(permission: string, person: string): PolicyDecision {
    const own = this.decisions.get(`${permission} ${person}`);
    if (own) return own;
    const needsRole = ['model.review.moderate', 'model.review.erase'];
    return {
      result:
        needsRole.includes(permission) && person !== 'user:default/mod'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    };
  }
}

const personOf = (credentials: BackstageCredentials): string => {
  const { principal } = credentials as BackstageCredentials<{
    userEntityRef?: string;
  }>;
  return principal.userEntityRef ?? 'service';
};

/** Entity refs in a query come encoded, as clients send them. */
const encoded = (path: string) =>
  path.replace(
    /(entityRef|author)=([^&]+)/g,
    (_, name, ref) => `${name}=${encodeURIComponent(ref)}`,
  );

/** Shows each caller what they may see. */
function worldCatalog(world: World): CatalogService {
  const seenBy = (credentials: BackstageCredentials) =>
    [...world.models].flatMap(([ref, entity]) =>
      world.secret.has(ref) && personOf(credentials) !== 'user:default/olga'
        ? []
        : [entity],
    );
  const catalogFor = (credentials: BackstageCredentials) =>
    catalogServiceMock({ entities: seenBy(credentials) });
  const catalog: Pick<
    CatalogService,
    'getEntities' | 'getEntitiesByRefs' | 'getEntityByRef'
  > = {
    getEntityByRef: (ref, options) =>
      catalogFor(options.credentials).getEntityByRef(ref, options),
    getEntitiesByRefs: (query, options) =>
      catalogFor(options.credentials).getEntitiesByRefs(query, options),
    getEntities: async (query, options) => {
      const { 'spec.gatewayId': ids } = query?.filter as Record<
        string,
        string[]
      >;
      return {
        items: seenBy(options.credentials).filter(({ spec }) =>
          ids.includes(String(spec?.gatewayId)),
        ),
      };
    },
  };
  return catalog as CatalogService;
}

export type Reviews = Awaited<ReturnType<typeof startReviews>>;

/** The plugin over real HTTP on a database of its own. */
export async function startReviews(databaseId: TestDatabaseId) {
  const knex = await migratedDatabase(databaseId);
  const world = new World();
  let rooms: Awaited<ReturnType<typeof createReviews>> | undefined;
  const plugin = createBackendPlugin({
    pluginId: 'model-reviews',
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          config: coreServices.rootConfig,
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
          logger: coreServices.logger,
          permissionsRegistry: coreServices.permissionsRegistry,
          userInfo: coreServices.userInfo,
        },
        async init({ http, permissionsRegistry, ...deps }) {
          const ruleset = permissionsRegistry.getPermissionRuleset(
            modelReviewResourceRef,
          );
          permissionsRegistry.addResourceType({
            resourceRef: modelReviewResourceRef,
            permissions: [],
            rules: Object.values(modelReviewRules),
            getResources: resourcesFrom({ byIds: async () => [] }),
          });
          rooms = await createReviews({
            ...deps,
            ruleset,
            clock: { now: () => new Date(world.now) },
            database: mockServices.database({
              knex,
              migrations: { skip: true },
            }),
            auditor: {
              createEvent: async ({ eventId }) => ({
                success: async () => {
                  world.audited.push(eventId);
                },
                fail: async () => {
                  world.audited.push(`${eventId} failed`);
                },
              }),
            },
            catalog: worldCatalog(world),
            permissions: mockServices.permissions.mock({
              authorize: async (requests, { credentials }) =>
                requests.map(({ permission }) => ({
                  result: world.decide(permission.name, personOf(credentials))
                    .result as AuthorizeResult.ALLOW | AuthorizeResult.DENY,
                })),
              authorizeConditional: async (requests, { credentials }) =>
                requests.map(({ permission }) =>
                  world.decide(permission.name, personOf(credentials)),
                ),
            }),
            events: {
              publish: async ({ topic }) => {
                world.events.push(topic);
              },
            },
            signals: {
              publish: async () => {
                world.signals += 1;
              },
            },
            notifications: {
              send: async notification => {
                if (world.notificationsAreDown) throw new Error('It is away');
                world.sent.push(notification);
              },
            },
            usage: {
              listOwnCalledModels: async (_, options) => {
                if (world.usageIsDown) throw new Error('404 Not Found');
                const [, user] = /"(user:[^"]+)"/.exec(
                  String(options?.token),
                ) ?? ['', ''];
                return {
                  items: (world.calls.get(user) ?? []).map(model => ({
                    model,
                    calls: 3,
                  })),
                };
              },
            },
          });
          http.use(rooms.router);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          getUserInfo: async credentials => {
            const userEntityRef = personOf(credentials);
            const name = userEntityRef.split('/')[1];
            return {
              userEntityRef,
              ownershipEntityRefs: [userEntityRef, ...(groups[name] ?? [])],
            };
          },
        }),
      }),
    ],
  });
  if (!rooms) throw new Error('The plugin did not start');
  const { jobs } = rooms;
  const as = (name: string) => {
    const authorization =
      name === 'service'
        ? mockCredentials.service.header()
        : mockCredentials.user.header(`user:default/${name}`);
    const send =
      (method: 'get' | 'put' | 'post' | 'delete') =>
      (path: string, body?: object, key?: string) => {
        const sent = request(backend.server)
          [method](`/api/model-reviews${encoded(path)}`)
          .set('authorization', authorization);
        if (key) sent.set('idempotency-key', key);
        return body ? sent.send(body) : sent;
      };
    return {
      get: send('get'),
      put: send('put'),
      post: send('post'),
      delete: send('delete'),
      /** @returns what was written; it has to succeed */
      review: async (
        entityRef: string,
        quality: number,
        more: object = {},
      ): Promise<Answer<'createReview'>> => {
        world.tick();
        const { status, body } = await send('post')('/reviews', {
          entityRef,
          modelVersion: '1.0',
          stars: { quality },
          ...more,
        });
        expect([status, body]).toEqual([201, body]);
        return body;
      },
    };
  };
  return {
    world,
    knex,
    as,
    run: async (id: string) => jobs.find(job => job.id === id)?.run(),
    stop: () => backend.stop(),
  };
}
