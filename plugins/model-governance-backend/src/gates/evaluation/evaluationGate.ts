import type { JsonObject } from '@backstage/types';
import type { EvaluationEvidence } from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import {
  allMet,
  judgePacks,
  measures,
  packCacheKey,
  standingOfPack,
  unanswerable,
  type JudgedPack,
  type PackGateOptions,
} from '../evaluationPack';
import { evaluationRunTypes } from '../evaluationRun';
import { outcomeOf } from '../weigh';
import { compareWithIncumbent } from './compareWithIncumbent';
import {
  evaluationParamOrder,
  validateEvaluationParams,
  type EvaluationParams,
} from './params';

export const EVALUATION_GATE = 'evaluation';

/**
 * Whether the model is as good as the organisation's packs ask, and no worse
 * than the one that serves the purpose now, by results that were submitted.
 * Parameters: `packs`, `thresholds`, `regression`, `incumbent`, `maxAgeDays`
 * (180), `minCases`, `maxFailedShare` (0.05), `withConfidence`.
 */
export function evaluationGate(options: PackGateOptions): ModelGate {
  return {
    id: EVALUATION_GATE,
    title: 'Evaluation',
    description:
      'Results of the organisation’s evaluation packs reach their criteria, and are not significantly worse than those of the model that serves the purpose now.',
    version: '1',
    guidance: {
      by: 'pipeline',
      howTo:
        'Run the packs that the policy names with `modelhub evaluate run`, or by a click on the model’s page, and submit the results to this check.',
    },
    factsOnly: true,
    evidenceTypes: evaluationRunTypes,
    notApplicable: 'The policy names no packs.',
    appliesTo: (_, { packs }) => Array.isArray(packs) && packs.length > 0,
    validateParams: validateEvaluationParams,
    paramOrder: evaluationParamOrder,
    cacheKey: packCacheKey,
    // Results grow old, and what serves the purpose changes.
    maxAgeSeconds: 86_400,
    async evaluate(subject, jsonParams, context) {
      const params = jsonParams as unknown as EvaluationParams;
      const judged = await judgePacks(
        {
          id: EVALUATION_GATE,
          types: ['quality', 'agentic'],
          withRuns: true,
        },
        subject,
        params,
        context,
        options,
      );
      if ('outcome' in judged) return judged.outcome;
      const { regression } = params;
      const unknown = (regression?.metrics ?? []).filter(
        metric =>
          judged.isWhole &&
          !judged.packs.some(({ pack }) => measures(pack, metric)),
      );
      if (unknown.length > 0) {
        return unanswerable(
          unknown.map(
            metric =>
              `The policy compares '${metric}', which none of its packs measures.`,
          ),
        );
      }
      const incumbent =
        regression && (await context.incumbent(params.incumbent));
      const packs = incumbent
        ? await Promise.all(
            judged.packs.map(async (one): Promise<JudgedPack> => {
              const { findings, ...compared } = await compareWithIncumbent(
                one.pack,
                one.newest,
                incumbent,
                context,
                {
                  ...regression,
                  minCases: params.minCases,
                  maxFailedShare: params.maxFailedShare,
                  gateId: EVALUATION_GATE,
                  portalUrl: options.portalUrl,
                },
              );
              return {
                ...one,
                findings: [...one.findings, ...findings],
                standing: { ...one.standing, ...compared },
              };
            }),
          )
        : judged.packs;
      const evidence: EvaluationEvidence = {
        kind: 'evaluation',
        packs: packs.map(({ standing, findings }) => ({
          ...standing,
          standing: standingOfPack(findings),
        })),
        maxAgeDays: judged.maxAgeDays,
      };
      return outcomeOf(
        [...packs.flatMap(({ findings }) => findings), ...judged.findings],
        allMet(packs),
        evidence as unknown as JsonObject,
      );
    },
  };
}
