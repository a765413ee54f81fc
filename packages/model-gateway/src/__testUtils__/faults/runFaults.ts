import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LightPlane } from './LightPlane';
import { Load } from './Load';
import { Following, untilAtRest, untilReady } from './readiness';
import { Evidence, Served, Verdict, judge } from './judge';
import { linesOf } from './linesOf';
import type { Plane } from './Plane';
import { Program, freePort } from './Program';
import { randomFrom } from './random';

const BIN = path.resolve(__dirname, '../../../bin/modelhub-gateway');
const GATEWAYS = ['gateway-1', 'gateway-2', 'gateway-3'];

/** What a run was, and what came of it. */
export interface FaultReport {
  seed: number;
  seconds: number;
  kills: Record<string, number>;
  decisions: number;
  evidence: Evidence;
  verdict: Verdict;
  /** Whatever else is not as it must be. */
  findings: string[];
  folder: string;
}

/**
 * Runs gateways, upstreams and a control plane under load, and kills them at
 * random. The seed gives the same order of kills; the load is as fast as it is.
 *
 * @param options - `planeIn` makes the control plane; a light one without
 */
export async function runFaults(options: {
  seconds: number;
  seed: number;
  planeIn?: (folder: string) => Promise<Plane>;
  say?: (words: string) => void;
}): Promise<FaultReport> {
  const {
    seconds,
    seed,
    planeIn = LightPlane.create,
    say = () => {},
  } = options;
  const random = randomFrom(seed);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-faults-'));
  const plane = await planeIn(folder);
  const upstreams = [
    await upstreamIn(folder, 'upstream-1'),
    await upstreamIn(folder, 'upstream-2'),
  ];
  const gateways: Program[] = [];
  for (const name of GATEWAYS) {
    gateways.push(await gatewayIn(folder, name, plane, upstreams));
  }
  const all = [...plane.programs, ...upstreams, ...gateways];
  const following = new Following(gateways);
  try {
    say(`The seed is ${seed}`);
    await plane.start();
    [...upstreams, ...gateways].forEach(program => program.start());
    await untilReady(gateways, 60_000);
    following.start();
    say('Everything is up');
    const load = new Load(gateways, plane);
    const end = Date.now() + seconds * 1000;
    const acting = plane.act(end, random);
    // Whoever waits for it comes later.
    acting.catch(() => {});
    await killUntil(end, { all, plane, random, say });
    const decisions = await acting;
    const kills = Object.fromEntries(
      all.map(({ name, killedAt }) => [name, killedAt.length]),
    );
    await untilReady(gateways, 60_000);
    const calls = await load.stop();
    // What is asked from here on only looks whether everything works.
    const served = upstreams.flatMap(({ name }) =>
      linesOf<Served>(path.join(folder, `${name}.ndjson`)),
    );
    const findings = await plane.settle(gateways);
    findings.push(...(await untilAtRest(gateways)));
    const gatewayKills = Object.fromEntries(
      gateways.map(({ name, killedAt }) => [name, [...killedAt]]),
    );
    const planeKills = plane.programs.flatMap(({ killedAt }) => [...killedAt]);
    await Promise.all(gateways.map(gateway => gateway.stop()));
    await following.stop();
    await Promise.all(
      [...plane.programs, ...upstreams].map(program => program.kill()),
    );
    const { streams, ...written } = await plane.evidence();
    const evidence: Evidence = {
      calls,
      ...written,
      served,
      // What the gateways say of themselves already knows of kills.
      streams: streams ?? following.events,
      planeKills: streams ? planeKills : [],
      gatewayKills,
      bounds: { revocationMs: plane.revocationMs, maxAgeMs: plane.maxAgeMs },
    };
    return {
      seed,
      seconds,
      decisions,
      kills,
      evidence,
      verdict: judge(evidence),
      findings: [...findings, ...(await plane.findings(evidence))],
      folder,
    };
  } finally {
    await following.stop();
    await Promise.all(all.map(program => program.kill()));
    await plane.close();
  }
}

/** Kills one after the other; what is killed comes back after a while. */
async function killUntil(
  end: number,
  run: {
    all: Program[];
    plane: Plane;
    random: () => number;
    say: (words: string) => void;
  },
): Promise<void> {
  const { plane, random, say } = run;
  const all = [...run.all, ...plane.programs];
  while (Date.now() < end) {
    const program = all[Math.floor(random() * all.length)];
    const pause = 300 + random() * 1_200;
    await delay(200 + random() * 1_000);
    if (plane.programs.includes(program) && !(await plane.mayKill(program))) {
      continue;
    }
    say(`Killing ${program.name}`);
    await program.kill();
    await delay(pause);
    program.start();
  }
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
  plane: Plane,
  upstreams: Program[],
): Promise<Program> {
  const port = await freePort();
  const file = path.join(folder, `${name}.yaml`);
  const config = {
    name,
    listen: { port },
    controlPlane: {
      url: plane.urls,
      enrolmentToken: plane.enrolmentTokens[name],
      stateDir: path.join(folder, name),
    },
    // One model to each, so that either upstream is needed.
    providers: plane.providers.map((match, index) => ({
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
