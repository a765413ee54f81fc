import type { JsonObject } from '@backstage/types';
import type { FairnessEvidence } from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import {
  allMet,
  judgePacks,
  packCacheKey,
  standingOfPack,
  unanswerable,
  type PackGateOptions,
} from '../evaluationPack';
import { evaluationRunTypes } from '../evaluationRun';
import { outcomeOf } from '../weigh';
import { fairnessFindings, judgeAttribute } from './judgeGroups';
import {
  fairnessParamOrder,
  validateFairnessParams,
  type FairnessParams,
} from './params';

export const FAIRNESS_GATE = 'fairness';

/**
 * Whether the model treats groups of people, or of cases, alike enough, by
 * results that were submitted. Parameters: `packs`, `maxGap`,
 * `maxDemographicParity`, `maxEqualisedOdds`, `attributes`, `minimumCases`,
 * `maxAgeDays` (180), `minCases`, `maxFailedShare` (0.05), `withConfidence`.
 */
export function fairnessGate(options: PackGateOptions): ModelGate {
  return {
    id: FAIRNESS_GATE,
    title: 'Fairness',
    description:
      'The model treats the groups of a fairness pack alike: gaps, demographic parity and equalised odds stay within what the tier asks.',
    version: '1',
    guidance: {
      by: 'pipeline',
      howTo:
        'Run the fairness packs that the policy names with `modelhub evaluate run`, or by a click on the model’s page, and submit the results to this check.',
    },
    factsOnly: true,
    evidenceTypes: evaluationRunTypes,
    notApplicable: 'The policy names no packs.',
    appliesTo: (_, { packs }) => Array.isArray(packs) && packs.length > 0,
    validateParams: validateFairnessParams,
    paramOrder: fairnessParamOrder,
    cacheKey: packCacheKey,
    // Results grow old.
    maxAgeSeconds: 86_400,
    async evaluate(subject, jsonParams, context) {
      const params = jsonParams as unknown as FairnessParams;
      const judged = await judgePacks(
        { id: FAIRNESS_GATE, types: ['fairness'], withRuns: false },
        subject,
        params,
        context,
        options,
      );
      if ('outcome' in judged) return judged.outcome;
      const known = new Set(
        judged.packs.flatMap(
          ({ pack }) => pack.spec.fairness?.attributes ?? [],
        ),
      );
      const unknown = (params.attributes ?? []).filter(
        attribute => judged.isWhole && !known.has(attribute),
      );
      if (unknown.length > 0) {
        return unanswerable(
          unknown.map(
            attribute =>
              `The policy asks for the attribute '${attribute}', which none of its packs compares; they compare ${[
                ...known,
              ].join(', ')}.`,
          ),
        );
      }
      const packs = judged.packs.map(one => {
        const { pack, newest } = one;
        const asked = pack.spec.fairness?.attributes ?? [];
        const result = newest?.result;
        const attributes = result
          ? asked
              .filter(it => params.attributes?.includes(it) ?? true)
              .map(it => judgeAttribute(it, pack, result, params))
          : [];
        const findings = [
          ...one.findings,
          ...attributes.flatMap(it =>
            fairnessFindings(pack, it, params.withConfidence ?? false),
          ),
        ];
        return {
          ...one,
          findings,
          evidence: {
            ...one.standing,
            standing: standingOfPack(findings),
            attributes: attributes.map(({ problem, ...it }) => it),
          },
        };
      });
      const evidence: FairnessEvidence = {
        kind: 'fairness',
        packs: packs.map(it => it.evidence),
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
