import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Load } from './Load';
import { Program, freePort } from './Program';
import { Approval, Evidence, Verdict, judge } from './judge';
import { randomFrom } from './random';
import { MODELS } from './world';

const BIN = path.resolve(__dirname, '../../../bin/modelhub-gateway');

/** What a run was, and what came of it. */
export interface FaultReport {
  seed: number;
  seconds: number;
  kills: Record<string, number>;
  toggles: number;
  evidence: Evidence;
  verdict: Verdict;
  /** Gateways that did not come to rest with an empty spool. */
  restless: string[];
  folder: string;
}

/**
 * Runs gateways, upstreams and a control plane under load, and kills them at
 * random. The seed gives the same order of kills; the load is as fast as it is.
 */
export async function runFaults(options: {
  seconds: number;
  seed: number;
  say?: (words: string) => void;
}): Promise<FaultReport> {
  const { seconds, seed, say = () => {} } = options;
  const random = randomFrom(seed);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-faults-'));
  const plane = await planeIn(folder);
  const upstreams = [
    await upstreamIn(folder, 'upstream-1'),
    await upstreamIn(folder, 'upstream-2'),
  ];
  const gateways: Program[] = [];
  for (const name of ['gateway-1', 'gateway-2', 'gateway-3']) {
    gateways.push(await gatewayIn(folder, name, plane, upstreams));
  }
  const all = [plane, ...upstreams, ...gateways];
  all.forEach(program => program.start());
  const approvals: Approval[] = [];
  let toggles = 0;
  try {
    await untilReady(gateways, 30_000);
    say(`Everything is up; the seed is ${seed}`);
    const load = new Load(gateways);
    const end = Date.now() + seconds * 1000;
    const toggling = toggleUntil(end, plane, approvals, random).then(count => {
      toggles = count;
    });
    while (Date.now() < end) {
      const program = all[Math.floor(random() * all.length)];
      const pause = 300 + random() * 1_200;
      await delay(200 + random() * 1_000);
      say(`Killing ${program.name}`);
      await program.kill();
      await delay(pause);
      program.start();
    }
    await toggling;
    const kills = Object.fromEntries(
      all.map(({ name, killedAt }) => [name, killedAt.length]),
    );
    await untilReady(gateways, 30_000);
    const calls = await load.stop();
    const restless = await untilAtRest(gateways);
    await Promise.all(gateways.map(gateway => gateway.stop()));
    await Promise.all([plane, ...upstreams].map(it => it.kill()));
    const evidence: Evidence = {
      calls,
      approvals,
      served: upstreams.flatMap(({ name }) =>
        linesOf(path.join(folder, `${name}.ndjson`)),
      ),
      streams: linesOf(path.join(folder, 'streams.ndjson')),
      ingested: linesOf(path.join(folder, 'usage.ndjson')),
      planeKills: plane.killedAt,
      gatewayKills: Object.fromEntries(
        gateways.map(({ name, killedAt }) => [name, killedAt]),
      ),
    };
    return {
      seed,
      seconds,
      toggles,
      kills,
      evidence,
      verdict: judge(evidence),
      restless,
      folder,
    };
  } finally {
    await Promise.all(all.map(program => program.kill()));
  }
}

async function planeIn(folder: string): Promise<Program> {
  const port = await freePort();
  return new Program('control-plane', port, folder, [
    path.join(__dirname, 'controlPlane.ts'),
    folder,
    String(port),
  ]);
}

async function upstreamIn(folder: string, name: string): Promise<Program> {
  const port = await freePort();
  return new Program(name, port, folder, [
    path.join(__dirname, 'upstream.ts'),
    path.join(folder, `${name}.ndjson`),
    String(port),
  ]);
}

async function gatewayIn(
  folder: string,
  name: string,
  plane: Program,
  upstreams: Program[],
): Promise<Program> {
  const port = await freePort();
  const file = path.join(folder, `${name}.yaml`);
  const config = {
    name,
    listen: { port },
    controlPlane: {
      url: `http://127.0.0.1:${plane.port}`,
      enrolmentToken: 'invitation',
      stateDir: path.join(folder, name),
    },
    // One model to each, so that either upstream is needed.
    providers: [MODELS.sometimes[0], 'acme/*'].map((match, index) => ({
      name: `upstream-${index + 1}`,
      match,
      stripPrefix: true,
      baseUrl: `http://127.0.0.1:${upstreams[index].port}/v1`,
      headers: { 'x-gateway': name },
    })),
    routing: { circuitFailures: 1000 },
  };
  fs.writeFileSync(file, JSON.stringify(config));
  return new Program(name, port, folder, [BIN, '--config', file]);
}

/** Approves and revokes until a moment; leaves out what the control plane did not answer. */
async function toggleUntil(
  end: number,
  plane: Program,
  approvals: Approval[],
  random: () => number,
): Promise<number> {
  const open = new Map<string, Approval>();
  let count = 0;
  while (Date.now() < end) {
    const { sometimes } = MODELS;
    const model = sometimes[Math.floor(random() * sometimes.length)];
    const before = open.get(model);
    const askedAt = Date.now();
    if (!before) {
      // Approved from the moment of asking, whether or not the answer comes.
      const approval = { model, from: askedAt, to: Infinity };
      approvals.push(approval);
      open.set(model, approval);
    }
    const done = await toggle(plane, model, !before);
    if (done && before) {
      before.to = Date.now();
      open.delete(model);
    }
    count += Number(done);
    await delay(300 + random() * 900);
  }
  return count;
}

async function toggle(plane: Program, model: string, on: boolean) {
  try {
    const answer = await fetch(`http://127.0.0.1:${plane.port}/__toggle`, {
      method: 'POST',
      body: JSON.stringify({ model, on }),
      signal: AbortSignal.timeout(2_000),
    });
    await answer.text();
    return answer.ok;
  } catch {
    return false;
  }
}

interface Readiness {
  ready: boolean;
  connected: boolean;
  usage: { spoolSegments: number; spoolBytes: number };
}

async function readinessOf({ port }: Program): Promise<Readiness | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(2_000),
    });
    return (await answer.json()) as Readiness;
  } catch {
    return undefined;
  }
}

/** @throws Error that names those that are not ready in time */
async function untilReady(gateways: Program[], limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  for (const gateway of gateways) {
    for (;;) {
      const now = await readinessOf(gateway);
      if (now?.ready && now.connected) {
        break;
      }
      if (Date.now() > end) {
        throw new Error(`${gateway.name} does not get ready: it is stuck`);
      }
      await delay(50);
    }
  }
}

/** @returns names of those that still have records to send after a while */
async function untilAtRest(gateways: Program[]): Promise<string[]> {
  const end = Date.now() + 30_000;
  const restless = new Set(gateways);
  while (restless.size > 0 && Date.now() < end) {
    for (const gateway of restless) {
      const now = await readinessOf(gateway);
      if (now?.usage.spoolSegments === 0) {
        restless.delete(gateway);
      }
    }
    await delay(200);
  }
  return [...restless].map(({ name }) => name);
}

function linesOf<T>(file: string): T[] {
  if (!fs.existsSync(file)) {
    return [];
  }
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}
