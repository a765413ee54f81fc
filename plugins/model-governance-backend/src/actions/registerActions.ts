import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  modelApprovalCreatePermission,
  tiers,
  type Approval,
  type ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { AccessChecker } from '../access';
import type { ApprovalService } from '../approvals';
import type { ResultService } from '../evaluations';
import type { ActionsRegistry, Zod } from './actionsRegistry';
import { registerEvaluationActions } from './registerEvaluationActions';

const tierNames = tiers as [string, ...string[]];

const approvalFields = (z: Zod) => ({
  id: z.string(),
  state: z.string(),
  revision: z.number(),
  entityRef: z.string(),
  modelVersion: z.string(),
  tier: z.string(),
  purpose: z.string(),
  profile: z.string(),
  requester: z.string(),
  waitingFor: z.array(z.string()),
  expiresAt: z.string().optional(),
  blockers: z.array(z.string()),
});

const short = (approval: Approval) => ({
  id: approval.id,
  state: approval.state,
  revision: approval.revision,
  entityRef: approval.entityRef,
  modelVersion: approval.modelVersion,
  tier: approval.tier,
  purpose: approval.purpose,
  profile: approval.profile,
  requester: approval.requester,
  waitingFor: approval.waitingFor,
  expiresAt: approval.expiresAt,
  blockers: (approval.blockers ?? []).map(({ message }) => message),
});

const long = (detail: ApprovalDetail) => ({
  ...short(detail),
  gates: detail.gates.map(({ gateId, status, summary }) => ({
    gateId,
    status: status as string,
    summary,
  })),
  signOffs: detail.signOffs.map(({ role, decision, by, valid }) => ({
    role: role as string,
    decision: decision as string,
    by,
    valid,
  })),
});

const detailFields = (z: Zod) => ({
  ...approvalFields(z),
  gates: z.array(
    z.object({
      gateId: z.string(),
      status: z.string(),
      summary: z.string().optional(),
    }),
  ),
  signOffs: z.array(
    z.object({
      role: z.string(),
      decision: z.string(),
      by: z.string(),
      valid: z.boolean(),
    }),
  ),
});

/**
 * What agents may do, with the credentials of whoever they work for: look, and
 * ask. Nothing that decides is registered, and nothing may be.
 */
export function registerActions(
  registry: ActionsRegistry,
  options: {
    approvals: ApprovalService;
    evaluationResults: Pick<ResultService, 'list'>;
    checker: Pick<AccessChecker, 'check'>;
    isUser(credentials: BackstageCredentials): boolean;
  },
): void {
  const { approvals, checker, isUser } = options;
  registerEvaluationActions(registry, options);

  registry.register({
    name: 'check-model-access',
    title: 'Check model access',
    description:
      'Whether an AI model may be used at a tier, for a purpose and an access profile; the decision that the model gateway would make, with what to do next.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('Entity ref, e.g. model:meta/llama-3.3-70b-instruct'),
          tier: z.enum(tierNames).describe('Where it is to be used'),
          modelVersion: z.string().optional(),
          purpose: z.string().optional(),
          profile: z.string().optional(),
        }),
      output: z =>
        z.object({
          allowed: z.boolean(),
          message: z.string(),
          approvalId: z.string().optional(),
          requestUrl: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const tier = tiers.find(name => name === input.tier)!;
      const decision = await checker.check(credentials, { ...input, tier });
      const { allowed, message, approvalId, requestUrl } = decision;
      return { output: { allowed, message, approvalId, requestUrl } };
    },
  });

  registry.register({
    name: 'request-model-approval',
    title: 'Request model approval',
    description:
      'Ask, as the user, that an AI model may be used. People decide in the portal; nothing is approved by this.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    visibilityPermission: modelApprovalCreatePermission,
    schema: {
      input: z =>
        z.object({
          entityRef: z.string().describe('Entity ref of the model'),
          modelVersion: z.string(),
          tier: z.enum(tierNames),
          purpose: z.string().describe('Id of a purpose'),
          profile: z.string().describe('Id of an access profile'),
          justification: z.string().min(10).max(4000),
          requesterGroup: z.string().optional(),
          expectedUse: z
            .object({
              inputTokensPerMonth: z.number().int().min(0).max(1e15),
              outputTokensPerMonth: z.number().int().min(0).max(1e15),
              peakConcurrent: z.number().int().min(1).max(1e6).optional(),
            })
            .strict()
            .optional()
            .describe('What is expected to be sent in a month'),
          idempotencyKey: z
            .string()
            .min(8)
            .max(200)
            .optional()
            .describe('The same key asks once, however often it is sent'),
        }),
      output: z => z.object(detailFields(z)),
    },
    action: async ({ input, credentials }) => {
      if (!isUser(credentials)) {
        throw new NotAllowedError(
          'A request is made by a person. Call this with the credentials of a user.',
        );
      }
      const { idempotencyKey, ...wanted } = input;
      const tier = tiers.find(name => name === wanted.tier)!;
      const detail = await approvals.create(
        { ...wanted, tier, submit: true },
        { credentials, idempotencyKey },
      );
      return { output: long(detail) };
    },
  });

  registry.register({
    name: 'get-approval',
    title: 'Get approval',
    description:
      'A request for an AI model with its gates, sign-offs and what it waits for.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ id: z.string() }),
      output: z => z.object(detailFields(z)),
    },
    action: async ({ input, credentials }) => ({
      output: long(await approvals.get(input.id, { credentials })),
    }),
  });

  registry.register({
    name: 'list-my-approvals',
    title: 'List my approvals',
    description: 'Requests for AI models that the user made, newest first.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ cursor: z.string().optional() }),
      output: z =>
        z.object({
          items: z.array(z.object(approvalFields(z))),
          totalItems: z.number(),
          nextCursor: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const page = await approvals.list(
        { requester: 'me', cursor: input.cursor },
        { credentials },
      );
      return { output: { ...page, items: page.items.map(short) } };
    },
  });
}
