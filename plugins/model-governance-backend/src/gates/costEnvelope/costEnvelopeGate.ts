import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  COST_ENVELOPE_GATE,
  expectedCost,
  parseGpus,
  type GpuCostOptions,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateOutcome,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { paramsValidator } from '../builtIn/validateParams';
import type { Budgets } from './Budgets';
import {
  costEvidence,
  costFindings,
  costSummary,
  type CostDemand,
} from './judgeCost';

const how = { type: 'string', enum: ['warn', 'fail'] };

const validate = paramsValidator({
  overBudget: how,
  withoutBudget: how,
  unknownCost: how,
  warnAtPercent: { type: 'number', minimum: 1, maximum: 100 },
  atMostPerMonth: { type: 'number', exclusiveMinimum: 0 },
  gpuPricesPerHour: {
    type: 'object',
    additionalProperties: { type: 'number', minimum: 0 },
  },
  hoursPerMonth: { type: 'number', minimum: 1, maximum: 744 },
  replicas: { type: 'integer', minimum: 1 },
  contextTokens: { type: 'integer', minimum: 1 },
  gpus: { type: 'string' },
});

const chosen = (value: unknown, usual: 'warn' | 'fail') =>
  value === 'warn' || value === 'fail' ? value : usual;

const demandOf = (params: JsonObject): CostDemand => ({
  overBudget: chosen(params.overBudget, 'fail'),
  withoutBudget: chosen(params.withoutBudget, 'warn'),
  unknownCost: chosen(params.unknownCost, 'warn'),
  warnAtPercent: Number(params.warnAtPercent ?? 80),
  ...(params.atMostPerMonth !== undefined && {
    atMost: Number(params.atMostPerMonth),
  }),
});

const optionsOf = (params: JsonObject): GpuCostOptions => ({
  gpuPrices: params.gpuPricesPerHour as Record<string, number> | undefined,
  hoursPerMonth: params.hoursPerMonth as number | undefined,
  replicas: params.replicas as number | undefined,
  contextTokens: params.contextTokens as number | undefined,
  gpus: params.gpus as string | undefined,
});

/**
 * Whether what is expected to be used is within the budget of the access
 * profile. Parameters: `overBudget`, `withoutBudget` and `unknownCost` (`warn`
 * or `fail`), `warnAtPercent` (80), `atMostPerMonth` (USD for one model),
 * `gpuPricesPerHour`, `hoursPerMonth`, `replicas`, `contextTokens`, `gpus`.
 */
export function costEnvelopeGate(budgets: Budgets): ModelGate {
  return {
    id: COST_ENVELOPE_GATE,
    title: 'Cost envelope',
    description:
      'What the model is expected to cost in a month, by tokens or GPU hours, is within the budget of the access profile.',
    version: '1',
    // Not `factsOnly`: a checklist would tell the budget of any profile to anybody.
    guidance: {
      by: 'requester',
      howTo:
        'Say in the request how many tokens you expect to send and get in a month. The price is on the card, and the budget is the access profile’s.',
    },
    // Budgets and what is spent change without an event.
    maxAgeSeconds: 300,
    appliesTo: () => true,
    validateParams: Object.assign(
      (params: JsonObject) => {
        validate(params);
        const { gpus, gpuPricesPerHour = {} } = params;
        const named = Object.keys(gpuPricesPerHour as JsonObject);
        for (const text of [...(gpus ? [String(gpus)] : []), ...named]) {
          if (!parseGpus(text)) {
            throw new InputError(
              `'${text}' names no GPU; write kind and memory, such as 'H100 80GB'`,
            );
          }
        }
      },
      { schema: validate.schema },
    ),
    paramOrder: {
      overBudget: ['warn', 'fail'],
      withoutBudget: ['warn', 'fail'],
      unknownCost: ['warn', 'fail'],
      warnAtPercent: 'lower',
      atMostPerMonth: 'lower',
      replicas: 'higher',
      hoursPerMonth: 'higher',
    },
    cacheKey: ({ entity: { spec }, version, profile, expectedUse }) =>
      sha256Hex(
        canonicalJson([
          spec.pricing ?? {},
          spec.parameters ?? 0,
          spec.hardware ?? {},
          version,
          profile,
          expectedUse ?? {},
        ]),
      ),
    async evaluate(subject, params): Promise<GateOutcome> {
      const { entity, version, profile, expectedUse } = subject;
      const demand = demandOf(params);
      const evidence = costEvidence(
        {
          profile,
          expectedUse,
          cost: expectedCost(entity, version, expectedUse, optionsOf(params)),
          answer: await budgets.ofProfile(profile),
        },
        demand,
      );
      const findings = costFindings(evidence, demand);
      const has = (...severities: string[]) =>
        findings.some(({ severity }) => severities.includes(severity));
      const unless = has('medium', 'low') ? 'warn' : 'pass';
      return {
        verdict: has('high') ? 'fail' : unless,
        summary: costSummary(evidence),
        findings,
        evidence,
      };
    },
  };
}
