import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  ApprovalDetail,
  ModelUsageClient,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateOutcome,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { resolve } from 'node:path';
import request from 'supertest';
import { GateRegistry } from '../gates';
import { createGovernance } from '../governance';
import type { OutboxMessage } from '../outbox';
import { allowGateways } from '../router';
import type { StepUpService } from '../stepUp';
import { organisation } from './catalogEntities';
import { migratedDatabase } from './databases';
import { TestClock } from '@modelhub/backstage-plugin-models-node/testUtils';

/** A gate that says what the test tells it. */
function probe(world: {
  verdict: GateOutcome['verdict'];
  critical: boolean;
  files?: GateOutcome['files'];
}): ModelGate {
  return {
    id: 'probe',
    title: 'Probe',
    version: '1',
    appliesTo: () => true,
    // Asked each time: the test changes the answer.
    cacheKey: () => `${world.verdict}${world.critical}`,
    evaluate: async () => ({
      verdict: world.verdict,
      summary: `The probe says ${world.verdict}.`,
      findings: world.critical
        ? [{ id: 'bad', severity: 'critical', message: 'Runs code.' }]
        : [],
      files: world.files,
    }),
  };
}

/** Takes the challenge `good` once. */
function testStepUp(): StepUpService {
  const used = new Set<string>();
  return {
    async consume(_tx, { proof, action, payload }) {
      if (
        !proof.challengeId.startsWith('good') ||
        used.has(proof.challengeId)
      ) {
        throw new NotAllowedError('This confirmation does not count.');
      }
      used.add(proof.challengeId);
      return {
        passkeyId: 'p',
        action,
        nonce: 'n',
        payloadHash: JSON.stringify(payload),
        publicKey: '',
        rpId: 'localhost',
        origin: 'http://localhost',
        clientDataJSON: '',
        authenticatorData: '',
        signature: '',
      };
    },
  };
}

export type Permit = (
  permission: string,
  user: string | undefined,
) => PolicyDecision | boolean;

const allowAll: Permit = () => true;

export interface PortalWorld {
  knex: Knex;
  clock: TestClock;
  catalog: Map<string, Entity>;
  permit: Permit;
  /** What the gate of all tiers says. */
  verdict: GateOutcome['verdict'];
  critical: boolean;
  /** Documents that it leaves. */
  files?: GateOutcome['files'];
  /** Further gates than the probe. */
  gates?: ModelGate[];
  /** More of `modelGovernance`; replaces what is there. */
  config?: JsonObject;
  /** `catalog` of the configuration. */
  catalogConfig?: JsonObject;
  stepUp: StepUpService;
  sent: Array<OutboxMessage['payload']>;
  /** Of `modelGovernance.policies`. */
  policies?: { path?: string; manage?: 'files' | 'portal' };
  /** What the room of usage says of calls. */
  calls: Awaited<ReturnType<ModelUsageClient['listCalledScopes']>>;
}

export async function createPortalWorld(
  id: TestDatabaseId,
): Promise<PortalWorld> {
  const { knex } = await migratedDatabase(id);
  return {
    knex,
    clock: new TestClock(),
    catalog: organisation(),
    permit: allowAll,
    verdict: 'pass',
    critical: false,
    stepUp: testStepUp(),
    sent: [],
    calls: { from: '', to: '', items: [] },
  };
}

function permissionsOf(world: PortalWorld): PermissionsService {
  const decide: PermissionsService['authorizeConditional'] = async (
    requests,
    { credentials },
  ) =>
    requests.map(({ permission }) => {
      const { principal } = credentials as BackstageCredentials<{
        userEntityRef?: string;
      }>;
      const decision = world.permit(permission.name, principal.userEntityRef);
      if (typeof decision !== 'boolean') return decision;
      return {
        result: decision ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      };
    });
  return {
    authorizeConditional: decide,
    authorize: (requests, options) =>
      decide(
        requests.map(({ permission }) => ({ permission })) as Parameters<
          typeof decide
        >[0],
        options,
      ) as ReturnType<PermissionsService['authorize']>,
  };
}

/** The catalog mock over entities that the test may change at any time. */
function catalogOf(world: PortalWorld) {
  const now = () =>
    catalogServiceMock({ entities: [...world.catalog.values()] });
  return catalogServiceMock.mock({
    // The mock finds no camel-case fields; the catalog does, and ignores case.
    getEntities: async ({ filter } = {}) => {
      const kinds = [filter ?? []].flat().map(one => Object.entries(one)[0]);
      const [only] = kinds;
      if (kinds.length === 1 && only[0] === 'kind') {
        return {
          items: [...world.catalog.values()].filter(
            ({ kind }) => kind === only[1],
          ),
        };
      }
      const wantedIds = [filter ?? []]
        .flat()
        .map(one => String(Object.values(one)[1]).toLowerCase());
      return {
        items: [...world.catalog.values()].filter(({ spec }) =>
          wantedIds.includes(String(spec?.gatewayId).toLowerCase()),
        ),
      };
    },
    async *streamEntities() {
      yield [...world.catalog.values()].filter(({ kind }) => kind === 'Model');
    },
    getEntitiesByRefs: (...args) => now().getEntitiesByRefs(...args),
    getEntityByRef: (...args) => now().getEntityByRef(...args),
  });
}

