import type { ParamOrder } from '@modelhub/backstage-plugin-models-node';
import { paramsValidator } from '../builtIn/validateParams';
import {
  packParamOrder,
  packParamSchemas,
  share,
  texts,
  type PackParams,
} from '../evaluationPack';

/** What a policy may ask of fairness. */
export interface FairnessParams extends PackParams {
  /** Most that the pack's metric may differ between two groups, in its unit. */
  maxGap?: number;
  /** Most that the share of the positive label may differ, 0 to 1. */
  maxDemographicParity?: number;
  /** Most that true or false positive rates may differ, 0 to 1. */
  maxEqualisedOdds?: number;
  /** Those that count; all of the packs where absent. */
  attributes?: string[];
  /** Groups with fewer cases are not compared; the pack may ask for more. */
  minimumCases?: number;
}

export const validateFairnessParams = paramsValidator(
  {
    ...packParamSchemas,
    maxGap: { type: 'number', minimum: 0 },
    maxDemographicParity: share,
    maxEqualisedOdds: share,
    attributes: texts,
    minimumCases: { type: 'integer', minimum: 2 },
  },
  ['packs'],
);

export const fairnessParamOrder: Record<string, ParamOrder> = {
  ...packParamOrder,
  maxGap: 'lower',
  maxDemographicParity: 'lower',
  maxEqualisedOdds: 'lower',
  // Attributes have no order: without them all count, which is the strictest.
  // Nor have sizes of groups: larger ones are surer, and fewer of them compared.
};
