import { ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(__dirname, '../..');
const TRANSFORM = path.join(
  ROOT,
  'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
);

/** In a peer: listens, and tells the port to who started it. */
export function announce(server: http.Server): void {
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ port })}\n`);
  });
}

/** A process of the benchmark. */
export interface Peer {
  readonly pid: number;
  stop(): Promise<void>;
}

const TICKS_PER_SECOND = 100;

/** Processor time that a process has taken so far, in seconds. */
export function cpuSeconds(pid: number): number {
  const fields = fs
    .readFileSync(`/proc/${pid}/stat`, 'utf8')
    .split(') ')[1]
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function portOf(line: string): number | undefined {
  const found = /"port":(\d+)/.exec(line);
  return found ? Number(found[1]) : undefined;
}

function watch(child: ChildProcess, name: string): Peer {
  const ended = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  const pid = child.pid;
  if (pid === undefined) {
    throw new Error(`${name} cannot be started`);
  }
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    pid,
    async stop() {
      process.off('exit', kill);
      child.kill();
      const timer = setTimeout(kill, 3_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Starts a program; resolves when a line of its output tells a port. */
export async function startProgram(
  name: string,
  command: string[],
  env: Record<string, string> = {},
): Promise<Peer & { port: number }> {
  const child = spawn(command[0], command.slice(1), {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const peer = watch(child, name);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code =>
      reject(new Error(`${name} ended with ${code} before it was ready`)),
    );
    createInterface({ input: child.stdout! }).on('line', line => {
      const found = portOf(line);
      if (found !== undefined) {
        resolve(found);
      }
    });
  });
  return { ...peer, port };
}

/** Starts a peer of this folder in a process of its own. */
export function startPeer(name: string, env: Record<string, string> = {}) {
  return startProgram(
    name,
    [
      process.execPath,
      '--require',
      TRANSFORM,
      path.join(__dirname, 'peers', `${name}.ts`),
    ],
    env,
  );
}

/** Starts a program that does not tell its port. */
export async function startSilent(
  name: string,
  command: string[],
  url: string,
  env: Record<string, string> = {},
): Promise<Peer> {
  const child = spawn(command[0], command.slice(1), {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  let dead = false;
  child.once('error', () => {
    dead = true;
  });
  child.once('exit', () => {
    dead = true;
  });
  const peer = watch(child, name);
  for (let tries = 0; tries < 300; tries++) {
    if (dead) {
      throw new Error(`${name} ended before it was ready`);
    }
    try {
      await fetch(url);
      return peer;
    } catch {
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }
  await peer.stop();
  throw new Error(`${name} did not listen at ${url}`);
}
