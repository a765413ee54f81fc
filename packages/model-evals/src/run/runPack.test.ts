import { evaluationResultProblem } from '@modelhub/governance-protocol';
import { added, packOf, sums } from '../__testUtils__/packOf';
import { startEndpoint, type Said } from '../__testUtils__/startEndpoint';
import { judgeCriteria, runPack, type RunPackOptions } from '.';

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;
let server: Endpoint;
let say: (last: string, number: number) => Said | string;

beforeAll(async () => {
  server = await startEndpoint((asked, number) => say(asked.last, number));
});
afterAll(() => server.stop());
beforeEach(() => {
  server.asked.length = 0;
  server.most.underWay = 0;
  say = added;
});

const run = async (options: Partial<RunPackOptions> = {}) =>
  runPack({
    pack: options.pack ?? (await packOf({ cases: sums(10) })),
    endpoint: server.endpoint,
    model: 'acme/adder',
    backoffMs: 5,
    resamples: 200,
    ...options,
  });

const matches = (it: object, rest: object) =>
  Object.entries(rest).every(
    ([name, value]) => (it as Record<string, unknown>)[name] === value,
  );
const metric = (
  result: Awaited<ReturnType<typeof run>>,
  name: string,
  rest: object = {},
) => result.metrics.find(it => it.name === name && matches(it, rest));

it('makes a result of all cases, with slices, speed, tokens and cost', async () => {
  say = last => ({
    text: last === '3+3' ? '7' : added(last),
    usage: [10, 2],
  });
  const progress: number[] = [];
  const pack = await packOf({
    cases: sums(10),
    spec: {
      request: { system: 'Add.', template: '{{input}}', maxTokens: 9 },
      criteria: [
        { metric: 'right', atLeast: 0.8 },
        { metric: 'right', slice: 'parity=even', atLeast: 1 },
        { metric: 'request_latency', statistic: 'p50', atMost: 60_000 },
        { metric: 'cost_per_case', atMost: 0.000001 },
      ],
    },
  });
  const result = await run({
    pack,
    concurrency: 3,
    apiKey: 'sk-1',
    prices: { inputPerMTok: 2, outputPerMTok: 5, currency: 'EUR' },
    target: { gatewayId: 'acme/adder' },
    onProgress: ({ done }) => progress.push(done),
  });
  expect(evaluationResultProblem(result)).toBeUndefined();
  expect(metric(result, 'right', { slice: undefined })).toMatchObject({
    value: 0.9,
    unit: 'ratio',
    statistic: 'mean',
    samples: 10,
    interval: [expect.any(Number), expect.any(Number)],
  });
  expect(metric(result, 'right', { slice: 'parity=odd' })?.value).toBe(0.8);
  expect(metric(result, 'right', { slice: 'parity=even' })?.value).toBe(1);
  expect(metric(result, 'cost_per_case')).toMatchObject({
    value: 0.00003,
    unit: 'EUR',
  });
  expect(metric(result, 'cost_total')?.value).toBeCloseTo(0.0003);
  expect(metric(result, 'output_tokens')?.value).toBe(2);
  expect(metric(result, 'ttft', { statistic: 'p50' })?.slice).toBe(
    'concurrency=3',
  );
  expect(result.cases.ids).toEqual(pack.cases.map(({ id }) => id));
  expect(result.cases.scores.right[3]).toBe(0);
  expect(result.cases.cost?.[0]).toBe(0.00003);
  expect(result.cases.slices?.parity[1]).toBe('odd');
  expect(
    judgeCriteria(pack.criteria, result.metrics).map(({ isMet }) => isMet),
  ).toEqual([true, true, true, false]);
  expect(server.asked[0]).toMatchObject({
    authorization: 'Bearer sk-1',
    body: {
      temperature: 0,
      max_tokens: 9,
      messages: [{ role: 'system', content: 'Add.' }, { role: 'user' }],
    },
  });
  expect(server.most.underWay).toBeLessThanOrEqual(3);
  expect(progress.at(-1)).toBe(10);
});

