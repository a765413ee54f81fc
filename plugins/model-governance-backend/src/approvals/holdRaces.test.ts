import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import {
  createPortalWorld,
  databaseIds,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';
import { DatabaseApprovalStore } from './DatabaseApprovalStore';

jest.setTimeout(120_000);

describe.each(databaseIds)('at the same moment on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;
  let replica: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
    replica = await startPortal(world);
  });

  afterEach(async () => {
    await portal.stop();
    await replica.stop();
  });

  const asked = async (more: object = {}) => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, ...more });
    await portal.settle();
    return body.id as string;
  };
  const sign = (id: string, on = replica) =>
    on.as('priya').command(id, 'approve', { role: 'lead' });
  const suspend = (on = portal) =>
    on.as('ines').post('/models/meta/llama/suspend', { reason: 'CVE-2026-1' });
  const approvedNow = () =>
    world.knex('approvals').where({ state: 'approved' }).pluck('id');

  it('a hold and the last signature never leave an approval without the hold', async () => {
    for (const modelVersion of ['1.0', '2.0']) {
      for (const order of ['suspend first', 'sign first']) {
        const id = await asked({ modelVersion });
        const [a, b] =
          order === 'sign first'
            ? [sign(id), suspend()]
            : [suspend(), sign(id)];
        const answers = await Promise.all([a, b]);
        expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(
          true,
        );
        expect(await approvedNow()).toEqual([]);
        const { state } = await portal.detail(id);
        expect(['in-review', 'suspended']).toContain(state);
        const { body } = await portal
          .as('ines')
          .get('/models/meta/llama/holds');
        await portal
          .as('ines')
          .post(`/models/meta/llama/holds/${body.items[0].id}/clear`, {
            reason: 'Patched.',
          });
        const after = await portal.detail(id);
        expect(after.state).toBe(
          state === 'suspended' ? 'approved' : 'in-review',
        );
        const [by, command] =
          state === 'suspended' ? ['nora', 'revoke'] : ['dana', 'withdraw'];
        const end = await portal
          .as(by)
          .command(id, command, { reason: 'Over.' });
        expect(end.status).toBe(200);
      }
    }
  });

  it('the last signature reads holds under the lock of the model', async () => {
    const id = await asked();
    const { revision } = await portal.detail(id);
    const store = DatabaseApprovalStore.create({ knex: world.knex });
    // A hold that is being placed, and not committed when the signature is read.
    const tx = await world.knex.transaction();
    await store.lockModel(tx, wanted.entityRef);
    await tx('approval_model_holds').insert({
      id: 'h',
      entity_ref: wanted.entityRef,
      kind: 'manual',
      reason: 'CVE-2026-1',
      placed_by: 'user:default/ines',
      placed_at: world.clock.now().toISOString(),
    });
    // Sent now: supertest waits for somebody who asks for the answer.
    const signature = replica
      .as('priya')
      .post(`/approvals/${id}/commands`, {
        command: 'approve',
        role: 'lead',
        revision,
      })
      .then(answer => answer);
    if (isPostgres(world.knex)) await waitingForLock(world.knex);
    await tx.commit();
    const { status, body } = await signature;
    expect([status, body.error?.code]).toEqual([409, 'on-hold']);
    expect((await portal.detail(id)).state).toBe('in-review');
  });

  it('a hold is cleared once, and everything that it kept off lives again', async () => {
    const one = await asked();
    await sign(one);
    const two = await asked({ modelVersion: '2.0', purpose: 'search' });
    await portal.as('lee').command(two, 'approve', { role: 'lead' });
    expect((await approvedNow()).sort()).toEqual([one, two].sort());
    await suspend();
    const { body } = await portal.as('ines').get('/models/meta/llama/holds');
    const clear = (on: Portal, as: string) =>
      on.as(as).post(`/models/meta/llama/holds/${body.items[0].id}/clear`, {
        reason: 'Patched.',
      });
    const answers = await Promise.all([
      clear(portal, 'ines'),
      clear(replica, 'tom'),
      clear(portal, 'lara'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await approvedNow()).sort()).toEqual([one, two].sort());
    expect((await portal.as('nora').get('/ledger/verification')).body.ok).toBe(
      true,
    );
  });

  it('two holds on a model with many approvals do not wait for each other', async () => {
    const ids = [await asked()];
    await sign(ids[0]);
    for (const modelVersion of ['1.0', '2.0']) {
      const id = await asked({ modelVersion, purpose: 'search' });
      await portal.as('lee').command(id, 'approve', { role: 'lead' });
      ids.push(id);
    }
    const answers = await Promise.all([
      suspend(portal),
      suspend(replica),
      replica.as('tom').command(ids[1], 'suspend', { reason: 'Drift.' }),
      portal.as('tom').command(ids[2], 'revoke', { reason: 'Not needed.' }),
    ]);
    expect(answers.slice(0, 2).map(({ status }) => status)).toEqual([200, 200]);
    expect(await approvedNow()).toEqual([]);
    const { body } = await portal.as('ines').get('/models/meta/llama/holds');
    expect(
      body.items.filter(({ covers }: { covers: string }) => covers === 'model'),
    ).toHaveLength(2);
  });
});

/** Until somebody waits for an advisory lock. */
async function waitingForLock(knex: Knex): Promise<void> {
  for (let n = 0; n < 10_000; n += 1) {
    const waiting = await knex('pg_locks')
      .where({ locktype: 'advisory', granted: false })
      .andWhereRaw(
        'database = (select oid from pg_database where datname = current_database())',
      );
    if (waiting.length > 0) return;
  }
  throw new Error('Nobody waits for the lock of the model.');
}
