import { wanted } from '../../__testUtils__';
import type { startEvaluations } from './evaluationsWorld';

/** Needs a result of the model, of whatever source. */
export async function expectOwnInput(
  hub: Awaited<ReturnType<typeof startEvaluations>>,
): Promise<void> {
  const { portal, world } = hub;
  const { body: list } = await portal
    .as('kai')
    .get('/model-evaluations?entityRef=model%3Ameta%2Fllama&latest=true');
  const row = await world
    .knex('evaluation_results')
    .where({ id: list.items[0].id })
    .first();
  const { entityRef: _, ...pack } = JSON.parse(row.document).pack;
  const own = {
    entityRef: 'model:meta/llama',
    modelVersion: '1.0',
    pin: row.pin,
    result: {
      ...JSON.parse(row.document),
      suite: { name: 'own-input/My tickets', version: '1.0.0' },
      pack,
    },
  };
  // Nobody sends what the playground did not measure.
  for (const name of ['dana', 'agent of dana', 'service']) {
    const { status } = await portal.as(name).post('/model-evaluations', own);
    expect([name, status]).toEqual([name, 403]);
  }
  const playground = portal.as('playground of dana');
  const official = await playground.post('/model-evaluations', {
    ...own,
    result: { ...own.result, suite: { name: 'tickets', version: '1.0.0' } },
  });
  expect(official.body.error.message).toContain('own-input/');
  const other = await playground.post('/model-evaluations', {
    ...own,
    pin: `sha256:${'00'.repeat(32)}`,
  });
  expect(other.status).toBe(409);
  const filed = await playground.post('/model-evaluations', own);
  expect(filed.body).toMatchObject({
    source: 'person',
    startedBy: 'user:default/dana',
    gates: [],
    pack: { name: 'own-input/My tickets', standing: 'not-in-catalog' },
  });
  const again = await playground.post('/model-evaluations', own);
  expect(again.body.id).toBe(filed.body.id);

  const { body: asked } = await portal
    .as('dana')
    .post('/approvals', { ...wanted, purpose: 'search' });
  const path = `/approvals/${asked.id}/evaluations`;
  const attach = { resultId: filed.body.id };
  const attached = await playground.post(path, attach);
  await playground.post(path, attach);
  expect(attached.body).toMatchObject({
    items: [{ result: { id: filed.body.id }, attachedBy: 'user:default/dana' }],
  });
  expect((await portal.as('nora').get(path)).body.items).toHaveLength(1);
  expect((await playground.post(path, { resultId: 'nothing' })).status).toBe(
    400,
  );
  const { body: timeline } = await portal
    .as('nora')
    .get(`/approvals/${asked.id}/timeline`);
  expect(JSON.stringify(timeline)).toContain(
    'attached an evaluation as evidence',
  );
  const { body: evidence } = await portal
    .as('nora')
    .get(`/approvals/${asked.id}/evidence`);
  expect(JSON.stringify(evidence)).not.toContain(filed.body.id);
}
