import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  DeploymentPhase,
  DeploymentRequest,
  DeploymentStatus,
} from '@modelhub/backstage-plugin-models-node';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LocalEngine } from './LocalEngine';
import { isRunning, startOf } from './processes';
import type { LocalConfig } from './readLocalConfig';

// Real programs, on a machine that does much else.
jest.setTimeout(90_000);

const ARTIFACTS = path.resolve(__dirname, '../../../../catalog-info/artifacts');
const SORTER = 'acme/tiny-sorter/1.0/tiny-sorter.gguf';
const STAND_IN = path.join(__dirname, '__testUtils__/standIn.mjs');

const silent = () => {};
const logger: LoggerService = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  child: () => logger,
};

const digestOf = (file: string) =>
  `sha256:${createHash('sha256').update(fs.readFileSync(file)).digest('hex')}`;

let nextPort = 21_000 + (process.pid % 1000) * 20;

describe('LocalEngine', () => {
  let folder: string;
  let engines: LocalEngine[] = [];

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'local-engine-'));
    fs.mkdirSync(path.join(folder, 'artifacts'));
  });
  afterEach(async () => {
    await Promise.all(engines.map(engine => engine.close()));
    engines = [];
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function engineWith(more: Partial<LocalConfig> = {}) {
    nextPort += 5;
    const engine = await LocalEngine.create({
      config: {
        artifactFolders: [path.join(folder, 'artifacts'), ARTIFACTS],
        access: { schemes: ['https'], hosts: [] },
        folder: path.join(folder, 'data'),
        ports: { from: nextPort, to: nextPort + 4 },
        maxProcesses: 2,
        memoryGiB: 8,
        threads: 1,
        contextTokens: 1024,
        parallel: 2,
        formats: ['gguf'],
        healthPath: '/health',
        ...more,
      },
      logger,
      keeper: { backOffMs: 10, graceMs: 5_000, freeGiB: () => 64 },
    });
    engines.push(engine);
    engine.start();
    return engine;
  }

  /** A small program in place of the server, that does as its file says. */
  const standIn = (...args: string[]): Partial<LocalConfig> => ({
    command: [process.execPath, STAND_IN, '{port}', '{model}', ...args],
  });

  function requestOf(
    id: string,
    more: Partial<DeploymentRequest> = {},
  ): DeploymentRequest {
    return {
      id,
      kind: 'evaluation',
      team: 'group:default/checkout',
      owner: 'user:default/chen',
      model: {
        entityRef: 'model:acme/tiny-sorter',
        gatewayId: 'acme/tiny-sorter',
        version: '1.0',
        artifact: {
          uri: `file:///${SORTER}`,
          format: 'gguf',
          digest: digestOf(path.join(ARTIFACTS, SORTER)),
        },
        tasks: ['text-classification'],
      },
      resources: { gpus: 0, cpu: 1, memoryGiB: 1 },
      replicas: { min: 1, max: 1 },
      token: 'a-token',
      ...more,
    };
  }

  /** Looks until the deployment is in that phase; changes wake it. */
  async function until(
    engine: LocalEngine,
    id: string,
    is: (status: DeploymentStatus) => boolean,
  ): Promise<DeploymentStatus> {
    for (;;) {
      const changed = new AbortController();
      const timer = setTimeout(() => changed.abort(), 100);
      const watching = engine.watch(() => changed.abort(), changed.signal);
      const status = await engine.status(id);
      if (is(status)) {
        changed.abort();
        clearTimeout(timer);
        return status;
      }
      await watching;
      clearTimeout(timer);
    }
  }
  const phase = (wanted: DeploymentPhase) => (it: DeploymentStatus) =>
    it.phase === wanted;

  const pidIn = async (engine: LocalEngine, id: string) => {
    const events = await engine.events(id);
    const started = events.filter(({ reason }) => reason === 'Started').pop();
    return Number(/\d+/.exec(started?.message ?? '')?.[0]);
  };

  it('runs a GGUF file that answers with the token alone, and leaves nothing', async () => {
    const engine = await engineWith();
    await engine.provision(requestOf('ev-1'));
    const { url, servedModel } = await until(engine, 'ev-1', phase('ready'));
    expect(await engine.provision(requestOf('ev-1'))).toMatchObject({
      phase: 'ready',
    });
    const ask = (token: string) =>
      fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({
          model: servedModel,
          temperature: 0,
          messages: [{ role: 'user', content: 'My parcel has not arrived.' }],
        }),
      });
    expect((await ask('another')).status).toBe(401);
    const answer = await (await ask('a-token')).json();
    expect(answer.choices[0].message.content).toBe('delivery');

    const lines: string[] = [];
    for await (const line of engine.logs('ev-1', { tail: 100 })) {
      lines.push(line);
    }
    expect(lines.join('\n')).toContain("Ready: 'acme/tiny-sorter'");
    expect(lines.join('\n')).not.toContain('a-token');

    const pid = await pidIn(engine, 'ev-1');
    await engine.stop('ev-1');
    await until(engine, 'ev-1', phase('gone'));
    expect(await startOf(pid)).toBeUndefined();
    expect(await engine.list()).toEqual([]);
    const reasons = (await engine.events('ev-1')).map(({ reason }) => reason);
    expect(reasons).toEqual(['Started', 'Ready', 'Stopping']);
  });

  it('ends with its backend, and the next one begins again what is wanted', async () => {
    const first = await engineWith(standIn());
    await first.provision(requestOf('ev-1'));
    await until(first, 'ev-1', phase('ready'));
    const pid = await pidIn(first, 'ev-1');
    const { url } = await first.status('ev-1');
    const ports = { from: nextPort - 2, to: nextPort + 4 };
    const second = await engineWith({ ...standIn(), ports });
    // Only one of the two looks after it, and both know.
    expect(await second.status('ev-1')).toMatchObject({ phase: 'ready' });
    await first.close();
    expect(await startOf(pid)).toBeUndefined();
    expect(await until(second, 'ev-1', phase('ready'))).toMatchObject({ url });
    expect(await pidIn(second, 'ev-1')).not.toBe(pid);
    await second.stop('ev-1');
    await until(second, 'ev-1', phase('gone'));
  });

  it('ends what a backend left behind that was killed', async () => {
    const left = spawn(process.execPath, [STAND_IN, String(nextPort + 50)], {
      detached: true,
      stdio: 'ignore',
    });
    const known = { pid: left.pid!, start: (await startOf(left.pid!))! };
    const place = path.join(folder, 'data/deployments/ev-1');
    fs.mkdirSync(place, { recursive: true });
    const past = new Date(Date.now() - 1000).toISOString();
    fs.writeFileSync(
      path.join(place, 'wanted.json'),
      JSON.stringify({ request: requestOf('ev-1', { expiresAt: past }) }),
    );
    fs.writeFileSync(
      path.join(place, 'seen.json'),
      JSON.stringify({ phase: 'ready', events: [], process: known }),
    );
    fs.writeFileSync(
      path.join(folder, 'data/keeper.json'),
      JSON.stringify({ pid: known.pid, start: 'before the last boot' }),
    );
    const ended = once(left, 'exit');
    const engine = await engineWith(standIn());
    await ended;
    await until(engine, 'ev-1', phase('gone'));
    expect(await isRunning(known)).toBe(false);
  });

  it('begins a server again that crashes, and gives up after three tries', async () => {
    const engine = await engineWith(standIn('crash'));
    await engine.provision(requestOf('ev-1'));
    const { message, replicas } = await until(engine, 'ev-1', phase('failed'));
    expect(message).toContain('ended 4 times');
    expect(message).toContain('out of cheese');
    expect(replicas).toEqual({ wanted: 1, ready: 0 });
    const crashes = (await engine.events('ev-1')).filter(
      ({ reason }) => reason === 'Crashed',
    );
    expect(crashes).toHaveLength(4);
  });

  it('ends one that does not listen to reason, with what it began', async () => {
    const childFile = path.join(folder, 'child');
    const engine = await engineWith(standIn('stubborn', childFile));
    await engine.provision(requestOf('ev-1'));
    await until(engine, 'ev-1', phase('ready'));
    const child = Number(fs.readFileSync(childFile, 'utf8'));
    await engine.stop('ev-1');
    expect(await engine.status('ev-1')).toMatchObject({ phase: 'stopping' });
    await until(engine, 'ev-1', phase('gone'));
    expect(await startOf(child)).toBeUndefined();
  });

  it('ends one at its time, and later when it is given more', async () => {
    const engine = await engineWith(standIn());
    const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
    await engine.provision(requestOf('ev-1', { expiresAt: soon(60_000) }));
    await until(engine, 'ev-1', phase('ready'));
    await engine.provision(requestOf('ev-1', { expiresAt: soon(120_000) }));
    expect(await engine.status('ev-1')).toMatchObject({ phase: 'ready' });
    await engine.provision(requestOf('ev-1', { expiresAt: soon(0) }));
    await until(engine, 'ev-1', phase('gone'));
  });

  it('lets those wait for whom there is no place', async () => {
    const engine = await engineWith({ ...standIn(), maxProcesses: 1 });
    await engine.provision(requestOf('ev-1'));
    await until(engine, 'ev-1', phase('ready'));
    await engine.provision(requestOf('ev-2'));
    const { message } = await until(
      engine,
      'ev-2',
      it => it.reason === 'NoRoom',
    );
    expect(message).toBe(
      '1 of 1 servers run on this machine; it waits until one ends.',
    );
    await engine.stop('ev-1');
    await until(engine, 'ev-2', phase('ready'));
  });

  it.each<[string, Partial<DeploymentRequest['model']['artifact']>, string]>([
    ['other bytes', { digest: `sha256:${'0'.repeat(64)}` }, 'has the digest'],
    ['no digest', { digest: undefined }, 'has no digest'],
    ['a file that is not there', { uri: 'file:///acme/no.gguf' }, 'not below'],
    ['a way out', { uri: 'file:///link.gguf' }, 'leads out of the folder'],
    [
      'a host that nobody allowed',
      { uri: 'https://example.com/a.gguf' },
      'example.com',
    ],
  ])('does not run %s', async (_, artifact, words) => {
    fs.symlinkSync('/etc/hosts', path.join(folder, 'artifacts/link.gguf'));
    const engine = await engineWith(standIn());
    const { model, ...rest } = requestOf('ev-1');
    await engine.provision({
      ...rest,
      model: { ...model, artifact: { ...model.artifact, ...artifact } },
    });
    const { message } = await until(engine, 'ev-1', phase('failed'));
    expect(message).toContain(words);
  });
});
