import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isLevel, type Level } from './log';

/** What the program was started with. */
export interface ProgramOptions {
  model: string;
  host: string;
  port: number;
  servedName: string;
  token?: string;
  digest?: string;
  threads: number;
  contextTokens?: number;
  parallel: number;
  queue: number;
  memoryMiB?: number;
  isEmbedding: boolean;
  expiresAt?: Date;
  /** Holds the time at which it ends; may be written anew. */
  expiresFile?: string;
  endsWithStdin: boolean;
  drainSeconds: number;
  logLevel: Level;
}

/** How the program is used. */
export const HELP = `modelhub-gguf-server --model FILE [--port N] [--host HOST]

  Runs a GGUF file on this machine's processor, by llama.cpp, behind an
  OpenAI-compatible API: /v1/models, /v1/chat/completions, /v1/completions and
  /v1/embeddings; besides /health and /metrics.

  --served-name ID      how callers name the model; the file's name by default
  --digest sha256:HEX   runs these bytes or none
  --token-env NAME      environment variable with the token that callers send
  --threads N           processor threads; half of the cores by default
  --context N           tokens of a prompt with its answer; up to 4096 by default
  --parallel N          answers at a time, 2 by default
  --queue N             calls that may wait, 16 by default; more get 429
  --memory MIB          refuses a model that needs more, and ends beyond it
  --embeddings          makes embeddings and no answers
  --expires-at ISO      ends then, whatever happens
  --expires-file FILE   the same, with the time in a file that may be written anew
  --end-with-stdin      ends when its standard input is closed
  --drain-seconds N     for answers that are being written at the end, 10 by default
  --log-level LEVEL     debug, info, warn or error
`;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

function whole(
  text: string | undefined,
  name: string,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`--${name} needs a whole number from ${least} to ${most}`);
  }
  return value;
}

/** @throws Error with words for whoever typed them */
export function readOptions(
  args: string[],
  env: Record<string, string | undefined>,
): ProgramOptions | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args,
    options: {
      model: text,
      port: text,
      host: text,
      'served-name': text,
      digest: text,
      'token-env': text,
      threads: text,
      context: text,
      parallel: text,
      queue: text,
      memory: text,
      embeddings: flag,
      'expires-at': text,
      'expires-file': text,
      'end-with-stdin': flag,
      'drain-seconds': text,
      'log-level': text,
      help: flag,
    },
  });
  if (values.help) return 'help';
  if (!values.model) throw new Error('--model is needed: a GGUF file');
  const host = values.host ?? '127.0.0.1';
  const variable = values['token-env'];
  const token = variable === undefined ? undefined : env[variable];
  if (variable !== undefined && !token) {
    throw new Error(`the environment variable ${variable} is empty`);
  }
  if (!token && !LOOPBACK.test(host)) {
    throw new Error(
      '--token-env is needed where others than this machine can call',
    );
  }
  const { digest } = values;
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw new Error('--digest needs sha256: and 64 hexadecimal digits');
  }
  const expires = values['expires-at'];
  const expiresAt = expires === undefined ? undefined : new Date(expires);
  if (expiresAt && Number.isNaN(expiresAt.getTime())) {
    throw new Error('--expires-at needs a time such as 2026-11-22T12:00:00Z');
  }
  const logLevel = values['log-level'] ?? 'info';
  if (!isLevel(logLevel)) {
    throw new Error('--log-level needs debug, info, warn or error');
  }
  const half = Math.max(1, Math.floor(availableParallelism() / 2));
  return {
    model: values.model,
    host,
    port: whole(values.port, 'port', 0, 65_535) ?? 0,
    servedName:
      values['served-name'] ??
      values.model.replace(/^.*[\\/]/, '').replace(/\.gguf$/i, ''),
    token,
    digest,
    threads: whole(values.threads, 'threads', 1, 1024) ?? half,
    contextTokens: whole(values.context, 'context', 16, 16_777_216),
    parallel: whole(values.parallel, 'parallel', 1, 256) ?? 2,
    queue: whole(values.queue, 'queue', 0, 100_000) ?? 16,
    memoryMiB: whole(values.memory, 'memory', 16, 16_777_216),
    isEmbedding: values.embeddings ?? false,
    expiresAt,
    expiresFile: values['expires-file'],
    endsWithStdin: values['end-with-stdin'] ?? false,
    drainSeconds:
      whole(values['drain-seconds'], 'drain-seconds', 0, 3600) ?? 10,
    logLevel,
  };
}
