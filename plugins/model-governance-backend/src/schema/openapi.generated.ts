// Generated from plugins/model-governance-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import type { ModelGovernancePaths } from '@modelhub/backstage-plugin-models-common';
import { createDocumentRouter } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';

/** Every route with the types of its parameters, answer, body and query. */
export type Routes = {
  get: {
    '/approvals': RequestHandler<
      {},
      ModelGovernancePaths['/approvals']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >
    >;
    '/approvals/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/approvals/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/approvals/:id/timeline': RequestHandler<
      { id: string },
      ModelGovernancePaths['/approvals/{id}/timeline']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/approvals/:id/gates/:gateId/evidence/:name': RequestHandler<
      { id: string; gateId: string; name: string },
      string,
      unknown,
      {}
    >;
    '/waivers': RequestHandler<
      {},
      ModelGovernancePaths['/waivers']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >
    >;
    '/policy-exceptions': RequestHandler<
      {},
      ModelGovernancePaths['/policy-exceptions']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/evidence/tokens': RequestHandler<
      {},
      ModelGovernancePaths['/evidence/tokens']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/evidence/tokens']['get']['parameters']['query']
      >
    >;
    '/approvals/:id/evidence': RequestHandler<
      { id: string },
      ModelGovernancePaths['/approvals/{id}/evidence']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/approvals/:id/evaluations': RequestHandler<
      { id: string },
      ModelGovernancePaths['/approvals/{id}/evaluations']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/approvals/:id/evidence-bundle': RequestHandler<
      { id: string },
      string,
      unknown,
      {}
    >;
    '/evaluation-packs': RequestHandler<
      {},
      ModelGovernancePaths['/evaluation-packs']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/evaluation-packs']['get']['parameters']['query']
      >
    >;
    '/evaluation-packs/:namespace/:name': RequestHandler<
      { namespace: string; name: string },
      ModelGovernancePaths['/evaluation-packs/{namespace}/{name}']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/evaluation-packs/{namespace}/{name}']['get']['parameters']['query']
      >
    >;
    '/evaluation-packs/:namespace/:name/download': RequestHandler<
      { namespace: string; name: string },
      ModelGovernancePaths['/evaluation-packs/{namespace}/{name}/download']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/evaluation-packs/{namespace}/{name}/download']['get']['parameters']['query']
      >
    >;
    '/model-evaluations': RequestHandler<
      {},
      ModelGovernancePaths['/model-evaluations']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/model-evaluations']['get']['parameters']['query']
      >
    >;
    '/model-evaluations/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/model-evaluations/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/model-evaluations/:id/failures': RequestHandler<
      { id: string },
      ModelGovernancePaths['/model-evaluations/{id}/failures']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/model-evaluations/:id/compare': RequestHandler<
      { id: string },
      ModelGovernancePaths['/model-evaluations/{id}/compare']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/model-evaluations/{id}/compare']['get']['parameters']['query']
      >
    >;
    '/model-evaluations/:id/report': RequestHandler<
      { id: string },
      string,
      unknown,
      NonNullable<
        ModelGovernancePaths['/model-evaluations/{id}/report']['get']['parameters']['query']
      >
    >;
    '/evaluation-runs': RequestHandler<
      {},
      ModelGovernancePaths['/evaluation-runs']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/evaluation-runs']['get']['parameters']['query']
      >
    >;
    '/evaluation-runs/preview': RequestHandler<
      {},
      ModelGovernancePaths['/evaluation-runs/preview']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/evaluation-runs/preview']['get']['parameters']['query']
      >
    >;
    '/evaluation-runs/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/evaluation-runs/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/models/:namespace/:name/standing': RequestHandler<
      { namespace: string; name: string },
      ModelGovernancePaths['/models/{namespace}/{name}/standing']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/models/:namespace/:name/checklist': RequestHandler<
      { namespace: string; name: string },
      ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['parameters']['query']
      >
    >;
    '/models/:namespace/:name/holds': RequestHandler<
      { namespace: string; name: string },
      ModelGovernancePaths['/models/{namespace}/{name}/holds']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/changes': RequestHandler<
      {},
      ModelGovernancePaths['/changes']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/changes']['get']['parameters']['query']
      >
    >;
    '/access-profiles': RequestHandler<
      {},
      ModelGovernancePaths['/access-profiles']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/purposes': RequestHandler<
      {},
      ModelGovernancePaths['/purposes']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/keys': RequestHandler<
      {},
      ModelGovernancePaths['/keys']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelGovernancePaths['/keys']['get']['parameters']['query']>
    >;
    '/delegations': RequestHandler<
      {},
      ModelGovernancePaths['/delegations']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/asks': RequestHandler<
      {},
      ModelGovernancePaths['/asks']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelGovernancePaths['/asks']['get']['parameters']['query']>
    >;
    '/asks/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/asks/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/asks/{id}']['get']['parameters']['query']
      >
    >;
    '/online-experiments': RequestHandler<
      {},
      ModelGovernancePaths['/online-experiments']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/online-experiments']['get']['parameters']['query']
      >
    >;
    '/online-experiments/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/online-experiments/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/policies': RequestHandler<
      {},
      ModelGovernancePaths['/policies']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/policies/gates': RequestHandler<
      {},
      ModelGovernancePaths['/policies/gates']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/policies/files': RequestHandler<
      {},
      ModelGovernancePaths['/policies/files']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/policies/proposals': RequestHandler<
      {},
      ModelGovernancePaths['/policies/proposals']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/policies/proposals']['get']['parameters']['query']
      >
    >;
    '/policies/proposals/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/policies/proposals/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/policies/proposals/:id/patch': RequestHandler<
      { id: string },
      string,
      unknown,
      {}
    >;
    '/policies/activations': RequestHandler<
      {},
      ModelGovernancePaths['/policies/activations']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<
        ModelGovernancePaths['/policies/activations']['get']['parameters']['query']
      >
    >;
    '/policies/activations/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/policies/activations/{id}']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/allowlist': RequestHandler<
      {},
      ModelGovernancePaths['/allowlist']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/allowlist/snapshot': RequestHandler<
      {},
      ModelGovernancePaths['/allowlist/snapshot']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/allowlist/stream': RequestHandler<
      {},
      string,
      unknown,
      NonNullable<
        ModelGovernancePaths['/allowlist/stream']['get']['parameters']['query']
      >
    >;
    '/gateways': RequestHandler<
      {},
      ModelGovernancePaths['/gateways']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/gateways/:id/identity': RequestHandler<
      { id: string },
      ModelGovernancePaths['/gateways/{id}/identity']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/signing-keys': RequestHandler<
      {},
      ModelGovernancePaths['/signing-keys']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/ledger': RequestHandler<
      {},
      ModelGovernancePaths['/ledger']['get']['responses'][200]['content']['application/json'],
      unknown,
      NonNullable<ModelGovernancePaths['/ledger']['get']['parameters']['query']>
    >;
    '/ledger/export': RequestHandler<
      {},
      string,
      unknown,
      NonNullable<
        ModelGovernancePaths['/ledger/export']['get']['parameters']['query']
      >
    >;
    '/ledger/verification': RequestHandler<
      {},
      ModelGovernancePaths['/ledger/verification']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/ledger/checkpoints': RequestHandler<
      {},
      ModelGovernancePaths['/ledger/checkpoints']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/passkeys': RequestHandler<
      {},
      ModelGovernancePaths['/passkeys']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/passkeys/invitations': RequestHandler<
      {},
      ModelGovernancePaths['/passkeys/invitations']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/drift-policy': RequestHandler<
      {},
      ModelGovernancePaths['/drift-policy']['get']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
  };
  post: {
    '/approvals': RequestHandler<
      {},
      ModelGovernancePaths['/approvals']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/approvals']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/approvals/preview': RequestHandler<
      {},
      ModelGovernancePaths['/approvals/preview']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/approvals/preview']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/approvals/:id/commands': RequestHandler<
      { id: string },
      ModelGovernancePaths['/approvals/{id}/commands']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/approvals/{id}/commands']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/approvals/:id/gates/:gateId/rerun': RequestHandler<
      { id: string; gateId: string },
      ModelGovernancePaths['/approvals/{id}/gates/{gateId}/rerun']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/approvals/:id/gates/:gateId/waiver': RequestHandler<
      { id: string; gateId: string },
      ModelGovernancePaths['/approvals/{id}/gates/{gateId}/waiver']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/approvals/{id}/gates/{gateId}/waiver']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/approvals/:id/gates/:gateId/waiver/end': RequestHandler<
      { id: string; gateId: string },
      ModelGovernancePaths['/approvals/{id}/gates/{gateId}/waiver/end']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/approvals/{id}/gates/{gateId}/waiver/end']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/emergency-approvals': RequestHandler<
      {},
      ModelGovernancePaths['/emergency-approvals']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/emergency-approvals']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/emergency-approvals/:id/review': RequestHandler<
      { id: string },
      ModelGovernancePaths['/emergency-approvals/{id}/review']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/emergency-approvals/{id}/review']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/evidence': RequestHandler<
      {},
      ModelGovernancePaths['/evidence']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/evidence']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/evidence/tokens': RequestHandler<
      {},
      ModelGovernancePaths['/evidence/tokens']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/evidence/tokens']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/evidence/ci-identity': RequestHandler<
      {},
      ModelGovernancePaths['/evidence/ci-identity']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/evidence/ci-identity']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/evidence/:id/withdraw': RequestHandler<
      { id: string },
      ModelGovernancePaths['/evidence/{id}/withdraw']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/evidence/{id}/withdraw']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/approvals/:id/evaluations': RequestHandler<
      { id: string },
      ModelGovernancePaths['/approvals/{id}/evaluations']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/approvals/{id}/evaluations']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/model-evaluations': RequestHandler<
      {},
      ModelGovernancePaths['/model-evaluations']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/model-evaluations']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/evaluation-runs': RequestHandler<
      {},
      ModelGovernancePaths['/evaluation-runs']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/evaluation-runs']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/evaluation-runs/:id/cancel': RequestHandler<
      { id: string },
      ModelGovernancePaths['/evaluation-runs/{id}/cancel']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/evaluation-runs/:id/retry': RequestHandler<
      { id: string },
      ModelGovernancePaths['/evaluation-runs/{id}/retry']['post']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/models/:namespace/:name/holds/:holdId/clear': RequestHandler<
      { namespace: string; name: string; holdId: string },
      ModelGovernancePaths['/models/{namespace}/{name}/holds/{holdId}/clear']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/holds/{holdId}/clear']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/models/:namespace/:name/suspend': RequestHandler<
      { namespace: string; name: string },
      ModelGovernancePaths['/models/{namespace}/{name}/suspend']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/suspend']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/standings/query': RequestHandler<
      {},
      ModelGovernancePaths['/standings/query']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/standings/query']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/access/check': RequestHandler<
      {},
      ModelGovernancePaths['/access/check']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/access/check']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/access-profiles': RequestHandler<
      {},
      ModelGovernancePaths['/access-profiles']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/access-profiles']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/purposes': RequestHandler<
      {},
      ModelGovernancePaths['/purposes']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/purposes']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/keys': RequestHandler<
      {},
      ModelGovernancePaths['/keys']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/keys']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/keys/:id/rotate': RequestHandler<
      { id: string },
      ModelGovernancePaths['/keys/{id}/rotate']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/keys/{id}/rotate']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/delegations': RequestHandler<
      {},
      ModelGovernancePaths['/delegations']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/delegations']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/asks': RequestHandler<
      {},
      ModelGovernancePaths['/asks']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/asks']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/asks/:id/decide': RequestHandler<
      { id: string },
      ModelGovernancePaths['/asks/{id}/decide']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/asks/{id}/decide']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/online-experiments': RequestHandler<
      {},
      ModelGovernancePaths['/online-experiments']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/online-experiments']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/online-experiments/:id/consent': RequestHandler<
      { id: string },
      ModelGovernancePaths['/online-experiments/{id}/consent']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/online-experiments/{id}/consent']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/online-experiments/:id/stop': RequestHandler<
      { id: string },
      ModelGovernancePaths['/online-experiments/{id}/stop']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/online-experiments/{id}/stop']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/online-batches': RequestHandler<
      {},
      ModelGovernancePaths['/online-batches']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/online-batches']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/policies/check': RequestHandler<
      {},
      ModelGovernancePaths['/policies/check']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/policies/check']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/policies/replay': RequestHandler<
      {},
      ModelGovernancePaths['/policies/replay']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/policies/replay']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/policies/conflicts/keep': RequestHandler<
      {},
      ModelGovernancePaths['/policies/conflicts/keep']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/policies/conflicts/keep']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/policies/proposals': RequestHandler<
      {},
      ModelGovernancePaths['/policies/proposals']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/policies/proposals']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/policies/proposals/:id/rebase': RequestHandler<
      { id: string },
      ModelGovernancePaths['/policies/proposals/{id}/rebase']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/policies/proposals/{id}/rebase']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/policies/proposals/:id/withdraw': RequestHandler<
      { id: string },
      ModelGovernancePaths['/policies/proposals/{id}/withdraw']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/policies/proposals/{id}/withdraw']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/policies/proposals/:id/activate': RequestHandler<
      { id: string },
      ModelGovernancePaths['/policies/proposals/{id}/activate']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/policies/proposals/{id}/activate']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/allowlist/epoch': RequestHandler<
      {},
      ModelGovernancePaths['/allowlist/epoch']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/allowlist/epoch']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/gateways/invitations': RequestHandler<
      {},
      ModelGovernancePaths['/gateways/invitations']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/gateways/invitations']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/gateways/enrol': RequestHandler<
      {},
      ModelGovernancePaths['/gateways/enrol']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/gateways/enrol']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/gateways/status': RequestHandler<
      {},
      void,
      NonNullable<
        ModelGovernancePaths['/gateways/status']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/signing-keys/rotate': RequestHandler<
      {},
      ModelGovernancePaths['/signing-keys/rotate']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/signing-keys/rotate']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/passkeys/invitations': RequestHandler<
      {},
      ModelGovernancePaths['/passkeys/invitations']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/passkeys/invitations']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/passkeys/registration/options': RequestHandler<
      {},
      ModelGovernancePaths['/passkeys/registration/options']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/passkeys/registration/options']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/passkeys/registration': RequestHandler<
      {},
      ModelGovernancePaths['/passkeys/registration']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/passkeys/registration']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/step-up/challenges': RequestHandler<
      {},
      ModelGovernancePaths['/step-up/challenges']['post']['responses'][201]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/step-up/challenges']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/drift-reports': RequestHandler<
      {},
      ModelGovernancePaths['/drift-reports']['post']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/drift-reports']['post']['requestBody']
      >['content']['application/json'],
      {}
    >;
  };
  delete: {
    '/evidence/tokens/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/evidence/tokens/{id}']['delete']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/keys/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/keys/{id}']['delete']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/delegations/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/delegations/{id}']['delete']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/asks/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/asks/{id}']['delete']['responses'][200]['content']['application/json'],
      unknown,
      {}
    >;
    '/gateways/:id': RequestHandler<{ id: string }, void, unknown, {}>;
    '/passkeys/:id': RequestHandler<{ id: string }, void, unknown, {}>;
  };
  put: {
    '/access-profiles/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/access-profiles/{id}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/access-profiles/{id}']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/purposes/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/purposes/{id}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/purposes/{id}']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/keys/:id/endpoint': RequestHandler<
      { id: string },
      ModelGovernancePaths['/keys/{id}/endpoint']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/keys/{id}/endpoint']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
    '/policies/proposals/:id': RequestHandler<
      { id: string },
      ModelGovernancePaths['/policies/proposals/{id}']['put']['responses'][200]['content']['application/json'],
      NonNullable<
        ModelGovernancePaths['/policies/proposals/{id}']['put']['requestBody']
      >['content']['application/json'],
      {}
    >;
  };
};

/** An express router that takes only the routes of the document. */
export type OpenapiRouter = RequestHandler & {
  use(...handlers: RequestHandler[]): OpenapiRouter;
  get<P extends keyof Routes['get']>(
    path: P,
    ...handlers: Array<Routes['get'][P]>
  ): OpenapiRouter;
  post<P extends keyof Routes['post']>(
    path: P,
    ...handlers: Array<Routes['post'][P]>
  ): OpenapiRouter;
  delete<P extends keyof Routes['delete']>(
    path: P,
    ...handlers: Array<Routes['delete'][P]>
  ): OpenapiRouter;
  put<P extends keyof Routes['put']>(
    path: P,
    ...handlers: Array<Routes['put'][P]>
  ): OpenapiRouter;
};

