import {
  EVALUATION_RUN_TYPE,
  METRIC_STATISTICS,
  MOST_EVALUATION_METRICS,
} from './evaluationRun';

export const schemaText = {
  type: 'string',
  minLength: 1,
  maxLength: 2048,
} as const;
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
      properties: { name: schemaText, version: schemaText },
    },
    startedAt: moment,
    finishedAt: moment,
    target: {
      type: 'object',
      additionalProperties: false,
      properties: {
        gatewayId: schemaText,
        endpoint: schemaText,
        engine: schemaText,
        engineVersion: schemaText,
        gpu: schemaText,
        quantization: schemaText,
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
          name: schemaText,
          value: { type: 'number' },
          unit: schemaText,
          statistic: { enum: METRIC_STATISTICS },
          slice: schemaText,
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
      properties: { name: schemaText, version: schemaText },
    },
    partial: { type: 'boolean' },
  },
} as const;
