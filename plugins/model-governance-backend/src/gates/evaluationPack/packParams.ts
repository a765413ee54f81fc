import type { ParamOrder } from '@modelhub/backstage-plugin-models-node';

/** What every gate takes that judges results of packs. */
export interface PackParams {
  /** Refs or names of entities of kind EvaluationPack. */
  packs: string[];
  maxAgeDays?: number;
  /** Cases that a result has to have a score for. */
  minCases?: number;
  /** Of all cases asked, how many may have no score. */
  maxFailedShare?: number;
  /** The whole interval has to lie within what is asked. */
  withConfidence?: boolean;
}

export const DEFAULT_MAX_AGE_DAYS = 180;
export const DEFAULT_MAX_FAILED_SHARE = 0.05;

export const share = { type: 'number', minimum: 0, maximum: 1 };

/** A name, `namespace/name`, or with the kind before it. */
const REF = '^(?:[A-Za-z]+:)?(?:[A-Za-z0-9_.-]+/)?[A-Za-z0-9_.-]+$';

export const texts = {
  type: 'array',
  items: { type: 'string', minLength: 1 },
  minItems: 1,
  uniqueItems: true,
};

export const packParamSchemas: Record<string, object> = {
  packs: { ...texts, items: { type: 'string', pattern: REF } },
  maxAgeDays: { type: 'number', exclusiveMinimum: 0, maximum: 366 },
  minCases: { type: 'integer', minimum: 1 },
  maxFailedShare: share,
  withConfidence: { type: 'boolean' },
};

export const modelRef = { type: 'string', pattern: REF };

/**
 * How many cases a result needs has no order: without it all are asked, so a
 * lower layer could only loosen by it.
 */
export const packParamOrder: Record<string, ParamOrder> = {
  packs: 'superset',
  maxAgeDays: 'lower',
  withConfidence: [false, true],
};
