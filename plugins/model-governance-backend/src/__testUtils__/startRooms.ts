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
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { Grant } from '@modelhub/backstage-plugin-models-common';
import { createGatewayProof } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { AddressInfo } from 'node:net';
import { AccessChecker, createAccessRoom, Guard } from '../access';
import { createAllowlistRoom, type AllowlistRoom } from '../allowlist';
import { presentEvent } from '../approvals/timeline';
import { createFoundation, type Foundation } from '../foundation';
import { ResultStore } from '../evaluations/results/ResultStore';
import { AuthorizedLedgerReader } from '../ledger';
import { createOnlineRoom, type OnlineRoom } from '../online';
import { addAccessRoutes } from '../router/access';
import { addAllowlistRoutes } from '../router/allowlist';
import { addGatewayRoutes, allowGateways } from '../router/gateways';
import { addLedgerRoutes } from '../router/ledger';
import { addOnlineRoutes } from '../router/online';
import { createOpenapiRouter } from '../schema/openapi.generated';
import type { StepUpService } from '../stepUp/StepUpService';
import { migratedDatabase } from './databases';
import { TestClock } from '@modelhub/backstage-plugin-models-node/testUtils';
import { TestOrganisation } from './TestOrganisation';

const open = [
  'model.key.issue',
  'model.endpoint.create',
  'model.approval.read',
];

const decide = (
  permission: { name: string },
  { credentials }: { credentials: BackstageCredentials },
  outsiders: Set<string>,
) => {
  const { principal } = credentials as BackstageCredentials<{
    type: string;
    userEntityRef?: string;
  }>;
  const powerful =
    principal.type === 'service' ||
    principal.userEntityRef === 'user:default/admin';
  const result: AuthorizeResult.ALLOW | AuthorizeResult.DENY =
    powerful ||
    (open.includes(permission.name) &&
      !(
        permission.name === 'model.approval.read' &&
        outsiders.has(principal.userEntityRef ?? '')
      ))
      ? AuthorizeResult.ALLOW
      : AuthorizeResult.DENY;
  return { result };
};

/** Everybody issues keys, and reads approvals but outsiders; the rest is for admin and services. */
const permissionsOf = ({ outsiders }: World): PermissionsService => ({
  authorize: async (requests, options) =>
    requests.map(({ permission }) => decide(permission, options, outsiders)),
  authorizeConditional: async (requests, options) =>
    requests.map(({ permission }) => decide(permission, options, outsiders)),
});

/** Takes the challenge `good`. */
const stepUp: StepUpService = {
  async consume(_tx, { proof, action, payload }) {
    if (proof.challengeId !== 'good') throw new NotAllowedError('No passkey');
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

export interface World {
  knex: Knex;
  clock: TestClock;
  organisation: TestOrganisation;
  /** The approvals room's answer. */
  grants: Grant[];
  /** When the requests and approvals of every purpose were submitted. */
  bound: string[];
  /** Users who may not read approvals. */
  outsiders: Set<string>;
  /** Models that no user sees. */
  hidden: Set<string>;
}

export async function createWorld(id: TestDatabaseId): Promise<World> {
  const { knex } = await migratedDatabase(id);
  return {
    knex,
    clock: new TestClock(),
    organisation: new TestOrganisation(),
    grants: [],
    bound: [],
    outsiders: new Set(),
    hidden: new Set(),
  };
}

function authorizationOf(name: string | undefined): string {
  if (name === undefined) return mockCredentials.none.header();
  return name === 'service'
    ? mockCredentials.service.header()
    : mockCredentials.user.header(`user:default/${name}`);
}

/** One replica with the rooms of this backend that gateways and callers see, over real HTTP. */
export async function startRooms(
  world: World,
  modelGovernance: JsonObject = {},
) {
  let rooms:
    | (AllowlistRoom &
        OnlineRoom & {
          foundation: Foundation;
          /** Adds what the configuration declares. */
          declare(): Promise<void>;
        })
    | undefined;
  const plugin = createBackendPlugin({
    pluginId: 'model-governance',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          config: coreServices.rootConfig,
          database: coreServices.database,
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
          logger: coreServices.logger,
        },
        async init({ auth, http, ...deps }) {
          const { clock, organisation } = world;
          const permissions = permissionsOf(world);
          const foundation = await createFoundation({ ...deps, clock });
          const guard = Guard.create({ auth, permissions });
          const access = createAccessRoom({
            ...deps,
            foundation,
            guard,
            organisation,
            bound: { submittedFor: async () => world.bound },
          });
          const room = createAllowlistRoom({
            ...deps,
            foundation,
            guard,
            access,
            organisation,
            stepUp,
            grants: { liveGrants: async () => [...world.grants] },
          });
          const online = createOnlineRoom({
            ...deps,
            auth,
            foundation,
            guard,
            organisation,
            directory: access.directory,
            allowlist: room.publisher,
            results: ResultStore.create({ knex: world.knex }),
          });
          const checker = AccessChecker.create({
            allowlist: room.publisher,
            directory: access.directory,
            guard,
            models: {
              sees: async (credentials, ref) =>
                organisation.catalog.has(ref) &&
                !(
                  auth.isPrincipal(credentials, 'user') && world.hidden.has(ref)
                ),
            },
            heldBecause: async () => undefined,
            clock,
            portalUrl: 'http://portal',
          });
          const ledger = AuthorizedLedgerReader.create({
            ledger: foundation.ledger,
            permissions,
          });
          const router = await createOpenapiRouter();
          addAccessRoutes(router, { ...deps, ...access, checker });
          addAllowlistRoutes(router, { ...deps, ...room, ...online });
          addOnlineRoutes(router, { ...deps, ...room, ...online });
          addGatewayRoutes(router, { ...deps, ...room });
          addLedgerRoutes(router, {
            ...deps,
            ledger,
            present: presentEvent,
          });
          http.use(router);
          allowGateways(http);
          rooms = {
            ...room,
            ...online,
            foundation,
            declare: access.declare,
            jobs: [...room.jobs, ...access.jobs, ...online.jobs],
          };
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost', listen: { port: 0 } },
          modelGovernance: {
            keys: { secret: 'a secret of more than thirty-two characters' },
            ...modelGovernance,
          },
        },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => world.knex }),
      }),
    ],
  });
  if (!rooms) throw new Error('The plugin did not start');
  const { port } = backend.server.address() as AddressInfo;
  const url = `http://localhost:${port}/api/model-governance`;

  /** Call as a user, with JSON. */
  const call = async (
    method: string,
    path: string,
    options: { as?: string; body?: unknown; headers?: HeadersInit } = {},
  ) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: authorizationOf(options.as),
        ...options.headers,
      },
      body:
        options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  const { publisher } = rooms;
  return {
    ...rooms,
    backend,
    url,
    call,
    stop: async () => {
      await publisher.stop();
      await backend.stop();
    },
  };
}

/** The header with which a gateway proves a request. */
export function proofHeader(
  gateway: { gatewayId: string; privateKey: string },
  request: { method?: string; path: string; now: Date },
) {
  return {
    authorization: `Gateway ${createGatewayProof({
      ...gateway,
      method: request.method ?? 'GET',
      path: `/api/model-governance${request.path}`,
      now: request.now,
    })}`,
  };
}