/** Before a user's name: an agent that acts for them. */
const AGENT = 'agent of ';
/** What the playground does for somebody. */
const PLAYGROUND = 'playground of ';

function actorOf(name: string) {
  if (name.startsWith(AGENT))
    return { actor: { subject: 'plugin:mcp-actions' } };
  return name.startsWith(PLAYGROUND)
    ? { actor: { subject: 'plugin:model-serving' } }
    : undefined;
}

type Governance = Awaited<ReturnType<typeof createGovernance>>;

/** One replica with every room, over real HTTP. Nothing runs by itself. */
export async function startPortal(world: PortalWorld) {
  let governance: Governance | undefined;
  const plugin = createBackendPlugin({
    pluginId: 'model-governance',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          urlReader: coreServices.urlReader,
        },
        async init({ http, ...deps }) {
          governance = await createGovernance({
            ...deps,
            usage: {
              listBudgets: async () => ({ items: [] }),
              listCalledScopes: async () => world.calls,
            },
            clock: world.clock,
            stepUp: world.stepUp,
            gates: GateRegistry.create([probe(world), ...(world.gates ?? [])]),
            outlets: {
              notifications: {
                send: async ({ recipients, payload }) => {
                  world.sent.push({
                    ...payload,
                    recipients:
                      recipients.type === 'entity'
                        ? [recipients.entityRef].flat()
                        : [],
                  });
                },
              },
              signals: { publish: async () => {} },
              events: mockServices.events(),
            },
          });
          allowGateways(http);
          http.use(governance.router);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:7007' },
          backend: {
            baseUrl: 'http://localhost:7007',
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          modelGovernance: {
            policies: {
              path: resolve(__dirname, 'policies'),
              ...world.policies,
            },
            purposes: [
              { id: 'support', title: 'Support', dataClasses: ['internal'] },
              { id: 'search', title: 'Search', dataClasses: ['internal'] },
            ],
            profiles: [
              {
                id: 'care',
                title: 'Customer care',
                members: ['group:default/customer-care'],
              },
            ],
            ...world.config,
          },
          ...(world.catalogConfig && { catalog: world.catalogConfig }),
        },
      }),
      mockServices.database.factory({
        knex: world.knex,
        migrations: { skip: true },
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalogOf(world),
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => permissionsOf(world),
      }),
    ],
  });
  if (!governance) throw new Error('The plugin did not start');
  const { server } = backend;
  const rooms = governance;
  const base = '/api/model-governance';

  const as = (name: string) => {
    const authorization =
      name === 'service'
        ? mockCredentials.service.header()
        : `Bearer ${mockCredentials.user.token(
            `user:default/${name.replace(AGENT, '').replace(PLAYGROUND, '')}`,
            actorOf(name),
          )}`;
    const send =
      (method: 'get' | 'post' | 'put' | 'delete') =>
      (path: string, body?: object, key?: string) => {
        const sent = request(server)
          [method](`${base}${path}`)
          .set('authorization', authorization);
        if (key) sent.set('idempotency-key', key);
        return body ? sent.send(body) : sent;
      };
    const post = send('post');
    return {
      get: send('get'),
      post,
      put: send('put'),
      delete: send('delete'),
      /** Gives a command on what the approval is now. */
      command: async (
        id: string,
        command: string,
        more: Record<string, unknown> = {},
        key?: string,
      ) => {
        const { revision = undefined, ...rest } = more;
        const row = await world.knex('approvals').where({ id }).first();
        return post(
          `/approvals/${id}/commands`,
          { command, revision: revision ?? row.revision, ...rest },
          key,
        );
      },
    };
  };

  return {
    as,
    rooms,
    server,
    stop: async () => {
      // What is on the way must not reach the database of the next test.
      await rooms.stop();
      await backend.stop();
    },
    /** Runs the gates and everything that follows. */
    settle: async () => {
      await rooms.gates.runDue();
      await rooms.dispatcher.deliverDue();
    },
    job: async (id: string) =>
      rooms.jobs.find(job => job.id === `model-governance-${id}`)!.run(),
    detail: async (id: string, name = 'nora'): Promise<ApprovalDetail> =>
      (await as(name).get(`/approvals/${id}`)).body,
  };
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;
