import type { JsonObject } from '@backstage/types';
import { amount, choice, list, record, text, texts } from '../jsonSchemaFields';
import {
  EVALUATION_PACK_LIFECYCLES,
  EVALUATION_PACK_STATISTICS,
  EVALUATION_PACK_TASKS,
  EVALUATION_PACK_TYPES,
  SEMANTIC_VERSION_PATTERN,
} from './constants';

const number = (description: string): JsonObject => ({
  type: 'number',
  description,
});

const atLeastOne = (description: string): JsonObject => ({
  type: 'integer',
  minimum: 1,
  description,
});

const filled = (schema: JsonObject): JsonObject => ({ ...schema, minItems: 1 });

const request = record('How every case is asked.', {
  system: text('Goes before each conversation.'),
  template: {
    type: 'string',
    pattern: '\\{\\{input\\}\\}',
    description: "The case's input goes in place of {{input}}.",
  },
  temperature: { ...amount('Default 0.'), maximum: 2 },
  topP: { ...amount('Nucleus sampling.'), maximum: 1 },
  maxTokens: atLeastOne('Longest answer, in tokens. Default 512.'),
  stop: texts('Texts that end an answer.'),
  samples: atLeastOne('Answers to each case, for pass@k. Default 1.'),
  extraBody: { type: 'object', description: 'Further fields of each request.' },
});

const scorer = record(
  'A number that the pack measures.',
  {
    name: {
      type: 'string',
      pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$',
      description:
        'Name of the metric: a letter, then letters, digits, _ or -.',
    },
    type: text('Type of the scorer, e.g. rouge-l.'),
    params: { type: 'object', description: 'Its parameters.' },
  },
  ['name', 'type'],
);

const criterion = record(
  'What a model has to reach.',
  {
    metric: text('Name of a metric.'),
    statistic: choice(EVALUATION_PACK_STATISTICS, 'Of metrics with several.'),
    slice: {
      type: 'string',
      pattern: '^[^=]+=.+$',
      description: 'attribute=group; all cases by default.',
    },
    atLeast: number('Exactly one of atLeast and atMost.'),
    atMost: number('Exactly one of atLeast and atMost.'),
  },
  ['metric'],
);

const fairness = record(
  'Which groups are compared.',
  {
    attributes: filled(texts("Attributes of the cases' slices.")),
    metric: text('The metric whose gap between groups counts.'),
    positiveLabel: text("The label that is to people's advantage."),
    minimumCases: atLeastOne('Smaller groups are not compared. Default 20.'),
  },
  ['attributes', 'metric'],
);

/**
 * JSON schema of {@link EvaluationPackEntityV1alpha1} without kind, apiVersion
 * and metadata, as a catalog model layer wants it. Unknown fields are allowed.
 * What a schema of a layer cannot say is in {@link evaluationPackProblem}.
 *
 * @public
 */
export const evaluationPackJsonSchema: JsonObject = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: record(
      'What is measured, how, and what has to be reached.',
      {
        type: choice(EVALUATION_PACK_TYPES, 'What the pack is about.'),
        version: {
          type: 'string',
          pattern: SEMANTIC_VERSION_PATTERN,
          description: 'Semantic version, in quotes: "1.0.0".',
        },
        owner: text('Ref of the group or user that answers for it.'),
        lifecycle: choice(EVALUATION_PACK_LIFECYCLES, 'Whether it counts.'),
        system: text('Ref of the system it belongs to.'),
        purposes: texts('Ids of purposes that it is the standard for.'),
        modelTasks: texts('Hugging Face task ids of models that it is for.'),
        task: choice(EVALUATION_PACK_TASKS, 'How a case becomes an answer.'),
        request,
        scorers: filled(list(scorer, 'What is measured.')),
        criteria: list(criterion, 'What has to be reached.'),
        fairness,
        license: text('SPDX id of the licence of its cases.'),
        cases: text('Path of the cases, JSON Lines, beside pack.yaml.'),
        documents: text('Path of the documents, JSON Lines; of retrieval.'),
      },
      ['type', 'version', 'owner', 'lifecycle', 'task', 'scorers', 'cases'],
    ),
  },
};
