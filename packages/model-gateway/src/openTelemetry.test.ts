import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ListeningUpstream } from './__testUtils__/ListeningUpstream';
import { OtlpReceiver } from './__testUtils__/OtlpReceiver';
import {
  TestControlPlane,
  secretOf,
  someContent,
} from './__testUtils__/TestControlPlane';
import { leasesOf } from './__testUtils__/leasesOf';
import { GatewayProcess } from './__testUtils__/GatewayProcess';
import { eventually } from './__testUtils__/rig';

const PROMPT = 'the-prompt-that-nobody-may-see';
const ANSWER = {
  id: 'c-1',
  object: 'chat.completion',
  model: 'chat',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'the-answer-that-nobody-may-see' },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
};
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const SERVER = 2;
const CLIENT = 3;

const SILENT = {
  OTEL_SDK_DISABLED: '',
  OTEL_TRACES_EXPORTER: '',
  OTEL_METRICS_EXPORTER: '',
};

// Each test starts a process.
jest.setTimeout(60_000);

describe('OpenTelemetry', () => {
  let receiver: OtlpReceiver;
  let upstream: ListeningUpstream;
  let plane: TestControlPlane;
  let stateDir: string;
  let running: GatewayProcess | undefined;

  beforeEach(async () => {
    receiver = await OtlpReceiver.create();
    upstream = await ListeningUpstream.create(ANSWER);
    plane = await TestControlPlane.create(someContent());
    stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-state-'));
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await plane.close();
    await upstream.close();
    await receiver.close();
    fs.rmSync(stateDir, { recursive: true });
  });

  async function start(
    telemetry: object = {},
    env: Record<string, string> = {},
    usage: object = { budgets: 'off' },
  ): Promise<GatewayProcess> {
    const provider = { baseUrl: `${upstream.url}/v1`, stripPrefix: true };
    const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT ?? receiver.url;
    running = await GatewayProcess.create(
      {
        listen: { port: 0 },
        controlPlane: {
          url: plane.url,
          enrolmentToken: 'invitation',
          stateDir,
        },
        providers: [
          { name: 'acme', match: 'acme/*', ...provider },
          { name: 'other', match: 'hosted/*', ...provider },
        ],
        usage,
        telemetry,
      },
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_SERVICE_NAME: 'edge-gateway',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
        ...SILENT,
        ...env,
      },
    );
    const { url } = running;
    await eventually(
      'it is ready',
      async () => (await fetch(`${url}/readyz`)).status === 200,
    );
    return running;
  }

  const call = async (
    { url }: GatewayProcess,
    model = 'acme/chat',
    headers = {},
  ) => {
    const answer = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretOf('strict')}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({
        model,
        messages: [{ role: 'user', content: PROMPT }],
      }),
    });
    return { status: answer.status, body: await answer.text() };
  };

  /** Ends the gateway, so that everything is sent. */
  const flush = (gateway: GatewayProcess) => gateway.stop();

  const spanOf = (kind: number) => {
    const found = receiver.spans.filter(span => span.kind === kind);
    expect(found).toHaveLength(1);
    return found[0];
  };

  it('sends two spans of a call, within the trace of the caller', async () => {
    const of = await start({ propagateTraceTo: ['acme'] });
    const { status } = await call(of, 'acme/chat', {
      traceparent: `00-${TRACE}-${PARENT}-01`,
      tracestate: 'vendor=1',
    });
    expect(status).toBe(200);
    await flush(of);

    const server = spanOf(SERVER);
    expect(server).toMatchObject({ traceId: TRACE, parentSpanId: PARENT });
    expect(server.attributes).toMatchObject({
      'http.response.status_code': 200,
      'modelhub.profile': 'strict',
      'modelhub.purpose': 'summarise',
      'modelhub.tier': 'internal',
      'modelhub.key.id': 'strict',
    });
    const client = spanOf(CLIENT);
    expect(client).toMatchObject({
      name: 'chat acme/chat',
      traceId: TRACE,
      parentSpanId: server.spanId,
    });
    expect(client.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'acme',
      'gen_ai.request.model': 'acme/chat',
      'gen_ai.response.model': 'chat',
      'gen_ai.usage.input_tokens': 11,
      'gen_ai.usage.output_tokens': 7,
      'modelhub.approval.id': 'g-chat',
    });
    expect(upstream.headers[0]).toMatchObject({
      traceparent: `00-${TRACE}-${client.spanId}-01`,
      tracestate: 'vendor=1',
    });
    expect(receiver.resources[0]).toMatchObject({
      'service.name': 'edge-gateway',
      'deployment.environment.name': 'test',
    });
  });

  it('tells what is left of budgets', async () => {
    const pricing = { currency: 'EUR', inputPerMTok: 10, outputPerMTok: 10 };
    plane.content = {
      ...plane.content,
      models: plane.content.models.map(model => ({ ...model, pricing })),
    };
    plane.more = it => leasesOf(it, () => 2.5);
    const gateway = await start(
      {},
      { OTEL_METRIC_EXPORT_INTERVAL: '200' },
      { leaseMs: 100 },
    );
    expect((await call(gateway)).status).toBe(200);
    await eventually('it is told', () => receiver.gauges.length > 0);
    expect(receiver.gauges[0]).toEqual({
      metric: 'modelhub.budget.left',
      value: 2.5,
      attributes: {
        'modelhub.budget': 'profile:strict',
        'modelhub.budget.month': expect.stringMatching(/^\d{4}-\d\d$/),
        'modelhub.budget.currency': 'EUR',
      },
    });
  });

  it('sends the metrics of generative AI', async () => {
    const of = await start();
    await call(of);
    await call(of);
    await flush(of);

    const pointsOf = (metric: string) =>
      receiver.points.filter(point => point.metric === metric);
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'acme',
      'gen_ai.request.model': 'acme/chat',
      'gen_ai.response.model': 'chat',
    };
    expect(pointsOf('gen_ai.client.token.usage')).toMatchObject([
      {
        unit: '{token}',
        count: 2,
        sum: 22,
        attributes: { ...attributes, 'gen_ai.token.type': 'input' },
      },
      {
        count: 2,
        sum: 14,
        attributes: { ...attributes, 'gen_ai.token.type': 'output' },
      },
    ]);
    expect(pointsOf('gen_ai.server.request.duration')).toMatchObject([
      { unit: 's', count: 2, attributes },
    ]);
    expect(pointsOf('gen_ai.server.request.duration')[0].bounds[0]).toBe(0.01);
    expect(pointsOf('gen_ai.client.operation.duration')[0].sum).toBeLessThan(
      pointsOf('gen_ai.server.request.duration')[0].sum,
    );
  });

  it('tells of refusals, as errors of the caller', async () => {
    const of = await start();
    expect((await call(of, 'acme/unapproved')).status).toBe(403);
    await flush(of);
    const span = spanOf(SERVER);
    expect(span.attributes).toMatchObject({
      'http.response.status_code': 403,
      'error.type': 'model_not_approved',
    });
    expect(span.status.code ?? 0).toBe(0);
  });

  it('marks failures of a provider', async () => {
    const of = await start();
    await upstream.close();
    expect((await call(of)).status).toBe(502);
    await flush(of);
    expect(spanOf(CLIENT)).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': 'upstream_unreachable' },
    });
    upstream = await ListeningUpstream.create(ANSWER);
  });

  it('holds nothing of prompts, answers and secrets', async () => {
    const of = await start();
    await call(of);
    await flush(of);
    expect(receiver.spans).toHaveLength(2);
    const told = receiver.text + of.logs.join('');
    expect(told).not.toContain('nobody-may-see');
    expect(told).not.toContain(secretOf('strict'));
  });

  it('gives the trace to no provider that is not named', async () => {
    const of = await start({ propagateTraceTo: ['other'] });
    await call(of, 'acme/chat', { traceparent: `00-${TRACE}-${PARENT}-01` });
    expect(upstream.headers[0].traceparent).toBeUndefined();
  });

  it('follows the sampler of the environment and the flag of the caller', async () => {
    const of = await start(
      {},
      { OTEL_TRACES_SAMPLER: 'parentbased_always_on' },
    );
    await call(of, 'acme/chat', { traceparent: `00-${TRACE}-${PARENT}-00` });
    await flush(of);
    expect(receiver.spans).toEqual([]);
    expect(receiver.points).not.toEqual([]);

    const other = await start({}, { OTEL_TRACES_SAMPLER: 'always_off' });
    await call(other);
    await flush(other);
    expect(receiver.spans).toEqual([]);
  });

  it('disturbs no call when nobody listens', async () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = receiver.url;
    await receiver.close();
    const of = await start({}, { OTEL_EXPORTER_OTLP_ENDPOINT });
    expect((await call(of)).status).toBe(200);
    await flush(of);
    receiver = await OtlpReceiver.create();
  });

  it.each<[string, Record<string, string>]>([
    ['is disabled', { OTEL_SDK_DISABLED: 'true' }],
    [
      'has no exporter',
      { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' },
    ],
  ])(
    'sends nothing when it %s, and passes on what it was given',
    async (_, env) => {
      const of = await start({ propagateTraceTo: ['*'] }, env);
      const traceparent = `00-${TRACE}-${PARENT}-01`;
      await call(of, 'acme/chat', { traceparent });
      await call(of, 'acme/chat', { traceparent: 'nonsense' });
      await flush(of);
      expect(receiver.text).toHaveLength(0);
      expect(upstream.headers[0].traceparent).toBe(traceparent);
      expect(upstream.headers[1].traceparent).toBeUndefined();
    },
  );
});
