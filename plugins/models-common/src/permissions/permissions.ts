import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of approvals, for conditional decisions.
 *
 * @public
 */
export const RESOURCE_TYPE_MODEL_APPROVAL = 'model-approval';

/** Read an approval. @public */
export const modelApprovalReadPermission = createPermission({
  name: 'model.approval.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MODEL_APPROVAL,
});

/** Ask for an approval. @public */
export const modelApprovalCreatePermission = createPermission({
  name: 'model.approval.create',
  attributes: { action: 'create' },
});

/** Sign, reject or ask for changes; the state machine adds its own rules. @public */
export const modelApprovalSignPermission = createPermission({
  name: 'model.approval.sign',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL_APPROVAL,
});

/** Waive a gate; the policy says which and for how long. @public */
export const modelGateWaivePermission = createPermission({
  name: 'model.gate.waive',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL_APPROVAL,
});

/** Put a hold on approvals of a model. @public */
export const modelSuspendPermission = createPermission({
  name: 'model.suspend',
  attributes: { action: 'update' },
});

/** End an approval for good. @public */
export const modelApprovalRevokePermission = createPermission({
  name: 'model.approval.revoke',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_MODEL_APPROVAL,
});

/** Open a model in an emergency, with a passkey. @public */
export const modelBreakGlassPermission = createPermission({
  name: 'model.break-glass',
  attributes: { action: 'create' },
});

/** Review an emergency approval after the fact. @public */
export const modelBreakGlassReviewPermission = createPermission({
  name: 'model.break-glass.review',
  attributes: { action: 'update' },
});

/** Read policies. @public */
export const modelPolicyReadPermission = createPermission({
  name: 'model.policy.read',
  attributes: { action: 'read' },
});

/** See which live approvals and calls a proposed policy would change. @public */
export const modelPolicyReplayPermission = createPermission({
  name: 'model.policy.replay',
  attributes: { action: 'read' },
});

/** Propose a change of the policies. @public */
export const modelPolicyProposePermission = createPermission({
  name: 'model.policy.propose',
  attributes: { action: 'create' },
});

/** Put what somebody else proposed into force. @public */
export const modelPolicyActivatePermission = createPermission({
  name: 'model.policy.activate',
  attributes: { action: 'update' },
});

/** Read the allowlist as a whole. @public */
export const modelAllowlistReadPermission = createPermission({
  name: 'model.allowlist.read',
  attributes: { action: 'read' },
});

/** Read, export and verify the ledger as a whole. @public */
export const modelLedgerReadPermission = createPermission({
  name: 'model.ledger.read',
  attributes: { action: 'read' },
});

/** Manage access profiles and purposes. @public */
export const modelAccessManagePermission = createPermission({
  name: 'model.access.manage',
  attributes: { action: 'update' },
});

/** Issue a gateway key for a profile that one belongs to. @public */
export const modelKeyIssuePermission = createPermission({
  name: 'model.key.issue',
  attributes: { action: 'create' },
});

/** Issue a token for evidence about a model that one owns or asked for. @public */
export const modelEvidenceSubmitPermission = createPermission({
  name: 'model.evidence.submit',
  attributes: { action: 'create' },
});

/** See and revoke every evidence token; issue one for any model; withdraw any evidence. @public */
export const modelEvidenceManagePermission = createPermission({
  name: 'model.evidence.manage',
  attributes: { action: 'update' },
});

/** Run an evaluation pack in the hub, on a model that one may see. @public */
export const modelEvaluationRunPermission = createPermission({
  name: 'model.evaluation.run',
  attributes: { action: 'create' },
});

/**
 * Read what cases of an evaluation asked and what the model answered, of any
 * model; owners read those of their own models without it.
 *
 * @public
 */
export const modelEvaluationReadContentPermission = createPermission({
  name: 'model.evaluation.read-content',
  attributes: { action: 'read' },
});

/** Enrol and remove gateways; see and revoke every key. @public */
export const modelGatewayManagePermission = createPermission({
  name: 'model.gateway.manage',
  attributes: { action: 'update' },
});

/**
 * Resource type of questions to a person, for conditional decisions.
 *
 * @public
 */
export const RESOURCE_TYPE_MODEL_ASK = 'model-ask';

/** See what held calls wait for; only of profiles that one owns or manages. @public */
export const modelAskReadPermission = createPermission({
  name: 'model.ask.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MODEL_ASK,
});

