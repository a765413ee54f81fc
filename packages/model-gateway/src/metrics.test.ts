import { secretOf, someContent } from './__testUtils__/TestControlPlane';
import { Rig, eventually } from './__testUtils__/rig';
import { Metrics } from './telemetry/Metrics';

describe('/metrics', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  const someRig = (settings = {}) => {
    const content = someContent();
    const models = content.models.map(model =>
      model.gatewayId === 'acme/chat'
        ? {
            ...model,
            pricing: { currency: 'EUR', inputPerMTok: 1e6, outputPerMTok: 2e6 },
          }
        : model,
    );
    return Rig.create({ content: { ...content, models }, settings });
  };
  const valueOf = (text: string, series: string) =>
    Number(
      text
        .split('\n')
        .find(line => line.startsWith(`${series} `))
        ?.slice(series.length) ?? NaN,
    );

  it('tells of calls, refusals, tokens, money and what the gateway adds', async () => {
    rig = await someRig();
    expect(
      (await rig.chat(secretOf('strict'), { model: 'acme/chat' })).status,
    ).toBe(200);
    expect(
      (await rig.chat(secretOf('strict'), { model: 'acme/unapproved' })).status,
    ).toBe(403);
    expect((await rig.chat('mh_wrong', { model: 'acme/chat' })).status).toBe(
      401,
    );
    const text = await rig.metrics();
    const path = '/v1/chat/completions';
    const value = (series: string) =>
      valueOf(text, `modelhub_gateway_${series}`);
    expect(value(`requests_total{route="${path}",status="200"}`)).toBe(1);
    expect(
      value(`errors_total{route="${path}",code="model_not_approved"}`),
    ).toBe(1);
    expect(value(`errors_total{route="${path}",code="invalid_api_key"}`)).toBe(
      1,
    );
    expect(value('refusals_total{code="not-approved",mode="enforce"}')).toBe(1);
    expect(
      value('calls_total{profile="strict",model="acme/chat",provider="acme"}'),
    ).toBe(1);
    const tokens = (type: string) =>
      value(
        `tokens_total{profile="strict",model="acme/chat",type="${type}",estimated="false"}`,
      );
    expect(tokens('input')).toBeGreaterThan(0);
    expect(tokens('output')).toBeGreaterThan(0);
    expect(
      value('cost_total{profile="strict",model="acme/chat",currency="EUR"}'),
    ).toBe(tokens('input') + 2 * tokens('output'));
    expect(value('added_duration_seconds_count')).toBe(1);
    expect(value('request_duration_seconds_count')).toBe(3);
    const sum = (name: string) =>
      value(`${name}_sum{operation="chat",provider="acme"}`);
    expect(value('added_duration_seconds_sum')).toBeLessThan(
      value('request_duration_seconds_sum'),
    );
    expect(sum('upstream_duration_seconds')).toBeGreaterThan(0);
    expect(value('connected')).toBe(1);
    expect(value('snapshot_age_seconds')).toBeLessThan(60);
  });

  it('shows the circuit of a provider that fails', async () => {
    rig = await someRig({
      routing: { retries: 0, circuitFailures: 2 },
    });
    await rig.upstream.stop();
    const circuit =
      'modelhub_gateway_circuit_open{provider="acme",model="chat"}';
    expect(valueOf(await rig.metrics(), circuit)).toBeNaN();
    for (let n = 0; n < 2; n++) {
      await rig.chat(secretOf('strict'), { model: 'acme/chat' });
    }
    expect(valueOf(await rig.metrics(), circuit)).toBe(1);
  });

  it('can have a listener of its own', async () => {
    rig = await someRig({ telemetry: { listen: { port: 0 } } });
    const port = rig.gateway.metricsPort;
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await fetch(`${rig.url}/metrics`)).status).toBe(404);
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    expect(await answer.text()).toContain(
      'modelhub_gateway_snapshot_version 1',
    );
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/v1/models')).status).toBe(404);
    await eventually(
      'it is ready',
      async () => (await get('/readyz')).status === 200,
    );
    await rig.gateway.stop();
    await expect(get('/metrics')).rejects.toThrow();
    await rig.start();
  });
});

describe('Metrics', () => {
  it('counts label sets together when there are too many', async () => {
    const metrics = new Metrics();
    for (let n = 0; n < 6_000; n++) {
      metrics.alarms.add({ code: `c${n}` });
    }
    metrics.alarms.add({ code: 'c0' });
    const lines = (await metrics.text())
      .split('\n')
      .filter(line => line.startsWith('modelhub_gateway_alarms_total{'));
    expect(lines).toHaveLength(5_001);
    expect(lines).toContain('modelhub_gateway_alarms_total{code="c0"} 2');
    expect(lines).toContain('modelhub_gateway_alarms_total{code="other"} 1000');
  });

  it('keeps gateways of one process apart', async () => {
    const one = new Metrics();
    const other = new Metrics();
    one.alarms.add({ code: 'forged"\n' });
    expect(await one.text()).toContain('{code="forged\\"\\n"} 1');
    expect(await other.text()).not.toContain('forged');
  });
});
