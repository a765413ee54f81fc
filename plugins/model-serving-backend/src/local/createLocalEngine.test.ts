import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createLocalEngine } from './createLocalEngine';
import { LocalEngine } from './LocalEngine';
import { LogFile } from './LogFile';
import { readLocalConfig } from './readLocalConfig';

const said: string[] = [];
const note = (message: string) => said.push(message);
const logger: LoggerService = {
  debug: note,
  info: note,
  warn: note,
  error: note,
  child: () => logger,
};

describe('the local engine', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'local-config-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const engineOf = (local: JsonObject, client = 'better-sqlite3') =>
    createLocalEngine(
      new ConfigReader({
        backend: { database: { client } },
        modelServing: { local: { enabled: true, folder, ...local } },
      }),
      logger,
    );
  const version = (more: object = {}) => ({
    entityRef: 'model:acme/a',
    gatewayId: 'acme/a',
    version: '1',
    artifact: {
      uri: 'file:///a.gguf',
      digest: `sha256:${'0'.repeat(64)}`,
      sizeBytes: 2 * 1024 ** 3,
      ...more,
    },
    tasks: [],
  });

  it('is there only where it is enabled, and on a shared database on its host', async () => {
    expect(await engineOf({ enabled: false })).toBeUndefined();
    expect((await engineOf({}))?.id).toBe('local');
    await expect(engineOf({}, 'pg')).rejects.toThrow(
      `Set modelServing.local.host to the name of the one machine that runs models, here '${os.hostname()}'`,
    );
    expect(await engineOf({ host: 'elsewhere' }, 'pg')).toBeUndefined();
    expect(said.pop()).toContain('runs on elsewhere and not on');
    expect(await engineOf({ host: os.hostname() }, 'pg')).toBeDefined();
  });

  it.each<[JsonObject, string]>([
    [{ threads: 0 }, 'threads is 0'],
    [{ ports: { from: 9, to: 8 } }, 'from 9 to 8. Swap them'],
    [{ memoryGiB: -1 }, 'memoryGiB is -1'],
    [{ command: ['llama-server'] }, 'does not say {port}'],
  ])('refuses %j', async (local, words) => {
    await expect(engineOf(local)).rejects.toThrow(words);
  });

  it('says what fits, and why something does not', async () => {
    const engine = (await engineOf({ memoryGiB: 4, threads: 3 }))!;
    expect(engine.fit(version(), 'evaluation')).toEqual({
      fits: true,
      resources: { gpus: 0, cpu: 3, memoryGiB: 3 },
    });
    const reasons = [
      engine.fit(version(), 'deployment'),
      engine.fit(version({ format: 'safetensors' }), 'evaluation'),
      engine.fit(version({ digest: undefined }), 'evaluation'),
      engine.fit(version({ sizeBytes: 5 * 1024 ** 3 }), 'evaluation'),
    ].map(fit => (fit.fits ? '' : fit.reason));
    expect(reasons).toEqual([
      expect.stringContaining('Deploy to a cluster'),
      expect.stringContaining('the version is safetensors'),
      expect.stringContaining('has no digest'),
      expect.stringContaining('about 6.75 GiB of memory'),
    ]);
  });

  it('is away where its server cannot run', async () => {
    const engine = await LocalEngine.create({
      config: readLocalConfig(
        new ConfigReader({
          modelServing: { local: { enabled: true, folder } },
        }),
      )!,
      logger,
      problem: 'node-llama-cpp is not installed',
    });
    const reason = 'node-llama-cpp is not installed';
    expect(engine.fit(version(), 'evaluation')).toEqual({
      fits: false,
      reason,
    });
    expect(await engine.health()).toMatchObject({
      state: 'away',
      message: reason,
    });
    expect(await (await engineOf({}))!.health()).toMatchObject({ state: 'up' });
  });

  it('keeps two files of log, and follows across the change', async () => {
    const log = new LogFile(path.join(folder, 'server.log'), 100);
    const leaving = new AbortController();
    for (let line = 1; line <= 4; line++) await log.note(`line ${line}`);
    const followed: string[] = [];
    const following = (async () => {
      for await (const line of log.follow(leaving.signal)) {
        followed.push(line.split(' ').slice(1).join(' '));
        if (line.endsWith('line 6')) leaving.abort();
        else await log.note('line 6');
      }
    })();
    await log.note('line 5');
    await following;
    expect(followed).toEqual(['line 5', 'line 6']);
    await log.rotate();
    await log.note('line 7');
    const last = (await log.tail(3)).map(line => line.split(' ').pop());
    expect(last).toEqual(['5', '6', '7']);
    expect(fs.statSync(path.join(folder, 'server.log')).size).toBeLessThan(100);
  });
});
