import {
  createPortalWorld,
  databaseIds,
  wanted,
  startPortal,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

const DAY = 24 * 3600;

describe.each(databaseIds)('waivers that end on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeAll(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });

  beforeEach(() => {
    world.verdict = 'fail';
  });

  afterAll(() => portal.stop());

  const inDays = (days: number) =>
    new Date(world.clock.now().getTime() + days * DAY * 1000).toISOString();
  const waive = (id: string, until: string, as = 'ines', more = {}) =>
    portal.as(as).post(`/approvals/${id}/gates/probe/waiver`, {
      reason: 'The probe is known to be wrong here.',
      until,
      ...more,
    });
  const end = (id: string, as = 'ines') =>
    portal.as(as).post(`/approvals/${id}/gates/probe/waiver/end`, {
      reason: 'The finding turned out to be real.',
    });
  const grants = async (id: string) => {
    const { body } = await portal.as('dana').get('/models/meta/llama/standing');
    return body.grants.filter(
      ({ approvalId }: { approvalId: string }) => approvalId === id,
    );
  };

  /** An approval at sandbox, where nobody signs, that rests on a waiver of five days. */
  const resting = async (purpose = 'support') => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, tier: 'sandbox', purpose });
    const id = body.id as string;
    await portal.settle();
    expect(await portal.detail(id)).toMatchObject({
      state: 'changes-requested',
    });
    expect((await waive(id, inDays(5))).status).toBe(200);
    expect((await portal.as('dana').command(id, 'submit')).status).toBe(200);
    await portal.settle();
    const approval = await portal.detail(id);
    expect(approval).toMatchObject({
      state: 'approved',
      waivedUntil: inDays(5),
    });
    return id;
  };
  const close = (id: string) =>
    portal.as('nora').command(id, 'revoke', { reason: 'The test is over.' });

  it('suspend what rests on them, with the reason, to the second', async () => {
    const id = await resting();
    expect(await grants(id)).toMatchObject([{ expiresAt: inDays(5) }]);
    const { expiresAt } = await portal.detail(id);
    expect(expiresAt).toBe(inDays(30));
    world.clock.advance(5 * DAY);
    // Off at once, also before anybody looked.
    expect(await grants(id)).toEqual([]);
    await portal.job('approval-clock');
    await portal.settle();
    const held = await portal.detail(id);
    expect(held).toMatchObject({
      state: 'suspended',
      holds: [{ kind: 'waiver-ended', placedBy: 'system' }],
    });
    expect(held.holds[0].reason).toMatch(/without it “Probe” does not pass/);
    expect(held.waivedUntil).toBeUndefined();
    const { body } = await portal.as('dana').get(`/approvals/${id}/timeline`);
    expect(body.items.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['gate.waived', 'approval.suspended']),
    );
    expect(world.sent).toContainEqual(
      expect.objectContaining({
        title: expect.stringContaining('is suspended'),
        recipients: ['user:default/dana', 'group:default/ml-platform'],
      }),
    );
    // Nobody clears that hold while the check does not pass.
    const cleared = await portal.as('ines').command(id, 'clear-hold', {
      holdId: held.holds[0].id,
      reason: 'We need it anyway.',
    });
    expect(cleared.status).toBe(409);
    expect(cleared.body.error.message).toMatch(/Renew the waiver/);
    await close(id);
  });

  it('leave it live again once they are renewed', async () => {
    const id = await resting();
    world.clock.advance(5 * DAY + 1);
    await portal.job('approval-clock');
    expect((await portal.detail(id)).state).toBe('suspended');
    expect((await waive(id, inDays(3))).status).toBe(200);
    await portal.settle();
    expect(await portal.detail(id)).toMatchObject({
      state: 'approved',
      waivedUntil: inDays(3),
      holds: [{ kind: 'waiver-ended', clearedBy: 'system' }],
    });
    // Renewed while it lives, it is never off.
    expect((await waive(id, inDays(9))).status).toBe(200);
    world.clock.advance(4 * DAY);
    await portal.job('approval-clock');
    expect(await grants(id)).toMatchObject([{ expiresAt: inDays(5) }]);
    await close(id);
  });

  it('matter no more when the check passes by now', async () => {
    const id = await resting();
    world.verdict = 'pass';
    world.clock.advance(5 * DAY);
    await portal.job('approval-clock');
    await portal.settle();
    const approval = await portal.detail(id);
    expect(approval).toMatchObject({
      state: 'approved',
      gates: [{ gateId: 'probe', status: 'pass' }],
    });
    expect(approval.waivedUntil).toBeUndefined();
    expect(await grants(id)).toMatchObject([{ expiresAt: approval.expiresAt }]);
    await close(id);
  });

  it('bring it back when the check is run again and passes', async () => {
    const id = await resting();
    world.clock.advance(5 * DAY);
    await portal.job('approval-clock');
    await portal.settle();
    expect((await portal.detail(id)).state).toBe('suspended');
    world.verdict = 'pass';
    expect(
      (await portal.as('dana').post(`/approvals/${id}/gates/probe/rerun`))
        .status,
    ).toBe(200);
    await portal.settle();
    expect((await portal.detail(id)).state).toBe('approved');
    await close(id);
  });

  it('end early by whoever may, with a reason, and suspend at once', async () => {
    const id = await resting();
    world.permit = (permission, user) =>
      !['model.gate.waive', 'model.suspend'].includes(permission) ||
      user === 'user:default/tom';
    expect((await end(id, 'dana')).status).toBe(403);
    expect((await end(id, 'agent of tom')).status).toBe(403);
    const ended = await end(id, 'tom');
    expect(ended.body).toMatchObject({ state: 'suspended' });
    world.permit = () => true;
    expect((await end(id, 'tom')).status).toBe(404);
    expect(await grants(id)).toEqual([]);
    expect(await world.knex('gate_waivers').where({ approval_id: id })).toEqual(
      [
        expect.objectContaining({
          given_by: 'user:default/ines',
          ended_by: 'user:default/tom',
          ended_how: 'early',
          end_reason: 'The finding turned out to be real.',
        }),
      ],
    );
    await close(id);
  });

  it('send a request back that people were deciding on', async () => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, tier: 'customer-facing' });
    const { id } = body;
    await portal.settle();
    expect((await waive(id, inDays(5))).status).toBe(200);
    await portal.as('dana').command(id, 'submit');
    await portal.settle();
    expect((await portal.detail(id)).state).toBe('in-review');
    world.clock.advance(5 * DAY);
    await portal.settle();
    expect(await portal.detail(id)).toMatchObject({
      state: 'changes-requested',
      blockers: [{ code: 'gate-probe' }],
    });
    await portal.as('dana').command(id, 'withdraw');
  });

  it('ask for a passkey where the policy does', async () => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, tier: 'regulated' });
    await portal.settle();
    const { id } = body;
    expect((await portal.detail(id)).demands.gates[0]).toMatchObject({
      waiverDays: 14,
      waiverSecondFactor: true,
    });
    const without = await waive(id, inDays(3));
    expect(without.body.error.message).toMatch(/passkey/);
    const stepUp = { challengeId: `good ${databaseId}`, response: {} };
    expect((await waive(id, inDays(3), 'ines', { stepUp })).status).toBe(200);
    await portal.as('dana').command(id, 'withdraw');
  });

  it('are given by nobody who asked for the model or owns it', async () => {
    const { body } = await portal.as('tom').post('/approvals', {
      ...wanted,
      tier: 'sandbox',
      purpose: 'search',
    });
    await portal.settle();
    const { id } = body;
    const own = await waive(id, inDays(3), 'tom');
    expect(own.body.error.message).toMatch(/You asked for this/);
    const owner = world.catalog.get('model:meta/llama')!;
    world.catalog.set('model:meta/llama', {
      ...owner,
      spec: { ...owner.spec, owner: 'group:default/security' },
    });
    const owning = await waive(id, inDays(3), 'ines');
    expect(owning.body.error.message).toMatch(/group that owns the model/);
    world.catalog.set('model:meta/llama', owner);
    expect((await waive(id, inDays(3), 'ines')).status).toBe(200);
    await portal.as('tom').command(id, 'withdraw');
  });
});
