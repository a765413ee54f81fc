import {
  createPortalWorld,
  databaseIds,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

const expectedUse = {
  inputTokensPerMonth: 20_000_000,
  outputTokensPerMonth: 4_000_000,
  peakConcurrent: 5,
};

describe.each(databaseIds)('expected use on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeAll(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });

  afterAll(() => portal.stop());

  const ask = (more: object) =>
    portal.as('dana').post('/approvals', { ...wanted, ...more });

  it('is kept with the request, shown to who decides, and told to the gates', async () => {
    const { status, body } = await ask({ expectedUse });
    expect(status).toBe(201);
    await portal.settle();
    expect(await portal.detail(body.id, 'mel')).toMatchObject({ expectedUse });
    const runs: string[] = await world.knex('gate_runs').pluck('subject');
    expect(runs.map(subject => JSON.parse(subject))).toEqual(
      expect.arrayContaining([expect.objectContaining({ expectedUse })]),
    );
  });

  it('may be left out', async () => {
    const { status, body } = await ask({
      modelVersion: '1.0',
      tier: 'sandbox',
    });
    expect(status).toBe(201);
    expect(await portal.detail(body.id)).not.toHaveProperty('expectedUse');
  });

  it.each([
    { ...expectedUse, inputTokensPerMonth: -1 },
    { ...expectedUse, peakConcurrent: 0 },
    { ...expectedUse, more: 1 },
    { inputTokensPerMonth: 1 },
    { ...expectedUse, outputTokensPerMonth: 1.5 },
  ])('is refused as %j', async wrong => {
    const { status } = await ask({ expectedUse: wrong });
    expect(status).toBe(400);
  });
});
