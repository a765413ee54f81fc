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
} from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ModelGovernanceClient,
  type Grant,
} from '@modelhub/backstage-plugin-models-common';
import type { UsageSource } from '@modelhub/backstage-plugin-models-node';
import {
  createGatewayProof,
  generateSigningKey,
  type SigningKey,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { allowGateways } from '../router';
import { createUsage } from '../usage';

/** What surrounds the plugin; a test may change it at any time. */
export class World {
  /** Stands still until it is moved; absent for the real time. */
  stopped: Date | undefined = new Date('2026-11-21T12:00:00.000Z');
  readonly gateways = new Map<
    string,
    Pick<SigningKey, 'publicKey'> & Partial<SigningKey>
  >([
    ['gw-1', generateSigningKey()],
    ['gw-2', generateSigningKey()],
    ['gw-3', generateSigningKey()],
  ]);
  governanceIsDown = false;
  /** What the catalog knows. */
  readonly entities: Entity[] = [];
  /** Entity refs that only programs and managers see. */
  readonly secret = new Set<string>();
  /** Users with every permission. */
  readonly managers = new Set(['user:default/admin']);
  readonly profiles = [
    {
      id: 'care',
      title: 'Care',
      owner: 'group:default/care',
      members: ['user:default/dana'],
    },
    { id: 'shop', title: 'Shop', members: ['group:default/shop'] },
  ];
  /** The allowlist. */
  readonly grants: Grant[] = [];
  readonly keys = [{ id: 'key-dana', name: 'CI', owner: 'user:default/dana' }];
  readonly sent: Array<{
    recipients: string[];
    title: string;
    link: string | undefined;
  }> = [];
  /** What governance was told of drift. */
  driftReports: object[] = [];
  /** Signals that went out. */
  signals = 0;
  readonly events: unknown[] = [];

  get now(): Date {
    return this.stopped ?? new Date();
  }

  set now(now: Date) {
    this.stopped = now;
  }

  /** A catalog that shows each caller what they may see. */
  catalog(): CatalogService {
    const catalogFor = (credentials: BackstageCredentials) =>
      catalogServiceMock({
        entities: this.entities.filter(
          entity =>
            mayAll(this, credentials) ||
            !this.secret.has(stringifyEntityRef(entity)),
        ),
      });
    const catalog: Pick<
      CatalogService,
      'getEntities' | 'getEntitiesByRefs' | 'getEntityByRef' | 'streamEntities'
    > = {
      streamEntities: (query, options) =>
        catalogFor(options.credentials).streamEntities(query, options),
      getEntities: async (query, options) => {
        // The catalog in memory does not find fields with capitals.
        const { 'spec.gatewayId': ids, ...filter } = (query?.filter ??
          {}) as Record<string, string | string[]>;
        const { items } = await catalogFor(options.credentials).getEntities(
          { ...query, filter },
          options,
        );
        return {
          items: items.filter(
            ({ spec }) =>
              ids === undefined ||
              [ids].flat().includes(String(spec?.gatewayId)),
          ),
        };
      },
      getEntitiesByRefs: (query, options) =>
        catalogFor(options.credentials).getEntitiesByRefs(query, options),
      getEntityByRef: (ref, options) =>
        catalogFor(options.credentials).getEntityByRef(ref, options),
    };
    return catalog as CatalogService;
  }

  /** A governance backend that answers what the plugin asks. */
  governance(): ModelGovernanceClient {
    const answer = (path: string, user: string | undefined): unknown => {
      const [, id] = /^\/gateways\/([^/]+)\/identity$/.exec(path) ?? [];
      if (id !== undefined) {
        const key = this.gateways.get(decodeURIComponent(id));
        return key && { id, name: id, publicKey: key.publicKey };
      }
      if (path === '/drift-reports') {
        return {
          taken: [
            {
              action: 're-evaluate',
              tiers: ['internal'],
              words: 'New evaluations are asked for.',
            },
          ],
        };
      }
      if (path === '/allowlist') {
        return { epoch: 1, version: 1, items: this.grants };
      }
      if (path === '/access-profiles') {
        return {
          items: this.profiles.map(it => ({
            ...it,
            mine: user !== undefined && it.members.includes(user),
          })),
        };
      }
      return path === '/keys'
        ? {
            items: this.keys.filter(
              ({ owner }) => user === undefined || owner === user,
            ),
          }
        : undefined;
    };
    return new ModelGovernanceClient({
      discoveryApi: { getBaseUrl: async () => 'http://governance' },
      fetchApi: {
        fetch: async (url, init) => {
          if (this.governanceIsDown) throw new TypeError('fetch failed');
          const token = String(
            (init?.headers as Record<string, string>).authorization,
          );
          const [, user] = /"(user:[^"]+)"/.exec(token) ?? [];
          const { pathname } = new URL(String(url));
          if (pathname === '/drift-reports') {
            this.driftReports.push(JSON.parse(String(init?.body)));
          }
          const body = answer(pathname, user);
          return body
            ? Response.json(body)
            : Response.json({ error: {} }, { status: 404 });
        },
      },
    });
  }
}

