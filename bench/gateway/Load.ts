import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const TRANSFORM = path.resolve(
  __dirname,
  '../../node_modules/@backstage/cli-node/config/nodeTransform.cjs',
);

/** What one run of the load generator measured; latencies in milliseconds. */
export interface Measured {
  rps: number;
  failed: number;
  p50: number;
  p99: number;
}

/** The load generator's process. */
export class Load {
  readonly #child = spawn(
    process.execPath,
    ['--require', TRANSFORM, path.join(__dirname, 'peers/load.ts')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  readonly #lines = createInterface({ input: this.#child.stdout })[
    Symbol.asyncIterator
  ]();

  static async create(): Promise<Load> {
    const load = new Load();
    await load.#lines.next();
    return load;
  }

  async run(job: object): Promise<Measured> {
    this.#child.stdin.write(`${JSON.stringify(job)}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error('The load generator stopped.');
    return JSON.parse(line.value);
  }

  stop(): void {
    this.#child.kill();
  }
}

/** The bytes of a call, as each peer wants to be told who calls and for what. */
export function requestOf(
  model: string,
  headers: Record<string, string> = {},
): string {
  const body = JSON.stringify({
    model,
    messages: [
      { role: 'system', content: 'You answer in one short sentence.' },
      {
        role: 'user',
        content:
          'Summarise: the gateway passes on what was approved and refuses the rest, and does so without anybody noticing that it is there.',
      },
    ],
    temperature: 0.2,
    max_tokens: 256,
  });
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /v1/chat/completions HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
