import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import {
  createPortalWorld,
  databaseIds,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';
import {
  startOnline,
  type OnlineRig,
} from '../online/__testUtils__/startOnline';
import { DriftActions } from './DriftActions';
import { readDriftPolicy } from './driftPolicy';
import { Reevaluations } from './Reevaluations';
import { DatabaseApprovalStore } from '../approvals';
import { createFoundation } from '../foundation';

jest.setTimeout(120_000);

const report = (fields: object = {}) => ({
  episode: randomUUID(),
  gatewayId: 'meta/llama',
  modelVersion: '1.0',
  since: '2026-11-14',
  summary: 'Length of prompts: median about 181 → 2,048 tokens (PSI 3.02)',
  link: '/model-usage/drift?model=meta%2Fllama&version=1.0',
  ...fields,
});

describe.each(databaseIds)('drift on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeAll(async () => {
    world = await createPortalWorld(databaseId);
    world.config = {
      drift: { actions: { sandbox: 'suspend', internal: 'notify' } },
    };
    portal = await startPortal(world);
  });
  afterAll(() => portal.stop());

  const tell = (body: object, subject = 'plugin:model-usage') =>
    request(portal.server)
      .post('/api/model-governance/drift-reports')
      .set(
        'authorization',
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service(subject),
          targetPluginId: 'model-governance',
        }),
      )
      .send(body);

  const approved = async () => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, tier: 'sandbox' });
    expect(body.error).toBeUndefined();
    await portal.settle();
    return portal.detail(body.id);
  };

  it('suspends by the policy of the tier, once, and people undo it', async () => {
    const { id, gatewayId, modelVersion, state } = await approved();
    expect(state).toBe('approved');
    const drift = report({ gatewayId, modelVersion });
    const first = await tell(drift);
    expect([first.status, first.body]).toEqual([
      200,
      {
        taken: [
          {
            action: 'suspend',
            tiers: ['sandbox'],
            words:
              '1 request or approval was suspended until people clear the hold.',
          },
          expect.objectContaining({ action: 're-evaluate' }),
        ],
      },
    ]);
    const held = await portal.detail(id);
    expect(held).toMatchObject({
      state: 'suspended',
      holds: [
        {
          kind: 'drift',
          placedBy: 'system',
          reason: expect.stringContaining('181 → 2,048 tokens'),
        },
      ],
    });
    const cleared = await portal.as('ines').command(id, 'clear-hold', {
      holdId: held.holds[0].id,
      reason: 'A new product asks longer questions.',
    });
    expect(cleared.body.state).toBe('approved');
    // Told again, it is the same drift: nothing is done about it again.
    expect((await tell(drift)).body).toEqual(first.body);
    expect(await portal.detail(id)).toMatchObject({ state: 'approved' });
    const events = await world
      .knex('ledger_events')
      .where({ type: 'model.drifted' });
    expect(events).toHaveLength(1);
  });

  it('does nothing about versions and models that nobody asked for', async () => {
    for (const other of [{ modelVersion: '9.9' }, { gatewayId: 'x/none' }]) {
      expect((await tell(report(other))).body).toEqual({ taken: [] });
    }
  });

  it('takes the word of the usage backend alone', async () => {
    expect((await tell(report(), 'plugin:catalog')).status).toBe(403);
    expect(
      (await portal.as('ines').post('/drift-reports', report())).status,
    ).toBe(403);
  });

  it('tells what policy says', async () => {
    const { body } = await portal.as('dana').get('/drift-policy');
    expect(
      body.items.map((it: { tier: string; action: string }) => [
        it.tier,
        it.action,
      ]),
    ).toEqual([
      ['sandbox', 'suspend'],
      ['internal', 'notify'],
      ['customer-facing', 'canary-back'],
      ['regulated', 'canary-back'],
    ]);
  });
});

describe('evidence from before', () => {
  it('says why it does not count', async () => {
    const { knex } = await createPortalWorld('SQLITE_3');
    const reevaluations = Reevaluations.create({ knex });
    const about = { entityRef: 'model:meta/llama', pin: 'sha256:a' };
    const at = (submittedAt: string) => ({
      id: submittedAt,
      predicateType: 't',
      predicate: {},
      producedAt: new Date(submittedAt),
      submittedAt: new Date(submittedAt),
      submittedBy: 'user:default/kai',
      digest: 'd',
    });
    const some = [at('2026-11-20T00:00:00Z'), at('2026-11-01T00:00:00Z')];
    expect(await reevaluations.mark(about, some)).toEqual(some);
    await knex.transaction(tx =>
      reevaluations.ask(tx, about, {
        at: '2026-11-14T00:00:00.000Z',
        reason: 'Evaluate it again.',
      }),
    );
    expect(await reevaluations.mark(about, some)).toEqual([
      some[0],
      { ...some[1], outdatedBecause: 'Evaluate it again.' },
    ]);
    expect(
      await reevaluations.mark({ ...about, pin: 'sha256:b' }, some),
    ).toEqual(some);
  });

  it('needs an action that there is', () => {
    const config = mockServices.rootConfig({
      data: { modelGovernance: { drift: { actions: { internal: 'panic' } } } },
    });
    expect(() => readDriftPolicy(config)).toThrow(/internal: .*'panic'/);
  });
});

describe('an experiment whose challenger drifts', () => {
  let rig: OnlineRig;

  beforeAll(async () => {
    rig = await startOnline('SQLITE_3');
  });
  afterAll(() => rig.stop());

  it('ends in favour of the incumbent, and no other does', async () => {
    const { world, rooms, running, read, takes, one } = rig;
    const { id } = await running();
    const foundation = await createFoundation({
      database: mockServices.database({
        knex: world.knex,
        migrations: { skip: true },
      }),
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
      clock: world.clock,
    });
    const drift = DriftActions.create({
      ...foundation,
      auth: mockServices.auth(),
      policy: readDriftPolicy(
        mockServices.rootConfig({
          data: {
            modelGovernance: {
              drift: { actions: { internal: 'canary-back' } },
            },
          },
        }),
      ),
      store: DatabaseApprovalStore.create({ knex: world.knex }),
      news: { changed: async () => 0, notice: async () => {} },
      reevaluations: Reevaluations.create({ knex: world.knex }),
      modelsOf: async () => [],
      suspend: async () => {},
      running: rooms.running,
      end: (experiment, reason) =>
        rooms.onlineWatch.end(experiment, { kind: 'drift', reason }),
      wake: () => {},
    });
    const service = mockCredentials.service('plugin:model-usage');
    await drift.report(service, report({ gatewayId: 'meta/llama' }));
    expect(await read(id)).toMatchObject({ state: 'running' });
    const { taken } = await drift.report(
      service,
      report({ gatewayId: 'qwen/qwen3' }),
    );
    expect(taken).toMatchObject([
      { action: 'canary-back', tiers: ['internal'] },
    ]);
    expect(await read(id)).toMatchObject({
      state: 'stopped',
      stop: { kind: 'drift', reason: expect.stringContaining('incumbent') },
    });
    expect(await takes(one)).toBeUndefined();
  });
});
