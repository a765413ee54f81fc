import {
  formatResult,
  judgeCriteria,
  runInputDigest,
  runPack,
  RunError,
  type EvaluationPack,
  type ModelEndpoint,
  type RunPackOptions,
} from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { version } from '../../package.json';
import { EXIT, UnableError } from '../exitCodes';
import { loadPack } from './loadPack';
import { portalOf, portalPack } from './portalPack';
import { RunBar } from './RunBar';
import { RunJournalFile } from './RunJournalFile';
import type { RunFlags } from './runOptions';
import { Stops } from './Stops';
import { apiKeyOf, targetOf } from './targetOptions';
import { INTERRUPTED, writeResult } from './writeResult';

/** `modelhub evaluate run`. */
export async function evaluateRun(
  place: string,
  flags: RunFlags,
): Promise<number> {
  const portal = portalOf(place, flags);
  const pack = portal
    ? await portalPack(place, portal, flags.packVersion)
    : await loadPack(place);
  const options = optionsOf(pack, flags);
  const journal = journalOf(options, flags);
  const bar = new RunBar(process.stderr);
  const stops = new Stops(() => bar.clear());
  try {
    const result = await runPack({
      ...options,
      journal: journal.journal,
      draining: stops.draining,
      signal: stops.aborting,
      onProgress: progress => bar.update(progress),
    });
    bar.clear();
    return told(result, pack, flags, { journal, isStopped: stops.isStopped });
  } catch (error) {
    bar.clear();
    if (!(error instanceof RunError)) throw error;
    const words = journal.keepAnswers()
      ? `${error.message}\n${goingOn()}`
      : error.message;
    if (!stops.isStopped) throw new UnableError(words);
    process.stderr.write(`${words}\n`);
    return INTERRUPTED;
  } finally {
    bar.clear();
    stops.end();
  }
}

function told(
  result: EvaluationResult,
  pack: EvaluationPack,
  flags: RunFlags,
  run: { journal: RunJournalFile; isStopped: boolean },
): number {
  if (flags.output) writeResult(flags.output, result);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(result, undefined, 2)}\n`
      : `${pack.title ?? pack.name} ${pack.version} on ${
          result.model
        }\n\n${formatResult(result, pack.criteria)}\n`,
  );
  const asked = flags.limit ?? pack.cases.length;
  if (run.isStopped && result.cases.ids.length < asked) {
    process.stderr.write(
      `Interrupted after ${
        result.cases.ids.length
      } of ${asked} cases.\n${goingOn()}\n`,
    );
    return INTERRUPTED;
  }
  const open = result.cases.outcomes.filter(it => it === 'failed').length;
  if (open > 0) {
    process.stderr.write(
      `${open} ${open === 1 ? 'case' : 'cases'} got no answer.\n${goingOn()}\n`,
    );
  } else {
    run.journal.finish();
  }
  const outcomes = judgeCriteria(pack.criteria, result.metrics);
  return outcomes.every(({ isMet }) => isMet) ? EXIT.ok : EXIT.bad;
}

function optionsOf(pack: EvaluationPack, flags: RunFlags): RunPackOptions {
  const apiKey = apiKeyOf(flags.apiKeyEnv);
  const { priceIn, priceOut } = flags;
  if ((priceIn === undefined) !== (priceOut === undefined)) {
    throw new UnableError('Give both --price-in and --price-out, or neither');
  }
  const helper = (
    kind: 'judge' | 'embed',
    it: { model?: string; endpoint?: string; apiKeyEnv?: string },
  ): ModelEndpoint | undefined => {
    if (!it.model) return undefined;
    const isElsewhere = it.endpoint !== undefined;
    return {
      model: it.model,
      endpoint: it.endpoint ?? flags.endpoint,
      // A key goes only where it was meant for.
      apiKey:
        it.apiKeyEnv || isElsewhere
          ? apiKeyOf(
              it.apiKeyEnv,
              [`MODELHUB_${kind.toLocaleUpperCase('en-US')}_API_KEY`],
              `--${kind}-api-key-env`,
            )
          : apiKey,
    };
  };
  return {
    pack,
    endpoint: flags.endpoint,
    model: flags.model,
    digest: flags.modelDigest,
    apiKey,
    concurrency: flags.concurrency,
    retries: flags.retries,
    timeoutMs: flags.timeout * 1000,
    seed: flags.seed,
    samples: flags.samples,
    limit: flags.limit,
    confidence: flags.confidence,
    judge: helper('judge', {
      model: flags.judgeModel,
      endpoint: flags.judgeEndpoint,
      apiKeyEnv: flags.judgeApiKeyEnv,
    }),
    embeddings: helper('embed', {
      model: flags.embedModel,
      endpoint: flags.embedEndpoint,
      apiKeyEnv: flags.embedApiKeyEnv,
    }),
    ...(priceIn !== undefined &&
      priceOut !== undefined && {
        prices: {
          inputPerMTok: priceIn,
          outputPerMTok: priceOut,
          currency: flags.currency,
        },
      }),
    isContentLeftOut: !flags.content,
    target: targetOf(flags),
    tool: { name: 'modelhub', version },
  };
}

function journalOf(options: RunPackOptions, flags: RunFlags): RunJournalFile {
  try {
    return RunJournalFile.of({
      name: flags.journal,
      isResumed: flags.resume ?? false,
      suite: options.pack.name,
      inputDigest: runInputDigest(options),
    });
  } catch (error) {
    if (error instanceof RunError) throw new UnableError(error.message);
    throw error;
  }
}

/** The command that asks what was not answered. */
function goingOn(): string {
  const given = process.argv.slice(2).filter(it => it !== '--resume');
  const quoted = given.map(it =>
    /^[\w./:@=,+-]+$/.test(it) ? it : `'${it.replaceAll("'", `'\\''`)}'`,
  );
  return `Go on with:\n  modelhub ${quoted.join(' ')} --resume`;
}
