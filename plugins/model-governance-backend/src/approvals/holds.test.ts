import {
  createPortalWorld,
  databaseIds,
  digest,
  model,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';
import { HoldStore } from './HoldStore';

jest.setTimeout(120_000);

describe.each(databaseIds)('holds on models on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });

  afterEach(() => portal.stop());

  const asked = async (more: object = {}, as = 'dana') => {
    const { body } = await portal
      .as(as)
      .post('/approvals', { ...wanted, ...more });
    await portal.settle();
    return body.error?.code ?? body.id;
  };
  const approved = async (more: object = {}) => {
    const id: string = await asked(more);
    const { demands } = await portal.detail(id);
    const [lead] = demands.signOffs[0].people ?? [];
    const { body } = await portal
      .as(lead.split('/')[1])
      .command(id, 'approve', { role: 'lead' });
    expect(body.state).toBe('approved');
    await portal.settle();
    return id;
  };
  const suspend = (more: object = {}, as = 'ines', key?: string) =>
    portal
      .as(as)
      .post(
        '/models/meta/llama/suspend',
        { reason: 'CVE-2026-1', ...more },
        key,
      );
  const holds = async (as = 'ines') =>
    (await portal.as(as).get('/models/meta/llama/holds')).body.items;
  const clear = async (as = 'ines', id?: string) =>
    portal
      .as(as)
      .post(`/models/meta/llama/holds/${id ?? (await holds())[0].id}/clear`, {
        reason: 'Patched.',
      });
  const standing = async () =>
    (await portal.as('dana').get('/models/meta/llama/standing')).body;
  const emergency = () =>
    portal.as('kai').post('/emergency-approvals', {
      entityRef: wanted.entityRef,
      modelVersion: '1.0',
      tier: 'internal',
      purpose: 'support',
      profile: 'care',
      reason: 'The support desk is down.',
      stepUp: { challengeId: `good-${Math.random()}`, response: {} },
    });
  const state = async (id: string) => (await portal.detail(id)).state;

  it('stop what is in review where nothing was approved yet', async () => {
    const id = await asked();
    expect((await suspend()).body).toEqual({ items: [] });
    await portal.settle();
    expect(await holds()).toMatchObject([
      {
        covers: 'model',
        kind: 'manual',
        reason: 'CVE-2026-1',
        placedBy: 'user:default/ines',
        mayClear: true,
      },
    ]);
    expect(world.sent).toContainEqual(
      expect.objectContaining({
        recipients: ['user:default/dana'],
        title: 'llama is on hold; your request waits',
      }),
    );

    const sign = () =>
      portal.as('priya').command(id, 'approve', { role: 'lead' });
    const signed = await sign();
    expect([signed.status, signed.body.error.code]).toEqual([409, 'on-hold']);
    expect(signed.body.error.message).toContain('CVE-2026-1.');
    expect((await portal.detail(id)).signOffs).toEqual([]);
    expect(await asked({ purpose: 'search' })).toBe('on-hold');
    expect(await asked({ tier: 'sandbox' })).toBe('on-hold');
    expect((await emergency()).body.error.code).toBe('on-hold');
    expect(await standing()).toMatchObject({
      grants: [],
      problems: [{ code: 'on-hold' }],
      nextStep: {
        kind: 'none',
        message: expect.stringContaining('CVE-2026-1'),
      },
    });
    const [summary] = (
      await portal
        .as('dana')
        .post('/standings/query', { entityRefs: [wanted.entityRef] })
    ).body.items;
    expect(summary.holds).toBe(1);

    expect((await clear()).body).toEqual({ items: [] });
    expect(await holds()).toEqual([]);
    expect((await sign()).body.state).toBe('approved');
    const events = await world
      .knex('ledger_events')
      .where({ subject: wanted.entityRef })
      .orderBy('seq')
      .select('type', 'entity_ref');
    expect(events.map(({ type }) => type)).toEqual([
      'model.suspended',
      'model.hold-cleared',
    ]);
    expect((await portal.as('nora').get('/ledger/verification')).body.ok).toBe(
      true,
    );
  });

  it('stop what the gates alone would have approved', async () => {
    world.verdict = 'needs-evidence';
    const id = await asked({ tier: 'sandbox' });
    expect(await state(id)).toBe('checking');
    await suspend();
    world.verdict = 'pass';
    await portal.as('dana').post(`/approvals/${id}/gates/probe/rerun`);
    await portal.settle();
    expect(await portal.detail(id)).toMatchObject({
      state: 'changes-requested',
      blockers: [{ code: 'on-hold' }],
    });
  });

  it('reach one version or all of them', async () => {
    const one = await approved();
    const two = await approved({ modelVersion: '2.0', purpose: 'search' });
    expect((await suspend({ modelVersion: '3.0' })).status).toBe(400);
    const { body } = await suspend({ modelVersion: '2.0' });
    expect(body.items).toMatchObject([{ id: two, state: 'suspended' }]);
    expect(await state(one)).toBe('approved');
    expect(await standing()).toMatchObject({
      grants: [{ approvalId: one }],
      problems: [{ message: 'Version 2.0 is on hold: CVE-2026-1.' }],
      nextStep: { kind: 'use' },
    });
    expect(await asked({ modelVersion: '2.0', tier: 'sandbox' })).toBe(
      'on-hold',
    );
    const sandbox = await asked({ tier: 'sandbox' });
    expect(await state(sandbox)).toBe('approved');
    const why = HoldStore.create({ knex: world.knex });
    const because = (version?: string) =>
      why.heldBecause(wanted.entityRef, version);
    expect([
      await because(),
      await because('1.0'),
      await because('2.0'),
    ]).toEqual([undefined, undefined, 'CVE-2026-1.']);
    const cleared = await clear();
    expect(cleared.body.items).toMatchObject([{ id: two, state: 'approved' }]);
    expect(await because('2.0')).toBeUndefined();
  });

  it('reach the bytes of a version under another name, too', async () => {
    const held = await approved();
    await suspend({ modelVersion: '1.0' });
    const artifact = { uri: 'hf://meta/x', digest: digest('a') };
    world.catalog.set(
      wanted.entityRef,
      model('llama', {
        versions: [
          { name: 'renamed', artifact },
          { name: '2.0', artifact: { ...artifact, digest: digest('b') } },
        ],
      }),
    );
    expect(await asked({ modelVersion: 'renamed', purpose: 'search' })).toBe(
      'on-hold',
    );
    expect(await state(await asked({ modelVersion: '2.0' }))).toBe('in-review');
    // Not even a row that says otherwise is a grant.
    await world
      .knex('approvals')
      .where({ id: held })
      .update({ state: 'approved', model_version: 'renamed' });
    expect((await standing()).grants).toEqual([]);
  });

  it('outlive the approvals that they suspended', async () => {
    const id = await approved();
    await suspend();
    await portal.as('nora').command(id, 'revoke', { reason: 'Not needed.' });
    expect(await state(id)).toBe('revoked');
    expect(await asked()).toBe('on-hold');
    expect(await holds()).toHaveLength(1);
    // A requester may ask again and does not clear; whoever may, does.
    expect((await clear('tom')).status).toBe(200);
    expect(await asked()).not.toBe('on-hold');
  });

  it('are cleared by those who may place them, and not by who asked', async () => {
    const id = await approved();
    expect((await suspend({}, 'service')).status).toBe(403);
    world.permit = (permission, who) =>
      permission !== 'model.suspend' || who !== 'user:default/tom';
    expect((await suspend({}, 'tom')).status).toBe(403);
    expect(await holds()).toEqual([]);
    await suspend();
    expect((await clear('tom')).status).toBe(403);
    expect((await clear('service')).status).toBe(403);
    const own = await clear('dana');
    expect([own.status, own.body.error.code]).toEqual([
      403,
      'hold-not-clearable',
    ]);
    expect(await holds('dana')).toMatchObject([{ mayClear: false }]);
    expect(await state(id)).toBe('suspended');
    expect((await clear()).status).toBe(200);
    expect(await state(id)).toBe('approved');
  });

  it('and holds of its own keep an approval off until all are cleared', async () => {
    const id = await approved();
    await suspend();
    world.clock.advance(1);
    await portal.as('tom').command(id, 'suspend', { reason: 'Drift.' });
    expect(await holds()).toMatchObject([
      { covers: 'model' },
      { covers: 'approval', approvalId: id, modelVersion: '1.0' },
    ]);
    const before = await portal.detail(id, 'ines');
    expect(before.blockers).toMatchObject([
      { message: 'CVE-2026-1' },
      { message: 'Drift.' },
    ]);
    const [onModel, onApproval] = before.holds;
    // From the approval, too: it is the same hold.
    const from = (as: string, holdId: string, key?: string) =>
      portal
        .as(as)
        .command(
          id,
          'clear-hold',
          { holdId, reason: 'Patched.', revision: before.revision },
          key,
        );
    expect((await from('dana', onModel.id)).status).toBe(403);
    for (const _ of [1, 2]) {
      const { status, body } = await from('ines', onModel.id, 'clear-hold-01');
      expect([status, body.state]).toEqual([200, 'suspended']);
      expect(body.blockers).toMatchObject([{ message: 'Drift.' }]);
    }
    expect((await from('ines', onModel.id)).status).toBe(409);
    const last = await portal.as('ines').command(id, 'clear-hold', {
      holdId: onApproval.id,
      reason: 'Measured again.',
    });
    expect(last.body.state).toBe('approved');
    const { body } = await portal.as('dana').get(`/approvals/${id}/timeline`);
    expect(
      body.items.slice(-4).map(({ type }: { type: string }) => type),
    ).toEqual([
      'approval.suspended',
      'approval.suspended',
      'approval.hold-cleared',
      'approval.reinstated',
    ]);
  });

  it('leave behind what speaks against living again', async () => {
    const id = await approved();
    await suspend();
    world.catalog.set(
      wanted.entityRef,
      model('llama', { license: { id: 'llama3.3' } }),
    );
    const { body } = await clear();
    expect(body.items).toMatchObject([{ id, state: 'suspended' }]);
    const after = await portal.detail(id, 'ines');
    expect(after.holds.filter(hold => !hold.clearedAt)).toMatchObject([
      { kind: 'subject-changed', covers: 'approval' },
    ]);
    expect((await standing()).grants).toEqual([]);
    world.catalog.set(wanted.entityRef, model('llama'));
    const own = after.holds.find(hold => !hold.clearedAt)!;
    const again = await portal.as('ines').command(id, 'clear-hold', {
      holdId: own.id,
      reason: 'It is what it was.',
    });
    expect(again.body.state).toBe('approved');
  });

  it('never let a grant through, whatever a row says', async () => {
    await approved();
    const two = await approved({ modelVersion: '2.0', purpose: 'search' });
    await world.knex('approval_model_holds').insert({
      id: 'h',
      entity_ref: wanted.entityRef,
      model_version: '1.0',
      kind: 'manual',
      reason: 'Written by hand.',
      placed_by: 'user:default/ines',
      placed_at: '2026-11-02T09:00:00.000Z',
    });
    expect((await standing()).grants).toMatchObject([{ approvalId: two }]);
    const replica = await startPortal(world);
    try {
      const check = async (modelVersion: string) =>
        (
          await replica.as('dana').post('/access/check', {
            entityRef: wanted.entityRef,
            modelVersion,
            tier: 'internal',
          })
        ).body;
      expect(await check('1.0')).toMatchObject({
        allowed: false,
        code: 'held',
        message: expect.stringMatching(/It is on hold: Written by hand\.$/),
      });
      expect(await check('2.0')).toMatchObject({ allowed: true });
    } finally {
      await replica.stop();
    }
  });

  it('are placed once when asked for twice with one key', async () => {
    const id = await approved();
    const [first, second] = [
      await suspend({}, 'ines', 'suspend-01'),
      await suspend({}, 'ines', 'suspend-01'),
    ];
    expect(second.body).toEqual(first.body);
    expect(first.body.items).toMatchObject([{ id, state: 'suspended' }]);
    expect(await holds()).toHaveLength(1);
    const elsewhere = await portal
      .as('ines')
      .post('/models/meta/none/holds/x/clear', { reason: 'Nothing.' });
    expect(elsewhere.status).toBe(404);
    expect((await clear('ines', 'no-such-hold')).status).toBe(404);
  });
});
