import { parseArgs } from 'node:util';
import { TestControlPlane } from '../../packages/model-gateway/src/__testUtils__/TestControlPlane';
import { Load, type Measured, requestOf } from './Load';
import { allowlistOf, secretOf } from './allowlist';
import { measureMemory } from './memory';
import { type Peer, startPeer } from './processes';
import { measureRevocation } from './revocation';
import { startGateway } from './startGateway';
import { startNginx } from './startNginx';
import { startPortkey } from './startPortkey';

const MODEL = 'acme/model-4242';
const CONNECTIONS = 32;
const RATE = 500;

type Contestant = Peer & { name: string; port: number; request: string };

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function startContestants(upstream: string, controlPlane: string) {
  const gateway = await startGateway({ upstream, controlPlane });
  const all: Contestant[] = [
    {
      ...gateway,
      name: 'Model Hub gateway',
      request: requestOf(MODEL, { authorization: `Bearer ${secretOf(7_000)}` }),
    },
  ];
  for (const [name, peer] of [
    ['bare Node proxy (http)', 'bareProxy'],
    ['bare Node proxy (undici)', 'bareUndici'],
  ]) {
    const started = await startPeer(peer, { UPSTREAM: upstream });
    all.push({ ...started, name, request: requestOf(MODEL) });
  }
  const nginx = await startNginx(upstream);
  if (nginx) {
    const request = requestOf(MODEL, { 'x-model': MODEL });
    all.push({ ...nginx, name: 'nginx auth_request', request });
  } else {
    process.stdout.write(
      'nginx is not installed: left out (apt-get install nginx-light)\n',
    );
  }
  const portkey = await startPortkey();
  if (portkey) {
    const request = requestOf(MODEL, {
      authorization: 'Bearer sk-none',
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `${upstream}/v1`,
    });
    all.push({ ...portkey, name: 'Portkey', request });
  } else {
    process.stdout.write('Portkey cannot be installed from npm: left out\n');
  }
  return all;
}

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '7' },
      seconds: { type: 'string', default: '2' },
      only: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds);
  const seconds = Number(values.seconds);
  const figures: Array<{ metric: string; value: number; unit: string }> = [];
  const wants = (part: string) => !values.only || values.only === part;

  if (wants('load')) {
    const plane = await TestControlPlane.create(
      allowlistOf({ keys: 10_000, models: 10_000 }),
    );
    const upstream = await startPeer('upstream');
    const url = `http://127.0.0.1:${upstream.port}`;
    const contestants = await startContestants(url, plane.url);
    const load = await Load.create();
    const direct = {
      name: 'upstream itself',
      port: upstream.port,
      request: requestOf(MODEL),
    };
    const everyone = [direct, ...contestants];
    const closed = new Map(everyone.map(it => [it.name, [] as Measured[]]));
    const open = new Map(everyone.map(it => [it.name, [] as Measured[]]));
    for (let round = -1; round < rounds; round++) {
      for (const { name, port, request } of everyone) {
        const measured = await load.run({
          port,
          request,
          seconds,
          connections: CONNECTIONS,
        });
        if (measured.rps === 0) {
          throw new Error(`${name} answered no call well`);
        }
        if (round >= 0) {
          closed.get(name)!.push(measured);
        }
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const { name, port, request } of [direct, contestants[0]]) {
        open
          .get(name)!
          .push(await load.run({ port, request, seconds, rate: RATE }));
      }
    }
    const rps = (name: string) => median(closed.get(name)!.map(it => it.rps));
    const ratio = (name: string) =>
      median(
        closed
          .get('Model Hub gateway')!
          .map((it, round) => it.rps / closed.get(name)![round].rps),
      );
    const added = (of: 'p50' | 'p99') =>
      median(
        open
          .get('Model Hub gateway')!
          .map((it, round) => it[of] - open.get(direct.name)![round][of]),
      );
    process.stdout.write(
      `\n${CONNECTIONS} connections, closed loop, ${rounds} rounds of ${seconds} s, medians\n`,
    );
    for (const { name } of everyone) {
      const list = closed.get(name)!;
      process.stdout.write(
        `${name.padEnd(28)}${rps(name)
          .toFixed(0)
          .padStart(8)} rps  p50 ${median(list.map(it => it.p50)).toFixed(
          1,
        )} ms  p99 ${median(list.map(it => it.p99)).toFixed(1)} ms${
          name === 'Model Hub gateway' || name === direct.name
            ? ''
            : `  gateway is ${ratio(name).toFixed(2)} of it`
        }\n`,
      );
    }
    process.stdout.write(
      `\n${RATE} requests/s, open loop, from when each was due\n`,
    );
    for (const [name, list] of open) {
      if (list.length > 0) {
        process.stdout.write(
          `${name.padEnd(28)}p50 ${median(list.map(it => it.p50)).toFixed(
            2,
          )} ms  p99 ${median(list.map(it => it.p99)).toFixed(
            2,
          )} ms  failed ${list.reduce((sum, it) => sum + it.failed, 0)}\n`,
        );
      }
    }
    const bare =
      ratio('bare Node proxy (http)') < ratio('bare Node proxy (undici)')
        ? 'bare Node proxy (http)'
        : 'bare Node proxy (undici)';
    if (closed.has('Portkey')) {
      figures.push({
        metric: 'throughputVsPortkey',
        value: ratio('Portkey'),
        unit: 'ratio',
      });
    }
    if (closed.has('nginx auth_request')) {
      figures.push({
        metric: 'throughputVsNginxAuthRequest',
        value: ratio('nginx auth_request'),
        unit: 'ratio',
      });
    }
    figures.push(
      { metric: 'throughputVsBareNode', value: ratio(bare), unit: 'ratio' },
      { metric: 'addedP50Ms', value: added('p50'), unit: 'ms' },
      { metric: 'addedP99Ms', value: added('p99'), unit: 'ms' },
    );
    load.stop();
    for (const peer of contestants) {
      await peer.stop();
    }
    await upstream.stop();
    await plane.close();
  }
  if (wants('revocation')) {
    figures.push({
      metric: 'revocationP99Ms',
      value: await measureRevocation(),
      unit: 'ms',
    });
  }
  if (wants('memory')) {
    figures.push({
      metric: 'rssMiB100kKeys',
      value: await measureMemory(),
      unit: 'MiB',
    });
  }
  process.stdout.write('\n');
  for (const { metric, value, unit } of figures) {
    process.stdout.write(
      `${metric.padEnd(32)}${value.toFixed(2).padStart(10)} ${unit}\n`,
    );
  }
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({
        name: 'gateway',
        figures: figures.map(it => ({
          ...it,
          value: Number(it.value.toFixed(3)),
        })),
      })}\n`,
    );
  }
  process.exit(0);
}

void main();
