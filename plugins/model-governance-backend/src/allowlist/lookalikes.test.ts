import {
  createPortalWorld,
  databaseIds,
  model,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

/** `meta/llama` with full-width letters, and with other case. */
const lookalikes = ['\uff4d\uff45\uff54\uff41/llama', 'META/Llama'];

describe.each(databaseIds)('a gateway id that looks like another on %s', id => {
  let world: PortalWorld;
  let portal: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(id);
    portal = await startPortal(world);
  });
  afterEach(() => portal.stop());

  const claim = (gatewayId: string) => {
    const twin = model('twin', { gatewayId });
    world.catalog.set('model:meta/twin', twin);
  };
  const problems = async (name: string) => {
    const { body } = await portal
      .as('dana')
      .get(`/models/meta/${name}/standing`);
    return body.problems.map(({ code }: { code: string }) => code);
  };
  const request = async (entityRef: string) => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, entityRef });
    return body.error?.message ?? body.state;
  };

  it.each(lookalikes)('stops both models: %s', async gatewayId => {
    claim(gatewayId);
    // Who spells it in another way is seen at once, the other one by the job.
    expect(await request('model:meta/twin')).toMatch(/claims the same gateway/);
    await portal.job('listings');
    for (const name of ['twin', 'llama']) {
      expect(await problems(name)).toEqual(['gateway-id-conflict']);
      expect(await request(`model:meta/${name}`)).toMatch(
        /claims the same gateway id/,
      );
    }
    // It is settled.
    claim('meta/twin');
    for (const name of ['twin', 'llama']) {
      expect(await problems(name)).toEqual([]);
      expect(await request(`model:meta/${name}`)).toBe('checking');
    }
  });

  it.each(lookalikes)(
    'does not take an id that was approved for another: %s',
    async gatewayId => {
      await portal.as('dana').post('/approvals', {
        ...wanted,
        tier: 'sandbox',
      });
      await portal.settle();
      expect(await world.knex('approvals').pluck('state')).toEqual([
        'approved',
      ]);
      // Gone from the catalog: what was approved still holds the id.
      world.catalog.delete('model:meta/llama');
      claim(gatewayId);
      expect(await request('model:meta/twin')).toMatch(
        /claims the same gateway id/,
      );
    },
  );
});
