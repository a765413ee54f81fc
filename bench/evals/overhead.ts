import { readPackFolder, runPack } from '@modelhub/evals';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const CASES = 200;
const CONCURRENCY = 8;
const OWN_MS = 100;

/** What the endpoint itself takes, were nothing lost between its answers. */
export const IDEAL_SECONDS = (CASES / CONCURRENCY) * (OWN_MS / 1000);

export interface Overhead {
  modelhub: number;
  bareLoop: number;
  /** Absent where it is not installed. */
  promptfoo?: number;
}

const question = (n: number) =>
  `Repeat the number at the end of this sentence and say nothing else: ${
    100 + n
  }`;

async function writePack(folder: string): Promise<void> {
  await fs.writeFile(
    path.join(folder, 'pack.yaml'),
    `apiVersion: modelhub.dev/v1alpha1
kind: EvaluationPack
metadata: { name: numbers, title: Numbers }
spec:
  type: quality
  version: 1.0.0
  owner: group:default/bench
  lifecycle: production
  task: chat
  scorers:
    - { name: exact, type: exact-match }
    - { name: f1, type: token-f1 }
  criteria: [{ metric: exact, atLeast: 0.9 }]
  cases: ./cases.jsonl
`,
  );
  await fs.writeFile(
    path.join(folder, 'cases.jsonl'),
    Array.from({ length: CASES }, (_, n) =>
      JSON.stringify({
        id: `n${n}`,
        input: question(n),
        expected: `${100 + n}`,
      }),
    ).join('\n'),
  );
}

async function seconds(of: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await of();
  return (performance.now() - start) / 1000;
}

/** Only asks: so many callers, each of which waits for its answer. */
async function bareLoop(endpoint: string): Promise<void> {
  let next = 0;
  let right = 0;
  const caller = async () => {
    while (next < CASES) {
      const n = next;
      next += 1;
      const response = await fetch(`${endpoint}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'bench',
          messages: [{ role: 'user', content: question(n) }],
        }),
      });
      const { choices } = (await response.json()) as {
        choices: Array<{ message: { content: string } }>;
      };
      if (choices[0].message.content === `${100 + n}`) right += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, caller));
  if (right !== CASES) throw new Error(`${right} of ${CASES} right`);
}

async function modelhub(endpoint: string, folder: string): Promise<void> {
  const result = await runPack({
    pack: await readPackFolder(folder),
    endpoint,
    model: 'bench',
    concurrency: CONCURRENCY,
  });
  const exact = result.metrics.find(it => it.name === 'exact');
  if (exact?.value !== 1) throw new Error('The run was not all right');
}

/** Its command where somebody has installed it: `PROMPTFOO` or on the path. */
function promptfooCommand(): string | undefined {
  const command = process.env.PROMPTFOO ?? 'promptfoo';
  const { status } = spawnSync(command, ['--version'], {
    env: { ...process.env, PROMPTFOO_DISABLE_TELEMETRY: '1' },
  });
  return status === 0 ? command : undefined;
}

async function promptfoo(
  command: string,
  endpoint: string,
  folder: string,
): Promise<number | undefined> {
  const config = path.join(folder, 'promptfooconfig.json');
  await fs.writeFile(
    config,
    JSON.stringify({
      prompts: ['{{question}}'],
      providers: [
        {
          id: 'openai:chat:bench',
          config: { apiBaseUrl: endpoint, apiKey: 'none' },
        },
      ],
      tests: Array.from({ length: CASES }, (_, n) => ({
        vars: { question: question(n) },
        assert: [{ type: 'equals', value: `${100 + n}` }],
      })),
    }),
  );
  const out = path.join(folder, 'out.json');
  const start = performance.now();
  const child = spawn(
    command,
    [
      ...['eval', '-c', config, '-o', out, '--no-cache', '--no-table'],
      ...['--no-progress-bar', '--max-concurrency', String(CONCURRENCY)],
    ],
    {
      cwd: folder,
      stdio: 'ignore',
      env: {
        ...process.env,
        PROMPTFOO_CONFIG_DIR: folder,
        PROMPTFOO_DISABLE_TELEMETRY: '1',
        PROMPTFOO_DISABLE_UPDATE: '1',
        PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
        PROMPTFOO_SELF_HOSTED: '1',
      },
    },
  );
  const status = await new Promise<number | null>(resolve => {
    child.on('close', resolve);
    child.on('error', () => resolve(null));
  });
  const taken = (performance.now() - start) / 1000;
  if (status === null) return undefined;
  const { results } = JSON.parse(await fs.readFile(out, 'utf8'));
  return results?.stats?.successes === CASES ? taken : undefined;
}

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** 200 cases at concurrency 8 over HTTP, taking turns. */
export async function measureOverhead(rounds: number): Promise<Overhead> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'bench-evals-'));
  const child = spawn(
    process.execPath,
    [...process.execArgv, path.join(__dirname, 'endpoint.ts'), String(OWN_MS)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', data => resolve(String(data).trim()));
      child.once('exit', () => reject(new Error('The endpoint ended')));
    });
    const endpoint = `http://127.0.0.1:${port}/v1`;
    await writePack(folder);
    // Once each, so that nobody pays for loading.
    await bareLoop(endpoint);
    await modelhub(endpoint, folder);
    const taken = { modelhub: [] as number[], bareLoop: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      taken.bareLoop.push(await seconds(() => bareLoop(endpoint)));
      taken.modelhub.push(await seconds(() => modelhub(endpoint, folder)));
    }
    const command = promptfooCommand();
    const other = command && (await promptfoo(command, endpoint, folder));
    return {
      modelhub: median(taken.modelhub),
      bareLoop: median(taken.bareLoop),
      ...(other && { promptfoo: other }),
    };
  } finally {
    child.kill();
    await fs.rm(folder, { recursive: true, force: true });
  }
}
