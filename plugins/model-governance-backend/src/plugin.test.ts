import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import request from 'supertest';
import { migratedDatabase, organisation, wanted } from './__testUtils__';
import { modelGovernancePlugin } from './plugin';

jest.setTimeout(120_000);

/** The organisation, whose models their provider runs: no files wait to be scanned. */
function hostedOnly() {
  return [...organisation().values()].map(entity =>
    entity.kind === 'Model'
      ? {
          ...entity,
          spec: {
            ...entity.spec,
            versions: [
              {
                name: wanted.modelVersion,
                providerModelId: 'x-1',
                snapshot: '2026-01-31',
              },
            ],
          },
        }
      : entity,
  );
}

async function start() {
  const { knex } = await migratedDatabase('SQLITE_3');
  const actions = actionsRegistryServiceMock();
  const notified: NotificationSendOptions[] = [];
  const signalled: unknown[] = [];
  const backend = await startTestBackend({
    features: [
      modelGovernancePlugin,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:7007' },
          backend: { baseUrl: 'http://localhost:7007' },
          modelGovernance: {
            purposes: [
              { id: 'support', title: 'Support', dataClasses: ['internal'] },
            ],
            profiles: [
              {
                id: 'care',
                title: 'Customer care',
                members: ['group:default/customer-care'],
              },
            ],
          },
        },
      }),
      mockServices.database.factory({ knex, migrations: { skip: true } }),
      catalogServiceMock.factory({ entities: hostedOnly() }),
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async sent => {
            notified.push(sent);
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async signal => {
            signalled.push(signal);
          },
        }),
      }),
    ],
  });
  return {
    ...backend,
    actions,
    notified,
    signalled,
    stop: () => backend.stop(),
  };
}

it('starts with the policies of the repository and decides by itself', async () => {
  const { server, stop } = await start();
  try {
    const dana = mockCredentials.user.header('user:default/dana');
    const api = '/api/model-governance';
    const policies = await request(server)
      .get(`${api}/policies`)
      .set('authorization', dana);
    expect(policies.body.error).toBeUndefined();
    expect(
      policies.body.tiers.map(({ tier }: { tier: string }) => tier),
    ).toEqual(['sandbox', 'internal', 'customer-facing', 'regulated']);

    const created = await request(server)
      .post(`${api}/approvals`)
      .set('authorization', dana)
      .send({ ...wanted, tier: 'sandbox' });
    expect(created.body).toMatchObject({ state: 'checking' });
    const state = async () => {
      const { body } = await request(server)
        .get(`${api}/approvals/${created.body.id}`)
        .set('authorization', dana);
      return body.state;
    };
    const deadline = Date.now() + 20_000;
    while ((await state()) === 'checking' && Date.now() < deadline) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(await state()).toBe('approved');
  } finally {
    await stop();
  }
});

it('tells the requester of an approval, and every open page that something changed', async () => {
  const { server, notified, signalled, stop } = await start();
  try {
    const created = await request(server)
      .post('/api/model-governance/approvals')
      .set('authorization', mockCredentials.user.header('user:default/dana'))
      .send({ ...wanted, tier: 'sandbox' });
    const { id } = created.body;
    const toDana = () =>
      notified.filter(
        ({ recipients }) =>
          recipients.type === 'entity' &&
          [recipients.entityRef].flat().includes('user:default/dana'),
      );
    const deadline = Date.now() + 20_000;
    while (
      (toDana().length === 0 || signalled.length === 0) &&
      Date.now() < deadline
    ) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(toDana()).toMatchObject([
      {
        payload: {
          topic: 'model-governance',
          link: `/model-governance/approvals/${id}`,
          title: expect.stringContaining('approved'),
        },
      },
    ]);
    const nudge = {
      channel: 'model-governance',
      recipients: { type: 'broadcast' },
      message: { type: 'changed' },
    };
    expect(signalled).toEqual(signalled.map(() => nudge));
    expect(signalled).not.toEqual([]);
  } finally {
    await stop();
  }
});

describe('actions for agents', () => {
  it('are these and no others: nothing signs', async () => {
    const { actions, stop } = await start();
    try {
      expect([...actions.actions.keys()].sort()).toEqual([
        'test:check-model-access',
        'test:get-approval',
        'test:list-model-evaluations',
        'test:list-my-approvals',
        'test:request-model-approval',
      ]);
    } finally {
      await stop();
    }
  });

  it('work for a person, and ask for nothing in a service’s own name', async () => {
    const { actions, stop } = await start();
    try {
      const { submit, ...input } = wanted;
      const asked = { id: 'test:request-model-approval', input };
      await expect(
        actions.invoke({ ...asked, credentials: mockCredentials.service() }),
      ).rejects.toThrow(/made by a person/);

      const credentials = mockCredentials.user('user:default/dana');
      const { output } = await actions.invoke({ ...asked, credentials });
      expect(output).toMatchObject({
        state: 'checking',
        requester: 'user:default/dana',
      });
      const { id } = output as { id: string };
      expect(
        await actions.invoke({
          id: 'test:get-approval',
          input: { id },
          credentials,
        }),
      ).toMatchObject({ output: { id } });
      expect(
        await actions.invoke({
          id: 'test:list-my-approvals',
          input: {},
          credentials,
        }),
      ).toMatchObject({ output: { totalItems: 1, items: [{ id }] } });
      expect(
        await actions.invoke({
          id: 'test:check-model-access',
          input: { entityRef: wanted.entityRef, tier: 'internal' },
          credentials,
        }),
      ).toMatchObject({ output: { allowed: false } });
    } finally {
      await stop();
    }
  });
});
