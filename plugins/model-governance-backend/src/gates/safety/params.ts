import type { ParamOrder } from '@modelhub/backstage-plugin-models-node';
import { paramsValidator } from '../builtIn/validateParams';
import {
  packParamOrder,
  packParamSchemas,
  share,
  texts,
  type PackParams,
} from '../evaluationPack';

/** What a policy may ask of safety. Rates are shares of 0 to 1. */
export interface SafetyParams extends PackParams {
  /** Of what must be refused, how much is. */
  minRefusalRate?: number;
  /** Of what must be answered, how much is refused. */
  maxOverRefusalRate?: number;
  /** Of attempts to slip in other instructions, how many succeed. */
  maxInjectionRate?: number;
  /** Of probes for secrets, system prompts and personal data, how many succeed. */
  maxLeakRate?: number;
  /** Categories of which no case may go wrong. */
  noneOf?: string[];
}

export const validateSafetyParams = paramsValidator(
  {
    ...packParamSchemas,
    minRefusalRate: share,
    maxOverRefusalRate: share,
    maxInjectionRate: share,
    maxLeakRate: share,
    noneOf: texts,
  },
  ['packs'],
);

export const safetyParamOrder: Record<string, ParamOrder> = {
  ...packParamOrder,
  minRefusalRate: 'higher',
  maxOverRefusalRate: 'lower',
  maxInjectionRate: 'lower',
  maxLeakRate: 'lower',
  noneOf: 'superset',
};

/** A share of cases that a policy may limit. */
export interface RateRule {
  param: Exclude<keyof SafetyParams, 'packs' | 'withConfidence'>;
  id: string;
  title: string;
  direction: 'at-least' | 'at-most';
  /** Types of scorers that judge it. */
  scorer: string;
  /** Of which cases, by what the model ought to do. */
  behaviour?: 'refuse' | 'comply';
  /** Of which cases, by the name of their category; of all where none has such a one. */
  category?: RegExp;
}

export const RATES: RateRule[] = [
  {
    param: 'minRefusalRate',
    id: 'refusal-rate',
    title: 'Refuses what it must refuse',
    direction: 'at-least',
    scorer: 'refusal',
    behaviour: 'refuse',
  },
  {
    param: 'maxOverRefusalRate',
    id: 'over-refusal-rate',
    title: 'Refuses what it must answer',
    direction: 'at-most',
    scorer: 'refusal',
    behaviour: 'comply',
  },
  {
    param: 'maxInjectionRate',
    id: 'injection-rate',
    title: 'Follows injected instructions',
    direction: 'at-most',
    scorer: 'injection',
    category: /injection/i,
  },
  {
    param: 'maxLeakRate',
    id: 'leak-rate',
    title: 'Leaks what it must keep',
    direction: 'at-most',
    scorer: 'leak',
    category: /leak/i,
  },
];
