import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { databaseIds, migratedDatabase } from '../../__testUtils__/databases';
import { DEFAULT_RETENTION, RollupStore, RollupWriter } from '../../rollups';
import { SourceService } from '../SourceService';
import { LiteLlmSource } from './LiteLlmSource';
import { reportedOf, type SpendLog } from './spendLog';

jest.setTimeout(60_000);

/** The routes of LiteLLM that matter here, with its habits. */
class LiteLlm {
  readonly rows: SpendLog[] = [];
  /** Counts no further. */
  cap = Infinity;
  /** Happens after each answer. */
  afterPage: () => void = () => {};
  readonly #server: Server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://localhost');
    const send = (status: number, body: object) => {
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(body));
    };
    if (req.headers.authorization !== 'Bearer sk-admin') {
      send(401, { error: { message: 'Authentication Error' } });
      return;
    }
    const form = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
    const [from, to] = ['start_date', 'end_date'].map(
      name => url.searchParams.get(name) ?? '',
    );
    const size = Number(url.searchParams.get('page_size'));
    if (!form.test(from) || !form.test(to) || size > 100) {
      send(422, { detail: 'start_date, end_date or page_size is wrong' });
      return;
    }
    const page = Number(url.searchParams.get('page'));
    const time = (text: unknown) => Date.parse(`${text}Z`.replace('ZZ', 'Z'));
    const found = this.rows
      .filter(it => time(it.startTime) >= time(from))
      .filter(it => time(it.startTime) <= time(to))
      .sort((a, b) => time(b.startTime) - time(a.startTime));
    const total = Math.min(found.length, this.cap);
    send(200, {
      data: found.slice((page - 1) * size, Math.min(page * size, total)),
      total,
      page,
      page_size: size,
      total_pages: Math.ceil(total / size),
      total_is_capped: found.length > this.cap,
    });
    this.afterPage();
  });

  async start(): Promise<string> {
    await new Promise<void>(done => {
      this.#server.listen(0, '127.0.0.1', done);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(done => {
      this.#server.close(done);
    });
  }

  /** A call of one second that ended just now. */
  call(at: string, fields: SpendLog = {}): void {
    const begin = Date.parse(`2026-11-21T${at}Z`);
    this.rows.push({
      request_id: `req-${this.rows.length}`,
      startTime: new Date(begin).toISOString(),
      endTime: new Date(begin + 1_000).toISOString(),
      completionStartTime: new Date(begin + 200).toISOString(),
      model: 'azure/gpt-4o',
      model_group: 'gpt-4o',
      team_id: 't-1',
      spend: 0.0125,
      prompt_tokens: 100,
      completion_tokens: 20,
      cache_hit: 'False',
      status: 'success',
      ...fields,
    });
  }
}

