import { startEvaluations } from './__testUtils__/evaluationsWorld';

jest.setTimeout(60_000);

describe('what is run in the hub', () => {
  let hub: Awaited<ReturnType<typeof startEvaluations>>;
  beforeAll(async () => {
    hub = await startEvaluations('SQLITE_3');
  });
  afterAll(() => hub.stop());

  it('refuses what is not configured, over the quota or of another version', async () => {
    const { world, portal, upstream } = hub;
    const gone = await hub.start({ modelVersion: '9.9' });
    expect(gone.status).toBe(400);
    expect(gone.body.error.message).toContain('It has: 1.0, 2.0, loose');

    world.permit = name => name !== 'model.evaluation.run';
    expect((await hub.start()).status).toBe(403);
    world.permit = () => true;

    const llama = world.catalog.get('model:meta/llama')!;
    world.catalog.set('model:meta/llama', {
      ...llama,
      spec: { ...llama.spec, gatewayId: 'elsewhere/llama' },
    });
    const { body: preview } = await portal
      .as('dana')
      .get(
        '/evaluation-runs/preview?entityRef=model%3Ameta%2Fllama&modelVersion=1.0&pack=acme%2Ftickets',
      );
    expect(preview).toMatchObject({
      may: false,
      refusal: { code: 'not-configured' },
      uploadCommand: 'modelhub evidence upload result.json',
    });
    const unknown = await hub.start();
    expect(unknown.status).toBe(409);
    expect(unknown.body.error.message).toContain(
      'modelGovernance.evaluations.endpoints',
    );
    world.catalog.set('model:meta/llama', llama);

    upstream.hold(() => true);
    const open = [];
    for (let n = 0; n < 5; n += 1) open.push((await hub.start()).body.id);
    const full = await hub.start();
    expect(full.status).toBe(409);
    expect(full.body.error.message).toContain('may have 5');
    for (const id of open) {
      await portal.as('dana').post(`/evaluation-runs/${id}/cancel`);
    }
    await portal.rooms.packRunner.runDue();
    upstream.release();
  });

  it('does not run a version that became something else', async () => {
    const { world, portal } = hub;
    const { body } = await hub.start();
    const llama = world.catalog.get('model:meta/llama')!;
    const [first, ...others] = (
      llama.spec as { versions: Array<{ artifact: object }> }
    ).versions;
    world.catalog.set('model:meta/llama', {
      ...llama,
      spec: {
        ...llama.spec,
        versions: [
          {
            ...first,
            artifact: {
              ...first.artifact,
              digest: `sha256:${'e'.repeat(64)}`,
            },
          },
          ...others,
        ],
      } as typeof llama.spec,
    });
    await portal.rooms.packRunner.runDue();
    const { body: run } = await portal
      .as('dana')
      .get(`/evaluation-runs/${body.id}`);
    expect(run.state).toBe('failed');
    expect(run.problem).toContain('Start another run for what it is now');
    world.catalog.set('model:meta/llama', llama);
  });
});