export type Usage = Awaited<ReturnType<typeof startUsage>>;

/** One replica of the plugin over real HTTP. */
export async function startUsage(
  knex: Knex,
  world: World,
  options: { port?: number; sources?: UsageSource[] } = {},
) {
  let usage: Awaited<ReturnType<typeof createUsage>> | undefined;
  const plugin = createBackendPlugin({
    pluginId: 'model-usage',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          config: coreServices.rootConfig,
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
          logger: coreServices.logger,
          userInfo: coreServices.userInfo,
        },
        async init({ http, ...deps }) {
          usage = await createUsage({
            ...deps,
            sources: options.sources,
            clock: { now: () => new Date(world.now) },
            database: mockServices.database({
              knex,
              migrations: { skip: true },
            }),
            governance: world.governance(),
            catalog: world.catalog(),
            permissions: mockServices.permissions.mock({
              authorize: async (requests, { credentials }) =>
                requests.map(() => ({
                  result: mayAll(world, credentials as BackstageCredentials)
                    ? AuthorizeResult.ALLOW
                    : AuthorizeResult.DENY,
                })),
            }),
            events: mockServices.events.mock({
              publish: async event => {
                world.events.push(event.eventPayload);
              },
            }),
            signals: {
              publish: async () => {
                world.signals += 1;
              },
            },
            notifications: {
              send: async ({ recipients, payload }) => {
                world.sent.push({
                  recipients:
                    recipients.type === 'entity'
                      ? [recipients.entityRef].flat()
                      : [],
                  title: payload.title,
                  link: payload.link,
                });
              },
            },
          });
          allowGateways(http);
          http.use(usage.router);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.rootConfig.factory({
        data: {
          backend: {
            database: { client: 'better-sqlite3', connection: ':memory:' },
            listen: { port: options.port ?? 0, host: '127.0.0.1' },
          },
        },
      }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          getUserInfo: async credentials => {
            const { userEntityRef } = (
              credentials as BackstageCredentials<{ userEntityRef: string }>
            ).principal;
            return {
              userEntityRef,
              ownershipEntityRefs: [
                userEntityRef,
                ...(userEntityRef.endsWith('/dana')
                  ? ['group:default/care']
                  : []),
              ],
            };
          },
        }),
      }),
    ],
  });
  if (!usage) throw new Error('The plugin did not start');
  const rooms = usage;
  const base = '/api/model-usage';
  const gateway = (id: string) => ({
    post: (
      route: '/batches' | '/leases' | '/traces' | '/feedback',
      body: object,
    ) => {
      const proof = createGatewayProof({
        gatewayId: id,
        privateKey:
          world.gateways.get(id)?.privateKey ?? generateSigningKey().privateKey,
        method: 'POST',
        path: `${base}${route}`,
        now: world.now,
      });
      return request(backend.server)
        .post(`${base}${route}`)
        .set('authorization', `Gateway ${proof}`)
        .send(body);
    },
  });
  const as = (name: string) => {
    const authorization =
      name === 'service'
        ? mockCredentials.service.header()
        : mockCredentials.user.header(`user:default/${name}`);
    const send =
      (method: 'get' | 'put' | 'post' | 'delete') =>
      (path: string, body?: object, key?: string) => {
        const sent = request(backend.server)
          [method](`${base}${path}`)
          .set('authorization', authorization);
        if (key) sent.set('idempotency-key', key);
        return body ? sent.send(body) : sent;
      };
    return {
      get: send('get'),
      put: send('put'),
      post: send('post'),
      delete: send('delete'),
    };
  };
  return {
    server: backend.server,
    stop: () => backend.stop(),
    rooms,
    gateway,
    as,
  };
}

function mayAll(world: World, { principal }: BackstageCredentials): boolean {
  const { type, userEntityRef } = principal as {
    type: string;
    userEntityRef?: string;
  };
  return type === 'service' || world.managers.has(userEntityRef ?? '');
}

/** A good call. */
export function someRecord(fields: Partial<UsageRecord> = {}): UsageRecord {
  return {
    id: randomUUID(),
    at: '2026-11-21T11:59:00.000Z',
    route: 'chat',
    keyId: 'key-dana',
    profile: 'care',
    purpose: 'support',
    tier: 'internal',
    team: 'group:default/care',
    model: 'acme/chat',
    version: '1.0',
    status: 200,
    mode: 'enforce',
    streamed: false,
    attempts: 1,
    inputTokens: 100,
    outputTokens: 50,
    costMicros: 1_000_000,
    currency: 'EUR',
    latencyMs: 120.5,
    promptBytes: 400,
    responseBytes: 900,
    ...fields,
  };
}

/** Records as a gateway sends them. */
export const batchOf = (records: UsageRecord[], batchId = randomUUID()) => ({
  batchId,
  records,
});