it('is the same twice, and frozen all through', async () => {
  const pack = await packOf({ cases: sums(6) });
  const first = await run({ pack, seed: 7 });
  const seeds = server.asked.map(({ body }) => [
    body.messages[0].content,
    body.seed,
  ]);
  server.asked.length = 0;
  const second = await run({ pack, seed: 7, concurrency: 1 });
  const again = server.asked.map(({ body }) => [
    body.messages[0].content,
    body.seed,
  ]);
  expect(again.sort()).toEqual(seeds.sort());
  expect(new Set(seeds.map(([, seed]) => seed)).size).toBe(6);
  expect(second.inputDigest).toBe(first.inputDigest);
  expect(second.cases.scores).toEqual(first.cases.scores);
  expect(metric(second, 'right')).toEqual(metric(first, 'right'));
  expect((await run({ pack, seed: 8 })).inputDigest).not.toBe(
    first.inputDigest,
  );
  expect(() => first.cases.ids.push('x')).toThrow(TypeError);
  expect(Object.isFrozen(first.metrics[0])).toBe(true);
});

it('asks again after 429, 503 and a broken answer, and waits as it is told', async () => {
  const seen = new Map<string, number>();
  say = last => {
    const times = (seen.get(last) ?? 0) + 1;
    seen.set(last, times);
    if (last === '1+1' && times === 1) {
      return { status: 429, headers: { 'retry-after': '0.3' } };
    }
    if (last === '2+2' && times < 3) return { status: 503 };
    if (last === '4+4' && times === 1) return { text: '99', isBroken: true };
    return added(last);
  };
  const result = await run({ concurrency: 1 });
  expect(result.cases.scores.right).toEqual(new Array(10).fill(1));
  expect(result.settings.retriesMade).toBe(4);
  const times = server.asked.filter(({ last }) => last === '1+1');
  expect(times[1].at - times[0].at).toBeGreaterThanOrEqual(299);
});

it('finds out how many an endpoint takes at once, and loses no case to its limit', async () => {
  let openAt = 0;
  say = last => {
    const now = performance.now();
    // One in 15 ms.
    if (now < openAt) {
      return { status: 429, headers: { 'retry-after-ms': '15' } };
    }
    openAt = now + 15;
    return added(last);
  };
  const pack = await packOf({ cases: sums(40) });
  const result = await run({ pack, concurrency: 16, retries: 5 });
  expect(result.cases.outcomes).toEqual(new Array(40).fill('scored'));
  // Sixteen at a time it would be about five hundred.
  expect(result.settings.retriesMade).toBeLessThan(250);
});

it('does not ask again what was refused, and tells which case failed', async () => {
  say = last =>
    last === '5+5' ? { status: 400, message: 'filtered' } : added(last);
  const result = await run();
  expect(server.asked).toHaveLength(10);
  expect(result.cases.outcomes[5]).toBe('failed');
  expect(result.cases.scores.right[5]).toBeNull();
  expect(result.partial).toBeUndefined();
  expect(metric(result, 'error_rate')?.value).toBe(0.1);
  expect(result.failures).toContainEqual({
    caseId: 's5',
    metric: 'error_rate',
    reason: expect.stringContaining('filtered'),
    input: '5+5',
  });
  expect(evaluationResultProblem(result)).toBeUndefined();
});

it.each([
  [401, 1, 'Give a key that the endpoint knows'],
  [403, 3, 'The key may not use acme/adder'],
  [404, 3, 'ends in /v1'],
])('ends soon when all is refused with %i', async (status, asked, words) => {
  say = () => ({ status });
  await expect(run()).rejects.toThrow(words);
  expect(server.asked).toHaveLength(asked);
});

it('ends when nothing is answered any more', async () => {
  say = (last, number) => (number < 5 ? added(last) : { status: 401 });
  const pack = await packOf({ cases: sums(100) });
  await expect(run({ pack, concurrency: 2 })).rejects.toThrow(
    'what was answered before is kept',
  );
  expect(server.asked.length).toBeLessThan(40);
});

it('says it when nobody listens', async () => {
  await expect(
    run({ endpoint: 'http://127.0.0.1:9/v1', retries: 1 }),
  ).rejects.toThrow(/no connection.*Look whether the address is right/);
});

