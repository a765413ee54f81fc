import fs from 'node:fs';
import { constants } from 'node:os';
import {
  formatFile,
  formatSummary,
  reportOfWhole,
  scanArtifact,
  toCycloneDx,
  toJsonLine,
  toSarif,
  type ArtifactReport,
  type FileReport,
} from '@modelhub/scanner';
import { UnableError } from '../exitCodes';
import { version } from '../../package.json';
import { accessOf, dockerLogins } from './access';
import { exitCodeOf } from './exitCode';
import { ProgressBar } from './ProgressBar';
import type { ScanFlags } from './scanOptions';

type Signal = keyof typeof constants.signals;

/** `modelhub scan`. */
export async function scan(uris: string[], flags: ScanFlags): Promise<number> {
  const takers = [flags.json && '-', flags.sarif, flags.bom];
  if (takers.filter(it => it === '-').length > 1) {
    throw new UnableError(
      'Only one of --json, --sarif - and --bom - can have the standard output',
    );
  }
  const interrupted = new AbortController();
  const stop = (signal: Signal) => interrupted.abort(signal);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const closed = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    interrupted.abort('SIGPIPE');
  };
  process.stdout.on('error', closed);
  try {
    return await scanAll(uris, flags, interrupted.signal);
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    process.stderr.write(
      'Interrupted: of what was not read by then nothing is known\n',
    );
    return 128 + constants.signals[interrupted.signal.reason as Signal];
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    process.stdout.off('error', closed);
  }
}

async function scanAll(
  uris: string[],
  flags: ScanFlags,
  signal: AbortSignal,
): Promise<number> {
  const { env, stdout, stderr } = process;
  const bar = new ProgressBar(stderr);
  const hasColour = stdout.isTTY && !env.NO_COLOR;
  const isQuiet = [flags.sarif, flags.bom].includes('-');
  const write = (text: string) => {
    bar.clear();
    stdout.write(`${text}\n`);
  };
  const tell = (file: FileReport) => {
    if (flags.json) write(toJsonLine(file));
    else if (!isQuiet) write(formatFile(file, { hasColour }));
  };
  const artifacts: ArtifactReport[] = [];
  try {
    for (const uri of uris) {
      const artifact = await scanArtifact(uri, {
        ...optionsOf(flags),
        access: accessOf(uri, flags, env),
        env,
        registryLogin: dockerLogins(env),
        signal,
        onProgress: progress => bar.update(progress),
        onFile: tell,
      });
      const whole = reportOfWhole(artifact);
      if (whole) tell(whole);
      artifacts.push(artifact);
    }
  } finally {
    bar.clear();
  }
  if (!flags.json && !isQuiet) {
    write(`\n${formatSummary(artifacts, { hasColour })}`);
  }
  if (flags.sarif) writeJson(flags.sarif, toSarif(artifacts, { version }));
  if (flags.bom) {
    writeJson(flags.bom, toCycloneDx(artifacts, { version, at: new Date() }));
  }
  return exitCodeOf(artifacts, flags.failOn);
}

function optionsOf(flags: ScanFlags) {
  return {
    limits: withoutUnset({
      maxDepth: flags.maxDepth,
      maxRatio: flags.maxRatio,
      maxUnpackedBytes: flags.maxUnpackedSize,
      maxHeldBytes: flags.maxHeldSize,
    }),
    isHeaderOnly: flags.headerOnly,
    revision: flags.revision,
    expectedDigest: flags.expectDigest,
    exclude: [...flags.exclude, ...(flags.includeGit ? [] : ['.git'])],
    concurrency: flags.concurrency,
    maxFiles: flags.maxFiles,
    maxFileBytes: flags.maxFileSize,
    maxSpoolBytes: flags.maxSpoolSize,
    timeoutMs: flags.timeout && flags.timeout * 1000,
    retries: flags.retries,
    isUnsigned: !flags.sign,
  };
}

/** Limits have defaults that `undefined` would take away. */
function withoutUnset(
  limits: Record<string, number | undefined>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(limits).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function writeJson(file: string, content: unknown): void {
  const text = `${JSON.stringify(content, undefined, 2)}\n`;
  if (file === '-') {
    process.stdout.write(text);
    return;
  }
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new UnableError(`Cannot write ${file}: ${(error as Error).message}`);
  }
}
