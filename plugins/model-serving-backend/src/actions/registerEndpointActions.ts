import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import type { EndpointService } from '../endpoints';
import type { ActionsRegistry } from '../playground/actions/actionsRegistry';

/** What agents need of an endpoint; secrets are never among it. */
const told = (endpoint: EvaluationEndpoint) => ({
  id: endpoint.id,
  state: endpoint.state,
  message: endpoint.message,
  entityRef: endpoint.entityRef,
  modelVersion: endpoint.modelVersion,
  team: endpoint.team,
  owner: endpoint.owner,
  engine: endpoint.engine.title,
  queuePosition: endpoint.queuePosition,
  readyAt: endpoint.readyAt,
  endsAt: endpoint.endsAt,
  approvalId: endpoint.approvalId,
  costSoFar: endpoint.cost.known ? endpoint.cost.soFar : undefined,
  gatewayUrl: endpoint.connection?.gatewayUrl,
  model: endpoint.connection?.model,
});

/** What agents may do with endpoints, as the person whom they work for. */
export function registerEndpointActions(
  registry: ActionsRegistry,
  { endpoints }: { endpoints: EndpointService },
): void {
  registry.register({
    name: 'evaluate-model',
    title: 'Start an evaluation endpoint',
    description:
      'Starts a temporary endpoint to try an AI model at, for some hours, in the sandbox and at the cost of the team. What is left out is chosen: the first version that can be run, the first team and access profile of the caller, the first engine that fits. Ask with `preview` first to learn cost, quota and queue; that starts nothing. The secret of the endpoint’s key is never told: the person finds it on the endpoint’s page.',
    attributes: { readOnly: false, idempotent: false, destructive: false },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .max(400)
            .describe('Entity ref, e.g. model:meta/llama-3.3-70b-instruct'),
          modelVersion: z.string().max(100).optional(),
          team: z
            .string()
            .max(400)
            .optional()
            .describe('Entity ref of a group'),
          profile: z.string().max(100).optional(),
          engine: z.string().max(100).optional(),
          note: z.string().max(1000).optional().describe('What it is for'),
          preview: z
            .boolean()
            .optional()
            .describe('Only say what it would take and cost'),
          idempotencyKey: z
            .string()
            .min(8)
            .max(200)
            .optional()
            .describe('The same again starts nothing twice'),
        }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => {
      const { preview, note, idempotencyKey, ...choice } = input;
      if (preview) {
        const { access, cost, existing, ...rest } = await endpoints.preview(
          credentials,
          choice,
        );
        return {
          output: {
            mayCreate: rest.mayCreate,
            reason: rest.reason,
            modelVersion: rest.modelVersion,
            team: rest.team,
            profile: rest.profile,
            engine: rest.engine,
            resources: rest.resources,
            quota: rest.quota,
            queuePosition: rest.queuePosition,
            access,
            cost,
            existing: existing && told(existing),
          },
        };
      }
      const started = await endpoints.start(
        credentials,
        { ...choice, note },
        idempotencyKey,
      );
      return { output: told(started) };
    },
  });

  registry.register({
    name: 'get-evaluation-endpoints',
    title: 'List evaluation endpoints',
    description:
      'Temporary endpoints of the caller and of the caller’s teams, newest first: state, place in the queue, when they end, cost so far and how they are called through the gateway.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          id: z.string().max(40).optional().describe('Only this one'),
          entityRef: z.string().max(400).optional().describe('Of this model'),
          running: z
            .boolean()
            .optional()
            .describe('Only those that have not ended'),
          limit: z.number().int().min(1).max(50).optional(),
          cursor: z.string().optional().describe('nextCursor of a result'),
        }),
      output: z =>
        z.object({
          items: z.array(z.record(z.unknown())),
          nextCursor: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { id, running, ...query } = input;
      if (id !== undefined) {
        return {
          output: { items: [told(await endpoints.get(credentials, id))] },
        };
      }
      const { items, nextCursor } = await endpoints.list(credentials, {
        ...query,
        limit: query.limit ?? 10,
        ...(running && {
          state: ['checking', 'queued', 'starting', 'ready', 'stopping'],
        }),
      });
      return { output: { items: items.map(told), nextCursor } };
    },
  });

  registry.register({
    name: 'stop-evaluation-endpoint',
    title: 'Stop an evaluation endpoint',
    description:
      'Ends a temporary endpoint of the caller or of one of the caller’s teams now, and its key with it. It cannot be begun again; start another one.',
    attributes: { readOnly: false, idempotent: true, destructive: true },
    schema: {
      input: z => z.object({ id: z.string().min(1).max(40) }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: told(await endpoints.stop(credentials, input.id)),
    }),
  });
}
