import { evaluationResultProblem } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import {
  grant,
  startOnline,
  type OnlineRig,
} from './__testUtils__/startOnline';

jest.setTimeout(60_000);

describe.each(databaseIds)('ends of experiments on %s', databaseId => {
  let rig: OnlineRig;

  beforeAll(async () => {
    rig = await startOnline(databaseId);
  });
  afterAll(() => rig.stop());
  afterEach(() => rig.tidy());

  it('stops by itself when the challenger is worse by more than the margin', async () => {
    const { world, rooms, one, takes, running, read, calls, events } = rig;
    const { id } = await running();
    await calls(id, { rounds: 3, good: [0.9, 0.5] });
    await rooms.onlineWatch.run();
    const shown = await read(id);
    expect(shown).toMatchObject({
      state: 'stopped',
      stop: {
        kind: 'worse',
        reason: expect.stringMatching(/0\.5 ratio .* against 0\.9/),
      },
    });
    expect(shown.figures).toContainEqual(
      expect.objectContaining({
        metric: 'is_json',
        margin: 0.05,
        comparison: expect.objectContaining({ standing: 'worse' }),
      }),
    );
    expect(await takes(one)).toBeUndefined();
    expect(
      await world
        .knex('outbox')
        .where('payload', 'like', '%stopped by itself%')
        .andWhere('payload', 'like', `%${id}%`),
    ).not.toEqual([]);

    // Its results are results as any, once the last scores have come.
    world.clock.advance(61);
    await rooms.onlineWatch.run();
    await rooms.onlineWatch.run();
    const rows = await world
      .knex('evaluation_results')
      .where('document', 'like', `%${id}%`)
      .orderBy('entity_ref');
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({
      entity_ref: 'model:qwen/qwen3',
      model_version: '1.0',
      pin: 'sha256:b',
      source: 'online',
      suite: `Is the small one good enough? (live, ${id.slice(0, 8)})`,
    });
    const document = JSON.parse(rows[1].document);
    for (const row of rows) {
      expect(evaluationResultProblem(JSON.parse(row.document))).toBeUndefined();
    }
    // It may have stopped before the last round.
    const scored = shown.calls.challenger / 2;
    expect(scored).toBeGreaterThanOrEqual(60);
    expect(document).toMatchObject({
      partial: true,
      pack: { type: 'online', cases: scored },
      settings: {
        arm: 'challenger',
        calls: shown.calls.challenger,
        keptCalls: scored,
      },
    });
    expect(document.metrics).toContainEqual(
      expect.objectContaining({
        name: 'request_latency',
        statistic: 'p95',
        value: 100,
      }),
    );
    expect(document.cases.ids).toHaveLength(scored);
    expect(document.metrics).toContainEqual(
      expect.objectContaining({ name: 'is_json', value: 0.5, samples: scored }),
    );
    expect((await read(id)).results).toEqual([
      expect.objectContaining({ arm: 'control', id: rows[0].id }),
      expect.objectContaining({ arm: 'challenger', id: rows[1].id }),
    ]);
    expect(await events(id)).toEqual([
      'online.planned',
      'online.consented',
      'online.stopped',
      'online.filed',
      'online.filed',
    ]);
  });

  it('goes on when both are alike, stops when the challenger fails, and ends in time', async () => {
    const { world, rooms, running, read, calls } = rig;
    const { id } = await running({ stopRule: undefined });
    await calls(id, { rounds: 2, good: [0.9, 0.9] });
    await rooms.onlineWatch.run();
    expect((await read(id)).state).toBe('running');
    await calls(id, { rounds: 2, good: [0.9, 0.9], failed: 6 });
    await rooms.onlineWatch.run();
    expect(await read(id)).toMatchObject({
      state: 'stopped',
      stop: { kind: 'failing' },
    });

    const other = await running({ stopRule: undefined });
    await calls(other.id, { rounds: 1, good: [0.9, 0.7] });
    world.clock.advance(14 * 86_400);
    await rooms.onlineWatch.run();
    const ended = await read(other.id);
    expect(ended).toMatchObject({ state: 'ended', stop: { kind: 'time' } });
    const { comparison } = ended.figures.find(
      (it: { metric: string }) => it.metric === 'is_json',
    );
    const width = ([low, high]: number[]) => high - low;
    expect(width(comparison.finalInterval)).toBeLessThan(
      width(comparison.interval),
    );
  });

  it('ends when a model is not allowed any more, and when the consenter leads no more', async () => {
    const { world, rooms, running, read } = rig;
    const { transactions, ledger } = rooms.foundation;
    const news = () =>
      transactions.run(tx =>
        ledger.append(tx, [
          {
            actor: { kind: 'system' },
            subject: 'approval:b',
            type: 'approval.revoked',
            payload: {},
          },
        ]),
      );
    const first = await running();
    world.grants = [grant('a', 'meta/llama')];
    await news();
    await rooms.onlineWatch.run();
    expect(await read(first.id)).toMatchObject({
      state: 'stopped',
      stop: { kind: 'not-allowed', reason: expect.stringMatching(/qwen/) },
    });
    world.grants = [grant('a', 'meta/llama'), grant('b', 'qwen/qwen3')];
    await news();

    const second = await running();
    world.organisation.leads['group:default/checkout'] = ['user:default/cleo'];
    await rooms.onlineWatch.run();
    world.organisation.leads['group:default/checkout'] = ['user:default/ann'];
    expect(await read(second.id)).toMatchObject({
      state: 'stopped',
      stop: { kind: 'withdrawn' },
    });
  });

  it('neither starts nor goes on with a gateway that is too old for it', async () => {
    const { enrol, takes, post, planned, running, read } = rig;
    const two = await enrol('two');
    const { id } = await running();
    expect(await takes(two)).toHaveLength(1);
    // An older version of it comes back: it would refuse the whole allowlist.
    expect(
      await takes(two, { 'x-modelhub-gateway-features': '' }),
    ).toBeUndefined();
    expect(await read(id)).toMatchObject({
      state: 'stopped',
      stop: {
        kind: 'old-gateway',
        reason: expect.stringMatching(/gateway two/),
      },
    });
    const next = await planned();
    const refused = await post(`/${next.id}/consent`, 'ann', {
      textHash: next.consentTextHash,
    });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toMatch(/do not know experiments.*two/);
    await takes(two);
    expect(
      await post(`/${next.id}/consent`, 'ann', {
        textHash: next.consentTextHash,
      }),
    ).toMatchObject({ status: 200 });
  });
});
