import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ParamOrder } from '@modelhub/backstage-plugin-models-node';
import { paramsValidator } from '../builtIn/validateParams';
import {
  modelRef,
  packParamOrder,
  packParamSchemas,
  texts,
  type PackParams,
  type Thresholds,
} from '../evaluationPack';

/** How the model is held against the one that serves the purpose now. */
export interface RegressionParams {
  /** How much worse may be, in the metric's own unit: of all metrics, or by name. */
  margin: number | Record<string, number>;
  /** How sure one has to be that it is worse, over all metrics together. */
  confidence?: number;
  /** Those that count; all that the pack's scorers make where absent. */
  metrics?: string[];
  /** What is unclear holds the request up, as does an incumbent without a result. */
  required?: boolean;
}

/** What a policy may ask of quality. */
export interface EvaluationParams extends PackParams {
  /** Beside the packs' own criteria; of two the stricter counts. */
  thresholds?: Thresholds;
  regression?: RegressionParams;
  /** Ref of the model to hold others against where nothing serves the purpose. */
  incumbent?: string;
}

/** Of metrics that a list of margins leaves out. */
export const DEFAULT_MARGIN = 0.02;
export const DEFAULT_CONFIDENCE = 0.95;

const margin = { type: 'number', minimum: 0 };

const checkForm = paramsValidator(
  {
    ...packParamSchemas,
    thresholds: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        properties: {
          atLeast: { type: 'number' },
          atMost: { type: 'number' },
        },
        additionalProperties: false,
        minProperties: 1,
      },
    },
    regression: {
      type: 'object',
      properties: {
        margin: {
          anyOf: [margin, { type: 'object', additionalProperties: margin }],
        },
        confidence: { type: 'number', minimum: 0.5, exclusiveMaximum: 1 },
        metrics: texts,
        required: { type: 'boolean' },
      },
      additionalProperties: false,
      required: ['margin'],
    },
    incumbent: modelRef,
  },
  ['packs'],
);

/** Throws `InputError`; carries the schema for where the gate is not installed. */
export const validateEvaluationParams = Object.assign(
  (params: JsonObject): void => {
    checkForm(params);
    const {
      thresholds = {},
      regression,
      incumbent,
    } = params as unknown as EvaluationParams;
    for (const [metric, { atLeast, atMost }] of Object.entries(thresholds)) {
      if (atLeast !== undefined && atMost !== undefined && atLeast > atMost) {
        throw new InputError(
          `thresholds.${metric} asks for at least ${atLeast} and at most ${atMost}, which nothing is`,
        );
      }
    }
    if (incumbent !== undefined && regression === undefined) {
      throw new InputError(
        'incumbent names what is compared with, and regression is what compares; add it',
      );
    }
  },
  { schema: checkForm.schema },
);

export const evaluationParamOrder: Record<string, ParamOrder> = {
  ...packParamOrder,
  thresholds: { each: { fields: { atLeast: 'higher', atMost: 'lower' } } },
  // Metrics have no order: without them all are compared, which is the strictest.
  regression: { fields: { margin: 'lower', required: [false, true] } },
};
