import { TestControlPlane } from '../../packages/model-gateway/src/__testUtils__/TestControlPlane';
import { Load, type Measured, requestOf } from './Load';
import { allowlistOf, secretOf } from './allowlist';
import { type Peer, startPeer } from './processes';
import { startGateway } from './startGateway';
import { startNginx } from './startNginx';
import { startPortkey } from './startPortkey';

const MODEL = 'acme/model-4242';
const CONNECTIONS = 32;
const RATE = 500;
/** Until the compilers of all peers are done. */
const WARM_UP_ROUNDS = 6;

const GATEWAY = 'Model Hub gateway';
/** As many processes as nginx and the service that it asks. */
const TWO_GATEWAYS = 'two Model Hub gateways';
const BARE = 'bare Node proxy (node:http)';
/** One worker, as the documentation shows it; the service that it asks is a process more. */
const NGINX = 'nginx auth_request';
const PORTKEY = 'Portkey';
const UPSTREAM = 'upstream itself';

/** A figure of the result. */
export interface Figure {
  metric: string;
  value: number;
  unit: string;
}

interface Target {
  name: string;
  ports: number[];
  request: string;
}

type Contestant = Peer & Target;
type Runs = Map<string, Measured[]>;

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function startContestants(upstream: string, controlPlane: string) {
  const gateway = await startGateway({ upstream, controlPlane });
  const request = requestOf(MODEL, {
    authorization: `Bearer ${secretOf(7_000)}`,
  });
  const second = await startGateway({ upstream, controlPlane });
  const all: Contestant[] = [
    { ...gateway, name: GATEWAY, ports: [gateway.port], request },
    {
      ...second,
      name: TWO_GATEWAYS,
      ports: [gateway.port, second.port],
      request,
    },
  ];
  for (const [name, peer] of [
    [BARE, 'bareProxy'],
    ['bare Node proxy (undici)', 'bareUndici'],
  ]) {
    const started = await startPeer(peer, { UPSTREAM: upstream });
    all.push({ ...started, name, ports: [started.port], request });
  }
  for (const [name, keepsAuth] of [
    [NGINX, false],
    ['nginx, kept auth connections', true],
  ] as const) {
    const nginx = await startNginx(upstream, { keepsAuth });
    if (nginx) {
      all.push({
        ...nginx,
        name,
        ports: [nginx.port],
        request: requestOf(MODEL, {
          authorization: `Bearer ${secretOf(7_000)}`,
          'x-model': MODEL,
        }),
      });
    } else {
      process.stdout.write(
        'nginx is not installed: left out (apt-get install nginx-light)\n',
      );
    }
  }
  const portkey = await startPortkey();
  if (portkey) {
    all.push({
      ...portkey,
      name: PORTKEY,
      ports: [portkey.port],
      request: requestOf(MODEL, {
        authorization: 'Bearer sk-none',
        'x-portkey-provider': 'openai',
        'x-portkey-custom-host': `${upstream}/v1`,
      }),
    });
  } else {
    process.stdout.write('Portkey cannot be installed from npm: left out\n');
  }
  return all;
}

/** Everybody in turn, round by round, because the machine is not ours alone. */
async function takeTurns(
  load: Load,
  targets: Target[],
  job: { rounds: number; seconds: number; connections?: number; rate?: number },
): Promise<Runs> {
  const runs: Runs = new Map(targets.map(({ name }) => [name, []]));
  const { rounds, ...rest } = job;
  const first = job.rate === undefined ? -WARM_UP_ROUNDS : 0;
  for (let round = first; round < rounds; round++) {
    for (const { name, ports, request } of targets) {
      const measured = await load.run({ ports, request, ...rest });
      if (measured.rps === 0) {
        throw new Error(`${name} answered no call well`);
      }
      if (round >= 0) {
        runs.get(name)?.push(measured);
      }
    }
  }
  return runs;
}

/** Of each round by itself, then the median. */
function compare(
  [runs, one, other]: [Runs, string, string],
  by: (a: Measured, b: Measured) => number,
): number | undefined {
  const others = runs.get(other);
  return others && median(runs.get(one)!.map((it, n) => by(it, others[n])));
}

function print(title: string, runs: Runs, digits: number): void {
  process.stdout.write(`\n${title}\n`);
  for (const [name, list] of runs) {
    const of = (read: (it: Measured) => number, places: number) =>
      median(list.map(read)).toFixed(places).padStart(8);
    const failed = list.reduce((sum, it) => sum + it.failed, 0);
    const ratio = compare([runs, GATEWAY, name], (a, b) => a.rps / b.rps);
    process.stdout.write(
      `${name.padEnd(34)}${of(it => it.rps, 0)} /s   p50${of(
        it => it.p50,
        digits,
      )} ms   p99${of(
        it => it.p99,
        digits,
      )} ms   failed ${failed}   one gateway is ${ratio?.toFixed(2)} of it\n`,
    );
  }
}

/** Throughput beside the peers, and what the gateway adds at a steady rate. */
export async function measureThroughput(options: {
  rounds: number;
  seconds: number;
}): Promise<Figure[]> {
  const plane = await TestControlPlane.create(
    allowlistOf({ keys: 10_000, models: 10_000 }),
  );
  const upstream = await startPeer('upstream');
  const url = `http://127.0.0.1:${upstream.port}`;
  const contestants = await startContestants(url, plane.url);
  const load = await Load.create();
  const direct: Target = {
    name: UPSTREAM,
    ports: [upstream.port],
    request: requestOf(MODEL),
  };
  const closed = await takeTurns(load, [direct, ...contestants], {
    ...options,
    connections: CONNECTIONS,
  });
  const open = await takeTurns(load, [direct, contestants[0]], {
    ...options,
    rate: RATE,
  });
  load.stop();
  for (const peer of contestants) {
    await peer.stop();
  }
  await upstream.stop();
  await plane.close();

  print(
    `${CONNECTIONS} connections, closed loop, medians of ${options.rounds} rounds of ${options.seconds} s`,
    closed,
    1,
  );
  print(`${RATE} requests/s, open loop, from when each was due`, open, 2);
  const ratio = (one: string, other: string) =>
    compare([closed, one, other], (a, b) => a.rps / b.rps);
  const added = (of: 'p50' | 'p99') =>
    compare([open, GATEWAY, UPSTREAM], (a, b) => a[of] - b[of]);
  const figures: Array<[string, number | undefined, string]> = [
    ['throughputVsPortkey', ratio(GATEWAY, PORTKEY), 'ratio'],
    ['throughputVsNginxAuthRequest', ratio(TWO_GATEWAYS, NGINX), 'ratio'],
    ['throughputVsBareNode', ratio(GATEWAY, BARE), 'ratio'],
    ['addedP50Ms', added('p50'), 'ms'],
    ['addedP99Ms', added('p99'), 'ms'],
  ];
  return figures.flatMap(([metric, value, unit]) =>
    value === undefined ? [] : [{ metric, value, unit }],
  );
}
