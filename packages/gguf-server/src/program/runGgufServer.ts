import { readFileSync } from 'node:fs';
import { checkGgufFile } from '../file/checkGgufFile';
import { LlamaEngine } from '../engine/LlamaEngine';
import { StartError } from '../engine/loadLlama';
import { GgufServer } from '../http/GgufServer';
import { createLog, type Log } from './log';
import { HELP, readOptions, type ProgramOptions } from './readOptions';

/** Exit codes beside 0: wrong usage, cannot start, too much memory. */
const USAGE = 2;
const NO_START = 1;
const MEMORY = 3;

const MIB = 1024 ** 2;
/** What the program takes beside the weights. */
const OWN_MIB = 128;
const LOOK_MS = 1000;
/** Share of the start that is the look at the file; the rest is the loading. */
const CHECK_SHARE = 0.4;

/**
 * The program `modelhub-gguf-server`. Ends the process with 2 for wrong usage,
 * 1 when it cannot start, 3 when it takes more memory than it may.
 *
 * @public
 */
export async function runGgufServer(args: string[]): Promise<void> {
  let options: ProgramOptions | 'help';
  try {
    options = readOptions(args, process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    process.exitCode = USAGE;
    return;
  }
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const log = createLog(options.logLevel);
  const ending = new AbortController();
  let server: GgufServer | undefined;
  const end = (why: string, code: number) => {
    if (ending.signal.aborted) return;
    log('info', `${why}: ending`);
    ending.abort();
    const drained = server?.drain(options.drainSeconds * 1000);
    Promise.resolve(drained).then(
      () => process.exit(code),
      () => process.exit(NO_START),
    );
  };
  endWhen(options, end);
  try {
    server = await GgufServer.listen({ ...options, log });
    log(
      'info',
      `Listening on http://${options.host}:${server.port}/v1 as process ${process.pid}`,
    );
    if (!options.token) log('warn', 'Everybody on this machine may call it');
    const engine = await load(options, server, log, ending.signal);
    server.serve(engine);
    log(
      'info',
      `Ready: '${options.servedName}', ${engine.contextTokens} tokens of context, ${engine.parallel} answers at a time`,
    );
  } catch (error) {
    if (ending.signal.aborted) return;
    log('error', `It cannot start: ${(error as Error).message}`);
    process.exit(NO_START);
  }
}

async function load(
  options: ProgramOptions,
  server: GgufServer,
  log: Log,
  signal: AbortSignal,
) {
  const bytes = await checkGgufFile(options.model, {
    digest: options.digest,
    signal,
    onProgress: share => server.progress(share * CHECK_SHARE),
  });
  const needed = Math.ceil(bytes / MIB) + OWN_MIB;
  if (options.memoryMiB !== undefined && needed > options.memoryMiB) {
    throw new StartError(
      `the model needs about ${needed} MiB, and ${options.memoryMiB} are allowed; allow more with --memory, or take a smaller build`,
    );
  }
  log('info', `The file is sound: ${bytes} bytes`);
  return LlamaEngine.create({
    ...options,
    file: options.model,
    onProgress: share =>
      server.progress(CHECK_SHARE + share * (1 - CHECK_SHARE)),
    log,
  });
}

/** Everything that ends the program. */
function endWhen(
  options: ProgramOptions,
  end: (why: string, code: number) => void,
): void {
  // A second signal ends it at once.
  process.once('SIGTERM', () => end('Asked to end', 0));
  process.once('SIGINT', () => end('Asked to end', 0));
  if (options.endsWithStdin) {
    process.stdin.on('error', () => end('Its parent has gone', 0));
    process.stdin.on('close', () => end('Its parent has gone', 0));
    process.stdin.resume();
  }
  watch(options, () => {
    const used = Math.ceil(process.memoryUsage.rss() / MIB);
    if (options.memoryMiB !== undefined && used > options.memoryMiB) {
      end(`It takes ${used} MiB, and ${options.memoryMiB} are allowed`, MEMORY);
    }
  });
  const endsAt = endOf(options);
  watch(options, () => {
    if (Date.now() < endsAt()) return;
    end('Its time is over', 0);
    // By force when calls do not end.
    setTimeout(() => process.exit(0), options.drainSeconds * 1000 + 1000);
  });
}

function watch(
  { expiresAt, expiresFile, memoryMiB }: ProgramOptions,
  look: () => void,
) {
  if (expiresAt || expiresFile || memoryMiB !== undefined) {
    setInterval(look, LOOK_MS).unref();
  }
}

/** The time of the clock at which it ends, which a file may move. */
function endOf({ expiresAt, expiresFile }: ProgramOptions): () => number {
  let last = expiresAt?.getTime() ?? Infinity;
  return () => {
    if (expiresFile === undefined) return last;
    try {
      const read = Date.parse(readFileSync(expiresFile, 'utf8').trim());
      if (!Number.isNaN(read)) last = read;
    } catch {
      // What it said last still holds.
    }
    return last;
  };
}
