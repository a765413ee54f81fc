import type { ModelEvaluation } from '@modelhub/backstage-plugin-models-common';
import type { ResultService } from '../evaluations';
import type { ActionsRegistry } from './actionsRegistry';

const PAGE = 20;

/** Numbers of all cases; those of slices are many and stand on the model's page. */
const short = (result: ModelEvaluation) => ({
  id: result.id,
  entityRef: result.entityRef,
  modelVersion: result.modelVersion,
  pack: {
    name: result.pack.name,
    version: result.pack.version,
    entityRef: result.pack.entityRef,
    title: result.pack.title,
    type: result.pack.type as string | undefined,
    standing: result.pack.standing as string,
    currentVersion: result.pack.currentVersion,
  },
  source: result.source as string,
  finishedAt: result.finishedAt,
  partial: result.partial,
  isWithdrawn: result.isWithdrawn,
  outcome: result.outcome as string,
  metrics: result.metrics
    .filter(({ slice }) => slice === undefined)
    .map(({ name, title, value, unit, direction, interval, samples }) => ({
      name,
      title,
      value,
      unit,
      direction: direction as string | undefined,
      interval: interval as number[] | undefined,
      samples,
    })),
});

/** What agents may read of evaluations, with the credentials of whoever they work for. */
export function registerEvaluationActions(
  registry: ActionsRegistry,
  options: { evaluationResults: Pick<ResultService, 'list'> },
): void {
  registry.register({
    name: 'list-model-evaluations',
    title: 'List model evaluations',
    description:
      'Results of evaluation packs, newest first: how good, fair, safe or fast versions of an AI model were measured to be, with confidence intervals, and whether the criteria of the pack were met. Name a model, a pack or both. Units are "ratio" (0 to 1), "ms", "tokens", a currency, or "1" for plain numbers. A result counts in requests only where its pack\'s standing is "current"; it is no permission to use the model (see check-model-access).',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .optional()
            .describe(
              'Entity ref of the model, e.g. model:meta/llama-3.3-70b-instruct',
            ),
          pack: z
            .string()
            .optional()
            .describe(
              'Entity ref of the pack, e.g. evaluationpack:default/support-tickets, or the name of a suite as results give it',
            ),
          modelVersion: z.string().min(1).max(200).optional(),
          latest: z
            .boolean()
            .optional()
            .describe(
              'Only the newest result of each version and pack; withdrawn ones are left out',
            ),
          cursor: z
            .string()
            .optional()
            .describe('nextCursor of the page before'),
        }),
      output: z =>
        z.object({
          items: z.array(
            z.object({
              id: z.string(),
              entityRef: z.string(),
              modelVersion: z.string(),
              pack: z.object({
                name: z.string(),
                version: z.string().optional(),
                entityRef: z.string().optional(),
                title: z.string().optional(),
                type: z.string().optional(),
                standing: z
                  .string()
                  .describe(
                    'current, outdated (the catalog has another version now), other-content or not-in-catalog',
                  ),
                currentVersion: z.string().optional(),
              }),
              source: z.string().describe('pipeline, hub or online'),
              finishedAt: z.string(),
              partial: z.boolean().describe('Not all cases were asked'),
              isWithdrawn: z.boolean(),
              outcome: z
                .string()
                .describe(
                  'Whether the criteria of the pack were met: met, missed or unknown',
                ),
              metrics: z.array(
                z.object({
                  name: z.string(),
                  title: z.string(),
                  value: z.number(),
                  unit: z.string(),
                  direction: z
                    .string()
                    .optional()
                    .describe('Which way is better: higher or lower'),
                  interval: z
                    .array(z.number())
                    .optional()
                    .describe('Of 95 % confidence unless the run says other'),
                  samples: z.number().optional(),
                }),
              ),
            }),
          ),
          nextCursor: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, nextCursor } = await options.evaluationResults.list(
        { ...input, limit: PAGE },
        { credentials },
      );
      return { output: { items: items.map(short), nextCursor } };
    },
  });
}
