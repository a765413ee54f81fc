import type {
  AuthService,
  BackstageCredentials,
  DatabaseService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { FakeEngine } from '../../plugins/model-serving-backend/src/__testUtils__/FakeEngine';
import { FakeGovernance } from '../../plugins/model-serving-backend/src/__testUtils__/FakeGovernance';
import { someModel } from '../../plugins/model-serving-backend/src/__testUtils__/someModel';
import type { MachineClocks } from '../../plugins/model-serving-backend/src/clock';
import { migrationsDirectory } from '../../plugins/model-serving-backend/src/database';
import { createServing } from '../../plugins/model-serving-backend/src/servingRooms';
import { scratchDatabase } from '../scratchDatabase';

const SECRET = 'a secret of a benchmark, of 32 characters or more';

const logger: LoggerService = {
  error: words => void process.stderr.write(`${words}\n`),
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => logger,
};

const SERVICE: BackstageCredentials = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'service', subject: 'plugin:model-serving' },
};

/** A member of a team. */
export const member = (team: string): BackstageCredentials => ({
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef: `user:default/${team}` },
});

const refOf = (credentials: BackstageCredentials) =>
  (credentials.principal as { userEntityRef?: string }).userEntityRef;

const auth = {
  isPrincipal: (credentials: BackstageCredentials, type: string) =>
    (credentials.principal as { type: string }).type === type,
  getOwnServiceCredentials: async () => SERVICE,
  getPluginRequestToken: async ({
    onBehalfOf,
  }: {
    onBehalfOf: BackstageCredentials;
  }) => ({ token: JSON.stringify([refOf(onBehalfOf)]) }),
} as unknown as AuthService;

const catalog = {
  getEntityByRef: async () => someModel('talker'),
  getEntitiesByRefs: async ({ entityRefs }: { entityRefs: string[] }) => ({
    items: entityRefs.map(ref => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: ref.replace(/^.*\//, '') },
      relations: [
        {
          type: 'memberOf',
          targetRef: ref.replace('user:', 'group:'),
        },
      ],
    })),
  }),
} as unknown as CatalogService;

/** A database with the tables of the serving room. */
export const openDatabase = (url: string | undefined) =>
  scratchDatabase({
    of: 'serving',
    url,
    migrations: migrationsDirectory,
    connections: 10,
  });

/** A governance room where everybody is in one profile. */
export function governanceOfAll(): FakeGovernance {
  return Object.assign(new FakeGovernance(), {
    listAccessProfiles: async () => ({
      items: [
        {
          id: 'all',
          title: 'All',
          members: [],
          enforcement: 'enforce' as const,
          mine: true,
        },
      ],
    }),
  });
}

/** A replica of the serving room. */
export async function startReplica(options: {
  knex: Knex;
  engine: FakeEngine;
  governance: FakeGovernance;
  clocks?: MachineClocks;
  settings?: JsonObject;
}) {
  const { knex, engine, settings } = options;
  return createServing({
    ...options,
    auditor: {
      createEvent: async () => ({
        success: async () => {},
        fail: async () => {},
      }),
    },
    auth,
    catalog,
    config: new ConfigReader({
      modelServing: {
        gatewayUrl: 'http://127.0.0.1:4000/v1',
        endpointSecret: SECRET,
        storageKey: SECRET,
        quotas: { default: { gpus: 1000, endpoints: 1000, perDay: 10_000 } },
        ...settings,
      },
    }),
    database: {
      getClient: async () => knex,
      migrations: { skip: true },
    } as DatabaseService,
    engines: [engine],
    httpAuth: {} as HttpAuthService,
    logger,
    notifications: { send: async () => {} },
    permissions: {
      authorize: async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      authorizeConditional: async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    },
    signals: { publish: async () => {} },
    userInfo: {
      getUserInfo: async credentials => {
        const ref = refOf(credentials) ?? '';
        return {
          userEntityRef: ref,
          ownershipEntityRefs: [ref, ref.replace('user:', 'group:')],
        };
      },
    },
  });
}