/** Decide whether a held call may offer its tools; never about a key of one's own. @public */
export const modelAskDecidePermission = createPermission({
  name: 'model.ask.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL_ASK,
});

/** Invite people to enrol a passkey. @public */
export const modelPasskeyInvitePermission = createPermission({
  name: 'model.passkey.invite',
  attributes: { action: 'create' },
});

/** Rebuild the read side. @public */
export const modelCardsRefreshPermission = createPermission({
  name: 'model.cards.refresh',
  attributes: { action: 'update' },
});

/** Set and remove monthly budgets. @public */
export const modelBudgetManagePermission = createPermission({
  name: 'model.budget.manage',
  attributes: { action: 'update' },
});

/** Import files of usage and costs, and undo imports. @public */
export const modelUsageImportPermission = createPermission({
  name: 'model.usage.import',
  attributes: { action: 'create' },
});

/** Set, change and remove objectives of every model and of the control plane; owners do so for their models without it. @public */
export const modelSloManagePermission = createPermission({
  name: 'model.slo.manage',
  attributes: { action: 'update' },
});

/**
 * Resource type of reviews, replies, tips, questions and answers, for
 * conditional decisions.
 *
 * @public
 */
export const RESOURCE_TYPE_MODEL_REVIEW = 'model-review';

/** Read what people say about the models that one may see. @public */
export const modelReviewReadPermission = createPermission({
  name: 'model.review.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MODEL_REVIEW,
});

/** Write reviews, tips, questions and answers, vote and report. @public */
export const modelReviewCreatePermission = createPermission({
  name: 'model.review.create',
  attributes: { action: 'create' },
});

/** Change and withdraw what one wrote; never what others did. @public */
export const modelReviewUpdatePermission = createPermission({
  name: 'model.review.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL_REVIEW,
});

/** See reports; hide and restore what others wrote. @public */
export const modelReviewModeratePermission = createPermission({
  name: 'model.review.moderate',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL_REVIEW,
});

/** Put a pseudonym in the place of a person's name. @public */
export const modelReviewErasePermission = createPermission({
  name: 'model.review.erase',
  attributes: { action: 'delete' },
});

/** Open evaluation endpoints for one's own teams and use the playground. @public */
export const modelEndpointCreatePermission = createPermission({
  name: 'model.endpoint.create',
  attributes: { action: 'create' },
});

/** See and stop every endpoint and deployment, and the engines' states. @public */
export const modelServingManagePermission = createPermission({
  name: 'model.serving.manage',
  attributes: { action: 'update' },
});

/**
 * Permissions that the governance backend registers.
 *
 * @public
 */
export const modelGovernancePermissions = [
  modelApprovalReadPermission,
  modelApprovalCreatePermission,
  modelApprovalSignPermission,
  modelGateWaivePermission,
  modelSuspendPermission,
  modelApprovalRevokePermission,
  modelBreakGlassPermission,
  modelBreakGlassReviewPermission,
  modelPolicyReadPermission,
  modelPolicyReplayPermission,
  modelAllowlistReadPermission,
  modelLedgerReadPermission,
  modelAccessManagePermission,
  modelKeyIssuePermission,
  modelEvidenceSubmitPermission,
  modelEvidenceManagePermission,
  modelEvaluationRunPermission,
  modelEvaluationReadContentPermission,
  modelGatewayManagePermission,
  modelAskReadPermission,
  modelAskDecidePermission,
  modelPasskeyInvitePermission,
];

/**
 * Permissions that the cards backend registers.
 *
 * @public
 */
export const modelCardsPermissions = [modelCardsRefreshPermission];

/**
 * Permissions that the usage backend registers.
 *
 * @public
 */
export const modelUsagePermissions = [
  modelUsageImportPermission,
  modelBudgetManagePermission,
  modelSloManagePermission,
];

/**
 * Permissions that the reviews backend registers.
 *
 * @public
 */
export const modelReviewsPermissions = [
  modelReviewReadPermission,
  modelReviewCreatePermission,
  modelReviewUpdatePermission,
  modelReviewModeratePermission,
  modelReviewErasePermission,
];

/**
 * Permissions that the serving backend registers.
 *
 * @public
 */
export const modelServingPermissions = [
  modelEndpointCreatePermission,
  modelServingManagePermission,
];