export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'model-governance',
    version: '1',
    description:
      'Approvals, policies, gates, allowlist, access and ledger of Model Hub.',
    license: {
      name: 'Apache-2.0',
      url: 'http://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    '/approvals': {
      get: {
        operationId: 'listApprovals',
        tags: ['approvals'],
        summary: 'Approvals that the caller may read, newest first.',
        parameters: [
          {
            name: 'state',
            in: 'query',
            schema: {
              type: 'array',
              items: { $ref: '#/components/schemas/ApprovalState' },
            },
          },
          {
            name: 'tier',
            in: 'query',
            schema: {
              type: 'array',
              items: { $ref: '#/components/schemas/Tier' },
            },
          },
          { name: 'entityRef', in: 'query', schema: { type: 'string' } },
          {
            name: 'requester',
            in: 'query',
            schema: { type: 'string' },
            description: 'Entity ref of a user, or `me`.',
          },
          {
            name: 'needsMyDecision',
            in: 'query',
            schema: { type: 'boolean' },
            description: 'Only requests that the caller may sign now.',
          },
          {
            name: 'role',
            in: 'query',
            schema: { $ref: '#/components/schemas/SignOffRole' },
            description: 'Only requests that still wait for this role.',
          },
          {
            name: 'order',
            in: 'query',
            schema: {
              type: 'string',
              enum: ['newest', 'oldest', 'waiting-longest'],
            },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'A page',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createApproval',
        tags: ['approvals'],
        summary: 'Create a draft request; with `submit` also submit it.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/CreateApproval' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Created',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/preview': {
      post: {
        operationId: 'previewApproval',
        tags: ['approvals'],
        summary:
          'What the policy would demand for this request, and what stands in its way, without creating anything.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PreviewApproval' },
            },
          },
        },
        responses: {
          '200': {
            description: 'Demands',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalPreview' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}': {
      get: {
        operationId: 'getApproval',
        tags: ['approvals'],
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'The approval with all that belongs to it',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/timeline': {
      get: {
        operationId: 'getApprovalTimeline',
        tags: ['approvals'],
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description:
              'Ledger events of the approval, oldest first, in readable form',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/TimelineEntry' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/commands': {
      post: {
        operationId: 'commandApproval',
        tags: ['approvals'],
        summary: 'Give a command to the state machine.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ApprovalCommandInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The approval after the command',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/gates/{gateId}/rerun': {
      post: {
        operationId: 'rerunGate',
        tags: ['gates'],
        parameters: [
          { $ref: '#/components/parameters/Id' },
          {
            name: 'gateId',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '200': {
            description: 'The approval with the gate queued again',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/gates/{gateId}/evidence/{name}': {
      get: {
        operationId: 'getEvidenceFile',
        tags: ['gates'],
        summary:
          'A document that a gate left, byte for byte as the ledger names it by its SHA-256.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          {
            name: 'gateId',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'The document, with its own media type',
            content: {
              'application/octet-stream': { schema: { type: 'string' } },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/gates/{gateId}/waiver': {
      post: {
        operationId: 'waiveGate',
        tags: ['gates'],
        summary: 'Waive a failed or blocked gate as the policy allows.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          {
            name: 'gateId',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['reason', 'until'],
                properties: {
                  reason: { type: 'string', minLength: 10, maxLength: 4000 },
                  until: { type: 'string', format: 'date-time' },
                  stepUp: { $ref: '#/components/schemas/StepUpProof' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The approval',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/gates/{gateId}/waiver/end': {
      post: {
        operationId: 'endWaiver',
        tags: ['gates'],
        summary:
          'End a waiver before its time. The gate counts again; an approval that rests on it is suspended unless the gate passes.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          {
            name: 'gateId',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['reason'],
                properties: {
                  reason: { type: 'string', minLength: 10, maxLength: 4000 },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The approval',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/waivers': {
      get: {
        operationId: 'listWaivers',
        tags: ['gates'],
        summary:
          'Waivers of gates on approvals that the caller may read, those that end soonest first.',
        parameters: [
          {
            name: 'state',
            in: 'query',
            schema: {
              type: 'array',
              items: { $ref: '#/components/schemas/WaiverState' },
            },
          },
          { name: 'gate', in: 'query', schema: { type: 'string' } },
          {
            name: 'tier',
            in: 'query',
            schema: { $ref: '#/components/schemas/Tier' },
          },
          { name: 'entityRef', in: 'query', schema: { type: 'string' } },
          { name: 'approval', in: 'query', schema: { type: 'string' } },
          {
            name: 'by',
            in: 'query',
            schema: { type: 'string' },
            description: 'Entity ref of who gave it, or `me`.',
          },
          {
            name: 'order',
            in: 'query',
            schema: {
              type: 'string',
              enum: ['ends-first', 'oldest', 'newest'],
            },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Waivers',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'totalItems', 'counts'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Waiver' },
                    },
                    totalItems: { type: 'integer' },
                    counts: {
                      type: 'object',
                      description:
                        'Of all that the caller may read, whatever the filter.',
                      required: ['active', 'ending', 'ended'],
                      properties: {
                        active: { type: 'integer' },
                        ending: { type: 'integer' },
                        ended: { type: 'integer' },
                      },
                    },
                    nextCursor: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policy-exceptions': {
      get: {
        operationId: 'listPolicyExceptions',
        tags: ['policies'],
        summary:
          'What loosens the policies of the organisation, who answers for it and until when.',
        responses: {
          '200': {
            description: 'Exceptions, those that end soonest first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ExceptionInForce' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/emergency-approvals': {
      post: {
        operationId: 'breakGlass',
        tags: ['approvals'],
        summary:
          'Open a model for 72 hours without sign-offs. Emergency role and a passkey; the requester of the pending request may not do it.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/BreakGlass' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The emergency approval',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/emergency-approvals/{id}/review': {
      post: {
        operationId: 'reviewBreakGlass',
        tags: ['approvals'],
        summary:
          'Review an emergency approval after the fact; unreviewed ones are revoked when they end.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['verdict', 'reason'],
                properties: {
                  verdict: {
                    type: 'string',
                    enum: ['justified', 'not-justified'],
                    description: '`not-justified` revokes at once.',
                  },
                  reason: { type: 'string', minLength: 3, maxLength: 4000 },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The emergency approval',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evidence': {
      post: {
        operationId: 'submitEvidence',
        tags: ['evidence'],
        summary:
          'Submit a signed in-toto statement to a gate. The signature is the proof of identity; no other is asked for. The same envelope again gives the first answer.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EvidenceEnvelope' },
            },
          },
        },
        responses: {
          '200': {
            description: 'It was taken before; the first answer',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvidenceReceipt' },
              },
            },
          },
          '201': {
            description:
              'It was taken, and requests that ask for the gate are checked again',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvidenceReceipt' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evidence/tokens': {
      get: {
        operationId: 'listEvidenceTokens',
        tags: ['evidence'],
        summary:
          'Evidence tokens that the caller issued or owns; with permission to manage evidence all.',
        parameters: [
          { name: 'entityRef', in: 'query', schema: { type: 'string' } },
        ],
        responses: {
          '200': {
            description: 'Tokens, newest first',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'expiry'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/EvidenceToken' },
                    },
                    expiry: { $ref: '#/components/schemas/KeyExpiry' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'issueEvidenceToken',
        tags: ['evidence'],
        summary:
          'Issue a token with which a pipeline signs evidence. It is shown once; only its public key is kept.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EvidenceTokenInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The token; a replay has no secret',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/IssuedEvidenceToken' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evidence/tokens/{id}': {
      delete: {
        operationId: 'revokeEvidenceToken',
        tags: ['evidence'],
        summary:
          'Revoke a token; what was submitted with it stays until somebody withdraws it.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '200': {
            description: 'The token',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvidenceToken' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evidence/ci-identity': {
      post: {
        operationId: 'exchangeCiIdentity',
        tags: ['evidence'],
        summary:
          'A pipeline shows the identity token of its CI system, once, and gets leave to sign evidence with a key of its own for a few minutes.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/CiIdentityInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'What the key may sign',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvidenceToken' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evidence/{id}/withdraw': {
      post: {
        operationId: 'withdrawEvidence',
        tags: ['evidence'],
        summary:
          'Take evidence back, with a reason. It stays on record, and requests that ask for the gate are checked again.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['reason'],
                properties: {
                  reason: { type: 'string', minLength: 3, maxLength: 4000 },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The evidence',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvidenceSubmission' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/evidence': {
      get: {
        operationId: 'listSubmittedEvidence',
        tags: ['evidence'],
        summary:
          'Which gates of the approval take evidence, and what was submitted to them for its version.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'Gates and evidence, newest first',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApprovalEvidence' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/evaluations': {
      get: {
        operationId: 'listAttachedEvaluations',
        tags: ['evidence'],
        summary:
          'Evaluations that people attached to a request, the oldest first.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'What is attached',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AttachedEvaluations' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'attachEvaluation',
        tags: ['evidence'],
        summary:
          'Attaches a filed evaluation of the same version to a request, for those who decide it. The requester may, who filed it, and owners of the model. It is no signed evidence, and no check reads it.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['resultId'],
                properties: {
                  resultId: { type: 'string', minLength: 1, maxLength: 40 },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'Everything that is attached to the request',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AttachedEvaluations' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/approvals/{id}/evidence-bundle': {
      get: {
        operationId: 'getEvidenceBundle',
        tags: ['evidence'],
        summary:
          'All evidence of an approval as one document that can be checked offline with modelhub evidence verify.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'A signed bundle',
            content: {
              'application/vnd.modelhub.evidence-bundle+json': {
                schema: { type: 'object' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evaluation-packs': {
      get: {
        operationId: 'listEvaluationPacks',
        tags: ['evaluations'],
        summary:
          'Evaluation packs of the catalog that the caller may see, by title.',
        parameters: [
          {
            name: 'type',
            in: 'query',
            schema: { $ref: '#/components/schemas/EvaluationKind' },
          },
          {
            name: 'entityRef',
            in: 'query',
            schema: { type: 'string' },
            description: "Only packs that are for this model's tasks.",
          },
        ],
        responses: {
          '200': {
            description: 'Packs',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: {
                        $ref: '#/components/schemas/EvaluationPackSummary',
                      },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evaluation-packs/{namespace}/{name}': {
      parameters: [
        {
          name: 'namespace',
          in: 'path',
          required: true,
          schema: { type: 'string' },
        },
        {
          name: 'name',
          in: 'path',
          required: true,
          schema: { type: 'string' },
        },
      ],
      get: {
        operationId: 'getEvaluationPack',
        tags: ['evaluations'],
        summary:
          'An evaluation pack with its criteria, scorers, slices and a few of its cases.',
        parameters: [
          {
            name: 'version',
            in: 'query',
            schema: { type: 'string', minLength: 1, maxLength: 200 },
            description:
              'One that was read before; the one in the catalog without.',
          },
        ],
        responses: {
          '200': {
            description: 'The pack',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvaluationPackDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evaluation-packs/{namespace}/{name}/download': {
      parameters: [
        {
          name: 'namespace',
          in: 'path',
          required: true,
          schema: { type: 'string' },
        },
        {
          name: 'name',
          in: 'path',
          required: true,
          schema: { type: 'string' },
        },
      ],
      get: {
        operationId: 'downloadEvaluationPack',
        tags: ['evaluations'],
        summary:
          'The files of an evaluation pack in one document, for modelhub evaluate run --portal.',
        parameters: [
          {
            name: 'version',
            in: 'query',
            schema: { type: 'string', minLength: 1, maxLength: 200 },
            description:
              'One that was read before; the one in the catalog without.',
          },
        ],
        responses: {
          '200': {
            description: 'The pack',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EvaluationPackDocument' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/model-evaluations': {
      get: {
        operationId: 'listModelEvaluations',
        tags: ['evaluations'],
        summary:
          'Results of models that the caller may see, newest first. A model, a pack or both must be named.',
        parameters: [
          {
            name: 'entityRef',
            in: 'query',
            schema: { type: 'string' },
            description: 'Of a model.',
          },
          {
            name: 'pack',
            in: 'query',
            schema: { type: 'string' },
            description:
              'Entity ref of a pack, or the name of a suite as results give it.',
          },
          {
            name: 'modelVersion',
            in: 'query',
            schema: { type: 'string', minLength: 1, maxLength: 200 },
          },
          {
            name: 'latest',
            in: 'query',
            schema: { type: 'boolean' },
            description:
              'Only the newest result of each version of a model and suite; withdrawn ones do not count.',
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Results',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'mayReadContent'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ModelEvaluation' },
                    },
                    nextCursor: { type: 'string' },
                    mayReadContent: {
                      type: 'boolean',
                      description:
                        'Whether the caller may read what failed cases say; of the named model.',
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'fileModelEvaluation',
        tags: ['evaluations'],
        summary:
          "Files what the playground measured with a person's own input, as that person. Only the serving room may, on behalf of a user. It is never changed, is submitted to no check, and no policy takes it for a pack of the catalog.",
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['entityRef', 'modelVersion', 'result'],
                properties: {
                  entityRef: { type: 'string', description: 'Of the model.' },
                  modelVersion: {
                    type: 'string',
                    minLength: 1,
                    maxLength: 255,
                  },
                  pin: {
                    type: 'string',
                    description:
                      'What the version was when it was measured; refused where it is something else now.',
                    maxLength: 255,
                  },
                  result: {
                    type: 'object',
                    description:
                      '`EvaluationResult` of @modelhub/governance-protocol. The name of its suite begins with `own-input/`.',
                    additionalProperties: true,
                  },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'Filed, or filed before',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelEvaluation' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/model-evaluations/{id}': {
      get: {
        operationId: 'getModelEvaluation',
        tags: ['evaluations'],
        summary: 'One result with its single cases, without contents.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'The result',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ModelEvaluationDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/model-evaluations/{id}/failures': {
      get: {
        operationId: 'listModelEvaluationFailures',
        tags: ['evaluations'],
        summary:
          'Cases that failed, with what was asked and answered. Needs permission model.evaluation.read-content, or to own the model; each reading is in the audit log.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'At most 100 cases',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: {
                        $ref: '#/components/schemas/ModelEvaluationFailure',
                      },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/model-evaluations/{id}/compare': {
      get: {
        operationId: 'compareModelEvaluations',
        tags: ['evaluations'],
        summary:
          'Two results of the same pack, case by case. The one in the path is the candidate.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          {
            name: 'with',
            in: 'query',
            required: true,
            schema: { type: 'string' },
            description: 'Id of the other result.',
          },
          {
            name: 'metric',
            in: 'query',
            schema: { type: 'array', items: { type: 'string' } },
            description: 'All that both have without.',
          },
          {
            name: 'margin',
            in: 'query',
            schema: { type: 'number', minimum: 0 },
            description:
              'How much worse may be; in the unit of the metric. Default 0.',
          },
          {
            name: 'confidence',
            in: 'query',
            schema: { type: 'number', minimum: 0.5, maximum: 0.999 },
          },
        ],
        responses: {
          '200': {
            description: 'A comparison for each metric',
            content: {
              'application/json': {
                schema: {
                  $ref: '#/components/schemas/ModelEvaluationComparison',
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/model-evaluations/{id}/report': {
      get: {
        operationId: 'getModelEvaluationReport',
        tags: ['evaluations'],
        summary:
          'A report of the result to keep or to print. Contents of failed cases are in it for those who may read them.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          {
            name: 'format',
            in: 'query',
            required: true,
            schema: { type: 'string', enum: ['html', 'markdown'] },
          },
          {
            name: 'with',
            in: 'query',
            schema: { type: 'string' },
            description: 'Id of the result that it is compared with.',
          },
        ],
        responses: {
          '200': {
            description: 'The report',
            content: {
              'text/html': { schema: { type: 'string' } },
              'text/markdown': { schema: { type: 'string' } },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evaluation-runs': {
      get: {
        operationId: 'listPackRuns',
        tags: ['evaluations'],
        summary:
          'Runs in the hub of models that the caller may see, newest first.',
        parameters: [
          { name: 'entityRef', in: 'query', schema: { type: 'string' } },
          {
            name: 'pack',
            in: 'query',
            schema: { type: 'string' },
            description: 'Entity ref of a pack.',
          },
          {
            name: 'mine',
            in: 'query',
            schema: { type: 'boolean' },
            description:
              'Only those that the caller started; the same where neither model nor pack is named.',
          },
          {
            name: 'state',
            in: 'query',
            schema: {
              type: 'array',
              items: { $ref: '#/components/schemas/PackRunState' },
            },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Runs',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/PackRun' },
                    },
                    nextCursor: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'startPackRun',
        tags: ['evaluations'],
        summary:
          'Run a pack on a version of a model, at the endpoint that the configuration names. Needs permission model.evaluation.run.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PackRunInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The run, queued',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PackRun' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evaluation-runs/preview': {
      get: {
        operationId: 'previewPackRun',
        tags: ['evaluations'],
        summary:
          'What a run would ask, whether the caller may start it, and the command that does it elsewhere.',
        parameters: [
          {
            name: 'entityRef',
            in: 'query',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'modelVersion',
            in: 'query',
            required: true,
            schema: { type: 'string', minLength: 1, maxLength: 200 },
          },
          {
            name: 'pack',
            in: 'query',
            required: true,
            schema: { type: 'string' },
            description: 'Entity ref of a pack.',
          },
        ],
        responses: {
          '200': {
            description: 'What would happen',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PackRunPreview' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evaluation-runs/{id}': {
      get: {
        operationId: 'getPackRun',
        tags: ['evaluations'],
        summary: 'How far a run is.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'The run',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PackRun' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evaluation-runs/{id}/cancel': {
      post: {
        operationId: 'cancelPackRun',
        tags: ['evaluations'],
        summary:
          'Stop a run at once. What was answered is kept for a while, so that it can be taken up again.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '200': {
            description: 'The run',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PackRun' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/evaluation-runs/{id}/retry': {
      post: {
        operationId: 'retryPackRun',
        tags: ['evaluations'],
        summary:
          'Take up a run that failed or was cancelled. Cases that were answered are not asked again.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '200': {
            description: 'The run, queued',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PackRun' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/models/{namespace}/{name}/standing': {
      get: {
        operationId: 'getStanding',
        tags: ['models'],
        summary:
          'Where the model may be used today, and the next step for the caller.',
        parameters: [
          {
            name: 'namespace',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'Standing',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Standing' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/models/{namespace}/{name}/checklist': {
      get: {
        operationId: 'getChecklist',
        tags: ['models'],
        summary:
          'What a tier demands of a version, what of it is done, what runs by itself and what a person owes. Nothing is stored.',
        parameters: [
          {
            name: 'namespace',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'version',
            in: 'query',
            schema: { type: 'string' },
            description: 'By default the newest one that is pinned.',
          },
          {
            name: 'tier',
            in: 'query',
            required: true,
            schema: { $ref: '#/components/schemas/Tier' },
          },
          {
            name: 'purpose',
            in: 'query',
            schema: { type: 'string' },
            description:
              'Without it and the profile the newest approval of the version at the tier counts.',
          },
          { name: 'profile', in: 'query', schema: { type: 'string' } },
          {
            name: 'requesterGroup',
            in: 'query',
            schema: { type: 'string' },
            description:
              "One of the caller's groups, whose lead would be asked.",
          },
          {
            name: 'approval',
            in: 'query',
            schema: { type: 'string' },
            description: 'Of this request or approval.',
          },
        ],
        responses: {
          '200': {
            description: 'The checklist',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Checklist' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/models/{namespace}/{name}/holds': {
      get: {
        operationId: 'listModelHolds',
        tags: ['models'],
        summary:
          'Open holds on the model, on versions of it, and on approvals that the caller may read.',
        parameters: [
          {
            name: 'namespace',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'Holds',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Hold' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/models/{namespace}/{name}/holds/{holdId}/clear': {
      post: {
        operationId: 'clearModelHold',
        tags: ['models'],
        summary:
          'Clear a hold on the model or on a version. Permission `model.suspend` and a reason, and not who asked for the model. Approvals that nothing else holds are live again.',
        parameters: [
          {
            name: 'namespace',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'holdId',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['reason'],
                properties: {
                  reason: { type: 'string', minLength: 3, maxLength: 4000 },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description:
              'The living approvals that it reached, as they are now',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Approval' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/models/{namespace}/{name}/suspend': {
      post: {
        operationId: 'suspendModel',
        tags: ['models'],
        summary:
          'Put a hold on the model, or on one version of it, which stays until it is cleared. Living approvals are suspended and nothing new is approved. Permission `model.suspend` and a reason.',
        parameters: [
          {
            name: 'namespace',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string' },
          },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['reason'],
                properties: {
                  reason: { type: 'string', minLength: 3, maxLength: 4000 },
                  modelVersion: { type: 'string' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description:
              'The approvals that are suspended by it; none where nothing was approved',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Approval' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/standings/query': {
      post: {
        operationId: 'queryStandings',
        tags: ['models'],
        summary:
          'Short standings of up to 200 models, for lists. Those that the caller may not read are left out.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['entityRefs'],
                properties: {
                  entityRefs: {
                    type: 'array',
                    maxItems: 200,
                    items: { type: 'string' },
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'Standings',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/StandingSummary' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/changes': {
      get: {
        operationId: 'listChanges',
        tags: ['models'],
        summary:
          'Models whose standing changed after a ledger sequence number. Services only.',
        parameters: [
          {
            name: 'after',
            in: 'query',
            schema: { type: 'integer', minimum: 0 },
          },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Changes in order',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'next'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Change' },
                    },
                    next: {
                      type: 'integer',
                      description: 'Pass as `after` next time.',
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access/check': {
      post: {
        operationId: 'checkAccess',
        tags: ['access'],
        summary:
          "May this model be used at this tier, for this purpose and profile? The gateway's own decision, explained.",
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['tier'],
                properties: {
                  entityRef: { type: 'string' },
                  gatewayId: {
                    type: 'string',
                    description:
                      'Instead of `entityRef`; may carry `@version`.',
                  },
                  modelVersion: { type: 'string' },
                  tier: { $ref: '#/components/schemas/Tier' },
                  purpose: {
                    type: 'string',
                    description: 'Without it any purpose will do.',
                  },
                  profile: {
                    type: 'string',
                    description: 'Without it any profile will do.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The decision',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessDecision' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access-profiles': {
      get: {
        operationId: 'listAccessProfiles',
        tags: ['access'],
        responses: {
          '200': {
            description: 'Profiles',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/AccessProfile' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createAccessProfile',
        tags: ['access'],
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/AccessProfileInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Created',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessProfile' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access-profiles/{id}': {
      put: {
        operationId: 'updateAccessProfile',
        tags: ['access'],
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/AccessProfileInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'Updated',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessProfile' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/purposes': {
      get: {
        operationId: 'listPurposes',
        tags: ['access'],
        responses: {
          '200': {
            description: 'Purposes',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Purpose' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createPurpose',
        tags: ['access'],
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Purpose' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Created',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Purpose' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/purposes/{id}': {
      put: {
        operationId: 'updatePurpose',
        tags: ['access'],
        summary:
          'Change a purpose. What allows less holds at the gateways within a second; what allows more (another data class or region, longer retention) than its requests and approvals were made for is refused with 409.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Purpose' },
            },
          },
        },
        responses: {
          '200': {
            description: 'Changed',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Purpose' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/keys': {
      get: {
        operationId: 'listKeys',
        tags: ['access'],
        summary:
          'Gateway keys that the caller owns, or all with permission `model.gateway.manage`. Never the secret. Keys of evaluation endpoints are in a list of their own, as long as they live.',
        parameters: [
          { name: 'profile', in: 'query', schema: { type: 'string' } },
        ],
        responses: {
          '200': {
            description: 'Keys',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/GatewayKey' },
                    },
                    endpointKeys: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/GatewayKey' },
                      description: 'Live keys of evaluation endpoints.',
                    },
                    expiry: { $ref: '#/components/schemas/KeyExpiry' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'issueKey',
        tags: ['access'],
        summary:
          'Issue a key. The secret is in this answer and nowhere else; a replay of the idempotency key answers without it. With `endpoint` it is the key of that evaluation endpoint, which opens nothing until it is bound, and then only what runs there; that needs permission `model.endpoint.create` in place of `model.key.issue`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['name', 'profile', 'purpose', 'tier'],
                properties: {
                  name: { type: 'string', minLength: 1, maxLength: 100 },
                  profile: { type: 'string' },
                  purpose: { type: 'string' },
                  tier: { $ref: '#/components/schemas/Tier' },
                  owner: {
                    type: 'string',
                    description:
                      'Entity ref of a group or component; the caller by default.',
                  },
                  expiresInDays: {
                    type: 'integer',
                    minimum: 1,
                    maximum: 3650,
                    description:
                      'Default and maximum are configured; `GET /keys` tells them. Not for keys of endpoints.',
                  },
                  endpoint: { $ref: '#/components/schemas/EndpointId' },
                  expiresInHours: {
                    type: 'integer',
                    minimum: 1,
                    maximum: 168,
                    description: 'Only with `endpoint`; 12 without.',
                  },
                  limits: { $ref: '#/components/schemas/UsageLimits' },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'Issued',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/IssuedKey' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/keys/{id}/rotate': {
      post: {
        operationId: 'rotateKey',
        tags: ['access'],
        summary:
          'A new secret for a key, in this answer and nowhere else; a replay of the idempotency key answers without it. The secret before it holds for an overlap, and the one before that ends at once. The key of an evaluation endpoint has no overlap and keeps its end.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  overlapHours: {
                    type: 'integer',
                    minimum: 0,
                    maximum: 720,
                    default: 24,
                    description:
                      'How long the secret before still holds; 0 ends it at once.',
                  },
                  expiresInDays: {
                    type: 'integer',
                    minimum: 1,
                    maximum: 3650,
                    description: 'Gives the key a new end; without it',
                    'the end stays.': null,
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'Rotated',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/IssuedKey' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/keys/{id}': {
      delete: {
        operationId: 'revokeKey',
        tags: ['access'],
        summary: 'Revoke a key; all its secrets end at once.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '200': {
            description: 'Revoked',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/GatewayKey' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/keys/{id}/endpoint': {
      put: {
        operationId: 'bindKey',
        tags: ['access'],
        summary:
          'Say what runs at the evaluation endpoint of a key, and where; from then on the key opens it. For the backend of `model-serving` alone. The same again changes nothing, and what runs there never becomes another model or version.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/KeyBinding' },
            },
          },
        },
        responses: {
          '200': {
            description: 'Bound',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/GatewayKey' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/delegations': {
      get: {
        operationId: 'listDelegations',
        tags: ['access'],
        summary: 'Delegations from or to the caller.',
        responses: {
          '200': {
            description: 'Delegations',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Delegation' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createDelegation',
        tags: ['access'],
        summary:
          "Let another person sign in the caller's place. For separation of duties the delegate counts as the delegator.",
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['delegate', 'until'],
                properties: {
                  delegate: { type: 'string' },
                  role: { $ref: '#/components/schemas/SignOffRole' },
                  until: { type: 'string', format: 'date-time' },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'Created',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Delegation' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/delegations/{id}': {
      delete: {
        operationId: 'endDelegation',
        tags: ['access'],
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '200': {
            description: 'Ended',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Delegation' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/asks': {
      get: {
        operationId: 'listAsks',
        tags: ['asks'],
        summary:
          'Questions of held calls that the caller may see, newest first. Those who own the profile of the key and those with permission `model.gateway.manage` may, as far as permission `model.ask.read` lets them.',
        parameters: [
          {
            name: 'state',
            in: 'query',
            schema: {
              type: 'array',
              items: { $ref: '#/components/schemas/AskState' },
            },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Questions',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AskPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'openAsk',
        tags: ['gateways'],
        summary:
          'A gateway holds a call until a person decides about the tools that it offers. `Authorization: Gateway <proof>`; the same id again changes nothing. What was decided for the rest of the trace is answered at once.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/AskInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'How it stands',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AskStatus' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/asks/{id}': {
      get: {
        operationId: 'awaitAsk',
        tags: ['gateways'],
        summary:
          'How a question of this gateway stands; waits up to `wait` seconds for news. `Authorization: Gateway <proof>`.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          {
            name: 'wait',
            in: 'query',
            schema: { type: 'integer', minimum: 0, maximum: 25 },
          },
        ],
        responses: {
          '200': {
            description: 'How it stands',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AskStatus' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'withdrawAsk',
        tags: ['gateways'],
        summary:
          'The call of this question ended. `Authorization: Gateway <proof>`.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'How it ended',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AskStatus' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/asks/{id}/decide': {
      post: {
        operationId: 'decideAsk',
        tags: ['asks'],
        summary:
          'Decide about the tools of a held call. Only people do, and nobody about a key of their own.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/AskDecisionInput' },
            },
          },
        },
        responses: {
          '200': {
            description: 'The question as it is now',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Ask' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/online-experiments': {
      get: {
        operationId: 'listOnlineExperiments',
        tags: ['evaluations'],
        summary:
          'Experiments with live calls that the caller may see, newest first. Members and owners of the profile may, and those with permission `model.allowlist.read`.',
        parameters: [
          { name: 'profile', in: 'query', schema: { type: 'string' } },
          {
            name: 'entityRef',
            in: 'query',
            schema: { type: 'string' },
            description: 'Of a model that takes part.',
          },
        ],
        responses: {
          '200': {
            description: 'Experiments',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'mayCreate'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/OnlineExperiment' },
                    },
                    mayCreate: {
                      type: 'boolean',
                      description:
                        'Whether there is a profile for which the caller may plan one.',
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createOnlineExperiment',
        tags: ['evaluations'],
        summary:
          'Plan an experiment. Nothing happens until the owner of the profile consents.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/OnlineExperimentInput' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Planned',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/OnlineExperimentDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/online-experiments/{id}': {
      get: {
        operationId: 'getOnlineExperiment',
        tags: ['evaluations'],
        summary: 'An experiment with its figures as they are now.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'The experiment',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/OnlineExperimentDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/online-experiments/{id}/consent': {
      post: {
        operationId: 'consentToOnlineExperiment',
        tags: ['evaluations'],
        summary:
          'The lead of the group that owns the profile consents to what `consentText` says; the experiment starts.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['textHash'],
                properties: {
                  textHash: {
                    type: 'string',
                    pattern: '^[0-9a-f]{64}$',
                    description: 'Of the text that was read.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'It runs',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/OnlineExperimentDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/online-experiments/{id}/stop': {
      post: {
        operationId: 'stopOnlineExperiment',
        tags: ['evaluations'],
        summary:
          'End an experiment at once. `withdraw-consent` is for leads of the group that owns the profile.',
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['reason'],
                properties: {
                  reason: { type: 'string', minLength: 1, maxLength: 1000 },
                  withdrawConsent: { type: 'boolean' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'It has ended',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/OnlineExperimentDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/online-batches': {
      post: {
        operationId: 'reportOnlineBatch',
        tags: ['gateways'],
        summary:
          'Scores of live calls, without content; the same batch again changes nothing. `Authorization: Gateway <proof>`.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['batchId'],
                properties: { batchId: { type: 'string' } },
                description:
                  'An OnlineBatch of @modelhub/governance-protocol, which checks it.',
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'What was taken',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/OnlineReceipt' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies': {
      get: {
        operationId: 'getPolicies',
        tags: ['policies'],
        responses: {
          '200': {
            description: 'The policies in force',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicySet' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/gates': {
      get: {
        operationId: 'listPolicyGates',
        tags: ['policies'],
        summary:
          'The checks that policies may ask for, with their parameters, as `modelhub policy test` takes them.',
        responses: {
          '200': {
            description: 'What is installed',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/PolicyGate' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/check': {
      post: {
        operationId: 'checkPolicies',
        tags: ['policies'],
        summary:
          'Whether proposed policies load, pass their tests, and what they ask for more or less than those in force. Changes nothing.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ProposedPolicies' },
            },
          },
        },
        responses: {
          '200': {
            description: 'What is wrong with them and what they change',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyCheck' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/replay': {
      post: {
        operationId: 'replayPolicies',
        tags: ['policies'],
        summary:
          'Which live approvals and which calls of the last days would change under proposed policies, and why. Changes nothing.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                allOf: [
                  { $ref: '#/components/schemas/ProposedPolicies' },
                  {
                    type: 'object',
                    properties: {
                      days: {
                        type: 'integer',
                        minimum: 1,
                        maximum: 90,
                        default: 90,
                        description: 'Of how many days calls are looked at.',
                      },
                    },
                  },
                ],
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'What would change',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyReplay' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/files': {
      get: {
        operationId: 'getPolicyFiles',
        tags: ['policies'],
        summary:
          'The files of the policies in force and of their tests, who manages them, and where the folder says something else than the portal.',
        responses: {
          '200': {
            description: 'Files',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyFileSet' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/conflicts/keep': {
      post: {
        operationId: 'keepPortalPolicyFile',
        tags: ['policies'],
        summary:
          "The portal's file stays in force and what the folder says now is known. Permission `model.policy.activate`.",
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['file', 'reason'],
                properties: {
                  file: { type: 'string', maxLength: 200 },
                  folderHash: {
                    type: 'string',
                    description:
                      'Of what the folder says, as it was shown; without it the folder has no such file.',
                  },
                  reason: { type: 'string', minLength: 10, maxLength: 4000 },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'Files',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyFileSet' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/proposals': {
      get: {
        operationId: 'listPolicyProposals',
        tags: ['policies'],
        summary: 'Changes that were proposed, the open ones first.',
        parameters: [
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Proposals',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'totalItems'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/PolicyProposal' },
                    },
                    nextCursor: { type: 'string' },
                    totalItems: { type: 'integer' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'createPolicyProposal',
        tags: ['policies'],
        summary:
          'Begin a proposal over what is in force. Permission `model.policy.propose`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['title', 'reason'],
                properties: {
                  title: { type: 'string', minLength: 3, maxLength: 200 },
                  reason: { type: 'string', minLength: 10, maxLength: 4000 },
                  files: {
                    type: 'array',
                    maxItems: 100,
                    items: { $ref: '#/components/schemas/ProposedPolicyFile' },
                  },
                  revertTo: {
                    type: 'integer',
                    description:
                      'Instead of files, what leads back to these policies, by the id of their activation.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'The proposal',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyProposalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/proposals/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getPolicyProposal',
        tags: ['policies'],
        responses: {
          '200': {
            description: 'The proposal',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyProposalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      put: {
        operationId: 'changePolicyProposal',
        tags: ['policies'],
        summary: 'Change an open proposal. Only its author.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['revision', 'title', 'reason', 'files'],
                properties: {
                  revision: { type: 'integer' },
                  title: { type: 'string', minLength: 3, maxLength: 200 },
                  reason: { type: 'string', minLength: 10, maxLength: 4000 },
                  files: {
                    type: 'array',
                    maxItems: 100,
                    items: { $ref: '#/components/schemas/ProposedPolicyFile' },
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The proposal',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyProposalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/proposals/{id}/rebase': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'rebasePolicyProposal',
        tags: ['policies'],
        summary:
          'Put an outdated proposal over what is in force now. Where both changed the same lines, both stand in the file between marks. Only its author.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['revision'],
                properties: { revision: { type: 'integer' } },
              },
            },
          },
        },
        responses: {
          '200': {
            description:
              'The proposal, and the files in which both changed the same',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['proposal', 'conflicts'],
                  properties: {
                    proposal: {
                      $ref: '#/components/schemas/PolicyProposalDetail',
                    },
                    conflicts: { type: 'array', items: { type: 'string' } },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/proposals/{id}/withdraw': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'withdrawPolicyProposal',
        tags: ['policies'],
        summary:
          'End an open proposal. Its author, or whoever has permission `model.policy.activate`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['revision', 'reason'],
                properties: {
                  revision: { type: 'integer' },
                  reason: { type: 'string', minLength: 3, maxLength: 4000 },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The proposal',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyProposalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/proposals/{id}/activate': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      post: {
        operationId: 'activatePolicyProposal',
        tags: ['policies'],
        summary:
          'Put a proposal into force. Somebody else than its author, with permission `model.policy.activate` and a passkey, where the portal manages policies.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['revision', 'version', 'reason', 'stepUp'],
                properties: {
                  revision: { type: 'integer' },
                  version: {
                    type: 'string',
                    description:
                      'What the version of the policies will be, as the check says.',
                  },
                  reason: { type: 'string', minLength: 10, maxLength: 4000 },
                  stepUp: { $ref: '#/components/schemas/StepUpProof' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The proposal',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PolicyProposalDetail' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/proposals/{id}/patch': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getPolicyProposalPatch',
        tags: ['policies'],
        summary: 'The proposal as a patch for `git apply`.',
        responses: {
          '200': {
            description: 'Unified diff',
            content: { 'text/x-diff': { schema: { type: 'string' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/activations': {
      get: {
        operationId: 'listPolicyActivations',
        tags: ['policies'],
        summary: 'What came into force when, and by whom, the newest first.',
        parameters: [
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Activations',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/PolicyActivation' },
                    },
                    nextCursor: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/policies/activations/{id}': {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
      ],
      get: {
        operationId: 'getPolicyActivation',
        tags: ['policies'],
        summary: 'One activation with the texts that it changed.',
        responses: {
          '200': {
            description: 'The activation',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['activation', 'files'],
                  properties: {
                    activation: {
                      $ref: '#/components/schemas/PolicyActivation',
                    },
                    files: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/ChangedPolicyFile' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/allowlist': {
      get: {
        operationId: 'getAllowlist',
        tags: ['allowlist'],
        summary: 'Every live grant.',
        responses: {
          '200': {
            description: 'Grants',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Allowlist' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/allowlist/epoch': {
      post: {
        operationId: 'raiseEpoch',
        tags: ['allowlist'],
        summary:
          'Begin a new epoch after a database was restored, so that gateways take snapshots older than what they hold. Needs permission `model.gateway.manage` and a passkey.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['reason', 'stepUp'],
                properties: {
                  reason: { type: 'string', minLength: 10, maxLength: 4000 },
                  stepUp: { $ref: '#/components/schemas/StepUpProof' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The epoch that counts now',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['epoch'],
                  properties: { epoch: { type: 'integer' } },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/allowlist/snapshot': {
      get: {
        operationId: 'getSnapshot',
        tags: ['gateways'],
        summary: 'The signed full snapshot. `Authorization: Gateway <proof>`.',
        responses: {
          '200': {
            description: 'A SignedSnapshot of @modelhub/governance-protocol',
            content: {
              'application/json': {
                schema: { type: 'object', additionalProperties: true },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/allowlist/stream': {
      get: {
        operationId: 'streamSnapshots',
        tags: ['gateways'],
        summary:
          'Server-sent events `snapshot`, `delta` and `heartbeat`, each with a SignedSnapshot. `Authorization: Gateway <proof>`.',
        parameters: [
          {
            name: 'after',
            in: 'query',
            schema: { type: 'integer', minimum: 0 },
          },
          {
            name: 'epoch',
            in: 'query',
            schema: { type: 'integer', minimum: 0 },
          },
        ],
        responses: {
          '200': {
            description: 'An endless stream',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/gateways': {
      get: {
        operationId: 'listGateways',
        tags: ['gateways'],
        responses: {
          '200': {
            description: 'Gateways',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Gateway' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/gateways/invitations': {
      post: {
        operationId: 'inviteGateway',
        tags: ['gateways'],
        summary:
          'A single-use token with which a new gateway enrols. Shown once.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['name'],
                properties: {
                  name: { type: 'string', minLength: 1, maxLength: 100 },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'The token',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['token', 'expiresAt'],
                  properties: {
                    token: { type: 'string' },
                    expiresAt: { type: 'string' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/gateways/enrol': {
      post: {
        operationId: 'enrolGateway',
        tags: ['gateways'],
        summary:
          'Exchange an invitation for an identity. Needs no other credentials.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['token', 'name', 'publicKey'],
                properties: {
                  token: { type: 'string' },
                  name: { type: 'string', minLength: 1, maxLength: 100 },
                  publicKey: {
                    type: 'string',
                    description: 'Ed25519, SPKI PEM',
                  },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'The identity',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['gatewayId', 'signingKeys'],
                  properties: {
                    gatewayId: { type: 'string' },
                    signingKeys: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/PublicKey' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/gateways/status': {
      post: {
        operationId: 'reportGatewayStatus',
        tags: ['gateways'],
        summary:
          'A gateway says which version it holds. `Authorization: Gateway <proof>`.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['epoch', 'version'],
                properties: {
                  epoch: { type: 'integer' },
                  version: { type: 'integer' },
                  alarms: { type: 'array', items: { type: 'string' } },
                },
              },
            },
          },
        },
        responses: {
          '204': { description: 'Noted' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/gateways/{id}': {
      delete: {
        operationId: 'removeGateway',
        tags: ['gateways'],
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '204': { description: 'Its identity no longer counts' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/gateways/{id}/identity': {
      get: {
        operationId: 'getGatewayIdentity',
        tags: ['gateways'],
        summary:
          'The public key of an enrolled gateway, so that other backends can check its proofs. For service principals.',
        parameters: [{ $ref: '#/components/parameters/Id' }],
        responses: {
          '200': {
            description: 'Who it is',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/GatewayPublicIdentity' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/signing-keys': {
      get: {
        operationId: 'listSigningKeys',
        tags: ['gateways'],
        summary:
          'Public keys of snapshots, ledger checkpoints and approval statements.',
        responses: {
          '200': {
            description: 'Keys',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/PublicKey' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/signing-keys/rotate': {
      post: {
        operationId: 'rotateSigningKey',
        tags: ['gateways'],
        summary:
          'Sign with a new key from now on. The key before vouches for it, so that gateways follow without enrolling again. Needs permission `model.gateway.manage` and a passkey.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['use', 'reason', 'stepUp'],
                properties: {
                  use: {
                    type: 'string',
                    enum: ['snapshot', 'ledger', 'statement'],
                  },
                  reason: { type: 'string', minLength: 10, maxLength: 4000 },
                  stepUp: { $ref: '#/components/schemas/StepUpProof' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'The key that signs now',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PublicKey' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/ledger': {
      get: {
        operationId: 'listLedger',
        tags: ['ledger'],
        parameters: [
          {
            name: 'entityRef',
            in: 'query',
            schema: { type: 'string' },
            description: 'Events of a model and of its approvals.',
          },
          { name: 'subject', in: 'query', schema: { type: 'string' } },
          { name: 'type', in: 'query', schema: { type: 'string' } },
          {
            name: 'order',
            in: 'query',
            schema: { type: 'string', enum: ['newest', 'oldest'] },
          },
          { $ref: '#/components/parameters/Cursor' },
          { $ref: '#/components/parameters/Limit' },
        ],
        responses: {
          '200': {
            description: 'Events in readable form',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/TimelineEntry' },
                    },
                    nextCursor: { type: 'string' },
                    totalItems: { type: 'integer' },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/ledger/export': {
      get: {
        operationId: 'exportLedger',
        tags: ['ledger'],
        summary:
          'The chain as JSON Lines, one LedgerEvent of @modelhub/governance-protocol a line; checkpoints are at /ledger/checkpoints.',
        parameters: [
          {
            name: 'entityRef',
            in: 'query',
            schema: { type: 'string' },
            description:
              'Only events of this model: for reading, not for verification.',
          },
        ],
        responses: {
          '200': {
            description: 'JSON Lines',
            content: { 'application/x-ndjson': { schema: { type: 'string' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/ledger/verification': {
      get: {
        operationId: 'verifyLedger',
        tags: ['ledger'],
        summary: 'Check the whole chain and its checkpoints now.',
        responses: {
          '200': {
            description: 'The result',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['ok', 'events'],
                  properties: {
                    ok: { type: 'boolean' },
                    events: { type: 'integer' },
                    head: {
                      type: 'string',
                      description: 'Hash of the last event.',
                    },
                    checkpoints: { type: 'integer' },
                    firstBad: {
                      type: 'object',
                      required: ['seq', 'reason'],
                      properties: {
                        seq: { type: 'integer' },
                        reason: { type: 'string' },
                      },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/ledger/checkpoints': {
      get: {
        operationId: 'listCheckpoints',
        tags: ['ledger'],
        responses: {
          '200': {
            description: 'Checkpoints',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { type: 'object', additionalProperties: true },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/passkeys': {
      get: {
        operationId: 'listPasskeys',
        tags: ['passkeys'],
        summary: "The caller's own passkeys.",
        responses: {
          '200': {
            description: 'Passkeys',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'mayEnrol'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/Passkey' },
                    },
                    mayEnrol: {
                      type: 'boolean',
                      description: 'An open invitation or an existing passkey.',
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/passkeys/invitations': {
      get: {
        operationId: 'listPasskeyInvitations',
        tags: ['passkeys'],
        responses: {
          '200': {
            description: 'Open invitations',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/PasskeyInvitation' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'invitePasskey',
        tags: ['passkeys'],
        summary:
          'Let a user enrol a first passkey. Permission `model.passkey.invite`.',
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['user'],
                properties: { user: { type: 'string' } },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'Invitation',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PasskeyInvitation' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/passkeys/registration/options': {
      post: {
        operationId: 'passkeyRegistrationOptions',
        tags: ['passkeys'],
        summary:
          'Options for `navigator.credentials.create`. Someone who has a passkey must send an assertion of it (action `passkey.enrol`) instead of an invitation.',
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  stepUp: { $ref: '#/components/schemas/StepUpProof' },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'PublicKeyCredentialCreationOptionsJSON',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/passkeys/registration': {
      post: {
        operationId: 'registerPasskey',
        tags: ['passkeys'],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['name', 'response'],
                properties: {
                  name: { type: 'string', minLength: 1, maxLength: 100 },
                  response: {
                    type: 'object',
                    description: 'RegistrationResponseJSON',
                  },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'Enrolled',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Passkey' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/passkeys/{id}': {
      delete: {
        operationId: 'removePasskey',
        tags: ['passkeys'],
        parameters: [
          { $ref: '#/components/parameters/Id' },
          { $ref: '#/components/parameters/IdempotencyKey' },
        ],
        responses: {
          '204': { description: 'Removed' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/step-up/challenges': {
      post: {
        operationId: 'createStepUpChallenge',
        tags: ['passkeys'],
        summary:
          'Options for `navigator.credentials.get` whose challenge is SHA-256(nonce ‖ user ‖ canonical payload).',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['action', 'payload'],
                properties: {
                  action: {
                    type: 'string',
                    enum: [
                      'approval.command',
                      'approval.break-glass',
                      'gate.waive',
                      'passkey.enrol',
                      'epoch.raise',
                      'signing-key.rotate',
                      'policy.activate',
                    ],
                  },
                  payload: {
                    type: 'object',
                    description:
                      'Exactly what will be sent with the command, without `stepUp`, plus `id` of the subject.',
                  },
                },
              },
            },
          },
        },
        responses: {
          '201': {
            description: 'Challenge',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['challengeId', 'options'],
                  properties: {
                    challengeId: { type: 'string' },
                    options: {
                      type: 'object',
                      description: 'PublicKeyCredentialRequestOptionsJSON',
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/drift-policy': {
      get: {
        operationId: 'getDriftPolicy',
        tags: ['drift'],
        summary:
          'What is done when calls of a model differ from their reference, by tier. Each step has those before it.',
        responses: {
          '200': {
            description: 'One item for each tier',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/DriftPolicyItem' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/drift-reports': {
      post: {
        operationId: 'reportDrift',
        tags: ['drift'],
        summary:
          'The usage backend tells of drift; what policy says is done, once for each episode. For services.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/DriftReport' },
            },
          },
        },
        responses: {
          '200': {
            description: 'What was done, the same however often it is sent',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['taken'],
                  properties: {
                    taken: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/DriftActionTaken' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
  },
  components: {
    parameters: {
      Id: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string' },
      },
      Cursor: { name: 'cursor', in: 'query', schema: { type: 'string' } },
      Limit: {
        name: 'limit',
        in: 'query',
        schema: { type: 'integer', minimum: 1, maximum: 200 },
      },
      IdempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        description:
          'The same key with the same body answers as the first time and does nothing twice; with another body it is refused.',
        schema: { type: 'string', minLength: 8, maxLength: 200 },
      },
    },
    responses: {
      Error: {
        description: 'An error as @backstage/errors serialises it',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
    schemas: {
      DriftActionName: {
        type: 'string',
        enum: ['notify', 're-evaluate', 'canary-back', 'suspend'],
      },
      DriftPolicyItem: {
        type: 'object',
        required: ['tier', 'action', 'words'],
        properties: {
          tier: { $ref: '#/components/schemas/Tier' },
          action: { $ref: '#/components/schemas/DriftActionName' },
          words: { type: 'string' },
        },
      },
      DriftReport: {
        type: 'object',
        required: [
          'episode',
          'gatewayId',
          'modelVersion',
          'since',
          'summary',
          'link',
        ],
        properties: {
          episode: { type: 'string', format: 'uuid' },
          gatewayId: { type: 'string', minLength: 1, maxLength: 512 },
          modelVersion: { type: 'string', minLength: 1, maxLength: 512 },
          since: { type: 'string', format: 'date' },
          summary: { type: 'string', minLength: 1, maxLength: 4000 },
          link: { type: 'string', pattern: '^/', maxLength: 2000 },
        },
      },
      DriftActionTaken: {
        type: 'object',
        required: ['action', 'tiers', 'words'],
        properties: {
          action: { $ref: '#/components/schemas/DriftActionName' },
          tiers: { type: 'array', items: { type: 'string' } },
          words: { type: 'string' },
        },
      },
      Error: {
        type: 'object',
        required: ['error', 'response'],
        properties: {
          error: {
            type: 'object',
            required: ['name', 'message'],
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
              code: { type: 'string' },
            },
          },
          request: {
            type: 'object',
            properties: { method: { type: 'string' }, url: { type: 'string' } },
          },
          response: {
            type: 'object',
            required: ['statusCode'],
            properties: { statusCode: { type: 'number' } },
          },
        },
      },
      Tier: {
        type: 'string',
        enum: ['sandbox', 'internal', 'customer-facing', 'regulated'],
      },
      SignOffRole: {
        type: 'string',
        enum: ['lead', 'security', 'legal', 'risk'],
      },
      ApprovalState: {
        type: 'string',
        enum: [
          'draft',
          'checking',
          'changes-requested',
          'in-review',
          'approved',
          'rejected',
          'withdrawn',
          'suspended',
          'revoked',
          'expired',
          'superseded',
        ],
      },
      ApprovalKind: {
        type: 'string',
        enum: ['standard', 'emergency', 'admin-grant'],
      },
      CreateApproval: {
        type: 'object',
        additionalProperties: false,
        required: [
          'entityRef',
          'modelVersion',
          'tier',
          'purpose',
          'profile',
          'justification',
        ],
        properties: {
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          justification: { type: 'string', minLength: 10, maxLength: 4000 },
          requesterGroup: {
            type: 'string',
            description:
              "One of the caller's groups, whose lead is asked; the first one with a lead by default.",
          },
          submit: { type: 'boolean' },
          expectedUse: { $ref: '#/components/schemas/ExpectedUse' },
        },
      },
      ExpectedUse: {
        type: 'object',
        description:
          'What the requester expects to send in a month, for what it costs and which hardware it takes.',
        additionalProperties: false,
        required: ['inputTokensPerMonth', 'outputTokensPerMonth'],
        properties: {
          inputTokensPerMonth: {
            type: 'integer',
            minimum: 0,
            maximum: 1000000000000000,
          },
          outputTokensPerMonth: {
            type: 'integer',
            minimum: 0,
            maximum: 1000000000000000,
          },
          peakConcurrent: {
            type: 'integer',
            minimum: 1,
            maximum: 1000000,
            description: 'Requests that are worked on at the same moment.',
          },
        },
      },
      PreviewApproval: {
        type: 'object',
        additionalProperties: false,
        required: ['entityRef', 'tier'],
        properties: {
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          requesterGroup: { type: 'string' },
        },
      },
      ApprovalPreview: {
        type: 'object',
        required: ['demands', 'problems', 'versions'],
        properties: {
          demands: { $ref: '#/components/schemas/Demands' },
          problems: {
            type: 'array',
            items: { $ref: '#/components/schemas/Refusal' },
            description: 'What would be refused at submit.',
          },
          versions: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'pinned'],
              properties: {
                name: { type: 'string' },
                pinned: { type: 'boolean' },
                pin: { type: 'string' },
                missing: { type: 'string' },
              },
            },
          },
          existing: {
            type: 'array',
            items: { $ref: '#/components/schemas/Approval' },
            description: 'Live approvals and open requests of the same scope.',
          },
        },
      },
      Demands: {
        type: 'object',
        description: 'What the policy asks for.',
        required: [
          'tier',
          'policyVersion',
          'gates',
          'signOffs',
          'expiresAfterDays',
        ],
        properties: {
          tier: { $ref: '#/components/schemas/Tier' },
          policyVersion: { type: 'string' },
          expiresAfterDays: { type: 'integer' },
          gates: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'title', 'required'],
              properties: {
                id: { type: 'string' },
                title: { type: 'string' },
                description: { type: 'string' },
                required: { type: 'boolean' },
                params: { type: 'object' },
                waivableBy: { type: 'array', items: { type: 'string' } },
                waiverDays: {
                  type: 'integer',
                  description: 'A waiver ends after at most.',
                },
                waiverSecondFactor: { type: 'boolean' },
              },
            },
          },
          signOffs: {
            type: 'array',
            items: { $ref: '#/components/schemas/SignOffDemand' },
          },
        },
      },
      SignOffDemand: {
        type: 'object',
        required: ['role', 'quorum', 'groups', 'secondFactor'],
        properties: {
          role: { $ref: '#/components/schemas/SignOffRole' },
          quorum: { type: 'integer', minimum: 1 },
          groups: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Groups whose members hold the role; for `lead` the group whose lead is asked.',
          },
          people: {
            type: 'array',
            items: { type: 'string' },
            description: 'Who could sign now.',
          },
          secondFactor: { type: 'boolean' },
          given: { type: 'integer' },
        },
      },
      Approval: {
        type: 'object',
        required: [
          'id',
          'kind',
          'state',
          'revision',
          'entityRef',
          'gatewayId',
          'provider',
          'modelVersion',
          'tier',
          'purpose',
          'profile',
          'requester',
          'createdAt',
          'updatedAt',
          'waitingFor',
        ],
        properties: {
          id: { type: 'string' },
          kind: { $ref: '#/components/schemas/ApprovalKind' },
          state: { $ref: '#/components/schemas/ApprovalState' },
          revision: {
            type: 'integer',
            description: 'Optimistic version; send it with commands.',
          },
          entityRef: { type: 'string' },
          title: { type: 'string', description: 'Title or name of the model.' },
          gatewayId: { type: 'string' },
          provider: { type: 'string' },
          modelVersion: { type: 'string' },
          digest: { type: 'string' },
          providerModelId: { type: 'string' },
          snapshotDate: { type: 'string' },
          decisionFactsHash: { type: 'string' },
          policyVersion: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          justification: { type: 'string' },
          expectedUse: { $ref: '#/components/schemas/ExpectedUse' },
          requester: { type: 'string' },
          requesterGroup: { type: 'string' },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
          submittedAt: { type: 'string', format: 'date-time' },
          waitingSince: { type: 'string', format: 'date-time' },
          approvedAt: { type: 'string', format: 'date-time' },
          expiresAt: { type: 'string', format: 'date-time' },
          waivedUntil: {
            type: 'string',
            format: 'date-time',
            description:
              'When the first waiver ends that it rests on. Then it is looked at again.',
          },
          waitingFor: {
            type: 'array',
            items: { type: 'string' },
            description: 'Roles (`security`), `gates` or `requester`.',
          },
          blockers: {
            type: 'array',
            items: { $ref: '#/components/schemas/Refusal' },
          },
          pendingRequestId: {
            type: 'string',
            description: 'Emergency approvals only.',
          },
          supersededBy: { type: 'string' },
          reviewedAt: {
            type: 'string',
            format: 'date-time',
            description: 'Emergency approvals only.',
          },
        },
      },
      ApprovalPage: {
        type: 'object',
        required: ['items', 'totalItems'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Approval' },
          },
          totalItems: { type: 'integer' },
          nextCursor: { type: 'string' },
        },
      },
      ApprovalDetail: {
        allOf: [
          { $ref: '#/components/schemas/Approval' },
          {
            type: 'object',
            required: ['demands', 'gates', 'signOffs', 'holds', 'commands'],
            properties: {
              demands: { $ref: '#/components/schemas/Demands' },
              gates: {
                type: 'array',
                items: { $ref: '#/components/schemas/GateResult' },
              },
              signOffs: {
                type: 'array',
                items: { $ref: '#/components/schemas/SignOff' },
              },
              holds: {
                type: 'array',
                items: { $ref: '#/components/schemas/Hold' },
              },
              commands: {
                type: 'array',
                items: { $ref: '#/components/schemas/CommandOption' },
                description:
                  'What the caller may do now, and what is shown greyed out with the reason.',
              },
            },
          },
        ],
      },
      GateResult: {
        type: 'object',
        required: ['gateId', 'title', 'required', 'status', 'attempts'],
        properties: {
          gateId: { type: 'string' },
          title: { type: 'string' },
          required: { type: 'boolean' },
          status: {
            type: 'string',
            enum: [
              'queued',
              'running',
              'pass',
              'warn',
              'fail',
              'error',
              'needs-evidence',
              'waived',
              'not-applicable',
            ],
            description:
              '`not-applicable` was not asked of this model and holds nothing up.',
          },
          summary: { type: 'string' },
          findings: {
            type: 'array',
            items: { $ref: '#/components/schemas/Finding' },
          },
          evidence: { type: 'object' },
          takesEvidence: {
            type: 'boolean',
            description: 'Whether pipelines submit evidence to it.',
          },
          evidenceId: { type: 'string' },
          evidenceDigest: {
            type: 'string',
            description:
              '`sha256:…` over verdict, findings, evidence and files in canonical JSON; the ledger names it where there are files.',
          },
          files: {
            type: 'array',
            items: { $ref: '#/components/schemas/EvidenceFile' },
            description: 'Documents to download.',
          },
          progress: {
            type: 'object',
            required: ['message'],
            description: 'While it runs.',
            properties: {
              message: { type: 'string' },
              fraction: { type: 'number', description: '0 to 1' },
            },
          },
          gateVersion: { type: 'string' },
          attempts: { type: 'integer' },
          fromCache: { type: 'boolean' },
          startedAt: { type: 'string' },
          finishedAt: { type: 'string' },
          nextAttemptAt: { type: 'string' },
          waiver: {
            type: 'object',
            required: ['by', 'reason', 'until'],
            properties: {
              by: { type: 'string' },
              reason: { type: 'string' },
              until: { type: 'string' },
              at: { type: 'string' },
            },
          },
        },
      },
      EvidenceFile: {
        type: 'object',
        required: ['name', 'mediaType', 'sizeBytes', 'sha256'],
        properties: {
          name: { type: 'string' },
          mediaType: { type: 'string' },
          sizeBytes: { type: 'integer' },
          sha256: { type: 'string', description: 'Lower-case hex.' },
        },
      },
      Finding: {
        type: 'object',
        required: ['id', 'severity', 'message'],
        properties: {
          id: { type: 'string' },
          severity: {
            type: 'string',
            enum: ['info', 'low', 'medium', 'high', 'critical'],
          },
          message: { type: 'string' },
          field: {
            type: 'string',
            description: 'Path in the entity, for example `spec.license.id`.',
          },
          howToFix: { type: 'string' },
          link: { type: 'string' },
        },
      },
      SignOff: {
        type: 'object',
        required: ['id', 'role', 'decision', 'by', 'at', 'valid'],
        properties: {
          id: { type: 'string' },
          role: { $ref: '#/components/schemas/SignOffRole' },
          decision: {
            type: 'string',
            enum: ['approve', 'reject', 'request-changes'],
          },
          by: { type: 'string' },
          onBehalfOf: { type: 'string' },
          reason: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          secondFactor: { type: 'boolean' },
          valid: {
            type: 'boolean',
            description: 'False when the subject changed after it.',
          },
        },
      },
      WaiverState: { type: 'string', enum: ['active', 'ending', 'ended'] },
      Waiver: {
        type: 'object',
        description:
          'Lets a gate count as passed for one approval, until its end.',
        required: [
          'id',
          'gateId',
          'title',
          'state',
          'by',
          'reason',
          'at',
          'until',
          'ageDays',
          'approval',
          'mayEnd',
        ],
        properties: {
          id: { type: 'string' },
          gateId: { type: 'string' },
          title: { type: 'string', description: 'Of the gate.' },
          state: {
            allOf: [{ $ref: '#/components/schemas/WaiverState' }],
            description: '`ending`: within 14 days.',
          },
          by: { type: 'string' },
          reason: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          until: {
            type: 'string',
            format: 'date-time',
            description:
              'As it was given; `endedAt` says when it ended before that.',
          },
          ageDays: { type: 'integer' },
          endedAt: { type: 'string', format: 'date-time' },
          endedBy: { type: 'string', description: 'A person, or `system`.' },
          endReason: { type: 'string' },
          ended: {
            type: 'string',
            enum: [
              'time',
              'early',
              'renewed',
              'other-question',
              'approval-over',
            ],
            description: 'Why it does not count any more.',
          },
          mayEnd: {
            type: 'boolean',
            description: 'Whether the caller may end it.',
          },
          approval: {
            type: 'object',
            description: 'What rests on it.',
            required: [
              'id',
              'state',
              'entityRef',
              'modelVersion',
              'gatewayId',
              'tier',
              'purpose',
              'profile',
              'requester',
              'ownerRef',
            ],
            properties: {
              id: { type: 'string' },
              state: { $ref: '#/components/schemas/ApprovalState' },
              entityRef: { type: 'string' },
              title: { type: 'string' },
              modelVersion: { type: 'string' },
              gatewayId: { type: 'string' },
              tier: { $ref: '#/components/schemas/Tier' },
              purpose: { type: 'string' },
              profile: { type: 'string' },
              requester: { type: 'string' },
              ownerRef: { type: 'string' },
              restsOnIt: {
                type: 'boolean',
                description:
                  'The approval was given, and without the waiver it would not be.',
              },
            },
          },
        },
      },
      ExceptionInForce: {
        type: 'object',
        description:
          'A policy file that asks for less than the organisation does, for a while.',
        required: [
          'name',
          'reason',
          'by',
          'until',
          'endsAt',
          'state',
          'tier',
          'scope',
          'file',
          'approvals',
        ],
        properties: {
          name: { type: 'string' },
          reason: { type: 'string' },
          by: { type: 'string', description: 'Who answers for it.' },
          until: { type: 'string', description: 'Its last day, in UTC.' },
          endsAt: { type: 'string', format: 'date-time' },
          state: { $ref: '#/components/schemas/WaiverState' },
          tier: { $ref: '#/components/schemas/Tier' },
          scope: { type: 'string' },
          file: { type: 'string' },
          loosens: {
            type: 'array',
            items: { type: 'string' },
            description: 'What it changes, in words.',
          },
          approvals: {
            type: 'array',
            items: { $ref: '#/components/schemas/Approval' },
            description:
              'Live approvals that rest on it and that the caller may read.',
          },
        },
      },
      Checklist: {
        type: 'object',
        required: [
          'entityRef',
          'tier',
          'modelVersion',
          'policyVersion',
          'items',
          'counts',
          'ready',
        ],
        properties: {
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          approval: {
            type: 'object',
            description: 'The request or approval that it is about.',
            required: ['id', 'state'],
            properties: {
              id: { type: 'string' },
              state: { $ref: '#/components/schemas/ApprovalState' },
              expiresAt: { type: 'string', format: 'date-time' },
            },
          },
          policyVersion: { type: 'string' },
          expiresAfterDays: { type: 'integer' },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ChecklistItem' },
          },
          counts: {
            type: 'object',
            description:
              'Items that are required, by what is to be done about them.',
            required: ['total', 'done', 'itself', 'owed', 'failing'],
            properties: {
              total: { type: 'integer' },
              done: { type: 'integer' },
              itself: { type: 'integer' },
              owed: { type: 'integer' },
              failing: { type: 'integer' },
            },
          },
          ready: {
            type: 'boolean',
            description:
              'Nothing that is known speaks against it: what is left runs by itself or is a signature.',
          },
          estimate: {
            type: 'object',
            description:
              'How long similar requests took from request to approval; only when there were enough of them.',
            required: ['medianHours', 'requests', 'like'],
            properties: {
              medianHours: { type: 'number' },
              slowestTenthHours: {
                type: 'number',
                description: 'One in ten took at least this long.',
              },
              requests: { type: 'integer' },
              like: { type: 'string', enum: ['purpose', 'tier'] },
            },
          },
        },
      },
      ChecklistItem: {
        type: 'object',
        required: ['id', 'group', 'title', 'state', 'required'],
        properties: {
          id: {
            type: 'string',
            description:
              '`gate:licence`, `sign-off:legal`, `request:no-owner`, `passkey:security`.',
          },
          group: {
            type: 'string',
            enum: ['request', 'checks', 'people'],
            description: '`request`: before one can ask at all.',
          },
          title: { type: 'string' },
          required: { type: 'boolean', description: 'False: advice only.' },
          state: {
            type: 'string',
            enum: [
              'done',
              'waived',
              'itself',
              'running',
              'owed',
              'failing',
              'not-applicable',
              'unknown',
            ],
            description:
              '`itself`: runs by itself; `owed`: somebody has to do something; `failing`: known not to pass; `unknown`: it could not be found out.',
          },
          source: {
            type: 'string',
            enum: ['request', 'known', 'foreseen'],
            description:
              'Where the answer is from: this request, the same question asked before, or a look at the facts right now.',
          },
          summary: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          gateId: { type: 'string' },
          role: { $ref: '#/components/schemas/SignOffRole' },
          evidenceId: { type: 'string' },
          owes: {
            type: 'object',
            description: 'Who has to do something.',
            required: ['party', 'people', 'groups'],
            properties: {
              party: {
                type: 'string',
                enum: [
                  'requester',
                  'owner',
                  'pipeline',
                  'signer',
                  'administrator',
                ],
              },
              people: { type: 'array', items: { type: 'string' } },
              groups: { type: 'array', items: { type: 'string' } },
              you: {
                type: 'boolean',
                description: 'The caller is one of them.',
              },
            },
          },
          doneBy: { type: 'array', items: { type: 'string' } },
          quorum: { type: 'integer' },
          given: { type: 'integer' },
          secondFactor: { type: 'boolean' },
          howTo: { type: 'array', items: { type: 'string' } },
          waivableBy: { type: 'array', items: { type: 'string' } },
          waivedUntil: { type: 'string', format: 'date-time' },
          actions: {
            type: 'array',
            items: { $ref: '#/components/schemas/ChecklistAction' },
          },
        },
      },
      ChecklistAction: {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: {
            type: 'string',
            enum: [
              'edit-model',
              'view-model',
              'send-evidence',
              'enrol-passkey',
              'open-request',
              'open-waiver',
            ],
          },
          href: {
            type: 'string',
            description: 'An address outside the portal.',
          },
          approvalId: { type: 'string' },
        },
      },
      EvidenceEnvelope: {
        description:
          'DSSE 1.0 with one Ed25519 signature over an in-toto statement.',
        type: 'object',
        additionalProperties: false,
        required: ['payload', 'payloadType', 'signatures'],
        properties: {
          payload: { type: 'string', description: 'Base64' },
          payloadType: { type: 'string' },
          signatures: {
            type: 'array',
            minItems: 1,
            maxItems: 1,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['keyid', 'sig'],
              properties: {
                keyid: { type: 'string' },
                sig: { type: 'string', description: 'Base64' },
              },
            },
          },
        },
      },
      EvidenceReceipt: {
        type: 'object',
        required: [
          'id',
          'digest',
          'gateId',
          'entityRef',
          'modelVersion',
          'pin',
          'predicateType',
          'submittedAt',
          'rechecked',
          'replayed',
        ],
        properties: {
          id: { type: 'string' },
          digest: {
            type: 'string',
            description: '`sha256:…` of the envelope.',
          },
          gateId: { type: 'string' },
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
          pin: { type: 'string' },
          predicateType: { type: 'string' },
          submittedAt: { type: 'string', format: 'date-time' },
          rechecked: {
            type: 'integer',
            description: 'Requests whose gate runs again because of it.',
          },
          replayed: { type: 'boolean' },
        },
      },
      EvidenceTokenInput: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'entityRef', 'modelVersion', 'gates'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 100 },
          entityRef: { type: 'string' },
          modelVersion: { type: 'string', minLength: 1, maxLength: 200 },
          gates: {
            type: 'array',
            minItems: 1,
            maxItems: 50,
            items: { type: 'string' },
          },
          owner: {
            type: 'string',
            description:
              'Entity ref of the caller or a group of theirs; the caller by default.',
          },
          expiresInDays: { type: 'integer', minimum: 1 },
        },
      },
      EvidenceToken: {
        type: 'object',
        required: [
          'id',
          'kind',
          'name',
          'hint',
          'keyId',
          'entityRef',
          'modelVersion',
          'pin',
          'gates',
          'owner',
          'issuedBy',
          'createdAt',
          'expiresAt',
        ],
        properties: {
          id: { type: 'string' },
          kind: {
            type: 'string',
            enum: ['issued', 'ci', 'hub'],
            description:
              '`ci`: made for a few minutes for a pipeline that showed its identity; `hub`: for one evaluation that ran in the hub.',
          },
          name: { type: 'string' },
          hint: { type: 'string', description: 'End of the secret.' },
          keyId: { type: 'string' },
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
          pin: { type: 'string' },
          gates: { type: 'array', items: { type: 'string' } },
          owner: { type: 'string' },
          issuedBy: { type: 'string' },
          identity: {
            type: 'object',
            description: 'What the CI system said of the pipeline.',
            additionalProperties: { type: 'string' },
          },
          createdAt: { type: 'string', format: 'date-time' },
          expiresAt: { type: 'string', format: 'date-time' },
          revokedAt: { type: 'string', format: 'date-time' },
          lastUsedAt: { type: 'string', format: 'date-time' },
        },
      },
      IssuedEvidenceToken: {
        allOf: [
          { $ref: '#/components/schemas/EvidenceToken' },
          {
            type: 'object',
            properties: {
              token: {
                type: 'string',
                description: 'The token as one line; shown only now.',
              },
            },
          },
        ],
      },
      CiIdentityInput: {
        type: 'object',
        additionalProperties: false,
        required: ['idToken', 'publicKey', 'entityRef', 'modelVersion'],
        properties: {
          idToken: {
            type: 'string',
            maxLength: 16384,
            description: 'OIDC identity token of the CI system.',
          },
          publicKey: {
            type: 'string',
            maxLength: 1000,
            description:
              'Ed25519, SPKI PEM; the pipeline made the pair for itself.',
          },
          entityRef: { type: 'string' },
          modelVersion: { type: 'string', minLength: 1, maxLength: 200 },
        },
      },
      OnlineScorer: {
        type: 'object',
        additionalProperties: false,
        required: ['metric', 'type'],
        properties: {
          metric: { type: 'string', pattern: '^[a-z][A-Za-z0-9_-]{0,63}$' },
          type: {
            type: 'string',
            enum: ['length', 'refusal', 'regex', 'json-schema', 'repetition'],
          },
          pattern: { type: 'string', minLength: 1, maxLength: 500 },
          schema: { type: 'string', minLength: 1, maxLength: 8000 },
          direction: { type: 'string', enum: ['higher', 'lower'] },
        },
      },
      OnlineStopRule: {
        type: 'object',
        additionalProperties: false,
        description:
          'The experiment stops by itself when the challenger is significantly worse by more than this.',
        required: ['metric', 'margin'],
        properties: {
          metric: { type: 'string', minLength: 1, maxLength: 64 },
          margin: { type: 'number', minimum: 0 },
        },
      },
      OnlineExperimentInput: {
        type: 'object',
        additionalProperties: false,
        required: [
          'title',
          'profile',
          'purpose',
          'control',
          'sampling',
          'days',
        ],
        properties: {
          title: { type: 'string', minLength: 1, maxLength: 200 },
          profile: { type: 'string' },
          purpose: { type: 'string' },
          tiers: {
            type: 'array',
            minItems: 1,
            items: { $ref: '#/components/schemas/Tier' },
          },
          control: {
            type: 'string',
            description:
              'Gateway id, or `id@version`; the newest allowed version without.',
          },
          challenger: {
            type: 'string',
            description: 'As control; absent for scoring alone.',
          },
          share: {
            type: 'number',
            minimum: 0,
            maximum: 0.5,
            description: 'Which part of the callers gets the challenger.',
          },
          sampling: {
            type: 'number',
            exclusiveMinimum: 0,
            maximum: 1,
            description: 'Which part of the calls is scored.',
          },
          pinned: {
            type: 'boolean',
            description:
              'Calls that pin the version of the control take part too.',
          },
          scorers: {
            type: 'array',
            maxItems: 10,
            items: { $ref: '#/components/schemas/OnlineScorer' },
          },
          stopRule: { $ref: '#/components/schemas/OnlineStopRule' },
          failureMargin: {
            type: 'number',
            minimum: 0,
            maximum: 1,
            description:
              'How many more calls of the challenger may fail; 0.05 without.',
          },
          days: { type: 'integer', minimum: 1, maximum: 30 },
          gateways: {
            type: 'array',
            minItems: 1,
            items: { type: 'string' },
            description: 'Ids of the gateways that take part; all without.',
          },
        },
      },
      OnlineModel: {
        type: 'object',
        required: ['gatewayId', 'version', 'entityRef'],
        properties: {
          gatewayId: { type: 'string' },
          version: { type: 'string' },
          entityRef: { type: 'string' },
        },
      },
      OnlineExperimentState: {
        type: 'string',
        enum: ['planned', 'running', 'stopped', 'ended'],
        description:
          '`stopped`: by somebody or by itself before its time; `ended`: its time was over, or it was given up before it began.',
      },
      OnlineStop: {
        type: 'object',
        required: ['at', 'kind', 'reason'],
        properties: {
          at: { type: 'string', format: 'date-time' },
          kind: {
            type: 'string',
            enum: [
              'withdrawn',
              'person',
              'worse',
              'failing',
              'not-allowed',
              'old-gateway',
              'drift',
              'time',
            ],
          },
          by: { type: 'string', description: 'Entity ref of whoever did it.' },
          reason: { type: 'string' },
        },
      },
      OnlineExperiment: {
        type: 'object',
        required: [
          'id',
          'title',
          'profile',
          'profileTitle',
          'purpose',
          'tiers',
          'control',
          'share',
          'sampling',
          'pinned',
          'scorers',
          'failureMargin',
          'days',
          'state',
          'createdAt',
          'calls',
          'mayConsent',
          'mayStop',
        ],
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          profile: { type: 'string' },
          profileTitle: { type: 'string' },
          purpose: { type: 'string' },
          tiers: {
            type: 'array',
            items: { $ref: '#/components/schemas/Tier' },
          },
          control: { $ref: '#/components/schemas/OnlineModel' },
          challenger: { $ref: '#/components/schemas/OnlineModel' },
          share: { type: 'number' },
          sampling: { type: 'number' },
          pinned: { type: 'boolean' },
          scorers: {
            type: 'array',
            items: { $ref: '#/components/schemas/OnlineScorer' },
          },
          stopRule: { $ref: '#/components/schemas/OnlineStopRule' },
          failureMargin: { type: 'number' },
          days: { type: 'integer' },
          gateways: { type: 'array', items: { type: 'string' } },
          state: { $ref: '#/components/schemas/OnlineExperimentState' },
          createdAt: { type: 'string', format: 'date-time' },
          createdBy: { type: 'string' },
          startsAt: { type: 'string', format: 'date-time' },
          endsAt: { type: 'string', format: 'date-time' },
          consent: {
            type: 'object',
            required: ['at', 'by', 'textHash'],
            properties: {
              at: { type: 'string', format: 'date-time' },
              by: { type: 'string' },
              textHash: { type: 'string' },
            },
          },
          stop: { $ref: '#/components/schemas/OnlineStop' },
          calls: {
            type: 'object',
            required: [
              'control',
              'challenger',
              'optedOut',
              'dropped',
              'refused',
            ],
            properties: {
              control: { type: 'integer' },
              challenger: { type: 'integer' },
              optedOut: { type: 'integer' },
              dropped: { type: 'integer' },
              refused: { type: 'integer' },
            },
          },
          mayConsent: { type: 'boolean' },
          mayNotConsentBecause: { type: 'string' },
          mayWithdraw: { type: 'boolean' },
          mayStop: { type: 'boolean' },
          results: {
            type: 'array',
            items: { $ref: '#/components/schemas/OnlineResultReference' },
          },
        },
      },
      OnlineResultReference: {
        type: 'object',
        required: ['arm', 'id', 'entityRef', 'modelVersion'],
        properties: {
          arm: { type: 'string', enum: ['control', 'challenger'] },
          id: { type: 'string', description: 'Of the evaluation result.' },
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
        },
      },
      OnlineEstimate: {
        type: 'object',
        required: ['mean', 'calls', 'groups'],
        properties: {
          mean: { type: 'number' },
          interval: {
            type: 'array',
            items: { type: 'number' },
            minItems: 2,
            maxItems: 2,
          },
          calls: { type: 'integer' },
          groups: { type: 'integer', description: 'Groups of callers.' },
        },
      },
      OnlineFigure: {
        type: 'object',
        required: ['metric', 'title', 'unit', 'direction', 'confidence'],
        properties: {
          metric: { type: 'string' },
          title: { type: 'string' },
          unit: { type: 'string' },
          direction: { type: 'string', enum: ['higher', 'lower'] },
          confidence: { type: 'number' },
          control: { $ref: '#/components/schemas/OnlineEstimate' },
          challenger: { $ref: '#/components/schemas/OnlineEstimate' },
          comparison: {
            type: 'object',
            required: ['difference', 'interval', 'standing'],
            description:
              'Challenger minus control, turned so that a negative one is a loss. The interval holds at all times at once.',
            properties: {
              difference: { type: 'number' },
              interval: {
                type: 'array',
                items: { type: 'number' },
                minItems: 2,
                maxItems: 2,
              },
              finalInterval: {
                type: 'array',
                items: { type: 'number' },
                minItems: 2,
                maxItems: 2,
                description:
                  'For one look at the end; narrower. Only of experiments whose time was over.',
              },
              standing: {
                type: 'string',
                enum: ['worse', 'unclear', 'not-worse', 'better'],
              },
            },
          },
          margin: {
            type: 'number',
            description:
              'The experiment stops when the challenger is worse by more; absent where the metric is only shown.',
          },
        },
      },
      OnlineExperimentDetail: {
        allOf: [
          { $ref: '#/components/schemas/OnlineExperiment' },
          {
            type: 'object',
            required: ['consentText', 'consentTextHash', 'figures'],
            properties: {
              consentText: {
                type: 'string',
                description: 'What is consented to.',
              },
              consentTextHash: { type: 'string' },
              figures: {
                type: 'array',
                items: { $ref: '#/components/schemas/OnlineFigure' },
              },
            },
          },
        ],
      },
      OnlineReceipt: {
        type: 'object',
        required: ['batchId', 'accepted', 'refused'],
        properties: {
          batchId: { type: 'string' },
          accepted: { type: 'integer', description: 'Samples that were new.' },
          refused: {
            type: 'array',
            items: {
              type: 'object',
              required: ['experiment', 'reason'],
              properties: {
                experiment: { type: 'string' },
                reason: { type: 'string' },
              },
            },
          },
        },
      },
      EvaluationKind: {
        type: 'string',
        enum: ['quality', 'fairness', 'safety', 'agentic', 'online'],
      },
      EvaluationPackSummary: {
        type: 'object',
        required: [
          'entityRef',
          'name',
          'title',
          'type',
          'version',
          'purposes',
          'modelTasks',
          'problems',
        ],
        properties: {
          entityRef: {
            type: 'string',
            description: 'evaluationpack:<namespace>/<name>',
          },
          name: { type: 'string', description: 'As results name the suite.' },
          title: { type: 'string' },
          description: { type: 'string' },
          type: { $ref: '#/components/schemas/EvaluationKind' },
          version: { type: 'string' },
          owner: { type: 'string', description: 'Entity ref.' },
          lifecycle: { type: 'string' },
          purposes: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Ids of purposes that it is the standard for; all where empty.',
          },
          modelTasks: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Hugging Face task ids of the models that it is for; all where empty.',
          },
          task: {
            type: 'string',
            description: 'chat, completion, retrieval or agent.',
          },
          cases: {
            type: 'integer',
            description: 'Absent where the files cannot be read.',
          },
          digest: {
            type: 'string',
            description: '`sha256:…` of everything that makes the numbers.',
          },
          firstSeenAt: {
            type: 'string',
            description: 'When this version was read first. ISO 8601.',
          },
          problems: {
            type: 'array',
            description:
              'Why it cannot be run as it is; empty where all is well.',
            items: { $ref: '#/components/schemas/EvaluationPackProblem' },
          },
        },
      },
      EvaluationPackProblem: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: {
            type: 'string',
            enum: ['unreadable', 'invalid', 'content-changed'],
            description:
              '`content-changed`: other content under the same version; results of the earlier content stay what they are.',
          },
          message: { type: 'string', description: 'With what to do about it.' },
        },
      },
      EvaluationPackDetail: {
        allOf: [
          { $ref: '#/components/schemas/EvaluationPackSummary' },
          {
            type: 'object',
            required: [
              'isCurrent',
              'criteria',
              'scorers',
              'slices',
              'categories',
              'sample',
              'versions',
            ],
            properties: {
              isCurrent: {
                type: 'boolean',
                description: 'Whether it is the version in the catalog.',
              },
              criteria: {
                type: 'array',
                items: { $ref: '#/components/schemas/EvaluationPackCriterion' },
              },
              scorers: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['name', 'type'],
                  properties: {
                    name: { type: 'string', description: 'Of the metric.' },
                    type: { type: 'string' },
                    title: { type: 'string' },
                    about: { type: 'string' },
                    params: { type: 'object' },
                  },
                },
              },
              fairness: {
                type: 'object',
                required: ['attributes', 'metric'],
                properties: {
                  attributes: { type: 'array', items: { type: 'string' } },
                  metric: { type: 'string' },
                  positiveLabel: { type: 'string' },
                  minimumCases: { type: 'integer' },
                },
              },
              request: {
                type: 'object',
                description:
                  'How every case is asked: temperature, maxTokens, …',
              },
              documents: { type: 'integer', description: 'Of retrieval.' },
              slices: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['attribute', 'values'],
                  properties: {
                    attribute: { type: 'string' },
                    values: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: ['value', 'cases'],
                        properties: {
                          value: { type: 'string' },
                          cases: { type: 'integer' },
                        },
                      },
                    },
                  },
                },
              },
              categories: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['category', 'cases'],
                  properties: {
                    category: { type: 'string' },
                    cases: { type: 'integer' },
                  },
                },
              },
              sample: {
                type: 'array',
                description: 'The first cases, shortened.',
                items: {
                  type: 'object',
                  required: ['id', 'input'],
                  properties: {
                    id: { type: 'string' },
                    input: { type: 'string' },
                    expected: { type: 'string' },
                    behaviour: { type: 'string', enum: ['refuse', 'comply'] },
                    category: { type: 'string' },
                    slices: {
                      type: 'object',
                      additionalProperties: { type: 'string' },
                    },
                  },
                },
              },
              versions: {
                type: 'array',
                description: 'All that were read so far, the last one first.',
                items: {
                  type: 'object',
                  required: ['version', 'digest', 'firstSeenAt'],
                  properties: {
                    version: { type: 'string' },
                    digest: { type: 'string' },
                    firstSeenAt: { type: 'string' },
                  },
                },
              },
            },
          },
        ],
      },
      EvaluationPackCriterion: {
        type: 'object',
        required: ['metric'],
        properties: {
          metric: { type: 'string' },
          statistic: { type: 'string' },
          slice: { type: 'string' },
          atLeast: { type: 'number' },
          atMost: { type: 'number' },
        },
      },
      EvaluationPackDocument: {
        type: 'object',
        required: [
          'format',
          'entityRef',
          'name',
          'version',
          'digest',
          'packYaml',
          'files',
        ],
        properties: {
          format: { type: 'string', enum: ['modelhub-evaluation-pack/v1'] },
          entityRef: { type: 'string' },
          name: { type: 'string' },
          version: { type: 'string' },
          digest: { type: 'string' },
          packYaml: { type: 'string' },
          files: {
            type: 'object',
            description: 'Texts by the path that pack.yaml gives.',
            additionalProperties: { type: 'string' },
          },
        },
      },
      ModelEvaluation: {
        type: 'object',
        required: [
          'id',
          'entityRef',
          'modelVersion',
          'pin',
          'predicateType',
          'resultDigest',
          'pack',
          'source',
          'startedAt',
          'finishedAt',
          'submittedAt',
          'submittedBy',
          'partial',
          'isWithdrawn',
          'gates',
          'metrics',
          'criteria',
          'outcome',
          'failures',
          'tool',
          'hasCases',
        ],
        properties: {
          id: { type: 'string' },
          entityRef: { type: 'string', description: 'Of the model.' },
          modelVersion: { type: 'string' },
          pin: { type: 'string' },
          predicateType: { type: 'string' },
          resultDigest: {
            type: 'string',
            description: '`sha256:…` of the result in canonical JSON.',
          },
          pack: {
            type: 'object',
            required: ['name', 'standing'],
            properties: {
              name: { type: 'string' },
              version: { type: 'string' },
              entityRef: {
                type: 'string',
                description: 'Where the catalog has it.',
              },
              title: { type: 'string' },
              type: { $ref: '#/components/schemas/EvaluationKind' },
              digest: { type: 'string' },
              standing: {
                type: 'string',
                enum: [
                  'current',
                  'outdated',
                  'other-content',
                  'not-in-catalog',
                ],
                description:
                  '`outdated`: the catalog has another version now; `other-content`: the version is that of the catalog, and the content is not what is known of it.',
              },
              currentVersion: { type: 'string' },
            },
          },
          source: {
            type: 'string',
            enum: ['pipeline', 'hub', 'online', 'person'],
            description:
              '`hub`: a run that somebody started here; `person`: own input of somebody, measured in the playground.',
          },
          model: { type: 'string', description: 'As the endpoint calls it.' },
          startedAt: { type: 'string' },
          finishedAt: { type: 'string' },
          submittedAt: { type: 'string' },
          submittedBy: { type: 'string', description: 'Entity ref.' },
          startedBy: {
            type: 'string',
            description: 'Who clicked; of runs in the hub.',
          },
          runId: { type: 'string' },
          partial: { type: 'boolean' },
          isWithdrawn: {
            type: 'boolean',
            description: 'Whether all of its submissions were taken back.',
          },
          gates: {
            type: 'array',
            description: 'Checks that it was submitted to.',
            items: {
              type: 'object',
              required: ['gateId', 'evidenceId', 'isWithdrawn'],
              properties: {
                gateId: { type: 'string' },
                evidenceId: { type: 'string' },
                isWithdrawn: { type: 'boolean' },
              },
            },
          },
          metrics: {
            type: 'array',
            description:
              'In a list those of all cases only; with slices in the single result.',
            items: { $ref: '#/components/schemas/ModelEvaluationMetric' },
          },
          criteria: {
            type: 'array',
            description: 'What the pack asks, where its content is known.',
            items: {
              allOf: [
                { $ref: '#/components/schemas/EvaluationPackCriterion' },
                {
                  type: 'object',
                  required: ['standing'],
                  properties: {
                    value: { type: 'number' },
                    interval: {
                      type: 'array',
                      items: { type: 'number' },
                      minItems: 2,
                      maxItems: 2,
                    },
                    unit: { type: 'string' },
                    standing: {
                      type: 'string',
                      enum: ['met', 'missed', 'not-measured'],
                    },
                  },
                },
              ],
            },
          },
          outcome: {
            type: 'string',
            enum: ['met', 'missed', 'unknown'],
            description:
              '`unknown` where the pack has no criteria, or its content is not known.',
          },
          cases: {
            type: 'object',
            required: ['asked', 'scored', 'unscored', 'failed'],
            properties: {
              asked: { type: 'integer', description: 'Of the whole pack.' },
              scored: { type: 'integer' },
              unscored: { type: 'integer' },
              failed: { type: 'integer' },
            },
          },
          hasCases: {
            type: 'boolean',
            description: 'Whether it can be compared case by case.',
          },
          failures: {
            type: 'integer',
            description: 'How many failed cases are kept with their content.',
          },
          tool: {
            type: 'object',
            required: ['name', 'version'],
            properties: {
              name: { type: 'string' },
              version: { type: 'string' },
            },
          },
        },
      },
      ModelEvaluationMetric: {
        type: 'object',
        required: ['name', 'title', 'value', 'unit'],
        properties: {
          name: { type: 'string' },
          title: { type: 'string' },
          value: { type: 'number' },
          unit: { type: 'string' },
          direction: {
            type: 'string',
            enum: ['higher', 'lower'],
            description: 'Which way is better; absent where it is not known.',
          },
          scorer: { type: 'string' },
          statistic: { type: 'string' },
          slice: { type: 'string' },
          samples: { type: 'integer' },
          interval: {
            type: 'array',
            items: { type: 'number' },
            minItems: 2,
            maxItems: 2,
          },
        },
      },
      ModelEvaluationDetail: {
        allOf: [
          { $ref: '#/components/schemas/ModelEvaluation' },
          {
            type: 'object',
            required: [
              'settings',
              'target',
              'failedCases',
              'fairness',
              'mayReadContent',
            ],
            properties: {
              settings: { type: 'object' },
              target: {
                type: 'object',
                additionalProperties: { type: 'string' },
              },
              inputDigest: { type: 'string' },
              columns: {
                type: 'object',
                description:
                  'Single cases, column by column; see EvaluationCases of @modelhub/governance-protocol.',
              },
              failedCases: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['caseId', 'metric'],
                  properties: {
                    caseId: { type: 'string' },
                    metric: { type: 'string' },
                    category: { type: 'string' },
                  },
                },
              },
              fairness: {
                type: 'array',
                description:
                  'For each attribute of a fairness pack; see FairnessComparison of @modelhub/evals.',
                items: { type: 'object' },
              },
              mayReadContent: { type: 'boolean' },
            },
          },
        ],
      },
      ModelEvaluationFailure: {
        type: 'object',
        required: ['caseId', 'metric', 'reason'],
        properties: {
          caseId: { type: 'string' },
          metric: { type: 'string' },
          reason: { type: 'string' },
          category: { type: 'string' },
          input: { type: 'string' },
          output: { type: 'string' },
        },
      },
      ModelEvaluationComparison: {
        type: 'object',
        required: ['candidate', 'incumbent', 'items', 'skipped'],
        properties: {
          candidate: { $ref: '#/components/schemas/ModelEvaluation' },
          incumbent: { $ref: '#/components/schemas/ModelEvaluation' },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ModelMetricComparison' },
          },
          skipped: {
            type: 'array',
            description: 'Metrics that cannot be compared, and why.',
            items: {
              type: 'object',
              required: ['metric', 'reason'],
              properties: {
                metric: { type: 'string' },
                reason: { type: 'string' },
              },
            },
          },
        },
      },
      ModelMetricComparison: {
        type: 'object',
        description:
          'Differences are candidate minus incumbent, turned so that a negative one is a loss.',
        required: [
          'metric',
          'title',
          'pairs',
          'candidate',
          'incumbent',
          'direction',
          'unit',
          'difference',
          'interval',
          'confidence',
          'margin',
          'pValue',
          'standing',
        ],
        properties: {
          metric: { type: 'string' },
          title: { type: 'string' },
          pairs: { type: 'integer' },
          candidate: { type: 'number' },
          incumbent: { type: 'number' },
          direction: { type: 'string', enum: ['higher', 'lower'] },
          unit: { type: 'string' },
          difference: { type: 'number' },
          interval: {
            type: 'array',
            items: { type: 'number' },
            minItems: 2,
            maxItems: 2,
          },
          confidence: { type: 'number' },
          margin: { type: 'number' },
          pValue: { type: 'number' },
          adjustedPValue: {
            type: 'number',
            description:
              'With several metrics; it is what the standing goes by.',
          },
          unpaired: {
            type: 'integer',
            description: 'Scores that only one of the two has.',
          },
          basis: {
            type: 'string',
            description:
              'cases, case-means or labels: what the numbers are made of.',
          },
          standing: {
            type: 'string',
            enum: ['worse', 'unclear', 'not-worse', 'better'],
          },
        },
      },
      PackRunState: {
        type: 'string',
        enum: ['queued', 'running', 'finished', 'failed', 'cancelled'],
      },
      PackRunInput: {
        type: 'object',
        additionalProperties: false,
        required: ['entityRef', 'modelVersion', 'pack'],
        properties: {
          entityRef: { type: 'string', description: 'Of a model.' },
          modelVersion: { type: 'string', minLength: 1, maxLength: 200 },
          pack: { type: 'string', description: 'Entity ref of a pack.' },
          gates: {
            type: 'array',
            maxItems: 20,
            description:
              'Checks that get the result, beside those that open requests ask for.',
            items: { type: 'string' },
          },
        },
      },
      PackRun: {
        type: 'object',
        required: [
          'id',
          'entityRef',
          'modelVersion',
          'pin',
          'pack',
          'gates',
          'state',
          'requestedBy',
          'team',
          'createdAt',
          'attempts',
          'mayCancel',
          'mayRetry',
        ],
        properties: {
          id: { type: 'string' },
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
          pin: { type: 'string' },
          pack: {
            type: 'object',
            required: ['entityRef', 'name', 'title', 'version', 'digest'],
            properties: {
              entityRef: { type: 'string' },
              name: { type: 'string' },
              title: { type: 'string' },
              version: { type: 'string' },
              digest: { type: 'string' },
            },
          },
          gates: { type: 'array', items: { type: 'string' } },
          state: { $ref: '#/components/schemas/PackRunState' },
          requestedBy: { type: 'string', description: 'Entity ref.' },
          team: {
            type: 'string',
            description: 'Entity ref of whose quota it counts against.',
          },
          createdAt: { type: 'string' },
          startedAt: { type: 'string' },
          finishedAt: { type: 'string' },
          attempts: { type: 'integer' },
          progress: {
            type: 'object',
            required: ['done', 'failed', 'total'],
            properties: {
              done: { type: 'integer' },
              failed: { type: 'integer' },
              total: { type: 'integer' },
              retries: { type: 'integer' },
            },
          },
          problem: {
            type: 'string',
            description: 'Why it failed',
            'or what it waits for.': null,
          },
          resultId: {
            type: 'string',
            description: 'Of the result',
            'for /model-evaluations.': null,
          },
          mayCancel: { type: 'boolean' },
          mayRetry: { type: 'boolean' },
        },
      },
      PackRunPreview: {
        type: 'object',
        required: ['may', 'command', 'uploadCommand', 'gates', 'running'],
        properties: {
          may: { type: 'boolean' },
          refusal: {
            type: 'object',
            required: ['code', 'message'],
            properties: {
              code: {
                type: 'string',
                enum: [
                  'not-allowed',
                  'not-configured',
                  'pack',
                  'quota',
                  'version',
                  'running',
                ],
              },
              message: { type: 'string' },
            },
          },
          command: {
            type: 'string',
            description: 'What runs the pack elsewhere.',
          },
          uploadCommand: {
            type: 'string',
            description: 'What submits its result.',
          },
          cases: { type: 'integer' },
          requests: {
            type: 'integer',
            description: 'To the model; without retries.',
          },
          estimatedTokens: {
            type: 'object',
            description:
              'By the length of the cases and the limit of answers; the most that it may be.',
            required: ['input', 'output'],
            properties: {
              input: { type: 'integer' },
              output: { type: 'integer' },
            },
          },
          estimatedCost: {
            type: 'object',
            description:
              "At the prices of the model's entity; the most that it may be.",
            required: ['amount', 'currency'],
            properties: {
              amount: { type: 'number' },
              currency: { type: 'string' },
            },
          },
          gates: {
            type: 'array',
            items: { type: 'string' },
            description: 'Checks that would get the result.',
          },
          running: {
            type: 'array',
            description:
              'Runs of the same pack on the same version that are not over.',
            items: { $ref: '#/components/schemas/PackRun' },
          },
        },
      },
      EvidenceSubmission: {
        type: 'object',
        required: [
          'id',
          'digest',
          'gateId',
          'entityRef',
          'modelVersion',
          'pin',
          'predicateType',
          'producedAt',
          'submittedAt',
          'submittedBy',
          'token',
          'mayWithdraw',
        ],
        properties: {
          id: { type: 'string' },
          digest: {
            type: 'string',
            description: '`sha256:…` of the envelope.',
          },
          gateId: { type: 'string' },
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
          pin: { type: 'string' },
          predicateType: { type: 'string' },
          producedAt: { type: 'string', format: 'date-time' },
          submittedAt: { type: 'string', format: 'date-time' },
          submittedBy: {
            type: 'string',
            description: 'Entity ref of the owner of the token.',
          },
          token: {
            type: 'object',
            required: ['id', 'name', 'kind'],
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              kind: { type: 'string', enum: ['issued', 'ci', 'hub'] },
              identity: {
                type: 'object',
                additionalProperties: { type: 'string' },
              },
            },
          },
          withdrawn: {
            type: 'object',
            required: ['at', 'by', 'reason'],
            properties: {
              at: { type: 'string', format: 'date-time' },
              by: { type: 'string' },
              reason: { type: 'string' },
            },
          },
          mayWithdraw: { type: 'boolean' },
        },
      },
      AttachedEvaluation: {
        type: 'object',
        required: ['result', 'attachedBy', 'attachedAt'],
        properties: {
          result: { $ref: '#/components/schemas/ModelEvaluation' },
          attachedBy: { type: 'string', description: 'Entity ref.' },
          attachedAt: { type: 'string', format: 'date-time' },
        },
      },
      AttachedEvaluations: {
        type: 'object',
        required: ['items', 'mayAttach'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/AttachedEvaluation' },
          },
          mayAttach: { type: 'boolean' },
        },
      },
      ApprovalEvidence: {
        type: 'object',
        required: ['gates', 'items', 'mayIssue'],
        properties: {
          gates: {
            type: 'array',
            items: {
              type: 'object',
              required: ['gateId', 'title', 'required', 'predicateTypes'],
              properties: {
                gateId: { type: 'string' },
                title: { type: 'string' },
                required: { type: 'boolean' },
                predicateTypes: { type: 'array', items: { type: 'string' } },
              },
            },
          },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/EvidenceSubmission' },
          },
          mayIssue: {
            type: 'boolean',
            description:
              'Whether the caller may issue a token for this version.',
          },
          mayNotIssueBecause: { type: 'string' },
        },
      },
      Hold: {
        type: 'object',
        required: ['id', 'reason', 'kind', 'placedBy', 'placedAt'],
        properties: {
          id: { type: 'string' },
          kind: {
            type: 'string',
            enum: [
              'manual',
              'advisory',
              'subject-changed',
              'policy-changed',
              'drift',
              'ownerless',
              'batch-off',
              'waiver-ended',
            ],
          },
          reason: { type: 'string' },
          placedBy: { type: 'string' },
          placedAt: { type: 'string', format: 'date-time' },
          clearedBy: { type: 'string' },
          clearedAt: { type: 'string', format: 'date-time' },
          clearReason: { type: 'string' },
          covers: {
            type: 'string',
            enum: ['approval', 'version', 'model'],
            description:
              'What it keeps off: one approval and new requests of its scope, or whatever is approved of a version or of the model.',
          },
          modelVersion: { type: 'string' },
          approvalId: {
            type: 'string',
            description: 'Where it is on an approval.',
          },
          mayClear: {
            type: 'boolean',
            description: 'Whether the caller may clear it.',
          },
        },
      },
      CommandOption: {
        type: 'object',
        required: ['command', 'allowed', 'needsReason', 'needsStepUp'],
        properties: {
          command: { $ref: '#/components/schemas/UserCommand' },
          role: { $ref: '#/components/schemas/SignOffRole' },
          holdId: { type: 'string' },
          onBehalfOf: { type: 'string' },
          allowed: { type: 'boolean' },
          refusal: { $ref: '#/components/schemas/Refusal' },
          needsReason: { type: 'boolean' },
          needsStepUp: { type: 'boolean' },
        },
      },
      Refusal: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { type: 'string' },
          message: { type: 'string' },
          since: { type: 'string' },
        },
      },
      UserCommand: {
        type: 'string',
        enum: [
          'submit',
          'approve',
          'reject',
          'request-changes',
          'withdraw',
          'suspend',
          'clear-hold',
          'revoke',
        ],
      },
      ApprovalCommandInput: {
        type: 'object',
        additionalProperties: false,
        required: ['command', 'revision'],
        properties: {
          command: { $ref: '#/components/schemas/UserCommand' },
          revision: { type: 'integer' },
          role: { $ref: '#/components/schemas/SignOffRole' },
          onBehalfOf: { type: 'string' },
          holdId: { type: 'string' },
          reason: { type: 'string', maxLength: 4000 },
          stepUp: { $ref: '#/components/schemas/StepUpProof' },
        },
      },
      StepUpProof: {
        type: 'object',
        additionalProperties: false,
        required: ['challengeId', 'response'],
        properties: {
          challengeId: { type: 'string' },
          response: {
            type: 'object',
            description: 'AuthenticationResponseJSON',
          },
        },
      },
      BreakGlass: {
        type: 'object',
        additionalProperties: false,
        required: [
          'entityRef',
          'modelVersion',
          'tier',
          'purpose',
          'profile',
          'reason',
          'stepUp',
        ],
        properties: {
          entityRef: { type: 'string' },
          modelVersion: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          reason: { type: 'string', minLength: 10, maxLength: 4000 },
          pendingRequestId: { type: 'string' },
          stepUp: { $ref: '#/components/schemas/StepUpProof' },
        },
      },
      TimelineEntry: {
        type: 'object',
        required: ['seq', 'at', 'actor', 'type', 'subject', 'payload', 'hash'],
        properties: {
          seq: { type: 'integer' },
          at: { type: 'string', format: 'date-time' },
          actor: {
            type: 'string',
            description:
              'Entity ref of the person where it is known and not erased, else the pseudonym; `service:…` or `system`.',
          },
          type: { type: 'string' },
          subject: { type: 'string' },
          entityRef: { type: 'string' },
          approvalId: { type: 'string' },
          summary: { type: 'string', description: 'One readable sentence.' },
          text: {
            type: 'string',
            description: 'Free text that belongs to it and was not erased.',
          },
          payload: { type: 'object', additionalProperties: true },
          hash: { type: 'string' },
        },
      },
      Standing: {
        type: 'object',
        required: [
          'entityRef',
          'maturity',
          'official',
          'grants',
          'openRequests',
          'heldApprovals',
          'nextStep',
          'problems',
        ],
        properties: {
          entityRef: { type: 'string' },
          maturity: {
            type: 'string',
            enum: ['experimental', 'validated', 'production'],
          },
          official: { type: 'boolean' },
          grants: {
            type: 'array',
            items: { $ref: '#/components/schemas/Grant' },
          },
          openRequests: {
            type: 'array',
            items: { $ref: '#/components/schemas/Approval' },
          },
          heldApprovals: {
            type: 'array',
            items: { $ref: '#/components/schemas/Approval' },
          },
          problems: {
            type: 'array',
            items: { $ref: '#/components/schemas/Refusal' },
            description:
              'For example a gateway id that another model claims, or no owner.',
          },
          nextStep: {
            type: 'object',
            required: ['kind', 'message'],
            properties: {
              kind: {
                type: 'string',
                enum: ['request', 'wait', 'sign', 'use', 'fix', 'none'],
              },
              message: { type: 'string' },
              approvalId: { type: 'string' },
            },
          },
        },
      },
      Grant: {
        type: 'object',
        required: [
          'approvalId',
          'entityRef',
          'gatewayId',
          'modelVersion',
          'tier',
          'purpose',
          'profile',
          'expiresAt',
          'approvedAt',
          'kind',
        ],
        properties: {
          approvalId: { type: 'string' },
          kind: { $ref: '#/components/schemas/ApprovalKind' },
          entityRef: { type: 'string' },
          gatewayId: { type: 'string' },
          modelVersion: { type: 'string' },
          digest: { type: 'string' },
          providerModelId: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          approvedAt: { type: 'string', format: 'date-time' },
          expiresAt: { type: 'string', format: 'date-time' },
        },
      },
      StandingSummary: {
        type: 'object',
        required: [
          'entityRef',
          'tiers',
          'maturity',
          'official',
          'openRequests',
          'holds',
          'grants',
        ],
        properties: {
          entityRef: { type: 'string' },
          tiers: {
            type: 'array',
            items: { $ref: '#/components/schemas/Tier' },
          },
          maturity: {
            type: 'string',
            enum: ['experimental', 'validated', 'production'],
          },
          official: { type: 'boolean' },
          openRequests: { type: 'integer' },
          holds: { type: 'integer' },
          grants: {
            type: 'array',
            items: { $ref: '#/components/schemas/Grant' },
          },
        },
      },
      Change: {
        type: 'object',
        required: ['seq', 'entityRef', 'type', 'at'],
        properties: {
          seq: { type: 'integer' },
          entityRef: { type: 'string' },
          type: { type: 'string' },
          at: { type: 'string' },
        },
      },
      AccessDecision: {
        type: 'object',
        required: ['allowed', 'message'],
        properties: {
          allowed: { type: 'boolean' },
          code: { type: 'string' },
          message: { type: 'string' },
          approvalId: { type: 'string' },
          entityRef: { type: 'string' },
          gatewayId: { type: 'string' },
          modelVersion: { type: 'string' },
          digest: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          expiresAt: { type: 'string' },
          requestUrl: { type: 'string' },
        },
      },
      AccessProfile: {
        type: 'object',
        required: ['id', 'title', 'members', 'enforcement'],
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          description: { type: 'string' },
          owner: { type: 'string' },
          members: {
            type: 'array',
            items: { type: 'string' },
            description: 'Entity refs of groups, components and users.',
          },
          enforcement: { type: 'string', enum: ['observe', 'warn', 'enforce'] },
          mine: {
            type: 'boolean',
            description: 'The caller is one of its members.',
          },
          settings: { $ref: '#/components/schemas/ProfileSettings' },
        },
      },
      AccessProfileInput: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'title', 'members'],
        properties: {
          id: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
          title: { type: 'string', minLength: 1, maxLength: 200 },
          description: { type: 'string', maxLength: 2000 },
          owner: { type: 'string' },
          members: { type: 'array', items: { type: 'string' } },
          enforcement: { type: 'string', enum: ['observe', 'warn', 'enforce'] },
          settings: { $ref: '#/components/schemas/ProfileSettings' },
        },
      },
      ProfileSettings: {
        type: 'object',
        additionalProperties: false,
        description:
          'What gateways do with the calls of a profile. Sent, they replace all settings; left out, the settings stay.',
        properties: {
          limits: { $ref: '#/components/schemas/UsageLimits' },
          batches: {
            type: 'boolean',
            description: 'Files and batches may be sent; refused without.',
          },
          cacheSeconds: {
            type: 'integer',
            minimum: 1,
            maximum: 86400,
            description:
              'Answers may be repeated to equal calls for so long; never without.',
          },
          sanitation: { $ref: '#/components/schemas/Sanitation' },
          contentRetentionDays: {
            type: 'integer',
            minimum: 1,
            maximum: 365,
            description:
              'Prompts and answers are kept for so many days; not at all without.',
          },
          agents: { $ref: '#/components/schemas/AgentRules' },
        },
      },
      UsageLimits: {
        type: 'object',
        additionalProperties: false,
        description: 'Absent means without bound.',
        properties: {
          requestsPerMinute: { type: 'integer', minimum: 1, maximum: 10000000 },
          tokensPerMinute: {
            type: 'integer',
            minimum: 1,
            maximum: 10000000000,
            description: 'Input and output tokens together.',
          },
          maxConcurrent: {
            type: 'integer',
            minimum: 1,
            maximum: 1000000,
            description: 'Calls at one time.',
          },
          maxPromptTokens: {
            type: 'integer',
            minimum: 1,
            maximum: 100000000,
            description: 'Of one call, counted or estimated before it is sent.',
          },
          maxPromptBytes: {
            type: 'integer',
            minimum: 1,
            maximum: 10000000000,
            description:
              'Of one call, as its caller sends it: the body with everything in it.',
          },
        },
      },
      Sanitation: {
        type: 'object',
        additionalProperties: false,
        description:
          'What is looked for in texts, and what is done about a finding. Without it, secrets in requests are redacted; an empty object switches that off.',
        properties: {
          requests: { $ref: '#/components/schemas/SanitationActions' },
          responses: { $ref: '#/components/schemas/SanitationActions' },
        },
      },
      SanitationActions: {
        type: 'object',
        additionalProperties: false,
        properties: {
          secrets: { type: 'string', enum: ['report', 'redact', 'refuse'] },
          'personal-data': {
            type: 'string',
            enum: ['report', 'redact', 'refuse'],
          },
        },
      },
      AgentRules: {
        type: 'object',
        additionalProperties: false,
        description:
          'Guard rails for agents. A trace is what one task of an agent calls.',
        properties: {
          maxCallsPerTrace: { type: 'integer', minimum: 1, maximum: 1000000 },
          riskBudgetPerTrace: { type: 'number', minimum: 0, maximum: 1000000 },
          maxRepeats: {
            type: 'integer',
            minimum: 1,
            maximum: 10000,
            description:
              'How often the same call may come in one trace before it counts as a loop.',
          },
          tools: {
            type: 'array',
            maxItems: 200,
            items: { $ref: '#/components/schemas/ToolRule' },
            description: 'The first that matches decides.',
          },
          otherTools: {
            type: 'string',
            enum: ['allow', 'deny', 'ask'],
            description: 'For tools that no rule matches; `allow` without.',
          },
          askSeconds: {
            type: 'integer',
            minimum: 1,
            maximum: 600,
            description: 'How long a call waits for a person; 120 without.',
          },
        },
      },
      ToolRule: {
        type: 'object',
        additionalProperties: false,
        required: ['match', 'action'],
        properties: {
          match: {
            type: 'string',
            minLength: 1,
            maxLength: 200,
            pattern: '^[^*\\s]*\\*?$',
            description: 'Name of a tool, or a prefix that ends in `*`.',
          },
          action: { type: 'string', enum: ['allow', 'deny', 'ask'] },
          risk: {
            type: 'number',
            minimum: 0,
            maximum: 1000000,
            description:
              'What a call that offers the tool takes from the risk budget of its trace; 0 without.',
          },
        },
      },
      Purpose: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'title', 'dataClasses', 'regions'],
        properties: {
          id: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
          title: { type: 'string', minLength: 1, maxLength: 200 },
          description: { type: 'string', maxLength: 2000 },
          dataClasses: {
            type: 'array',
            items: {
              type: 'string',
              enum: [
                'public',
                'internal',
                'confidential',
                'personal',
                'special-category',
              ],
            },
          },
          regions: {
            type: 'array',
            items: {
              type: 'string',
              minLength: 1,
              maxLength: 64,
              pattern: '^\\S+$',
            },
            description:
              'Regions in which the data may be processed; empty means any.',
          },
          maxRetentionDays: {
            type: 'integer',
            minimum: 0,
            maximum: 3650,
            description:
              'For how long a provider may keep prompts at most; for any time without.',
          },
          uses: {
            type: 'array',
            uniqueItems: true,
            description:
              'What is done with a model beyond asking it, which licences may limit; empty says nothing of these, absent that nobody says.',
            items: {
              type: 'string',
              enum: [
                'product',
                'hosting',
                'redistribution',
                'fine-tuning',
                'training-on-output',
                'automated-decisions',
                'medical-advice',
                'law-enforcement',
              ],
            },
          },
        },
      },
      GatewayKey: {
        type: 'object',
        required: [
          'id',
          'name',
          'profile',
          'purpose',
          'tier',
          'owner',
          'issuedBy',
          'createdAt',
          'hint',
        ],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          hint: {
            type: 'string',
            description: 'The last four characters of the secret.',
          },
          profile: { type: 'string' },
          purpose: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          owner: { type: 'string' },
          issuedBy: { type: 'string' },
          createdAt: { type: 'string', format: 'date-time' },
          expiresAt: { type: 'string', format: 'date-time' },
          revokedAt: { type: 'string', format: 'date-time' },
          rotatedAt: { type: 'string', format: 'date-time' },
          previous: {
            type: 'object',
            description:
              'The secret before the last rotation, while it still holds.',
            required: ['hint', 'until'],
            properties: {
              hint: { type: 'string' },
              until: { type: 'string', format: 'date-time' },
            },
          },
          ownerMissing: {
            type: 'object',
            description:
              'The owner is not in the catalog any more; the key is revoked unless it comes back.',
            required: ['since', 'revokedAfter'],
            properties: {
              since: { type: 'string', format: 'date-time' },
              revokedAfter: { type: 'string', format: 'date-time' },
            },
          },
          ownerLeft: {
            type: 'object',
            description:
              'The owner is no longer a member of the profile. Gateways do not take the key; it is revoked unless the owner becomes a member again.',
            required: ['since', 'revokedAfter'],
            properties: {
              since: { type: 'string', format: 'date-time' },
              revokedAfter: { type: 'string', format: 'date-time' },
            },
          },
          limits: { $ref: '#/components/schemas/UsageLimits' },
          endpoint: {
            type: 'object',
            description:
              'The key opens this evaluation endpoint and nothing else; nothing at all before `boundAt`.',
            required: ['id'],
            properties: {
              id: { $ref: '#/components/schemas/EndpointId' },
              gatewayId: { type: 'string' },
              version: { type: 'string' },
              boundAt: { type: 'string', format: 'date-time' },
            },
          },
        },
      },
      EndpointId: {
        type: 'string',
        pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
        description: 'Of an evaluation endpoint; a DNS label.',
      },
      KeyBinding: {
        type: 'object',
        additionalProperties: false,
        required: ['gatewayId', 'version', 'baseUrl', 'model'],
        properties: {
          gatewayId: { type: 'string', minLength: 1, maxLength: 512 },
          version: { type: 'string', minLength: 1, maxLength: 255 },
          baseUrl: {
            type: 'string',
            minLength: 1,
            maxLength: 2048,
            description:
              'Of the OpenAI-compatible API there: http or https, without credentials, query and fragment.',
          },
          model: {
            type: 'string',
            minLength: 1,
            maxLength: 512,
            description: 'How the server there calls the model.',
          },
        },
      },
      KeyExpiry: {
        type: 'object',
        required: ['defaultDays', 'maxDays'],
        properties: {
          defaultDays: { type: 'integer' },
          maxDays: { type: 'integer' },
        },
      },
      IssuedKey: {
        allOf: [
          { $ref: '#/components/schemas/GatewayKey' },
          {
            type: 'object',
            properties: {
              secret: { type: 'string', description: 'Absent on a replay.' },
            },
          },
        ],
      },
      AskState: {
        type: 'string',
        enum: ['waiting', 'allowed', 'denied', 'withdrawn', 'expired'],
      },
      AskTool: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'descriptionHash', 'risk'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 200 },
          descriptionHash: {
            type: 'string',
            pattern: '^[0-9a-f]{64}$',
            description: 'SHA-256 of what the caller says about the tool.',
          },
          risk: { type: 'number', minimum: 0 },
        },
      },
      AskInput: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'keyId', 'model', 'tools', 'seconds'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          keyId: { type: 'string', minLength: 1, maxLength: 100 },
          caller: { $ref: '#/components/schemas/AskCaller' },
          trace: { type: 'string', minLength: 1, maxLength: 200 },
          model: { type: 'string', minLength: 1, maxLength: 512 },
          tools: {
            type: 'array',
            minItems: 1,
            maxItems: 50,
            items: { $ref: '#/components/schemas/AskTool' },
          },
          seconds: {
            type: 'integer',
            minimum: 1,
            maximum: 3600,
            description: 'For how long the call waits.',
          },
        },
      },
      AskCaller: {
        type: 'object',
        additionalProperties: false,
        description:
          'Who called with a token of the organisation, and so without a key.',
        required: ['entityRef', 'issuer', 'profile'],
        properties: {
          entityRef: {
            type: 'string',
            minLength: 1,
            maxLength: 255,
            description: 'Of the person or component that the token names.',
          },
          issuer: {
            type: 'string',
            minLength: 1,
            maxLength: 255,
            description: 'Of the token.',
          },
          profile: { type: 'string', minLength: 1, maxLength: 63 },
        },
      },
      AskStatus: {
        type: 'object',
        required: ['state'],
        properties: {
          state: { $ref: '#/components/schemas/AskState' },
          until: {
            type: 'string',
            format: 'date-time',
            description:
              'The decision holds for the key, these tools and the trace until then; without, for this call alone.',
          },
          reason: { type: 'string' },
        },
      },
      Ask: {
        type: 'object',
        required: [
          'id',
          'state',
          'gateway',
          'keyId',
          'keyName',
          'keyOwner',
          'profile',
          'model',
          'tools',
          'createdAt',
          'expiresAt',
          'mayDecide',
        ],
        properties: {
          id: { type: 'string' },
          state: { $ref: '#/components/schemas/AskState' },
          gateway: {
            type: 'string',
            description: 'Name of the gateway that holds the call.',
          },
          keyId: { type: 'string' },
          keyName: { type: 'string' },
          keyOwner: {
            type: 'string',
            description:
              'Entity ref; of the caller, where the call came with a token.',
          },
          issuer: {
            type: 'string',
            description:
              'Of the token that the call came with, in place of a key.',
          },
          profile: { type: 'string' },
          model: { type: 'string', description: 'Gateway id.' },
          trace: { type: 'string' },
          tools: {
            type: 'array',
            items: { $ref: '#/components/schemas/AskTool' },
          },
          createdAt: { type: 'string', format: 'date-time' },
          expiresAt: { type: 'string', format: 'date-time' },
          decidedAt: { type: 'string', format: 'date-time' },
          decidedBy: { type: 'string', description: 'Entity ref.' },
          until: { type: 'string', format: 'date-time' },
          reason: { type: 'string' },
          mayDecide: { type: 'boolean' },
          whyNot: {
            type: 'string',
            description: 'Why the caller may not decide.',
          },
        },
      },
      AskPage: {
        type: 'object',
        required: ['items', 'totalItems'],
        properties: {
          items: { type: 'array', items: { $ref: '#/components/schemas/Ask' } },
          totalItems: { type: 'integer' },
          nextCursor: { type: 'string' },
        },
      },
      AskDecisionInput: {
        type: 'object',
        additionalProperties: false,
        required: ['decision'],
        properties: {
          decision: {
            type: 'string',
            enum: ['allow-once', 'allow-trace', 'deny'],
          },
          reason: { type: 'string', minLength: 3, maxLength: 1000 },
        },
      },
      Delegation: {
        type: 'object',
        required: ['id', 'delegator', 'delegate', 'until'],
        properties: {
          id: { type: 'string' },
          delegator: { type: 'string' },
          delegate: { type: 'string' },
          role: { $ref: '#/components/schemas/SignOffRole' },
          until: { type: 'string', format: 'date-time' },
          endedAt: { type: 'string', format: 'date-time' },
        },
      },
      PolicySet: {
        type: 'object',
        required: ['version', 'loadedAt', 'tiers', 'layers'],
        properties: {
          version: {
            type: 'string',
            description: 'sha256:… over the canonical form of all layers.',
          },
          loadedAt: { type: 'string' },
          tiers: {
            type: 'array',
            items: { $ref: '#/components/schemas/Demands' },
          },
          layers: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'scope'],
              properties: {
                name: { type: 'string' },
                scope: { type: 'string' },
                file: { type: 'string' },
                hash: { type: 'string' },
              },
            },
          },
          error: {
            type: 'object',
            required: ['message', 'at'],
            properties: {
              message: { type: 'string' },
              at: { type: 'string' },
              file: { type: 'string' },
            },
            description:
              'The last load failed; what is shown is the last good one.',
          },
        },
      },
      PolicyGate: {
        type: 'object',
        required: ['id', 'title'],
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          description: { type: 'string' },
          params: {
            type: 'object',
            additionalProperties: true,
            description:
              'JSON Schema of its parameters; absent where only the check itself can tell.',
          },
          paramOrder: {
            type: 'object',
            additionalProperties: true,
            description: 'By parameter, which way is stricter.',
          },
        },
      },
      ProposedPolicies: {
        type: 'object',
        required: ['files'],
        properties: {
          files: {
            type: 'array',
            maxItems: 500,
            description:
              'What is changed over the files in force; all others stay as they are.',
            items: { $ref: '#/components/schemas/ProposedPolicyFile' },
          },
        },
      },
      ProposedPolicyFile: {
        type: 'object',
        required: ['name'],
        properties: {
          name: {
            type: 'string',
            minLength: 1,
            maxLength: 200,
            pattern:
              '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\\.ya?ml$',
            description:
              'Path below the policy folder, such as `internal.yaml` or `tests/tiers.yaml`.',
          },
          content: {
            type: 'string',
            maxLength: 200000,
            description: 'Its whole new text; without it the file is removed.',
          },
        },
      },
      PolicyCheck: {
        type: 'object',
        required: [
          'valid',
          'baseVersion',
          'errors',
          'tests',
          'uncovered',
          'changes',
        ],
        properties: {
          valid: {
            type: 'boolean',
            description: 'Whether they load. Tests may still differ.',
          },
          version: {
            type: 'string',
            description: 'What their version would be; only when valid.',
          },
          baseVersion: { type: 'string', description: 'The version in force.' },
          errors: {
            type: 'array',
            items: { $ref: '#/components/schemas/PolicyProblem' },
          },
          tests: {
            type: 'array',
            items: { $ref: '#/components/schemas/PolicyTestResult' },
          },
          uncovered: {
            type: 'array',
            description: 'Rules that no test touches.',
            items: {
              type: 'object',
              required: ['file', 'field', 'message'],
              properties: {
                file: { type: 'string' },
                field: { type: 'string' },
                message: {
                  type: 'string',
                  description: 'As `no case looks at it`.',
                },
              },
            },
          },
          changes: {
            type: 'array',
            items: { $ref: '#/components/schemas/PolicyTierChange' },
          },
        },
      },
      PolicyProblem: {
        type: 'object',
        required: ['file', 'message'],
        properties: {
          file: { type: 'string' },
          field: {
            type: 'string',
            description: 'Where in the file, as `gates.licence.when`.',
          },
          line: { type: 'integer', description: 'From 1, where it is known.' },
          column: { type: 'integer' },
          message: { type: 'string' },
        },
      },
      PolicyTestResult: {
        type: 'object',
        required: ['file', 'name', 'differences'],
        properties: {
          file: { type: 'string' },
          name: { type: 'string' },
          differences: {
            type: 'array',
            items: { type: 'string' },
            description:
              'What differs from what was expected; empty when the case passed.',
          },
        },
      },
      PolicyTierChange: {
        type: 'object',
        required: ['tier', 'items'],
        properties: {
          tier: { $ref: '#/components/schemas/Tier' },
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['effect', 'text'],
              properties: {
                effect: {
                  type: 'string',
                  enum: ['stricter', 'looser', 'changed'],
                },
                text: {
                  type: 'string',
                  description:
                    'In words, as `Sign-off by security is asked for.`',
                },
                scope: {
                  type: 'string',
                  description:
                    'For whom, where not for everybody, as `system:default/shop`.',
                },
              },
            },
          },
        },
      },
      PolicyReplay: {
        type: 'object',
        required: ['version', 'baseVersion', 'at', 'approvals', 'calls'],
        properties: {
          version: { type: 'string' },
          baseVersion: { type: 'string' },
          at: { type: 'string', description: 'ISO 8601' },
          approvals: {
            type: 'object',
            required: [
              'looked',
              'ends',
              'stricter',
              'looser',
              'unchanged',
              'unknown',
              'items',
            ],
            properties: {
              looked: { type: 'integer', description: 'Live approvals.' },
              ends: { type: 'integer' },
              stricter: { type: 'integer' },
              looser: { type: 'integer' },
              unchanged: { type: 'integer' },
              unknown: {
                type: 'integer',
                description:
                  'Of models or purposes that are gone; nobody can tell.',
              },
              items: {
                type: 'array',
                description:
                  'Those that change; those that end first, then by model.',
                items: { $ref: '#/components/schemas/ReplayedApproval' },
              },
            },
          },
          calls: {
            type: 'object',
            required: [
              'known',
              'looked',
              'wouldBeRefused',
              'byModel',
              'from',
              'to',
            ],
            properties: {
              known: {
                type: 'boolean',
                description:
                  'Whether the portal knows calls (the usage backend is installed and answered).',
              },
              looked: { type: 'integer' },
              wouldBeRefused: { type: 'integer' },
              byModel: {
                type: 'array',
                items: { $ref: '#/components/schemas/ReplayedCalls' },
              },
              from: { type: 'string' },
              to: { type: 'string' },
            },
          },
        },
      },
      ReplayedApproval: {
        type: 'object',
        required: [
          'id',
          'entityRef',
          'title',
          'version',
          'tier',
          'purpose',
          'profile',
          'effect',
          'reasons',
        ],
        properties: {
          id: { type: 'string' },
          entityRef: { type: 'string' },
          title: { type: 'string' },
          version: { type: 'string', description: 'Of the model.' },
          tier: { $ref: '#/components/schemas/Tier' },
          purpose: { type: 'string' },
          profile: { type: 'string' },
          effect: {
            type: 'string',
            enum: ['ends', 'stricter', 'looser', 'unchanged'],
            description:
              'ends: what was decided does not suffice any more. stricter: more is asked for, and what was decided suffices, or only the life is shorter.',
          },
          expiresAt: { type: 'string', description: 'As it is now.' },
          expiresAtThen: {
            type: 'string',
            description: 'Where the policies change it.',
          },
          reasons: {
            type: 'array',
            items: { $ref: '#/components/schemas/Refusal' },
          },
        },
      },
      ReplayedCalls: {
        type: 'object',
        required: [
          'gatewayId',
          'profile',
          'purpose',
          'tier',
          'calls',
          'reason',
          'lastAt',
        ],
        properties: {
          gatewayId: { type: 'string' },
          profile: { type: 'string' },
          purpose: { type: 'string' },
          tier: { $ref: '#/components/schemas/Tier' },
          calls: { type: 'integer' },
          reason: { type: 'string' },
          lastAt: { type: 'string', description: 'ISO 8601' },
        },
      },
      PolicyFileSet: {
        type: 'object',
        required: [
          'manage',
          'folder',
          'version',
          'hash',
          'files',
          'conflicts',
          'mayPropose',
          'mayActivate',
        ],
        properties: {
          manage: {
            type: 'string',
            enum: ['files', 'portal'],
            description:
              'Where policies are changed. With `files` the folder is the truth.',
          },
          folder: {
            type: 'string',
            description: 'Where the folder lies in its repository.',
          },
          version: { type: 'string' },
          hash: {
            type: 'string',
            description: 'sha256:… over all names and texts.',
          },
          files: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'content'],
              properties: {
                name: { type: 'string' },
                content: { type: 'string' },
              },
            },
          },
          conflicts: {
            type: 'array',
            description:
              "Files that somebody changed in the folder after the portal's were activated.",
            items: {
              type: 'object',
              required: ['file'],
              properties: {
                file: { type: 'string' },
                folderText: {
                  type: 'string',
                  description:
                    'Without it the folder has no such file any more.',
                },
                folderHash: { type: 'string' },
              },
            },
          },
          mayPropose: { type: 'boolean' },
          mayActivate: { type: 'boolean' },
        },
      },
      PolicyProposal: {
        type: 'object',
        required: [
          'id',
          'title',
          'reason',
          'author',
          'state',
          'revision',
          'baseVersion',
          'files',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          reason: { type: 'string' },
          author: { type: 'string', description: 'Entity ref.' },
          state: {
            type: 'string',
            enum: ['open', 'outdated', 'activated', 'withdrawn'],
            description:
              '`outdated` is open, and something else is in force than when it was begun.',
          },
          revision: { type: 'integer' },
          baseVersion: { type: 'string' },
          files: {
            type: 'array',
            description: 'Names of the files that it changes.',
            items: { type: 'string' },
          },
          createdAt: { type: 'string' },
          updatedAt: { type: 'string' },
          endedAt: { type: 'string' },
          endedBy: {
            type: 'string',
            description: 'Entity ref; without it the folder was changed.',
          },
          endReason: { type: 'string' },
          activationId: { type: 'integer' },
        },
      },
      PolicyProposalDetail: {
        type: 'object',
        required: ['proposal', 'changes', 'commands'],
        properties: {
          proposal: { $ref: '#/components/schemas/PolicyProposal' },
          changes: {
            type: 'array',
            items: { $ref: '#/components/schemas/ChangedPolicyFile' },
          },
          commands: {
            type: 'array',
            description: 'What may be done with it, and why not.',
            items: {
              type: 'object',
              required: ['command', 'allowed'],
              properties: {
                command: {
                  type: 'string',
                  enum: ['edit', 'rebase', 'withdraw', 'activate'],
                },
                allowed: { type: 'boolean' },
                refusal: { $ref: '#/components/schemas/Refusal' },
              },
            },
          },
        },
      },
      ChangedPolicyFile: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          before: {
            type: 'string',
            description: 'The text before; without it the file is new.',
          },
          after: {
            type: 'string',
            description: 'The text afterwards; without it the file is removed.',
          },
        },
      },
      PolicyActivation: {
        type: 'object',
        required: ['id', 'version', 'at', 'how', 'changed'],
        properties: {
          id: { type: 'integer' },
          version: { type: 'string' },
          at: { type: 'string' },
          how: { type: 'string', enum: ['folder', 'portal'] },
          by: { type: 'string', description: 'Entity ref.' },
          proposalId: { type: 'string' },
          reason: { type: 'string' },
          changed: {
            type: 'array',
            description:
              'Names of files that differ from the activation before.',
            items: { type: 'string' },
          },
        },
      },
      Allowlist: {
        type: 'object',
        required: ['epoch', 'version', 'items'],
        properties: {
          epoch: { type: 'integer' },
          version: { type: 'integer' },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Grant' },
          },
        },
      },
      Gateway: {
        type: 'object',
        required: ['id', 'name', 'enrolledAt', 'connected'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          enrolledAt: { type: 'string' },
          connected: {
            type: 'boolean',
            description:
              'Whether it follows the allowlist now; false up to 40 s after its replica was killed.',
          },
          lastSeenAt: {
            type: 'string',
            description:
              'When it asked for something or its stream was open; not older than 30 s while it is connected.',
          },
          epoch: { type: 'integer' },
          version: { type: 'integer' },
          behind: {
            type: 'integer',
            description: 'How many versions it is behind.',
          },
          alarms: { type: 'array', items: { type: 'string' } },
          removedAt: { type: 'string' },
        },
      },
      GatewayPublicIdentity: {
        type: 'object',
        required: ['id', 'name', 'publicKey'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          publicKey: { type: 'string', description: 'Ed25519, SPKI PEM' },
        },
      },
      PublicKey: {
        type: 'object',
        required: ['keyId', 'use', 'publicKey', 'state'],
        properties: {
          keyId: { type: 'string' },
          use: { type: 'string', enum: ['snapshot', 'ledger', 'statement'] },
          publicKey: { type: 'string', description: 'Ed25519, SPKI PEM' },
          state: { type: 'string', enum: ['active', 'retiring', 'retired'] },
          createdAt: { type: 'string' },
          succession: {
            type: 'object',
            description:
              'The key before vouches for this one; see `verifyKeySuccession` of @modelhub/governance-protocol.',
            required: ['predecessor', 'signature'],
            properties: {
              predecessor: {
                type: 'string',
                description: 'Id of the key before.',
              },
              signature: { type: 'string' },
            },
          },
        },
      },
      Passkey: {
        type: 'object',
        required: ['id', 'name', 'createdAt'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          createdAt: { type: 'string' },
          lastUsedAt: { type: 'string' },
          backedUp: { type: 'boolean' },
        },
      },
      PasskeyInvitation: {
        type: 'object',
        required: ['id', 'user', 'invitedBy', 'expiresAt'],
        properties: {
          id: { type: 'string' },
          user: { type: 'string' },
          invitedBy: { type: 'string' },
          expiresAt: { type: 'string' },
          usedAt: { type: 'string' },
        },
      },
    },
  },
} as const;

/** A router that refuses what the document does not allow. */
export const createOpenapiRouter = (
  options?: Parameters<typeof createDocumentRouter>[1],
): OpenapiRouter =>
  // Inferring types from the whole document makes the type check slow.
  createDocumentRouter(spec, options) as unknown as OpenapiRouter;
