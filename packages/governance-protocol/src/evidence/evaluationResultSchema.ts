import { EVALUATION_RESULT_TYPE, EVALUATION_TYPES } from './evaluationResult';
import {
  LONGEST_FAILURE_CONTENT,
  MOST_EVALUATION_CASES,
  MOST_EVALUATION_COLUMNS,
  MOST_EVALUATION_FAILURES,
} from './evaluationResultProblem';
import { evaluationRunSchema, schemaText as text } from './evaluationRunSchema';

const digest = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' } as const;

const column = (items: object) =>
  ({ type: 'array', maxItems: MOST_EVALUATION_CASES, items } as const);

const orNull = (schema: object) => ({ anyOf: [{ type: 'null' }, schema] });

const columns = (items: object) =>
  ({
    type: 'object',
    maxProperties: MOST_EVALUATION_COLUMNS,
    additionalProperties: column(orNull(items)),
  } as const);

const amounts = column(orNull({ type: 'number', minimum: 0 }));

const content = (most: number) =>
  ({ type: 'string', minLength: 1, maxLength: most } as const);

/**
 * JSON Schema (2020-12) of {@link EvaluationResult}, for programs in other
 * languages. That columns are equally long, ids differ and times are in order
 * is only checked by {@link evaluationResultProblem}.
 *
 * @public
 */
export const evaluationResultSchema = {
  ...evaluationRunSchema,
  $id: EVALUATION_RESULT_TYPE,
  title: 'Result of an evaluation pack',
  required: [
    ...evaluationRunSchema.required,
    'pack',
    'model',
    'inputDigest',
    'measures',
    'cases',
  ],
  properties: {
    ...evaluationRunSchema.properties,
    pack: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'digest', 'cases'],
      properties: {
        type: { enum: EVALUATION_TYPES },
        digest,
        entityRef: {
          type: 'string',
          pattern: '^evaluationpack:[^\\s:/]+/[^\\s:/]+$',
        },
        cases: { type: 'integer', minimum: 1 },
      },
    },
    model: text,
    inputDigest: digest,
    measures: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['scorer', 'title', 'direction', 'unit', 'aggregate'],
        properties: {
          scorer: text,
          title: text,
          direction: { enum: ['higher', 'lower'] },
          unit: text,
          aggregate: { enum: ['mean', 'own'] },
        },
      },
    },
    cases: {
      type: 'object',
      additionalProperties: false,
      required: ['ids', 'outcomes', 'scores'],
      properties: {
        ids: { ...column(text), minItems: 1, uniqueItems: true },
        outcomes: column({ enum: ['scored', 'unscored', 'failed'] }),
        scores: columns({ type: 'number' }),
        slices: columns(text),
        labels: {
          type: 'object',
          additionalProperties: false,
          required: ['expected', 'predicted'],
          properties: {
            expected: column(orNull(text)),
            predicted: column(orNull(text)),
          },
        },
        latencyMs: amounts,
        ttftMs: amounts,
        inputTokens: amounts,
        outputTokens: amounts,
        cost: amounts,
      },
    },
    failures: {
      type: 'array',
      maxItems: MOST_EVALUATION_FAILURES,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['caseId', 'metric', 'reason'],
        properties: {
          caseId: text,
          metric: text,
          reason: content(2048),
          category: text,
          input: content(LONGEST_FAILURE_CONTENT),
          output: content(LONGEST_FAILURE_CONTENT),
        },
      },
    },
  },
} as const;
