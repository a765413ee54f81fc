import type { SetAsideRun } from '@modelhub/backstage-plugin-models-common';
import type { GateContext } from '@modelhub/backstage-plugin-models-node';
import type {
  EvaluationResult,
  EvaluationRun,
} from '@modelhub/governance-protocol';
import { judgedRuns, type SubmittedRun } from '../evaluationRun';
import { DEFAULT_MAX_FAILED_SHARE, type PackParams } from './packParams';
import { packRefOf, type KnownPack } from './resolvePacks';

/** What was submitted of one pack. */
export interface PackResults {
  /** Newest first. */
  counting: SubmittedRun[];
  setAside: SetAsideRun[];
}

/** Means are added up in another order elsewhere. */
const ROUNDING = 1e-6;

const share = (value: number) => `${Number((value * 100).toPrecision(3))} %`;

const nameOf = (suite: EvaluationRun['suite']) => suite.name.split('/').at(-1);

/** Whether a run says that it is of the pack. */
function isOf(
  pack: KnownPack,
  run: EvaluationRun,
  result: EvaluationResult | undefined,
): boolean {
  return result?.pack.entityRef === undefined
    ? nameOf(run.suite) === pack.name
    : packRefOf(result.pack.entityRef) === pack.asked.entityRef;
}

/** How many cases of a result came out how. */
export function countCases({ cases }: EvaluationResult) {
  const of = (outcome: EvaluationResult['cases']['outcomes'][number]) =>
    cases.outcomes.filter(it => it === outcome).length;
  return {
    scored: of('scored'),
    unscored: of('unscored'),
    failed: of('failed'),
    asked: cases.ids.length,
  };
}

/** Where a result's numbers are not those of its own cases; words, or nothing. */
function contradiction({
  metrics,
  measures,
  cases,
}: EvaluationResult): string | undefined {
  for (const { name, statistic, slice, value } of metrics) {
    const scores = cases.scores[name];
    const isMean =
      measures[name]?.aggregate === 'mean' &&
      (statistic === undefined || statistic === 'mean') &&
      slice === undefined;
    if (!scores || !isMean) continue;
    const known = scores.filter((it): it is number => it !== null);
    const mean = known.reduce((sum, it) => sum + it, 0) / known.length;
    const isSame =
      Math.abs(mean - value) <= ROUNDING * Math.max(1, Math.abs(value));
    if (!isSame) {
      return `It says ${value} of ${name}, and its cases give ${
        known.length > 0 ? mean : 'nothing'
      }.`;
    }
  }
  return undefined;
}

/** Why the result of another version, or of a part, does not count. */
function otherThan(
  { spec, digest }: KnownPack,
  run: EvaluationRun,
  result: EvaluationResult | undefined,
): string | undefined {
  const { version } = run.suite;
  if (version !== spec.version) {
    return version === undefined
      ? `It does not say of which version of the pack it is; the pack is at ${spec.version}.`
      : `The pack is at ${spec.version} now; this is a result of ${version}. Run it again.`;
  }
  if (!result) return undefined;
  if (result.pack.type !== spec.type) {
    return `It is of a pack of the type ${result.pack.type}, and this one is of the type ${spec.type}.`;
  }
  return digest !== undefined && result.pack.digest !== digest
    ? `Its cases or scorers are not those of version ${
        spec.version
      } in the catalog (${result.pack.digest.slice(0, 19)}…, and ${digest.slice(
        0,
        19,
      )}… is there). Run the pack as it is there.`
    : undefined;
}

/** Why a result rests on too little, or on less than it says. */
function tooLittle(
  result: EvaluationResult,
  {
    minCases,
    maxFailedShare = DEFAULT_MAX_FAILED_SHARE,
  }: Pick<PackParams, 'minCases' | 'maxFailedShare'>,
): string | undefined {
  const { asked, scored } = countCases(result);
  const least = minCases ?? result.pack.cases;
  if (minCases === undefined && asked < least) {
    return `It asked ${asked} of the pack's ${least} cases. Run all of them.`;
  }
  if (minCases !== undefined && scored < least) {
    return `${scored} cases have a score, and ${least} are asked for.`;
  }
  const without = (asked - scored) / asked;
  if (without > maxFailedShare) {
    return `${asked - scored} of ${asked} cases have no score (${share(
      without,
    )}), and ${share(maxFailedShare)} are the most. Run it again.`;
  }
  return contradiction(result);
}

/**
 * What was submitted, pack by pack: what counts, and what does not with the
 * reason. `others` are of no pack that is asked for.
 */
export async function resultsOf(
  context: Pick<GateContext, 'submittedEvidence' | 'now'>,
  packs: KnownPack[],
  options: Pick<PackParams, 'minCases' | 'maxFailedShare'> & {
    gatewayId: string;
    maxAgeDays: number;
    /** Runs without single cases count, too. */
    withRuns: boolean;
  },
): Promise<{ byPack: Map<KnownPack, PackResults>; others: SetAsideRun[] }> {
  const byPack = new Map<KnownPack, PackResults>(
    packs.map(pack => [pack, { counting: [], setAside: [] }]),
  );
  const others: SetAsideRun[] = [];
  for (const submitted of await judgedRuns(context, options)) {
    const { run, result, reference } = submitted;
    const pack = packs.find(it => isOf(it, run, result));
    const of = pack && byPack.get(pack);
    if (!of) {
      others.push({
        ...reference,
        because: 'It is of no pack that is asked for.',
      });
      continue;
    }
    const because =
      submitted.because ??
      otherThan(pack, run, result) ??
      (result
        ? tooLittle(result, options)
        : !options.withRuns && 'It has no single cases, and they count here.');
    if (because) of.setAside.push({ ...reference, because });
    else of.counting.push(submitted);
  }
  return { byPack, others };
}
