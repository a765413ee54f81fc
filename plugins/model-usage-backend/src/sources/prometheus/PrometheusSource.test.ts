import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConventionName } from './conventions';
import type { Series } from './increases';
import { PrometheusSource } from './PrometheusSource';

const NOW = new Date('2026-11-21T12:02:30Z');
const FIRST = Date.parse('2026-11-21T11:55:00Z') / 1_000;

describe('metrics in Prometheus', () => {
  const found = new Map<string, Series[]>();
  const asked: URL[] = [];
  let status = 200;
  let server: Server;
  let baseUrl: string;

  beforeAll(async () => {
    server = createServer((req, res) => {
      const url = new URL(req.url ?? '/', 'http://localhost');
      asked.push(url);
      const [start, end] = ['start', 'end'].map(name =>
        Number(url.searchParams.get(name)),
      );
      const result = (found.get(url.searchParams.get('query') ?? '') ?? []).map(
        it => ({
          ...it,
          values: it.values.filter(([at]) => at >= start && at <= end),
        }),
      );
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(
        JSON.stringify({
          status: 'success',
          data: { resultType: 'matrix', result },
        }),
      );
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(done => {
      server.close(done);
    });
  });
  beforeEach(() => {
    found.clear();
    asked.length = 0;
    status = 200;
  });

  /** A series by minutes from 11:55 on. */
  const put = (
    query: string,
    metric: Record<string, string>,
    values: number[],
  ) => {
    const all = found.get(query) ?? [];
    const texts = values.map((it, n): [number, string] => [
      FIRST + n * 60,
      String(it),
    ]);
    found.set(query, [...all, { metric, values: texts }]);
  };

  const pull = (conventions: ConventionName[], cursor?: string) =>
    PrometheusSource.create({
      id: 'prometheus',
      baseUrl,
      conventions,
      models: { 'org/chat-fp8': 'acme/chat' },
      sinceDays: 1 / 24,
    }).pull(cursor, { now: NOW, signal: new AbortController().signal });

  it('are read by the names of vLLM, of all its processes, over their restarts', async () => {
    const one = { model_name: 'org/chat-fp8', instance: 'a' };
    const other = { model_name: 'org/chat-fp8', instance: 'b' };
    put('vllm:request_success_total', one, [5, 7, 7, 1]);
    put('vllm:request_success_total', other, [100, 101, 101, 101]);
    put('vllm:prompt_tokens_total', one, [0, 40, 40, 10]);
    put('vllm:generation_tokens_total', one, [0, 9, 9, 3]);
    const bucket = 'vllm:time_to_first_token_seconds_bucket';
    put(bucket, { ...one, le: '0.2' }, [0, 2, 2, 0]);
    put(bucket, { ...one, le: '+Inf' }, [0, 2, 2, 1]);
    const { items, cursor, more } = await pull(['vllm']);
    expect(items).toMatchObject([
      {
        at: '2026-11-21T11:55:00.000Z',
        model: 'acme/chat',
        calls: 3,
        inputTokens: 40,
        outputTokens: 9,
        ttft: [[100, 2]],
        latency: [],
      },
      {
        at: '2026-11-21T11:57:00.000Z',
        calls: 1,
        inputTokens: 10,
        outputTokens: 3,
        ttft: [[200, 1]],
      },
    ]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(2);
    expect([cursor, more]).toEqual([
      String(Date.parse('2026-11-21T12:00:00Z')),
      false,
    ]);
  });

  it('are read by the names of OpenTelemetry, errors apart', async () => {
    const name = 'gen_ai_server_request_duration_seconds';
    const model = { gen_ai_request_model: 'gpt-4o' };
    put(`${name}_count`, model, [0, 10]);
    put(`${name}_count`, { ...model, error_type: '429' }, [0, 2]);
    put(`${name}_count`, { ...model, error_type: 'timeout' }, [0, 1]);
    put(`${name}_count`, { ...model, error_type: '400' }, [0, 3]);
    put(`${name}_bucket`, { ...model, le: '1' }, [0, 10]);
    put(`${name}_bucket`, { ...model, le: '1', error_type: '429' }, [0, 2]);
    const tokens = 'gen_ai_client_token_usage_sum';
    put(`${tokens}{gen_ai_token_type="input"}`, model, [0, 500]);
    put(`${tokens}{gen_ai_token_type="output"}`, model, [0, 60]);
    const { items } = await pull(['opentelemetry']);
    expect(items).toEqual([
      {
        id: expect.any(String),
        at: '2026-11-21T11:55:00.000Z',
        model: 'gpt-4o',
        calls: 16,
        clientErrors: 3,
        throttled: 2,
        serverErrors: 1,
        inputTokens: 500,
        outputTokens: 60,
        latency: [[500, 10]],
        ttft: [],
      },
    ]);
  });

  it('go on after the cursor, from what the counter showed before it', async () => {
    put(
      'vllm:request_success_total',
      { model_name: 'm' },
      [1, 2, 4, 8, 16, 32],
    );
    const cursor = String((FIRST + 180) * 1_000);
    const { items } = await pull(['vllm'], cursor);
    expect(items.map(({ calls }) => calls)).toEqual([8, 16]);
    const again = await pull(
      ['vllm'],
      String(Date.parse('2026-11-21T12:00:00Z')),
    );
    expect(again).toMatchObject({ items: [], more: false });
  });

  it('without a model are left out', async () => {
    put('vllm:request_success_total', { instance: 'a' }, [1, 2]);
    expect((await pull(['vllm'])).items).toEqual([]);
  });

  it('are not counted further where Prometheus refuses', async () => {
    status = 503;
    await expect(pull(['vllm'])).rejects.toThrow(/503/);
  });
});
