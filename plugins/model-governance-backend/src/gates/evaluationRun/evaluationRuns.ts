import { InputError } from '@backstage/errors';
import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  evaluationResultProblem,
  evaluationRunProblem,
  type EvaluationResult,
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

type EvidenceTypes = NonNullable<ModelGate['evidenceTypes']>;

const refusing =
  (problemOf: (value: unknown) => string | undefined): EvidenceTypes[string] =>
  predicate => {
    const problem = problemOf(predicate);
    if (problem !== undefined) throw new InputError(problem);
  };

/** What gates take that judge evaluation runs: with single cases and without. */
export const evaluationRunTypes: EvidenceTypes = {
  [EVALUATION_RUN_TYPE]: refusing(evaluationRunProblem),
  [EVALUATION_RESULT_TYPE]: refusing(evaluationResultProblem),
};

/** A run that was submitted. */
export interface SubmittedRun {
  run: EvaluationRun;
  /** The same with its cases, where it is the result of a pack. */
  result?: EvaluationResult;
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

interface WhatCounts {
  gatewayId: string;
  maxAgeDays: number;
  /** Why else a run does not count; words, or nothing. */
  because?: (
    run: EvaluationRun,
    result: EvaluationResult | undefined,
  ) => string | undefined;
}

/**
 * What was submitted, newest first, each with the reason where it does not
 * count: about another model, too old, or from a time that has not come.
 */
export async function judgedRuns(
  context: Pick<GateContext, 'submittedEvidence' | 'now'>,
  options: WhatCounts,
): Promise<Array<SubmittedRun & { because?: string }>> {
  const submitted = (await context.submittedEvidence()).filter(
    ({ predicateType }) => predicateType in evaluationRunTypes,
  );
  const judged = submitted.map(evidence => {
    const run = evidence.predicate as unknown as EvaluationRun;
    const result =
      evidence.predicateType === EVALUATION_RESULT_TYPE
        ? (run as EvaluationResult)
        : undefined;
    const finished = Date.parse(run.finishedAt);
    const at = new Date(Math.min(finished, evidence.submittedAt.getTime()));
    const days = (context.now.getTime() - at.getTime()) / DAY_MS;
    const because =
      evidence.outdatedBecause ??
      staleness(evidence, run, days, options) ??
      options.because?.(run, result);
    return { run, result, reference: referenceOf(evidence, run), at, because };
  });
  return judged.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** The runs that count for a model, newest first, and those that do not with the reason. */
export async function submittedRuns(
  context: Pick<GateContext, 'submittedEvidence' | 'now'>,
  options: WhatCounts,
): Promise<{ runs: SubmittedRun[]; setAside: SetAsideRun[] }> {
  const judged = await judgedRuns(context, options);
  return {
    runs: judged.filter(({ because }) => because === undefined),
    setAside: judged.flatMap(({ reference, because }) =>
      because === undefined ? [] : [{ ...reference, because }],
    ),
  };
}
