import type { InsightSums } from '@modelhub/backstage-plugin-models-common';
import type { Insights } from '../insights';
import type { ActionsRegistry } from './actionsRegistry';

const errorsOf = (sums: InsightSums) =>
  sums.unavailable + sums.clientErrors + sums.throttled + sums.serverErrors;

/** What agents may read, with the credentials of whoever they work for. They write nothing. */
export function registerActions(
  registry: ActionsRegistry,
  { insights }: { insights: Pick<Insights, 'models' | 'modelCallers'> },
): void {
  registry.register({
    name: 'get-model-usage',
    title: 'Get the usage of an AI model',
    description:
      'How much an AI model is called: calls, errors, refusals, tokens, cost by currency and latency of a range of days, the same of the days before, whether daily calls rise or decline, and which teams call it as far as you may know. Amounts of different currencies cannot be added.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          model: z
            .string()
            .min(1)
            .max(300)
            .describe('Gateway id, e.g. meta/llama-3.3-70b-instruct'),
          version: z.string().max(200).optional(),
          from: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}$/)
            .optional()
            .describe('First day in UTC; 27 days before `to` without'),
          to: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}$/)
            .optional()
            .describe('Last day in UTC; today without'),
        }),
      output: z =>
        z.object({
          from: z.string(),
          to: z.string(),
          totals: z.record(z.unknown()),
          before: z.record(z.unknown()),
          trends: z.array(z.record(z.unknown())),
          teams: z.array(z.record(z.unknown())),
          otherTeams: z.number(),
        }),
    },
    action: async ({ input, credentials }) => {
      const [usage, callers] = await Promise.all([
        insights.models.get(credentials, input),
        insights.modelCallers.list(credentials, {
          ...input,
          by: 'team',
          limit: 10,
        }),
      ]);
      const brief = (sums: InsightSums) => ({
        calls: sums.calls,
        errors: errorsOf(sums),
        refused: sums.refused,
        inputTokens: sums.inputTokens,
        outputTokens: sums.outputTokens,
        costs: sums.costs,
      });
      return {
        output: {
          from: usage.range.from,
          to: usage.range.to,
          totals: {
            ...brief(usage.totals),
            latencyMs: usage.latency,
            timeToFirstTokenMs: usage.timeToFirstToken,
          },
          before: {
            ...brief(usage.previous.totals),
            isKnown: usage.previous.known,
          },
          trends: usage.trends.map(it => ({ ...it })),
          teams: callers.items.map(({ name, sums }) => ({
            team: name,
            calls: sums.calls,
            costs: sums.costs,
          })),
          otherTeams: callers.others?.count ?? 0,
        },
      };
    },
  });
}
