import { InputError } from '@backstage/errors';
import {
  EVALUATION_RUN_TYPE,
  evaluationRunProblem,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import type {
  EvaluationRunReference,
  SetAsideRun,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateContext,
  ModelGate,
  SubmittedEvidence,
} from '@modelhub/backstage-plugin-models-node';

/** What gates take that judge evaluation runs. */
export const evaluationRunTypes: NonNullable<ModelGate['evidenceTypes']> = {
  [EVALUATION_RUN_TYPE]: predicate => {
    const problem = evaluationRunProblem(predicate);
    if (problem !== undefined) throw new InputError(problem);
  },
};

/** A run that was submitted. */
export interface SubmittedRun {
  run: EvaluationRun;
  reference: EvaluationRunReference;
  /** When it ended, or when it was submitted where that was earlier. */
  at: Date;
}

/** Clocks of pipelines may be so much ahead. */
const CLOCK_SKEW_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

const named = ({ name, version }: { name: string; version?: string }) =>
  version ? `${name} ${version}` : name;

function referenceOf(
  evidence: SubmittedEvidence,
  run: EvaluationRun,
): EvaluationRunReference {
  const { gatewayId, endpoint, engine, engineVersion, gpu, quantization } =
    run.target;
  const target = {
    gatewayId,
    endpoint,
    engine: engine && named({ name: engine, version: engineVersion }),
    gpu,
    quantization,
  };
  return {
    evidenceId: evidence.id,
    digest: evidence.digest,
    submittedBy: evidence.submittedBy,
    submittedAt: evidence.submittedAt.toISOString(),
    finishedAt: run.finishedAt,
    suite: named(run.suite),
    tool: named(run.tool),
    target: Object.fromEntries(
      Object.entries(target).filter(([, value]) => value !== undefined),
    ),
    ...(run.partial && { partial: true }),
  };
}

/** Why a run says nothing about the model as it is now; undefined where it does. */
function staleness(
  evidence: SubmittedEvidence,
  { target, finishedAt }: EvaluationRun,
  days: number,
  { gatewayId, maxAgeDays }: { gatewayId: string; maxAgeDays: number },
): string | undefined {
  if (target.gatewayId !== undefined && target.gatewayId !== gatewayId) {
    return `It is about ${target.gatewayId}, and the model is ${gatewayId}.`;
  }
  if (Date.parse(finishedAt) > evidence.submittedAt.getTime() + CLOCK_SKEW_MS) {
    return 'It says that it ended after it was submitted.';
  }
  return days > maxAgeDays
    ? `It is ${Math.floor(days)} days old, and ${maxAgeDays} are the most.`
    : undefined;
}

/**
 * The runs that count for a model, newest first, and those that do not with the
 * reason: about another model, too old, or from a time that has not come.
 */
export async function submittedRuns(
  context: Pick<GateContext, 'submittedEvidence' | 'now'>,
  options: {
    gatewayId: string;
    maxAgeDays: number;
    /** Why else a run does not count; words, or nothing. */
    because?: (run: EvaluationRun) => string | undefined;
  },
): Promise<{ runs: SubmittedRun[]; setAside: SetAsideRun[] }> {
  const submitted = (await context.submittedEvidence()).filter(
    ({ predicateType }) => predicateType === EVALUATION_RUN_TYPE,
  );
  const runs: SubmittedRun[] = [];
  const setAside: SetAsideRun[] = [];
  for (const evidence of submitted) {
    const run = evidence.predicate as unknown as EvaluationRun;
    const reference = referenceOf(evidence, run);
    const finished = Date.parse(run.finishedAt);
    const at = new Date(Math.min(finished, evidence.submittedAt.getTime()));
    const days = (context.now.getTime() - at.getTime()) / DAY_MS;
    const because =
      staleness(evidence, run, days, options) ?? options.because?.(run);
    if (because === undefined) runs.push({ run, reference, at });
    else setAside.push({ ...reference, because });
  }
  runs.sort((a, b) => b.at.getTime() - a.at.getTime());
  return { runs, setAside };
}
