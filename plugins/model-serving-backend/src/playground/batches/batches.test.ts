import type { PlaygroundBatch } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../../__testUtils__/databases';
import {
  CHAT,
  ENDPOINT,
  eventually,
  startPlayground,
  startRig,
  type Rig,
} from '../__testUtils__/startPlayground';

// A real gateway that follows a hub, a provider, and HTTP between all of them.
jest.setTimeout(120_000);

const FILE =
  'question,answer,topic\nName a colour,blue,art\n"=1+1, what?",two,sums\nName a fruit,apple,food\n';
const batchOf = (targets: string[], more: object = {}) => ({
  name: 'Three questions',
  fileName: 'three.csv',
  text: FILE,
  columns: { prompt: 'question', expected: 'answer', slice: 'topic' },
  targets,
  ...more,
});

describe.each(databaseIds)('batches of the playground on %s', id => {
  let rig: Rig;
  let playground: Awaited<ReturnType<typeof startPlayground>>;
  let knex: Knex;

  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.stop());
  beforeEach(async () => {
    rig.endpoints.isReady = true;
    knex = await migratedDatabase(id);
    playground = await startPlayground(knex, rig);
  });
  afterEach(() => playground.stop());

  const finished = async (batch: PlaygroundBatch): Promise<PlaygroundBatch> => {
    let seen = batch;
    await eventually('the batch is over', async () => {
      seen = await playground.json('GET', `/batches/${batch.id}`);
      return !seen.mayCancel;
    });
    return seen;
  };

  it('runs a file through two targets side by side, and shows rows, figures and what differs', async () => {
    playground.runner.start();
    const batch: PlaygroundBatch = await playground.json(
      'POST',
      '/batches',
      batchOf([CHAT, ENDPOINT]),
    );
    expect(batch).toMatchObject({
      rows: 3,
      scorers: [
        { type: 'exact-match' },
        { type: 'normalised-match' },
        { type: 'contains' },
        { type: 'token-f1' },
      ],
    });
    const done = await finished(batch);
    expect(done.state).toBe('finished');
    expect(done.targets).toMatchObject([
      { state: 'finished', done: 3, failed: 0, cost: { basis: 'tokens' } },
      { state: 'finished', done: 3, failed: 0, cost: { basis: 'time' } },
    ]);
    expect(done.targets[0].metrics).toContainEqual(
      expect.objectContaining({ name: 'token-f1', samples: 3 }),
    );

    const page = await playground.json(
      'GET',
      `/batches/${batch.id}/rows?limit=2`,
    );
    expect(page).toMatchObject({ total: 3, nextCursor: '2' });
    expect(page.items[1]).toMatchObject({
      line: 3,
      prompt: '=1+1, what?',
      expected: 'two',
      slice: 'sums',
      answers: [
        {
          place: 0,
          state: 'answered',
          scores: { contains: expect.anything() },
        },
        { place: 1, state: 'answered' },
      ],
    });
    const second = await playground.json(
      'GET',
      `/batches/${batch.id}/rows?limit=2&cursor=2`,
    );
    expect(second.items).toHaveLength(1);
    expect(second.nextCursor).toBeUndefined();

    const comparison = await playground.json(
      'GET',
      `/batches/${batch.id}/comparison?candidate=1&incumbent=0`,
    );
    expect(comparison.items).toContainEqual(
      expect.objectContaining({ metric: 'token-f1', pairs: 3 }),
    );
    expect(comparison.missing).toContainEqual(
      expect.objectContaining({ metric: 'cost_per_case' }),
    );

    const csv = await (
      await playground.call('GET', `/batches/${batch.id}/download?format=csv`)
    ).text();
    expect(csv.split('\r\n')[0]).toContain('acme/chat@1.0 answer');
    expect(csv).toContain(`"'=1+1, what?"`);
    const lines = (
      await (
        await playground.call(
          'GET',
          `/batches/${batch.id}/download?format=jsonl`,
        )
      ).text()
    )
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines[1]).toMatchObject({
      prompt: '=1+1, what?',
      answers: [{ target: CHAT }, { target: ENDPOINT }],
    });
  });

  it('saves a result without what was said, once, and attaches it to a request', async () => {
    playground.runner.start();
    const batch = await finished(
      await playground.json('POST', '/batches', batchOf([ENDPOINT])),
    );
    const { filed } = rig.hub;
    filed.length = 0;
    const saved = await playground.json('POST', `/batches/${batch.id}/save`, {
      target: 0,
    });
    const attached = await playground.json(
      'POST',
      `/batches/${batch.id}/attach`,
      { target: 0, approvalId: 'approval-7' },
    );
    expect(filed).toHaveLength(1);
    expect(filed[0]).toMatchObject({
      entityRef: 'model:acme/other',
      modelVersion: '1.0',
      pin: expect.stringMatching(/^sha256:/),
      result: {
        suite: { name: 'own-input/Three questions' },
        settings: {
          ownInput: true,
          input: { digest: batch.digest, rows: 3 },
          playground: { endpoint: 'ep-1' },
        },
      },
    });
    expect(JSON.stringify(filed)).not.toContain('Name a colour');
    expect(saved.targets[0].resultId).toBe('result-1');
    expect(attached.targets[0].attachedTo).toEqual(['approval-7']);
    expect(rig.hub.attached).toContainEqual({
      id: 'approval-7',
      resultId: 'result-1',
    });
  });

  it('goes on where a replica was stopped, and asks no row twice', async () => {
    const one = await startPlayground(knex, rig, { rowsAtOnce: 1 });
    const text = Array.from({ length: 12 }, (_, n) =>
      JSON.stringify({ prompt: `Number ${n} ${'word '.repeat(60)}` }),
    ).join('\n');
    const begun = rig.upstream.calls.length;
    const asked = () => rig.upstream.calls.slice(begun);
    const batch: PlaygroundBatch = await one.json('POST', '/batches', {
      name: 'Many',
      text,
      columns: { prompt: 'prompt' },
      targets: [ENDPOINT],
    });
    await eventually('some are asked', () => asked().length > 2);
    await one.stop();
    expect(
      (await playground.json('GET', `/batches/${batch.id}`)).targets[0],
    ).toMatchObject({ state: 'queued', total: 12 });
    playground.runner.start();
    const done = await finished(batch);
    expect(done.targets[0]).toMatchObject({ state: 'finished', failed: 0 });
    // What was under way is asked again, and nothing else.
    expect(asked().filter(({ aborted }) => !aborted)).toHaveLength(12);
  });

  it('ends at once when it is cancelled, and goes on when it is taken up again', async () => {
    playground.runner.start();
    rig.endpoints.isReady = true;
    const batch: PlaygroundBatch = await playground.json('POST', '/batches', {
      ...batchOf([ENDPOINT]),
      text: `question,answer,topic\n${'word '.repeat(500)},a,b\n`,
    });
    const cancelled = await playground.json(
      'POST',
      `/batches/${batch.id}/cancel`,
    );
    expect(cancelled).toMatchObject({ state: 'cancelled', mayRetry: true });
    rig.endpoints.isReady = false;
    const refused = await playground.call('POST', `/batches/${batch.id}/retry`);
    expect(refused.status).toBe(409);
    rig.endpoints.isReady = true;
    const again = await finished(
      await playground.json('POST', `/batches/${batch.id}/retry`),
    );
    expect(again.state).toBe('finished');
  });

  it('fails with words when the endpoint has ended meanwhile', async () => {
    // This replica begins nothing more.
    await playground.runner.stop();
    const batch: PlaygroundBatch = await playground.json(
      'POST',
      '/batches',
      batchOf([ENDPOINT]),
    );
    rig.endpoints.isReady = false;
    const other = await startPlayground(knex, rig);
    await other.runner.runDue();
    await other.stop();
    expect(await playground.json('GET', `/batches/${batch.id}`)).toMatchObject({
      state: 'failed',
      targets: [{ problem: 'The endpoint has ended. Start another one.' }],
    });
    const { items } = await playground.json('GET', `/batches/${batch.id}/rows`);
    expect(items[0].answers[0]).toMatchObject({
      state: 'failed',
      problem: 'It was not asked.',
    });
  });

  it('shows a batch to nobody else, erases it, and refuses bad files and too many', async () => {
    await playground.runner.stop();
    const batch: PlaygroundBatch = await playground.json(
      'POST',
      '/batches',
      batchOf([ENDPOINT]),
    );
    for (const [method, route] of [
      ['GET', ''],
      ['GET', '/rows'],
      ['GET', '/download?format=csv'],
      ['POST', '/cancel'],
      ['DELETE', ''],
    ]) {
      const { status } = await playground.call(
        method,
        `/batches/${batch.id}${route}`,
        undefined,
        { as: 'eve' },
      );
      expect([method, route, status]).toEqual([method, route, 404]);
    }
    const bad = await playground.call(
      'POST',
      '/batches',
      batchOf([ENDPOINT], { text: `${FILE}Half a row\n` }),
    );
    expect([bad.status, (await bad.json()).error.message]).toEqual([
      400,
      expect.stringContaining('Line 5'),
    ]);
    for (let n = 0; n < 2; n++) {
      await playground.call('POST', '/batches', batchOf([ENDPOINT]));
    }
    const fourth = await playground.call(
      'POST',
      '/batches',
      batchOf([ENDPOINT]),
    );
    expect(fourth.status).toBe(409);
    const { status } = await playground.call('DELETE', `/batches/${batch.id}`);
    expect(status).toBe(204);
    expect((await playground.json('GET', '/batches')).items).toHaveLength(2);
    const page = await playground.json('GET', '/batches?limit=1');
    const next = await playground.json(
      'GET',
      `/batches?limit=1&cursor=${page.nextCursor}`,
    );
    expect(next.items[0].id).not.toBe(page.items[0].id);
  });
});
