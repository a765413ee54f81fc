import type {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { createServing } from '../servingRooms';
import { FakeEngine } from './FakeEngine';
import { FakeGovernance } from './FakeGovernance';
import { someModel } from './someModel';
import { TestMachine } from './TestMachine';

const SECRET = 'a secret of the test, 32 characters at least';

const user = (name: string, group: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { namespace: 'default', name },
  spec: {},
  relations: [{ type: 'memberOf', targetRef: `group:default/${group}` }],
});

const teams: Record<string, string> = {
  dana: 'checkout',
  carl: 'checkout',
  olga: 'search',
};

const HOUR_MS = 3_600_000;

const running: Array<{ stop(): Promise<void> }> = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(rooms => rooms.stop()));
});

export type Serving = Awaited<ReturnType<typeof startServing>>;

/** What surrounds the rooms; a test may change it at any time. */
export class World {
  readonly machine = new TestMachine();
  readonly engine = new FakeEngine('gpus', { totalGpus: 4 });
  readonly governance = new FakeGovernance();
  readonly entities = new Map<string, Entity>();
  readonly sent: NotificationSendOptions[] = [];
  readonly audited: string[] = [];
  /** Names of those who may see and stop everything. */
  readonly managers = new Set(['root']);
  readonly mayNotCreate = new Set<string>();

  constructor() {
    for (const [name, group] of Object.entries(teams)) {
      this.add(user(name, group));
    }
    this.add(someModel('talker'));
  }

  add(entity: Entity): string {
    const ref = stringifyEntityRef(entity);
    this.entities.set(ref, entity);
    return ref;
  }

  catalog() {
    return catalogServiceMock({ entities: [...this.entities.values()] });
  }
}

const nameOf = (credentials: BackstageCredentials): string =>
  /^user:default\/(.+)$/.exec(
    (credentials.principal as { userEntityRef?: string }).userEntityRef ?? '',
  )?.[1] ?? 'service';

const allowed = (is: boolean) =>
  is ? AuthorizeResult.ALLOW : AuthorizeResult.DENY;

const auditorOf = (world: World): AuditorService => ({
  createEvent: async ({ eventId }) => ({
    success: async () => {
      world.audited.push(eventId);
    },
    fail: async () => {
      world.audited.push(`${eventId} failed`);
    },
  }),
});

/** A replica over a database and what surrounds it. */
export async function startServing(
  knex: Knex,
  world = new World(),
  settings: JsonObject = {},
) {
  const rooms = await createServing({
    auditor: auditorOf(world),
    auth: mockServices.auth(),
    catalog: {
      getEntityByRef: (ref: string, options: never) =>
        world.catalog().getEntityByRef(ref, options),
      getEntitiesByRefs: (query: never, options: never) =>
        world.catalog().getEntitiesByRefs(query, options),
    } as unknown as Parameters<typeof createServing>[0]['catalog'],
    clocks: world.machine,
    config: mockServices.rootConfig({
      data: {
        modelServing: {
          gatewayUrl: 'https://models.acme.example/v1',
          endpointSecret: SECRET,
          storageKey: SECRET,
          ...settings,
        },
      },
    }),
    database: mockServices.database({ knex, migrations: { skip: true } }),
    engines: [world.engine],
    governance: world.governance,
    httpAuth: mockServices.httpAuth(),
    logger: mockServices.logger.mock(),
    notifications: {
      send: async notification => {
        world.sent.push(notification);
      },
    },
    permissions: mockServices.permissions.mock({
      authorize: async (requests, { credentials }) =>
        requests.map(({ permission: { name } }) => ({
          result:
            name === 'model.serving.manage'
              ? allowed(world.managers.has(nameOf(credentials)))
              : allowed(!world.mayNotCreate.has(nameOf(credentials))),
        })),
    }),
    signals: { publish: async () => {} },
    userInfo: {
      getUserInfo: async credentials => {
        const name = nameOf(credentials);
        const team = teams[name];
        return {
          userEntityRef: `user:default/${name}`,
          ownershipEntityRefs: [
            `user:default/${name}`,
            ...(team ? [`group:default/${team}`] : []),
          ],
        };
      },
    },
  });
  running.push(rooms);
  const as = (name: string) => mockCredentials.user(`user:default/${name}`);
  return {
    ...rooms,
    world,
    as,
    /** Starts one as somebody, and does what is due. */
    async begin(name = 'dana', entityRef = 'model:acme/talker') {
      const { id } = await rooms.endpoints.start(as(name), { entityRef });
      await rooms.reconciler.runDue();
      return rooms.endpoints.get(as(name), id);
    },
    /** Time passes in steps, and what is due is done after each. */
    async pass(hours: number, stepMs = 600_000) {
      for (let left = hours * HOUR_MS; left > 0; left -= stepMs) {
        world.machine.pass(Math.min(stepMs, left));
        await rooms.reconciler.runDue();
      }
    },
  };
}
