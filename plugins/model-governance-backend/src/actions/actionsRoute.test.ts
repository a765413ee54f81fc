import {
  createServiceFactory,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import request from 'supertest';
import { EVALUATION_RESULT_TYPE } from '@modelhub/governance-protocol';
import { migratedDatabase, organisation, wanted } from '../__testUtils__';
import { ResultStore } from '../evaluations/results/ResultStore';
import { pack, resultOf } from '../gates/evaluationPack/__testUtils__/results';
import { modelGovernancePlugin } from '../plugin';

jest.setTimeout(120_000);

const { submit, ...wish } = wanted;
const base = '/api/model-governance/.backstage/actions/v1/actions';

/** What each person may not do; everybody may do the rest. */
const denied: Record<string, string[]> = {
  'user:default/lara': ['model.approval.create'],
  'user:default/tom': ['model.approval.read'],
};

/** The plugin with the real registry of actions: nothing stands in for its routes. */
async function start() {
  const { knex } = await migratedDatabase('SQLITE_3');
  const decide = async (
    requests: Array<{ permission: { name: string } }>,
    { credentials }: { credentials: BackstageCredentials },
  ) =>
    requests.map(({ permission }) => {
      const { userEntityRef = '' } = credentials.principal as {
        userEntityRef?: string;
      };
      const result: AuthorizeResult.ALLOW | AuthorizeResult.DENY = denied[
        userEntityRef
      ]?.includes(permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW;
      return { result };
    });
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
      mockServices.permissions.mock({
        authorize: decide,
        authorizeConditional: decide,
      }).factory,
      catalogServiceMock.factory({ entities: [...organisation().values()] }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => {} }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async () => {} }),
      }),
    ],
  });
  /** As an agent calls: on behalf of the user. */
  const user = (name: string) =>
    `Bearer ${mockCredentials.user.token(`user:default/${name}`, {
      actor: { subject: 'plugin:mcp-actions' },
    })}`;
  return {
    knex,
    stop: () => backend.stop(),
    list: (authorization: string) =>
      request(backend.server).get(base).set('authorization', authorization),
    invoke: (name: string, input: object, authorization: string) =>
      request(backend.server)
        .post(`${base}/model-governance:${name}/invoke`)
        .set('authorization', authorization)
        .send(input),
    user,
  };
}

type Portal = Awaited<ReturnType<typeof start>>;

describe('the routes of the actions', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await start();
  });

  afterAll(() => portal.stop());

  it('offer what looks and asks, and nothing that decides', async () => {
    const { body } = await portal.list(portal.user('dana'));
    const actions: Array<{ id: string; attributes: { readOnly: boolean } }> =
      body.actions;
    expect(actions.map(({ id }) => id).sort()).toEqual([
      'model-governance:check-model-access',
      'model-governance:get-approval',
      'model-governance:list-model-evaluations',
      'model-governance:list-my-approvals',
      'model-governance:request-model-approval',
    ]);
    expect(
      actions.filter(({ attributes }) => !attributes.readOnly),
    ).toMatchObject([{ id: 'model-governance:request-model-approval' }]);
    for (const name of ['approve', 'sign-approval', 'command', 'break-glass']) {
      const { status } = await portal.invoke(name, {}, portal.user('priya'));
      expect([name, status]).toEqual([name, 404]);
    }
  });

  it('refuse whoever the service behind them refuses', async () => {
    const ask = (authorization: string) =>
      portal.invoke('request-model-approval', wish, authorization);
    // Without the permission to ask the action is not even there.
    expect((await ask(portal.user('lara'))).status).toBe(404);
    expect((await portal.list(portal.user('lara'))).body.actions).toHaveLength(
      4,
    );
    const service = await ask(mockCredentials.service.header());
    expect(service.status).toBe(403);
    expect(service.body.error.message).toContain('made by a person');
    expect((await ask(mockCredentials.none.header())).status).toBe(401);
    expect(await portal.knex('approvals')).toEqual([]);
  });

  it('show what evaluations measured, without slices and contents of cases', async () => {
    const result = resultOf(
      pack(),
      { label: [1, 0, 1, 1] },
      {
        result: {
          failures: [
            {
              caseId: 'c2',
              metric: 'label',
              reason: 'Wrong.',
              input: 'SECRET',
            },
          ],
        },
      },
    );
    result.metrics.push({
      name: 'label',
      slice: 'language=de',
      value: 0.5,
      unit: 'ratio',
    });
    await portal.knex.transaction(tx =>
      ResultStore.create({ knex: portal.knex }).file(tx, {
        entityRef: wanted.entityRef,
        modelVersion: '1.0',
        pin: 'sha256:any',
        predicateType: EVALUATION_RESULT_TYPE,
        document: result,
        source: 'pipeline',
        submittedBy: 'group:default/ml-platform',
        submittedAt: result.finishedAt,
        seq: 1,
      }),
    );
    const list = (input: object, authorization: string) =>
      portal.invoke('list-model-evaluations', input, authorization);
    const about = { entityRef: wanted.entityRef };
    const { body } = await list(about, portal.user('dana'));
    expect(body.output).toEqual({
      items: [
        {
          ...about,
          id: expect.any(String),
          modelVersion: '1.0',
          pack: {
            name: 'tickets',
            version: '1.1.0',
            type: 'quality',
            standing: 'not-in-catalog',
          },
          source: 'pipeline',
          finishedAt: result.finishedAt,
          partial: false,
          isWithdrawn: false,
          outcome: 'unknown',
          metrics: [
            {
              name: 'label',
              title: 'Share of right labels',
              value: 0.75,
              unit: 'ratio',
              direction: 'higher',
              samples: 4,
            },
          ],
        },
      ],
    });
    const statusOf = async (input: object, authorization: string) =>
      (await list(input, authorization)).status;
    expect(await statusOf({}, portal.user('dana'))).toBe(400);
    expect(
      await statusOf({ entityRef: 'model:meta/none' }, portal.user('dana')),
    ).toBe(404);
    expect(await statusOf(about, mockCredentials.none.header())).toBe(401);
  });

  it('ask, look and check as the user for whom the agent calls', async () => {
    const asked = await portal.invoke(
      'request-model-approval',
      { ...wish, idempotencyKey: 'agent-0001' },
      portal.user('dana'),
    );
    expect(asked.body.output).toMatchObject({
      state: 'checking',
      requester: 'user:default/dana',
    });
    const { id } = asked.body.output;
    const look = (name: string) =>
      portal.invoke('get-approval', { id }, portal.user(name));
    expect((await look('dana')).body.output).toMatchObject({ id });
    expect((await look('tom')).status).toBe(404);

    const lists = async (name: string) =>
      (await portal.invoke('list-my-approvals', {}, portal.user(name))).body
        .output.totalItems;
    expect([await lists('dana'), await lists('priya')]).toEqual([1, 0]);

    const check = await portal.invoke(
      'check-model-access',
      { entityRef: wanted.entityRef, tier: 'internal' },
      portal.user('dana'),
    );
    expect(check.body.output).toMatchObject({ allowed: false });
    const wrong = await portal.invoke(
      'check-model-access',
      { entityRef: wanted.entityRef, tier: 'root' },
      portal.user('dana'),
    );
    expect(wrong.status).toBe(400);
  });
});
