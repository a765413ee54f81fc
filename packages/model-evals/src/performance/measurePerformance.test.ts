import {
  evaluationRunProblem,
  type EvaluationRun,
  type MetricStatistic,
} from '@modelhub/governance-protocol';
import { startModel, type ModelBehaviour } from '../__testUtils__/startModel';
import { formatPerformance, measurePerformance, PerformanceError } from '.';
import type { PerformanceOptions, PerformanceProgress } from './types';

const stops: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

async function measure(
  behaviour: ModelBehaviour,
  options: Partial<PerformanceOptions> = {},
) {
  const model = await startModel(behaviour);
  stops.push(model.stop);
  const run = measurePerformance({
    endpoint: model.endpoint,
    model: 'acme/tiny',
    requests: 6,
    warmUp: 1,
    resamples: 100,
    ...options,
  });
  return { ...model, run };
}

const metric = (
  run: EvaluationRun,
  name: string,
  statistic: MetricStatistic,
  slice?: string,
) => {
  const found = run.metrics.find(
    it =>
      it.name === name &&
      it.statistic === statistic &&
      (!slice || it.slice === slice),
  );
  if (!found) throw new Error(`There is no ${name} ${statistic}`);
  return found;
};

describe('a server whose answers take known times', () => {
  it('is measured as slow as it is', async () => {
    const { run: running, asked } = await measure(
      { firstMs: 60, gapMs: 15, pieces: 5, tokensPerPiece: 2 },
      {
        apiKey: 'sk-test',
        target: { gatewayId: 'acme/tiny', quantization: 'fp8' },
        loads: [{ kind: 'closed', concurrency: 3 }],
        extraBody: { ignore_eos: true },
        promptTokens: 64,
        outputTokens: 10,
      },
    );
    const run = await running;
    expect(evaluationRunProblem(run)).toBeUndefined();
    // Timers never fire early; how late they are is the machine's business.
    const ttft = metric(run, 'ttft', 'p50');
    expect(ttft.value).toBeGreaterThanOrEqual(58);
    expect(ttft.value).toBeLessThan(400);
    expect(ttft).toMatchObject({
      unit: 'ms',
      samples: 6,
      slice: 'concurrency=3',
    });
    expect(metric(run, 'inter_token_latency', 'mean').samples).toBe(24);
    expect(
      metric(run, 'inter_token_latency', 'mean').value,
    ).toBeGreaterThanOrEqual(13);
    // Nine more tokens in four gaps.
    const perToken = metric(run, 'time_per_output_token', 'mean').value;
    expect(perToken * 9).toBeCloseTo(
      metric(run, 'inter_token_latency', 'mean').value * 4,
      0,
    );
    expect(metric(run, 'request_latency', 'p50').value).toBeGreaterThanOrEqual(
      ttft.value + 4 * 13,
    );
    expect(metric(run, 'error_rate', 'rate')).toMatchObject({
      value: 0,
      samples: 6,
    });
    expect(metric(run, 'output_throughput', 'rate').value).toBeGreaterThan(0);
    expect(run).toMatchObject({
      suite: { name: 'modelhub-performance', version: '1' },
      target: { gatewayId: 'acme/tiny', quantization: 'fp8' },
      settings: {
        loads: ['concurrency=3'],
        tokensCountedBy: 'server',
        meanPromptTokens: 40,
        meanOutputTokens: 10,
      },
    });
    expect(run.partial).toBeUndefined();
    // One to learn, one to warm up, six to measure.
    expect(asked).toHaveLength(8);
    expect(Math.max(...asked.map(it => it.underWay))).toBe(3);
    expect(asked[7]).toMatchObject({
      authorization: 'Bearer sk-test',
      body: {
        model: 'acme/tiny',
        stream: true,
        max_tokens: 10,
        ignore_eos: true,
      },
    });
    const prompts = asked.map(({ body }) => JSON.stringify(body.messages));
    expect(new Set(prompts).size).toBe(8);
    const table = formatPerformance(run);
    expect(table).toContain('concurrency=3');
    expect(table).toMatch(/Time to first token, median +[\d.]+ ms \[/);
    expect(table).toMatch(/Errors +0\.0 % \[0\.0–/);
  });

  it('is measured under one load after the other, with progress', async () => {
    const told: PerformanceProgress[] = [];
    const { run: running } = await measure(
      {},
      {
        requests: 4,
        loads: [
          { kind: 'closed', concurrency: 1 },
          { kind: 'open', requestsPerSecond: 200 },
        ],
        onProgress: progress => told.push(progress),
      },
    );
    const run = await running;
    expect(metric(run, 'ttft', 'p50', 'concurrency=1').samples).toBe(4);
    expect(metric(run, 'ttft', 'p50', 'rate=200/s').samples).toBe(4);
    expect(told.filter(({ phase }) => phase === 'warm-up')).toHaveLength(2);
    expect(told[told.length - 1]).toMatchObject({
      phase: 'measuring',
      requestsDone: 8,
      requests: 8,
      errors: 0,
    });
  });
});

describe('a server with troubles', () => {
  it('is measured with its errors, by reason', async () => {
    const { run: running } = await measure(
      {
        refuse: (_, number) =>
          number >= 2 && number % 2 === 0
            ? { status: 503, message: 'overloaded' }
            : undefined,
      },
      { loads: [{ kind: 'closed', concurrency: 1 }] },
    );
    const run = await running;
    expect(metric(run, 'error_rate', 'rate')).toMatchObject({
      value: 0.5,
      samples: 6,
    });
    expect(metric(run, 'ttft', 'p50').samples).toBe(3);
    expect(run.settings.failures).toEqual([
      { reason: 'http-503', count: 3, example: '503 overloaded' },
    ]);
  });

  it.each<[string, ModelBehaviour, Partial<PerformanceOptions>, string]>([
    ['empty answers', { pieces: 0 }, {}, 'empty'],
    [
      'answers that take too long',
      { firstMs: 400 },
      { timeoutMs: 40 },
      'timeout',
    ],
  ])('counts %s', async (_, behaviour, options, reason) => {
    const { run: running } = await measure(behaviour, {
      requests: 2,
      ...options,
    });
    const run = await running;
    expect(metric(run, 'error_rate', 'rate').value).toBe(1);
    expect(run.settings.failures).toMatchObject([{ reason, count: 2 }]);
    expect(run.metrics).toHaveLength(1);
  });

  it('counts answers that break off', async () => {
    const { run: running } = await measure({ breakAfter: 2 }, { requests: 2 });
    expect(metric(await running, 'error_rate', 'rate').value).toBe(1);
  });

  it.each([
    ['stream_options', 'unknown field stream_options'],
    ['max_tokens', "use 'max_completion_tokens' instead"],
  ])('is asked without %s when it does not know it', async (field, message) => {
    const { run: running, asked } = await measure({
      refuse: ({ body }) =>
        field in body ? { status: 400, message } : undefined,
    });
    const run = await running;
    expect(metric(run, 'error_rate', 'rate').value).toBe(0);
    expect(field in asked[asked.length - 1].body).toBe(false);
    expect(run.settings.tokensCountedBy).toBe(
      field === 'stream_options' ? 'pieces of the stream' : 'server',
    );
  });

  it.each([
    [401, /refuses: 401 no\. Give a key that the endpoint knows/],
    [403, /may not use acme\/tiny/],
    [404, /whether the address ends in \/v1/],
  ])('is not measured when it says %d', async (status, message) => {
    const { run, asked } = await measure({
      refuse: () => ({ status, message: 'no' }),
    });
    await expect(run).rejects.toThrow(message);
    expect(asked).toHaveLength(1);
  });

  it('is not measured when nobody is there', async () => {
    const model = await startModel();
    await model.stop();
    await expect(
      measurePerformance({ endpoint: model.endpoint, model: 'm' }),
    ).rejects.toThrow(/no connection \(.*Look whether the address is right/);
  });
});

describe('a stop', () => {
  it('keeps what was measured, and says that it is partial', async () => {
    const stopping = new AbortController();
    const { run: running } = await measure(
      { onRequest: number => number === 5 && stopping.abort() },
      { requests: 500, signal: stopping.signal },
    );
    const run = await running;
    expect(run.partial).toBe(true);
    expect(evaluationRunProblem(run)).toBeUndefined();
    expect(metric(run, 'ttft', 'p50').samples).toBe(3);
    expect(metric(run, 'error_rate', 'rate').value).toBe(0);
    expect(formatPerformance(run)).toContain('Partial:');
  });

  it('before the first answer leaves nothing', async () => {
    const stopping = new AbortController();
    const { run } = await measure(
      { onRequest: () => stopping.abort() },
      { signal: stopping.signal },
    );
    await expect(run).rejects.toThrow(PerformanceError);
  });
});

it.each<[Partial<PerformanceOptions>, RegExp]>([
  [{ endpoint: 'localhost' }, /is no endpoint/],
  [{ loads: [] }, /at least one load/],
  [{ loads: [{ kind: 'closed', concurrency: 0.5 }] }, /whole number/],
  [{ loads: [{ kind: 'open', requestsPerSecond: 0 }] }, /above 0/],
  [{ requests: 0 }, /requests must be/],
  [{ confidence: 1 }, /between 0.5 and 1/],
])('refuses %j', async (options, message) => {
  await expect(
    measurePerformance({ endpoint: 'http://x/v1', model: 'm', ...options }),
  ).rejects.toThrow(message);
});
