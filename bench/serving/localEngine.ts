import type { LoggerService } from '@backstage/backend-plugin-api';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LocalEngine } from '../../plugins/model-serving-backend/src/local';

const ARTIFACTS = path.resolve(__dirname, '../../catalog-info/artifacts');
const MODEL = 'acme/tiny-writer/1.0/tiny-writer.gguf';
const LOOK_MS = 20;

/** Seconds from asking the engine for an endpoint. */
export interface FirstToken {
  ready: number;
  firstToken: number;
  /** From the call to its first token. */
  ttft: number;
}

const silent = () => {};
const logger: LoggerService = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  child: () => logger,
};

const secondsSince = (start: number) => (performance.now() - start) / 1000;

/** Starts a tiny model on the local engine and asks it, so many times. */
export async function measureLocalEngine(
  rounds: number,
): Promise<FirstToken[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-serving-'));
  const engine = await LocalEngine.create({
    config: {
      artifactFolders: [ARTIFACTS],
      access: { schemes: ['https'], hosts: [] },
      folder,
      ports: { from: 24_000, to: 24_099 },
      maxProcesses: 1,
      memoryGiB: 2,
      threads: 1,
      contextTokens: 1024,
      parallel: 1,
      formats: ['gguf'],
      healthPath: '/health',
    },
    logger,
  });
  engine.start();
  try {
    const times: FirstToken[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push(await measureOne(engine, `round-${round}`));
    }
    return times;
  } finally {
    await engine.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOne(
  engine: LocalEngine,
  id: string,
): Promise<FirstToken> {
  const bytes = fs.readFileSync(path.join(ARTIFACTS, MODEL));
  const digest = createHash('sha256').update(bytes).digest('hex');
  const start = performance.now();
  await engine.provision({
    id,
    kind: 'evaluation',
    team: 'group:default/bench',
    owner: 'user:default/bench',
    model: {
      entityRef: 'model:acme/tiny-writer',
      gatewayId: 'acme/tiny-writer',
      version: '1.0',
      artifact: {
        uri: `file:///${MODEL}`,
        format: 'gguf',
        digest: `sha256:${digest}`,
      },
      tasks: ['text-generation'],
    },
    resources: { gpus: 0, cpu: 1, memoryGiB: 1 },
    replicas: { min: 1, max: 1 },
    token: 'bench',
  });
  const { url } = await untilPhase(engine, id, 'ready');
  const ready = secondsSince(start);
  const asked = performance.now();
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer bench' },
    body: JSON.stringify({
      model: 'acme/tiny-writer',
      stream: true,
      messages: [{ role: 'user', content: 'My parcel has not arrived.' }],
    }),
  });
  const reader = response.body!.getReader();
  await reader.read();
  const measured = {
    ready,
    firstToken: secondsSince(start),
    ttft: secondsSince(asked),
  };
  await reader.cancel();
  await engine.stop(id);
  await untilPhase(engine, id, 'gone');
  return measured;
}

async function untilPhase(engine: LocalEngine, id: string, wanted: string) {
  for (;;) {
    const status = await engine.status(id);
    if (status.phase === wanted) return status;
    if (status.phase === 'failed') throw new Error(status.message);
    await new Promise(resolve => setTimeout(resolve, LOOK_MS));
  }
}
