import {
  EVALUATION_RUN_TYPE,
  METRIC_STATISTICS,
  MOST_EVALUATION_METRICS,
} from './evaluationRun';

const text = { type: 'string', minLength: 1, maxLength: 2048 } as const;
const moment = { type: 'string', format: 'date-time' } as const;

/**
 * JSON Schema (2020-12) of {@link EvaluationRun}, for programs in other
 * languages. That metrics differ and times are in order is only checked by
 * {@link evaluationRunProblem}.
 *
 * @public
 */
export const evaluationRunSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: EVALUATION_RUN_TYPE,
  title: 'Evaluation run',
  type: 'object',
  additionalProperties: false,
  required: [
    'suite',
    'startedAt',
    'finishedAt',
    'target',
    'settings',
    'metrics',
    'tool',
  ],
  properties: {
    suite: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: { name: text, version: text },
    },
    startedAt: moment,
    finishedAt: moment,
    target: {
      type: 'object',
      additionalProperties: false,
      properties: {
        gatewayId: text,
        endpoint: text,
        engine: text,
        engineVersion: text,
        gpu: text,
        quantization: text,
      },
    },
    settings: { type: 'object' },
    metrics: {
      type: 'array',
      minItems: 1,
      maxItems: MOST_EVALUATION_METRICS,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'value', 'unit'],
        properties: {
          name: text,
          value: { type: 'number' },
          unit: text,
          statistic: { enum: METRIC_STATISTICS },
          slice: text,
          samples: { type: 'integer', minimum: 1 },
          interval: {
            type: 'array',
            items: { type: 'number' },
            minItems: 2,
            maxItems: 2,
          },
        },
      },
    },
    tool: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version'],
      properties: { name: text, version: text },
    },
    partial: { type: 'boolean' },
  },
} as const;