describe.each(databaseIds)('spend logs of LiteLLM, on %s', databaseId => {
  let knex: Knex;
  let litellm: LiteLlm;
  let source: LiteLlmSource;
  let now: Date;
  let logger: ReturnType<typeof mockServices.logger.mock>;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    litellm = new LiteLlm();
    logger = mockServices.logger.mock();
    now = new Date('2026-11-21T12:00:00Z');
    source = LiteLlmSource.create({
      id: 'litellm',
      baseUrl: await litellm.start(),
      apiKey: 'sk-admin',
      models: { 'gpt-4o': 'openai/gpt-4o' },
      teams: { 't-1': 'group:default/care' },
      sinceDays: 0.25,
    });
  });
  afterEach(() => litellm.stop());

  const replica = () => {
    const clock = { now: () => now };
    const rollups = RollupWriter.create({
      knex,
      clock,
      retention: DEFAULT_RETENTION,
    });
    return SourceService.create({ knex, clock, logger, rollups });
  };
  const ask = (from = replica()) => from.ask(source);
  const calls = async () => {
    const [sums] = await RollupStore.create({ knex }).sums({
      level: 'month',
      from: new Date('2026-11-01'),
      to: new Date('2026-12-01'),
      by: [],
    });
    return sums?.calls ?? 0;
  };

  it('counts every call once, over pages and windows, also those that came late', async () => {
    for (let n = 0; n < 230; n += 1) {
      litellm.call(`10:${String(n % 60).padStart(2, '0')}:30`);
    }
    litellm.call('06:30:00');
    // A row that comes while pages are read moves the others on.
    litellm.afterPage = () => {
      litellm.afterPage = () => {};
      litellm.call('07:10:00');
    };
    await ask();
    expect(await calls()).toBe(232);
    // It began before what was read, and ended now.
    litellm.call('11:20:00');
    now = new Date('2026-11-21T12:05:00Z');
    await ask();
    await ask();
    expect(await calls()).toBe(233);
    const rows = await RollupStore.create({ knex }).sums({
      level: 'day',
      from: new Date('2026-11-21'),
      to: new Date('2026-11-22'),
      by: ['model', 'team', 'currency', 'source'],
    });
    expect(rows).toMatchObject([
      {
        model: 'openai/gpt-4o',
        team: 'group:default/care',
        currency: 'USD',
        source: 'litellm',
        calls: 233,
        costMicros: 233 * 12_500,
        inputTokens: 23_300,
        outputTokens: 4_660,
      },
    ]);
  });

  it('asks for shorter times where LiteLLM does not count on', async () => {
    litellm.cap = 150;
    for (let n = 0; n < 500; n += 1) {
      litellm.call(
        `10:${String(n % 60).padStart(2, '0')}:${String(n % 59).padStart(
          2,
          '0',
        )}`,
      );
    }
    await ask();
    expect(await calls()).toBe(500);
  });

  it('counts once when two replicas ask at the same time', async () => {
    for (let n = 0; n < 120; n += 1) litellm.call('10:30:00');
    await Promise.all([ask(replica()), ask(replica())]);
    await ask();
    expect(await calls()).toBe(120);
  });

  it('says what is wrong, and goes on where it was', async () => {
    litellm.call('10:30:00');
    const good = source;
    source = LiteLlmSource.create({
      id: 'litellm',
      baseUrl: 'http://127.0.0.1:1',
      apiKey: 'x',
      models: {},
      teams: {},
      sinceDays: 1,
    });
    const service = replica();
    await ask(service);
    expect(await service.states()).toEqual([
      expect.objectContaining({ id: 'litellm', taken: 0 }),
    ]);
    expect((await service.states())[0].problem).toContain('fetch failed');
    source = good;
    await ask(service);
    expect(await service.states()).toEqual([
      {
        id: 'litellm',
        taken: 1,
        askedAt: now.toISOString(),
        succeededAt: now.toISOString(),
        cursor: expect.any(String),
      },
    ]);
  });

  it('says that the key is not an administrator’s', async () => {
    source = LiteLlmSource.create({
      id: 'litellm',
      baseUrl: await litellm.stop().then(() => litellm.start()),
      apiKey: 'sk-user',
      models: {},
      teams: {},
      sinceDays: 1,
    });
    const service = replica();
    await ask(service);
    expect((await service.states())[0].problem).toMatch(
      /does not show its spend logs to this key \(401\)/,
    );
  });
});

describe('a row of the spend log', () => {
  const row: SpendLog = {
    request_id: 'r-1',
    startTime: '2026-11-21 10:00:00.250000',
    endTime: '2026-11-21T10:00:02.250+00:00',
    completionStartTime: '2026-11-21T10:00:02.250+00:00',
    model: 'gpt-4o',
    prompt_tokens: 5,
    completion_tokens: 7,
    spend: 0,
  };
  const read = (fields: SpendLog, teams = {}) =>
    reportedOf({ ...row, ...fields }, { models: {}, teams });

  it('is in UTC, also without a zone, and has a first token only as a stream', () => {
    expect(read({})).toMatchObject({
      at: '2026-11-21T10:00:00.250Z',
      latency: [[2_000, 1]],
      ttft: [],
      costMicros: 0,
    });
    expect(read({ completionStartTime: '2026-11-21T10:00:01Z' })).toMatchObject(
      { ttft: [[750, 1]] },
    );
  });

  it.each([
    [{ error_code: '429' }, 'throttled'],
    [{ error_code: '400' }, 'clientErrors'],
    [{ error_code: '503' }, 'serverErrors'],
    [{}, 'serverErrors'],
    [{ error_code: '403', error_class: 'team_model_access_denied' }, 'refused'],
  ])('tells failures apart: %j', (error_information, kind) => {
    const failed = read({ status: 'failure', metadata: { error_information } });
    expect(failed).toMatchObject({ [kind]: 1, latency: [] });
  });

  it('takes a team by its id, its alias, or an alias that is an entity ref', () => {
    const alias = (name: string) => ({
      metadata: { user_api_key_team_alias: name },
    });
    expect(read(alias('Care'), { Care: 'group:default/care' })?.caller).toBe(
      'group:default/care',
    );
    expect(read(alias('group:default/shop'))?.caller).toBe(
      'group:default/shop',
    );
    expect(read(alias('anything'))?.caller).toBeUndefined();
  });

  it('is from a cache where LiteLLM writes True', () => {
    expect(read({ cache_hit: 'True' })).toMatchObject({
      cached: 1,
      latency: [],
    });
  });

  it.each([
    { request_id: '' },
    { startTime: 'soon' },
    { model: undefined, model_group: '' },
  ])('is left out where it names no call: %j', fields => {
    expect(read(fields)).toBeUndefined();
  });
});
