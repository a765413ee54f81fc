import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Gateway } from '@modelhub/backstage-plugin-models-common';
import { IdempotencyKeys } from '@modelhub/backstage-plugin-models-node';
import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { someRecord } from '../../__testUtils__/startUsage';
import { TestUsage } from '../../rollups/__testUtils__/TestUsage';
import { DEFAULT_RETENTION } from '../../rollups';
import { createObjectives } from '../createObjectives';

const personOf = (credentials: BackstageCredentials): string =>
  (credentials as BackstageCredentials<{ userEntityRef?: string }>).principal
    .userEntityRef ?? 'program';

export const as = (name: string) =>
  mockCredentials.user(`user:default/${name}`);

function model(gatewayId: string, owner: string): Entity {
  const [namespace, name] = gatewayId.split('/');
  return {
    apiVersion: 'modelhub.dev/v1alpha1',
    kind: 'Model',
    metadata: { namespace, name, title: name.toUpperCase() },
    spec: { gatewayId },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

/** What surrounds objectives; a test may change it at any time. */
export class World {
  readonly usage: TestUsage;
  readonly models = [
    model('acme/chat', 'group:default/care'),
    model('acme/other', 'group:default/shop'),
  ];
  /** Gateway ids that only their owners and programs see. */
  readonly secret = new Set<string>();
  readonly sent: Array<{
    recipients: string[];
    title: string;
    description?: string;
    link?: string;
    severity?: string;
  }> = [];
  readonly events: Array<Record<string, unknown>> = [];
  notificationsAreDown = false;
  gateways: Gateway[] | undefined = [];
  changes = 0;

  constructor(readonly knex: Knex) {
    this.usage = new TestUsage(knex);
    this.usage.now = new Date('2026-11-21T12:00:30.000Z');
  }

  get now(): Date {
    return this.usage.now;
  }

  passMinutes(minutes: number): void {
    this.usage.now = new Date(this.now.getTime() + minutes * 60_000);
  }

  /** Calls that began some minutes ago, as a gateway reports them. */
  async calls(
    count: number,
    minutesAgo: number,
    fields: Partial<UsageRecord> = {},
  ): Promise<void> {
    const at = new Date(this.now.getTime() - minutesAgo * 60_000).toISOString();
    // Many are told in one record, which says nothing of how long they took.
    const isMany = count > 20;
    const records = Array.from({ length: isMany ? 1 : count }, () =>
      someRecord({
        id: randomUUID(),
        at,
        ...(isMany && { calls: count }),
        ...fields,
      }),
    );
    await this.usage.take(records);
  }
}

/** One replica. */
export function startObjectives(world: World, objectives: object = {}) {
  const { knex } = world;
  const groups: Record<string, string[]> = {
    'user:default/carla': ['group:default/care'],
    'user:default/sam': ['group:default/shop'],
  };
  const refsOf = (person: string) => [person, ...(groups[person] ?? [])];
  const isManager = (person: string) =>
    ['user:default/admin', 'program'].includes(person);
  const sees = (person: string, { spec, relations }: Entity) =>
    !world.secret.has(String(spec?.gatewayId)) ||
    isManager(person) ||
    relations?.some(it => refsOf(person).includes(it.targetRef));
  const catalog: Pick<CatalogService, 'getEntities'> = {
    getEntities: async (query, { credentials }) => {
      const filter = query?.filter as Record<string, string[]>;
      return {
        items: world.models.filter(
          it =>
            filter['spec.gatewayId'].includes(String(it.spec?.gatewayId)) &&
            sees(personOf(credentials), it),
        ),
      };
    },
  };
  const clock = { now: () => new Date(world.now) };
  return createObjectives({
    auth: mockServices.auth(),
    catalog: catalog as CatalogService,
    clock,
    config: new ConfigReader({ modelUsage: { objectives } }),
    events: mockServices.events.mock({
      publish: async event => {
        world.events.push(event.eventPayload as Record<string, unknown>);
      },
    }),
    governance: {
      listGateways: async () => {
        if (!world.gateways) throw new TypeError('fetch failed');
        return { items: world.gateways };
      },
    },
    idempotency: IdempotencyKeys.create({ knex, clock }),
    knex,
    logger: mockServices.logger.mock(),
    notifications: {
      send: async ({ recipients, payload }) => {
        if (world.notificationsAreDown) throw new Error('Nobody listens');
        world.sent.push({
          recipients:
            recipients.type === 'entity' ? [recipients.entityRef].flat() : [],
          title: payload.title,
          description: payload.description,
          link: payload.link,
          severity: payload.severity,
        });
      },
    },
    onChanged: () => {
      world.changes += 1;
    },
    permissions: mockServices.permissions.mock({
      authorize: async (requests, options) =>
        requests.map(() => ({
          result: isManager(
            personOf(options?.credentials as BackstageCredentials),
          )
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
        })),
    }),
    retention: DEFAULT_RETENTION,
    userInfo: {
      getUserInfo: async credentials => {
        const userEntityRef = personOf(credentials);
        return { userEntityRef, ownershipEntityRefs: refsOf(userEntityRef) };
      },
    },
  });
}

export type Objectives = ReturnType<typeof startObjectives>;

/** What the jobs do each minute and every ten. */
export async function look(
  { jobs }: Objectives,
  which: 'fast' | 'slow' = 'fast',
): Promise<void> {
  await jobs[which === 'fast' ? 0 : 1].run();
}

export const AVAILABILITY = {
  kind: 'availability' as const,
  model: 'acme/chat',
  target: 0.999,
  windowDays: 28 as const,
};

/** Without what an earlier test left. */
export async function emptied(knex: Knex): Promise<void> {
  const levels = ['minutes', 'hours', 'days', 'months'];
  const tables = [
    'slo_objectives',
    'slo_changes',
    'slo_episodes',
    'slo_notices',
    'slo_looks',
    'idempotency_keys',
    'usage_part_days',
    'usage_part_months',
    'usage_called_weeks',
    ...levels.flatMap(it => [`usage_${it}`, `usage_sketches_${it}`]),
  ];
  for (const table of tables) await knex(table).delete();
}