it('gives up a request that takes too long', async () => {
  const never = new Promise(() => {});
  say = last => (last === '2+2' ? { after: never } : added(last));
  const result = await run({ timeoutMs: 100 });
  expect(result.cases.outcomes[2]).toBe('failed');
  expect(result.failures?.[0].reason).toContain('no answer in 100 ms');
  expect(server.asked.filter(({ last }) => last === '2+2')).toHaveLength(2);
});

it('leaves out the fields that a server does not know, and says so', async () => {
  say = last => {
    const { body } = server.asked.at(-1)!;
    for (const field of [
      'seed',
      'stream_options',
      'max_tokens',
      'temperature',
    ]) {
      if (field in body) {
        return { status: 400, message: `Unsupported parameter: '${field}'` };
      }
    }
    return { text: added(last), isWhole: true };
  };
  const result = await run({ concurrency: 1 });
  expect(result.cases.outcomes).not.toContain('failed');
  expect(result.settings.notSent).toEqual(['seed', 'temperature']);
  expect(server.asked.at(-1)?.body.max_completion_tokens).toBe(512);
  // It is learnt once.
  expect(server.asked).toHaveLength(14);
});

it('tells which model answered, where it is another', async () => {
  say = last => ({ text: added(last), model: 'adder-2026-01' });
  const { settings } = await run();
  expect(settings.answeredBy).toEqual(['adder-2026-01']);
});

it('leaves thoughts out of the answer', async () => {
  say = last => `<think>hm\nhm</think>\n\n${added(last)}`;
  expect((await run()).cases.scores.right).toEqual(new Array(10).fill(1));
});

it('asks several times for pass@k, each with another seed', async () => {
  const pack = await packOf({
    cases: sums(2),
    spec: { request: { temperature: 0.8, samples: 3 } },
  });
  await run({ pack });
  expect(server.asked).toHaveLength(6);
  expect(new Set(server.asked.map(({ body }) => body.seed)).size).toBe(6);
});

it('refuses samples that would all be the same', async () => {
  await expect(run({ samples: 3 })).rejects.toThrow('asks at temperature 0');
});

it('takes only the first cases, and says that it is partial', async () => {
  const result = await run({ limit: 4 });
  expect(result).toMatchObject({ partial: true, pack: { cases: 10 } });
  expect(result.cases.ids).toHaveLength(4);
  expect(evaluationResultProblem(result)).toBeUndefined();
});

it('keeps contents out when it is told to', async () => {
  say = () => 'secret words';
  const spilling = {
    type: 'spilling',
    title: 'Spills',
    about: '',
    unit: 'ratio',
    direction: 'higher' as const,
    score: ({ answers }: { answers: Array<{ text: string }> }) => ({
      value: 0,
      failure: `said ${answers[0].text}`,
    }),
  };
  const spillingPack = {
    ...(await packOf({ cases: sums(3) })),
    scorers: [{ name: 'form', type: 'spilling' }],
  };
  const options = { pack: spillingPack, scorerOf: () => spilling };
  const open = await run(options);
  expect(open.failures?.[0]).toEqual({
    caseId: 's0',
    metric: 'form',
    reason: 'said secret words',
    input: '0+0',
    output: 'secret words',
  });
  const closed = await run({ ...options, isContentLeftOut: true });
  expect(closed.failures).toHaveLength(3);
  expect(JSON.stringify(closed)).not.toContain('secret words');
  expect(evaluationResultProblem(closed)).toBeUndefined();
});

it('completes texts by the older route', async () => {
  const pack = await packOf({ cases: sums(2), spec: { task: 'completion' } });
  const result = await run({ pack });
  expect(server.asked[0].path).toBe('/v1/completions');
  expect(result.cases.scores.right).toEqual([1, 1]);
});

it('says it before anything is asked when a judge is missing', async () => {
  const pack = {
    ...(await packOf({ cases: sums(2) })),
    scorers: [{ name: 'grade', type: 'judged' }],
  };
  const judged = {
    type: 'judged',
    title: 'Judged',
    about: '',
    unit: 'ratio',
    direction: 'higher' as const,
    asks: 'judge' as const,
    score: () => ({ value: 1 }),
  };
  await expect(run({ pack, scorerOf: () => judged })).rejects.toThrow(
    '--judge-model',
  );
  expect(server.asked).toHaveLength(0);
});
