import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef } from '@backstage/catalog-model';
import type { ModelRow } from '@modelhub/backstage-plugin-models-common';
import type { ModelCardsService } from '../service/ModelCardsService';

/** The part of a row that is of use to a program that chooses a model. */
function summarise(model: ModelRow) {
  return {
    entityRef: model.entityRef,
    title: model.title,
    description: model.description,
    type: model.type,
    provider: model.provider,
    gatewayId: model.gatewayId,
    lifecycle: model.lifecycle,
    owner: model.owner,
    licence: model.licence?.id,
    tasks: model.tasks,
    contextTokens: model.contextTokens,
    minGpuMemoryGiB: model.minGpuMemoryGiB,
    tiers: model.tiers,
    maturity: model.maturity,
    completeness: model.completeness,
    rating: model.rating,
  };
}

/** Offers the read side to programs, each with its caller's credentials. */
export function registerActions(
  registry: ActionsRegistryService,
  models: ModelCardsService,
): void {
  const readOnly = { readOnly: true, idempotent: true, destructive: false };

  registry.register({
    name: 'search-models',
    title: 'Search AI models',
    description:
      'Finds AI models of this organisation by words, task, tier and other properties. `tiers` of a result says where it may be used today.',
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          q: z.string().max(200).optional().describe('Words to look for'),
          task: z
            .array(z.string())
            .optional()
            .describe('Hugging Face task ids, any of them'),
          type: z.array(z.string()).optional().describe('llm, embedding, …'),
          tier: z
            .array(z.string())
            .optional()
            .describe('sandbox, internal, customer-facing or regulated'),
          provider: z.array(z.string()).optional(),
          maxGpuMemoryGiB: z.number().min(0).optional(),
          minContextTokens: z.number().min(0).optional(),
          minRating: z
            .number()
            .min(1)
            .max(5)
            .optional()
            .describe('Stars that people gave on average'),
          sort: z
            .enum(['relevance', 'name', 'updated', 'rating'])
            .optional()
            .describe('relevance when there is a q, else name'),
          limit: z.number().int().min(1).max(50).optional(),
          cursor: z.string().optional().describe('nextCursor of a result'),
        }),
      output: z =>
        z.object({
          items: z.array(z.record(z.unknown())),
          totalItems: z.number(),
          nextCursor: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const page = await models.listModels(
        { ...input, limit: input.limit ?? 10 },
        { credentials },
      );
      return {
        output: {
          items: page.items.map(summarise),
          totalItems: page.totalItems,
          nextCursor: page.nextCursor,
        },
      };
    },
  });

  registry.register({
    name: 'get-model',
    title: 'Get an AI model',
    description:
      'Everything the index knows of one AI model: facts, completeness with what is missing, and live approvals.',
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('e.g. model:meta/llama-3.3-70b-instruct'),
        }),
      output: z =>
        z.object({
          model: z.record(z.unknown()),
          missing: z.array(z.record(z.unknown())),
        }),
    },
    action: async ({ input, credentials }) => {
      const { namespace, name } = parseEntityRef(input.entityRef, {
        defaultKind: 'model',
      });
      const { model, missing } = await models.getModel(
        { namespace, name },
        { credentials },
      );
      return { output: { model: { ...model }, missing } };
    },
  });
}
