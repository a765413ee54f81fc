import {
  formatPerformance,
  measurePerformance,
  PerformanceError,
  type Load,
  type PerformanceOptions,
} from '@modelhub/evals';
import {
  PERFORMANCE_METRICS,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import { version } from '../../package.json';
import { EXIT, UnableError } from '../exitCodes';
import { PerformanceBar } from './PerformanceBar';
import type { PerformanceFlags } from './performanceOptions';
import { apiKeyOf, targetOf } from './targetOptions';
import { INTERRUPTED, writeResult } from './writeResult';

/** `modelhub evaluate performance`. */
export async function evaluatePerformance(
  flags: PerformanceFlags,
): Promise<number> {
  const stopping = new AbortController();
  // The second one ends the program at once.
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const bar = new PerformanceBar(process.stderr);
  try {
    const run = await measurePerformance({
      ...optionsOf(flags),
      signal: stopping.signal,
      onProgress: progress => bar.update(progress),
    });
    bar.clear();
    if (flags.output) writeResult(flags.output, run);
    process.stdout.write(
      flags.json
        ? `${JSON.stringify(run, undefined, 2)}\n`
        : `${formatPerformance(run)}\n`,
    );
    if (run.partial) {
      process.stderr.write(
        'Interrupted: this is what was measured by then, and it is marked as partial\n',
      );
      return INTERRUPTED;
    }
    return isAllFailed(run) ? EXIT.bad : EXIT.ok;
  } catch (error) {
    if (error instanceof PerformanceError) {
      bar.clear();
      if (stopping.signal.aborted) {
        process.stderr.write(`${error.message}\n`);
        return INTERRUPTED;
      }
      throw new UnableError(error.message);
    }
    throw error;
  } finally {
    bar.clear();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function optionsOf(flags: PerformanceFlags): PerformanceOptions {
  const loads: Load[] = [...(flags.concurrency ?? []), ...(flags.rate ?? [])];
  return {
    endpoint: flags.endpoint,
    model: flags.model,
    apiKey: apiKeyOf(flags.apiKeyEnv),
    loads: loads.length > 0 ? loads : undefined,
    requests: flags.requests,
    warmUp: flags.warmUp,
    promptTokens: flags.promptTokens,
    outputTokens: flags.outputTokens,
    timeoutMs: flags.timeout * 1000,
    confidence: flags.confidence,
    seed: flags.seed,
    extraBody: flags.extraBody,
    target: targetOf(flags),
    tool: { name: 'modelhub', version },
  };
}

function isAllFailed({ metrics }: EvaluationRun): boolean {
  const errors = metrics.filter(
    ({ name }) => name === PERFORMANCE_METRICS.errorRate,
  );
  return errors.length > 0 && errors.every(({ value }) => value === 1);
}
