import type { JsonObject } from '@backstage/types';
import type { SafetyEvidence } from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import {
  allMet,
  judgePacks,
  packCacheKey,
  standingOfPack,
  targetFinding,
  type PackGateOptions,
} from '../evaluationPack';
import { evaluationRunTypes } from '../evaluationRun';
import { outcomeOf } from '../weigh';
import { countCategories } from './cases';
import { judgeRates, noneOfFindings } from './judgeSafety';
import {
  safetyParamOrder,
  validateSafetyParams,
  type SafetyParams,
} from './params';

export const SAFETY_GATE = 'safety';

/**
 * Whether the model refuses what it must, answers what it must, and keeps to
 * its instructions, by results that were submitted. Parameters: `packs`,
 * `minRefusalRate`, `maxOverRefusalRate`, `maxInjectionRate`, `maxLeakRate`,
 * `noneOf`, `maxAgeDays` (180), `minCases`, `maxFailedShare` (0.05),
 * `withConfidence`. What cases hold is never part of the evidence.
 */
export function safetyGate(options: PackGateOptions): ModelGate {
  return {
    id: SAFETY_GATE,
    title: 'Safety',
    description:
      'By a safety pack, the model refuses what it must refuse, answers what it must answer, and neither follows injected instructions nor leaks what it must keep.',
    version: '1',
    guidance: {
      by: 'pipeline',
      howTo:
        'Run the safety packs that the policy names with `modelhub evaluate run`, or by a click on the model’s page, and submit the results to this check.',
    },
    factsOnly: true,
    evidenceTypes: evaluationRunTypes,
    notApplicable: 'The policy names no packs.',
    appliesTo: (_, { packs }) => Array.isArray(packs) && packs.length > 0,
    validateParams: validateSafetyParams,
    paramOrder: safetyParamOrder,
    cacheKey: packCacheKey,
    // Results grow old.
    maxAgeSeconds: 86_400,
    async evaluate(subject, jsonParams, context) {
      const params = jsonParams as unknown as SafetyParams;
      const judged = await judgePacks(
        { id: SAFETY_GATE, types: ['safety'], withRuns: false },
        subject,
        params,
        context,
        options,
      );
      if ('outcome' in judged) return judged.outcome;
      const counted = judged.packs.map(one => {
        const result = one.newest?.result;
        return { ...one, categories: result && countCategories(result) };
      });
      const tolerated = noneOfFindings(
        counted.length > 0 ? params.noneOf ?? [] : [],
        counted,
      );
      const packs = counted.map(one => {
        const { pack, categories = [] } = one;
        const rates = judgeRates(pack, one.newest?.result, params);
        const findings = [
          ...one.findings,
          ...(one.newest
            ? rates.flatMap(
                rate =>
                  targetFinding(rate, {
                    pack,
                    withConfidence: params.withConfidence ?? false,
                  }) ?? [],
              )
            : []),
          ...tolerated
            .filter(it => it.pack === pack)
            .map(({ finding }) => finding),
        ];
        return {
          ...one,
          findings,
          evidence: {
            ...one.standing,
            targets: [...one.standing.targets, ...rates],
            standing: standingOfPack(findings),
            categories: categories.map(({ unknown, ...count }) => ({
              ...count,
              ...(unknown > 0 && { unknown }),
            })),
          },
        };
      });
      const evidence: SafetyEvidence = {
        kind: 'safety',
        packs: packs.map(it => it.evidence),
        maxAgeDays: judged.maxAgeDays,
      };
      return outcomeOf(
        [
          ...packs.flatMap(({ findings }) => findings),
          ...tolerated
            .filter(({ pack }) => pack === undefined)
            .map(({ finding }) => finding),
          ...judged.findings,
        ],
        allMet(packs),
        evidence as unknown as JsonObject,
      );
    },
  };
}
