import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  isModelEntity,
  type ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';

/**
 * Creates `model:approval:require`: goes on only when the person who runs the
 * template may use the model at the tier, and says which version that is.
 *
 * @public
 */
export function createRequireApprovalAction(options: {
  auth: AuthService;
  catalog: CatalogService;
  governance: ModelGovernanceClient;
}) {
  const { auth, catalog, governance } = options;
  return createTemplateAction({
    id: 'model:approval:require',
    description:
      'Refuses unless a live approval lets the model be used at the tier, for the purpose and by the profile.',
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string().describe('The model, as an entity ref'),
        tier: z =>
          z
            .enum(['sandbox', 'internal', 'customer-facing', 'regulated'])
            .describe('Where it is to run'),
        purpose: z => z.string().optional().describe('Id of a purpose'),
        profile: z => z.string().optional().describe('Id of an access profile'),
        version: z => z.string().optional().describe('Name of a model version'),
      },
      output: {
        approvalId: z => z.string().optional(),
        entityRef: z => z.string(),
        gatewayId: z => z.string().describe('What callers put as `model`'),
        version: z => z.string().describe('The approved version'),
        digest: z => z.string().optional(),
        artifactUri: z =>
          z.string().optional().describe('Absent for hosted models'),
        artifactRevision: z => z.string().optional(),
        minGpuMemoryGiB: z => z.number().optional(),
        expiresAt: z => z.string().optional(),
      },
    },
    async handler(ctx) {
      const { tier } = ctx.input;
      // A field of a form that was left empty arrives as an empty text.
      const purpose = ctx.input.purpose || undefined;
      const profile = ctx.input.profile || undefined;
      const version = ctx.input.version || undefined;
      const entityRef = stringifyEntityRef(
        parseEntityRef(ctx.input.entityRef, { defaultKind: 'model' }),
      );
      const credentials = await ctx.getInitiatorCredentials();
      if (!auth.isPrincipal(credentials, 'user')) {
        throw new NotAllowedError(
          'Only for a person can be said which models they may use; run the template as a user',
        );
      }
      const entity = await catalog.getEntityByRef(entityRef, { credentials });
      if (!entity || !isModelEntity(entity)) {
        throw new NotFoundError(
          `There is no model ${entityRef} in the catalog, or you may not read it`,
        );
      }

      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'model-governance',
      });
      const decision = await governance.checkAccess(
        { body: { entityRef, tier, purpose, profile, modelVersion: version } },
        { token },
      );
      if (!decision.allowed) {
        throw new NotAllowedError(
          [
            `${entityRef} may not be used at tier ${tier}: ${decision.message}`,
            decision.requestUrl
              ? `Request it at ${decision.requestUrl} and run the template again once it is approved.`
              : 'Request it on the page of the model and run the template again once it is approved.',
          ].join('\n'),
        );
      }
      ctx.logger.info(decision.message);

      const approved = decision.modelVersion ?? version;
      const { versions, gatewayId, hardware } = entity.spec;
      const build = versions?.find(({ name }) => name === approved);
      if (!approved || !build) {
        throw new NotFoundError(
          `Version ${approved} of ${entityRef} is approved but not in its entity; add it to spec.versions or ask for the approval of another version`,
        );
      }
      if (decision.digest && build.artifact?.digest !== decision.digest) {
        throw new NotAllowedError(
          `Version ${approved} of ${entityRef} now has the digest ${build.artifact?.digest}, and ${decision.digest} is what was approved; request approval of the new bytes`,
        );
      }

      ctx.output('approvalId', decision.approvalId);
      ctx.output('entityRef', entityRef);
      ctx.output('gatewayId', gatewayId);
      ctx.output('version', approved);
      ctx.output('digest', build.artifact?.digest);
      ctx.output('artifactUri', build.artifact?.uri);
      ctx.output('artifactRevision', build.artifact?.revision);
      ctx.output('minGpuMemoryGiB', hardware?.minGpuMemoryGiB);
      ctx.output('expiresAt', decision.expiresAt);
    },
  });
}
