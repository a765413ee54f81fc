// Generated from plugins/model-governance-backend/src/schema/openapi.yaml by "npm run generate". Do not edit.
/* eslint-disable */

import {
  type ApiClientOptions,
  type ApiRequestOptions,
  createApiRequest,
  randomKey,
} from '../api/request';

/** @public */
export interface ModelGovernancePaths {
  '/approvals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Approvals that the caller may read, newest first. */
    get: ModelGovernanceOperations['listApprovals'];
    put?: never;
    /** Create a draft request; with `submit` also submit it. */
    post: ModelGovernanceOperations['createApproval'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What the policy would demand for this request, and what stands in its way, without creating anything. */
    post: ModelGovernanceOperations['previewApproval'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['getApproval'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['getApprovalTimeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/commands': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give a command to the state machine. */
    post: ModelGovernanceOperations['commandApproval'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/gates/{gateId}/rerun': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: ModelGovernanceOperations['rerunGate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/gates/{gateId}/evidence/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A document that a gate left, byte for byte as the ledger names it by its SHA-256. */
    get: ModelGovernanceOperations['getEvidenceFile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/gates/{gateId}/waiver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Waive a failed or blocked gate as the policy allows. */
    post: ModelGovernanceOperations['waiveGate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/gates/{gateId}/waiver/end': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End a waiver before its time. The gate counts again; an approval that rests on it is suspended unless the gate passes. */
    post: ModelGovernanceOperations['endWaiver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/waivers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Waivers of gates on approvals that the caller may read, those that end soonest first. */
    get: ModelGovernanceOperations['listWaivers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policy-exceptions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What loosens the policies of the organisation, who answers for it and until when. */
    get: ModelGovernanceOperations['listPolicyExceptions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/emergency-approvals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Open a model for 72 hours without sign-offs. Emergency role and a passkey; the requester of the pending request may not do it. */
    post: ModelGovernanceOperations['breakGlass'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/emergency-approvals/{id}/review': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Review an emergency approval after the fact; unreviewed ones are revoked when they end. */
    post: ModelGovernanceOperations['reviewBreakGlass'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evidence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Submit a signed in-toto statement to a gate. The signature is the proof of identity; no other is asked for. The same envelope again gives the first answer. */
    post: ModelGovernanceOperations['submitEvidence'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evidence/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Evidence tokens that the caller issued or owns; with permission to manage evidence all. */
    get: ModelGovernanceOperations['listEvidenceTokens'];
    put?: never;
    /** Issue a token with which a pipeline signs evidence. It is shown once; only its public key is kept. */
    post: ModelGovernanceOperations['issueEvidenceToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evidence/tokens/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke a token; what was submitted with it stays until somebody withdraws it. */
    delete: ModelGovernanceOperations['revokeEvidenceToken'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evidence/ci-identity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A pipeline shows the identity token of its CI system, once, and gets leave to sign evidence with a key of its own for a few minutes. */
    post: ModelGovernanceOperations['exchangeCiIdentity'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evidence/{id}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take evidence back, with a reason. It stays on record, and requests that ask for the gate are checked again. */
    post: ModelGovernanceOperations['withdrawEvidence'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/evidence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Which gates of the approval take evidence, and what was submitted to them for its version. */
    get: ModelGovernanceOperations['listSubmittedEvidence'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/evaluations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Evaluations that people attached to a request, the oldest first. */
    get: ModelGovernanceOperations['listAttachedEvaluations'];
    put?: never;
    /** Attaches a filed evaluation of the same version to a request, for those who decide it. The requester may, who filed it, and owners of the model. It is no signed evidence, and no check reads it. */
    post: ModelGovernanceOperations['attachEvaluation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/approvals/{id}/evidence-bundle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All evidence of an approval as one document that can be checked offline with modelhub evidence verify. */
    get: ModelGovernanceOperations['getEvidenceBundle'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evaluation-packs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Evaluation packs of the catalog that the caller may see, by title. */
    get: ModelGovernanceOperations['listEvaluationPacks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evaluation-packs/{namespace}/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    /** An evaluation pack with its criteria, scorers, slices and a few of its cases. */
    get: ModelGovernanceOperations['getEvaluationPack'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evaluation-packs/{namespace}/{name}/download': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    /** The files of an evaluation pack in one document, for modelhub evaluate run --portal. */
    get: ModelGovernanceOperations['downloadEvaluationPack'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/model-evaluations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Results of models that the caller may see, newest first. A model, a pack or both must be named. */
    get: ModelGovernanceOperations['listModelEvaluations'];
    put?: never;
    /** Files what the playground measured with a person's own input, as that person. Only the serving room may, on behalf of a user. It is never changed, is submitted to no check, and no policy takes it for a pack of the catalog. */
    post: ModelGovernanceOperations['fileModelEvaluation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/model-evaluations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One result with its single cases, without contents. */
    get: ModelGovernanceOperations['getModelEvaluation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/model-evaluations/{id}/failures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Cases that failed, with what was asked and answered. Needs permission model.evaluation.read-content, or to own the model; each reading is in the audit log. */
    get: ModelGovernanceOperations['listModelEvaluationFailures'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/model-evaluations/{id}/compare': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Two results of the same pack, case by case. The one in the path is the candidate. */
    get: ModelGovernanceOperations['compareModelEvaluations'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/model-evaluations/{id}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A report of the result to keep or to print. Contents of failed cases are in it for those who may read them. */
    get: ModelGovernanceOperations['getModelEvaluationReport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evaluation-runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Runs in the hub of models that the caller may see, newest first. */
    get: ModelGovernanceOperations['listPackRuns'];
    put?: never;
    /** Run a pack on a version of a model, at the endpoint that the configuration names. Needs permission model.evaluation.run. */
    post: ModelGovernanceOperations['startPackRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evaluation-runs/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a run would ask, whether the caller may start it, and the command that does it elsewhere. */
    get: ModelGovernanceOperations['previewPackRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evaluation-runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How far a run is. */
    get: ModelGovernanceOperations['getPackRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evaluation-runs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stop a run at once. What was answered is kept for a while, so that it can be taken up again. */
    post: ModelGovernanceOperations['cancelPackRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evaluation-runs/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take up a run that failed or was cancelled. Cases that were answered are not asked again. */
    post: ModelGovernanceOperations['retryPackRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{namespace}/{name}/standing': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where the model may be used today, and the next step for the caller. */
    get: ModelGovernanceOperations['getStanding'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{namespace}/{name}/checklist': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a tier demands of a version, what of it is done, what runs by itself and what a person owes. Nothing is stored. */
    get: ModelGovernanceOperations['getChecklist'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{namespace}/{name}/holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Open holds on the model, on versions of it, and on approvals that the caller may read. */
    get: ModelGovernanceOperations['listModelHolds'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{namespace}/{name}/holds/{holdId}/clear': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Clear a hold on the model or on a version. Permission `model.suspend` and a reason, and not who asked for the model. Approvals that nothing else holds are live again. */
    post: ModelGovernanceOperations['clearModelHold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{namespace}/{name}/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put a hold on the model, or on one version of it, which stays until it is cleared. Living approvals are suspended and nothing new is approved. Permission `model.suspend` and a reason. */
    post: ModelGovernanceOperations['suspendModel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/standings/query': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Short standings of up to 200 models, for lists. Those that the caller may not read are left out. */
    post: ModelGovernanceOperations['queryStandings'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Models whose standing changed after a ledger sequence number. Services only. */
    get: ModelGovernanceOperations['listChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/access/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** May this model be used at this tier, for this purpose and profile? The gateway's own decision, explained. */
    post: ModelGovernanceOperations['checkAccess'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/access-profiles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['listAccessProfiles'];
    put?: never;
    post: ModelGovernanceOperations['createAccessProfile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/access-profiles/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put: ModelGovernanceOperations['updateAccessProfile'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/purposes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['listPurposes'];
    put?: never;
    post: ModelGovernanceOperations['createPurpose'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/purposes/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Change a purpose. What allows less holds at the gateways within a second; what allows more (another data class or region, longer retention) than its requests and approvals were made for is refused with 409. */
    put: ModelGovernanceOperations['updatePurpose'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Gateway keys that the caller owns, or all with permission `model.gateway.manage`. Never the secret. Keys of evaluation endpoints are in a list of their own, as long as they live. */
    get: ModelGovernanceOperations['listKeys'];
    put?: never;
    /** Issue a key. The secret is in this answer and nowhere else; a replay of the idempotency key answers without it. With `endpoint` it is the key of that evaluation endpoint, which opens nothing until it is bound, and then only what runs there; that needs permission `model.endpoint.create` in place of `model.key.issue`. */
    post: ModelGovernanceOperations['issueKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys/{id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A new secret for a key, in this answer and nowhere else; a replay of the idempotency key answers without it. The secret before it holds for an overlap, and the one before that ends at once. The key of an evaluation endpoint has no overlap and keeps its end. */
    post: ModelGovernanceOperations['rotateKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke a key; all its secrets end at once. */
    delete: ModelGovernanceOperations['revokeKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys/{id}/endpoint': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Say what runs at the evaluation endpoint of a key, and where; from then on the key opens it. For the backend of `model-serving` alone. The same again changes nothing, and what runs there never becomes another model or version. */
    put: ModelGovernanceOperations['bindKey'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/delegations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Delegations from or to the caller. */
    get: ModelGovernanceOperations['listDelegations'];
    put?: never;
    /** Let another person sign in the caller's place. For separation of duties the delegate counts as the delegator. */
    post: ModelGovernanceOperations['createDelegation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/delegations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete: ModelGovernanceOperations['endDelegation'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/asks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Questions of held calls that the caller may see, newest first. Those who own the profile of the key and those with permission `model.gateway.manage` may, as far as permission `model.ask.read` lets them. */
    get: ModelGovernanceOperations['listAsks'];
    put?: never;
    /** A gateway holds a call until a person decides about the tools that it offers. `Authorization: Gateway <proof>`; the same id again changes nothing. What was decided for the rest of the trace is answered at once. */
    post: ModelGovernanceOperations['openAsk'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/asks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How a question of this gateway stands; waits up to `wait` seconds for news. `Authorization: Gateway <proof>`. */
    get: ModelGovernanceOperations['awaitAsk'];
    put?: never;
    post?: never;
    /** The call of this question ended. `Authorization: Gateway <proof>`. */
    delete: ModelGovernanceOperations['withdrawAsk'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/asks/{id}/decide': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Decide about the tools of a held call. Only people do, and nobody about a key of their own. */
    post: ModelGovernanceOperations['decideAsk'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/online-experiments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Experiments with live calls that the caller may see, newest first. Members and owners of the profile may, and those with permission `model.allowlist.read`. */
    get: ModelGovernanceOperations['listOnlineExperiments'];
    put?: never;
    /** Plan an experiment. Nothing happens until the owner of the profile consents. */
    post: ModelGovernanceOperations['createOnlineExperiment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/online-experiments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An experiment with its figures as they are now. */
    get: ModelGovernanceOperations['getOnlineExperiment'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/online-experiments/{id}/consent': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The lead of the group that owns the profile consents to what `consentText` says; the experiment starts. */
    post: ModelGovernanceOperations['consentToOnlineExperiment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/online-experiments/{id}/stop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End an experiment at once. `withdraw-consent` is for leads of the group that owns the profile. */
    post: ModelGovernanceOperations['stopOnlineExperiment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/online-batches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Scores of live calls, without content; the same batch again changes nothing. `Authorization: Gateway <proof>`. */
    post: ModelGovernanceOperations['reportOnlineBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['getPolicies'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/gates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The checks that policies may ask for, with their parameters, as `modelhub policy test` takes them. */
    get: ModelGovernanceOperations['listPolicyGates'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Whether proposed policies load, pass their tests, and what they ask for more or less than those in force. Changes nothing. */
    post: ModelGovernanceOperations['checkPolicies'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Which live approvals and which calls of the last days would change under proposed policies, and why. Changes nothing. */
    post: ModelGovernanceOperations['replayPolicies'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/files': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The files of the policies in force and of their tests, who manages them, and where the folder says something else than the portal. */
    get: ModelGovernanceOperations['getPolicyFiles'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/conflicts/keep': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The portal's file stays in force and what the folder says now is known. Permission `model.policy.activate`. */
    post: ModelGovernanceOperations['keepPortalPolicyFile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/proposals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Changes that were proposed, the open ones first. */
    get: ModelGovernanceOperations['listPolicyProposals'];
    put?: never;
    /** Begin a proposal over what is in force. Permission `model.policy.propose`. */
    post: ModelGovernanceOperations['createPolicyProposal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/proposals/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get: ModelGovernanceOperations['getPolicyProposal'];
    /** Change an open proposal. Only its author. */
    put: ModelGovernanceOperations['changePolicyProposal'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/proposals/{id}/rebase': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put an outdated proposal over what is in force now. Where both changed the same lines, both stand in the file between marks. Only its author. */
    post: ModelGovernanceOperations['rebasePolicyProposal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/proposals/{id}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End an open proposal. Its author, or whoever has permission `model.policy.activate`. */
    post: ModelGovernanceOperations['withdrawPolicyProposal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/proposals/{id}/activate': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put a proposal into force. Somebody else than its author, with permission `model.policy.activate` and a passkey, where the portal manages policies. */
    post: ModelGovernanceOperations['activatePolicyProposal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/proposals/{id}/patch': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    /** The proposal as a patch for `git apply`. */
    get: ModelGovernanceOperations['getPolicyProposalPatch'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/activations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What came into force when, and by whom, the newest first. */
    get: ModelGovernanceOperations['listPolicyActivations'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/policies/activations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: number;
      };
      cookie?: never;
    };
    /** One activation with the texts that it changed. */
    get: ModelGovernanceOperations['getPolicyActivation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/allowlist': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every live grant. */
    get: ModelGovernanceOperations['getAllowlist'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/allowlist/epoch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin a new epoch after a database was restored, so that gateways take snapshots older than what they hold. Needs permission `model.gateway.manage` and a passkey. */
    post: ModelGovernanceOperations['raiseEpoch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/allowlist/snapshot': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The signed full snapshot. `Authorization: Gateway <proof>`. */
    get: ModelGovernanceOperations['getSnapshot'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/allowlist/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Server-sent events `snapshot`, `delta` and `heartbeat`, each with a SignedSnapshot. `Authorization: Gateway <proof>`. */
    get: ModelGovernanceOperations['streamSnapshots'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/gateways': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['listGateways'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/gateways/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A single-use token with which a new gateway enrols. Shown once. */
    post: ModelGovernanceOperations['inviteGateway'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/gateways/enrol': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Exchange an invitation for an identity. Needs no other credentials. */
    post: ModelGovernanceOperations['enrolGateway'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/gateways/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A gateway says which version it holds. `Authorization: Gateway <proof>`. */
    post: ModelGovernanceOperations['reportGatewayStatus'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/gateways/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete: ModelGovernanceOperations['removeGateway'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/gateways/{id}/identity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The public key of an enrolled gateway, so that other backends can check its proofs. For service principals. */
    get: ModelGovernanceOperations['getGatewayIdentity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/signing-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Public keys of snapshots, ledger checkpoints and approval statements. */
    get: ModelGovernanceOperations['listSigningKeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/signing-keys/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign with a new key from now on. The key before vouches for it, so that gateways follow without enrolling again. Needs permission `model.gateway.manage` and a passkey. */
    post: ModelGovernanceOperations['rotateSigningKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ledger': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['listLedger'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ledger/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The chain as JSON Lines, one LedgerEvent of @modelhub/governance-protocol a line; checkpoints are at /ledger/checkpoints. */
    get: ModelGovernanceOperations['exportLedger'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ledger/verification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Check the whole chain and its checkpoints now. */
    get: ModelGovernanceOperations['verifyLedger'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ledger/checkpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['listCheckpoints'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/passkeys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's own passkeys. */
    get: ModelGovernanceOperations['listPasskeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/passkeys/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: ModelGovernanceOperations['listPasskeyInvitations'];
    put?: never;
    /** Let a user enrol a first passkey. Permission `model.passkey.invite`. */
    post: ModelGovernanceOperations['invitePasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/passkeys/registration/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Options for `navigator.credentials.create`. Someone who has a passkey must send an assertion of it (action `passkey.enrol`) instead of an invitation. */
    post: ModelGovernanceOperations['passkeyRegistrationOptions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/passkeys/registration': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: ModelGovernanceOperations['registerPasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/passkeys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete: ModelGovernanceOperations['removePasskey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/step-up/challenges': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Options for `navigator.credentials.get` whose challenge is SHA-256(nonce ‖ user ‖ canonical payload). */
    post: ModelGovernanceOperations['createStepUpChallenge'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/drift-policy': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is done when calls of a model differ from their reference, by tier. Each step has those before it. */
    get: ModelGovernanceOperations['getDriftPolicy'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/drift-reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The usage backend tells of drift; what policy says is done, once for each episode. For services. */
    post: ModelGovernanceOperations['reportDrift'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
/** @public */
export interface ModelGovernanceComponents {
  schemas: {
    /** @enum {string} */
    DriftActionName: 'notify' | 're-evaluate' | 'canary-back' | 'suspend';
    DriftPolicyItem: {
      tier: ModelGovernanceComponents['schemas']['Tier'];
      action: ModelGovernanceComponents['schemas']['DriftActionName'];
      words: string;
    };
    DriftReport: {
      /** Format: uuid */
      episode: string;
      gatewayId: string;
      modelVersion: string;
      /** Format: date */
      since: string;
      summary: string;
      link: string;
    };
    DriftActionTaken: {
      action: ModelGovernanceComponents['schemas']['DriftActionName'];
      tiers: string[];
      words: string;
    };
    Error: {
      error: {
        name: string;
        message: string;
        code?: string;
      };
      request?: {
        method?: string;
        url?: string;
      };
      response: {
        statusCode: number;
      };
    };
    /** @enum {string} */
    Tier: 'sandbox' | 'internal' | 'customer-facing' | 'regulated';
    /** @enum {string} */
    SignOffRole: 'lead' | 'security' | 'legal' | 'risk';
    /** @enum {string} */
    ApprovalState:
      | 'draft'
      | 'checking'
      | 'changes-requested'
      | 'in-review'
      | 'approved'
      | 'rejected'
      | 'withdrawn'
      | 'suspended'
      | 'revoked'
      | 'expired'
      | 'superseded';
    /** @enum {string} */
    ApprovalKind: 'standard' | 'emergency' | 'admin-grant';
    CreateApproval: {
      entityRef: string;
      modelVersion: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      purpose: string;
      profile: string;
      justification: string;
      /** @description One of the caller's groups, whose lead is asked; the first one with a lead by default. */
      requesterGroup?: string;
      submit?: boolean;
      expectedUse?: ModelGovernanceComponents['schemas']['ExpectedUse'];
    };
    /** @description What the requester expects to send in a month, for what it costs and which hardware it takes. */
    ExpectedUse: {
      inputTokensPerMonth: number;
      outputTokensPerMonth: number;
      /** @description Requests that are worked on at the same moment. */
      peakConcurrent?: number;
    };
    PreviewApproval: {
      entityRef: string;
      modelVersion?: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      purpose?: string;
      profile?: string;
      requesterGroup?: string;
    };
    ApprovalPreview: {
      demands: ModelGovernanceComponents['schemas']['Demands'];
      /** @description What would be refused at submit. */
      problems: ModelGovernanceComponents['schemas']['Refusal'][];
      versions: {
        name: string;
        pinned: boolean;
        pin?: string;
        missing?: string;
      }[];
      /** @description Live approvals and open requests of the same scope. */
      existing?: ModelGovernanceComponents['schemas']['Approval'][];
    };
    /** @description What the policy asks for. */
    Demands: {
      tier: ModelGovernanceComponents['schemas']['Tier'];
      policyVersion: string;
      expiresAfterDays: number;
      gates: {
        id: string;
        title: string;
        description?: string;
        required: boolean;
        params?: Record<string, unknown>;
        waivableBy?: string[];
        /** @description A waiver ends after at most. */
        waiverDays?: number;
        waiverSecondFactor?: boolean;
      }[];
      signOffs: ModelGovernanceComponents['schemas']['SignOffDemand'][];
    };
    SignOffDemand: {
      role: ModelGovernanceComponents['schemas']['SignOffRole'];
      quorum: number;
      /** @description Groups whose members hold the role; for `lead` the group whose lead is asked. */
      groups: string[];
      /** @description Who could sign now. */
      people?: string[];
      secondFactor: boolean;
      given?: number;
    };
    Approval: {
      id: string;
      kind: ModelGovernanceComponents['schemas']['ApprovalKind'];
      state: ModelGovernanceComponents['schemas']['ApprovalState'];
      /** @description Optimistic version; send it with commands. */
      revision: number;
      entityRef: string;
      /** @description Title or name of the model. */
      title?: string;
      gatewayId: string;
      provider: string;
      modelVersion: string;
      digest?: string;
      providerModelId?: string;
      snapshotDate?: string;
      decisionFactsHash?: string;
      policyVersion?: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      purpose: string;
      profile: string;
      justification?: string;
      expectedUse?: ModelGovernanceComponents['schemas']['ExpectedUse'];
      requester: string;
      requesterGroup?: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      /** Format: date-time */
      submittedAt?: string;
      /** Format: date-time */
      waitingSince?: string;
      /** Format: date-time */
      approvedAt?: string;
      /** Format: date-time */
      expiresAt?: string;
      /**
       * Format: date-time
       * @description When the first waiver ends that it rests on. Then it is looked at again.
       */
      waivedUntil?: string;
      /** @description Roles (`security`), `gates` or `requester`. */
      waitingFor: string[];
      blockers?: ModelGovernanceComponents['schemas']['Refusal'][];
      /** @description Emergency approvals only. */
      pendingRequestId?: string;
      supersededBy?: string;
      /**
       * Format: date-time
       * @description Emergency approvals only.
       */
      reviewedAt?: string;
    };
    ApprovalPage: {
      items: ModelGovernanceComponents['schemas']['Approval'][];
      totalItems: number;
      nextCursor?: string;
    };
    ApprovalDetail: ModelGovernanceComponents['schemas']['Approval'] & {
      demands: ModelGovernanceComponents['schemas']['Demands'];
      gates: ModelGovernanceComponents['schemas']['GateResult'][];
      signOffs: ModelGovernanceComponents['schemas']['SignOff'][];
      holds: ModelGovernanceComponents['schemas']['Hold'][];
      /** @description What the caller may do now, and what is shown greyed out with the reason. */
      commands: ModelGovernanceComponents['schemas']['CommandOption'][];
    };
    GateResult: {
      gateId: string;
      title: string;
      required: boolean;
      /**
       * @description `not-applicable` was not asked of this model and holds nothing up.
       * @enum {string}
       */
      status:
        | 'queued'
        | 'running'
        | 'pass'
        | 'warn'
        | 'fail'
        | 'error'
        | 'needs-evidence'
        | 'waived'
        | 'not-applicable';
      summary?: string;
      findings?: ModelGovernanceComponents['schemas']['Finding'][];
      evidence?: Record<string, unknown>;
      /** @description Whether pipelines submit evidence to it. */
      takesEvidence?: boolean;
      evidenceId?: string;
      /** @description `sha256:…` over verdict, findings, evidence and files in canonical JSON; the ledger names it where there are files. */
      evidenceDigest?: string;
      /** @description Documents to download. */
      files?: ModelGovernanceComponents['schemas']['EvidenceFile'][];
      /** @description While it runs. */
      progress?: {
        message: string;
        /** @description 0 to 1 */
        fraction?: number;
      };
      gateVersion?: string;
      attempts: number;
      fromCache?: boolean;
      startedAt?: string;
      finishedAt?: string;
      nextAttemptAt?: string;
      waiver?: {
        by: string;
        reason: string;
        until: string;
        at?: string;
      };
    };
    EvidenceFile: {
      name: string;
      mediaType: string;
      sizeBytes: number;
      /** @description Lower-case hex. */
      sha256: string;
    };
    Finding: {
      id: string;
      /** @enum {string} */
      severity: 'info' | 'low' | 'medium' | 'high' | 'critical';
      message: string;
      /** @description Path in the entity, for example `spec.license.id`. */
      field?: string;
      howToFix?: string;
      link?: string;
    };
    SignOff: {
      id: string;
      role: ModelGovernanceComponents['schemas']['SignOffRole'];
      /** @enum {string} */
      decision: 'approve' | 'reject' | 'request-changes';
      by: string;
      onBehalfOf?: string;
      reason?: string;
      /** Format: date-time */
      at: string;
      secondFactor?: boolean;
      /** @description False when the subject changed after it. */
      valid: boolean;
    };
    /** @enum {string} */
    WaiverState: 'active' | 'ending' | 'ended';
    /** @description Lets a gate count as passed for one approval, until its end. */
    Waiver: {
      id: string;
      gateId: string;
      /** @description Of the gate. */
      title: string;
      /** @description `ending`: within 14 days. */
      state: ModelGovernanceComponents['schemas']['WaiverState'];
      by: string;
      reason: string;
      /** Format: date-time */
      at: string;
      /**
       * Format: date-time
       * @description As it was given; `endedAt` says when it ended before that.
       */
      until: string;
      ageDays: number;
      /** Format: date-time */
      endedAt?: string;
      /** @description A person, or `system`. */
      endedBy?: string;
      endReason?: string;
      /**
       * @description Why it does not count any more.
       * @enum {string}
       */
      ended?: 'time' | 'early' | 'renewed' | 'other-question' | 'approval-over';
      /** @description Whether the caller may end it. */
      mayEnd: boolean;
      /** @description What rests on it. */
      approval: {
        id: string;
        state: ModelGovernanceComponents['schemas']['ApprovalState'];
        entityRef: string;
        title?: string;
        modelVersion: string;
        gatewayId: string;
        tier: ModelGovernanceComponents['schemas']['Tier'];
        purpose: string;
        profile: string;
        requester: string;
        ownerRef: string;
        /** @description The approval was given, and without the waiver it would not be. */
        restsOnIt?: boolean;
      };
    };
    /** @description A policy file that asks for less than the organisation does, for a while. */
    ExceptionInForce: {
      name: string;
      reason: string;
      /** @description Who answers for it. */
      by: string;
      /** @description Its last day, in UTC. */
      until: string;
      /** Format: date-time */
      endsAt: string;
      state: ModelGovernanceComponents['schemas']['WaiverState'];
      tier: ModelGovernanceComponents['schemas']['Tier'];
      scope: string;
      file: string;
      /** @description What it changes, in words. */
      loosens?: string[];
      /** @description Live approvals that rest on it and that the caller may read. */
      approvals: ModelGovernanceComponents['schemas']['Approval'][];
    };
    Checklist: {
      entityRef: string;
      modelVersion: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      purpose?: string;
      profile?: string;
      /** @description The request or approval that it is about. */
      approval?: {
        id: string;
        state: ModelGovernanceComponents['schemas']['ApprovalState'];
        /** Format: date-time */
        expiresAt?: string;
      };
      policyVersion: string;
      expiresAfterDays?: number;
      items: ModelGovernanceComponents['schemas']['ChecklistItem'][];
      /** @description Items that are required, by what is to be done about them. */
      counts: {
        total: number;
        done: number;
        itself: number;
        owed: number;
        failing: number;
      };
      /** @description Nothing that is known speaks against it: what is left runs by itself or is a signature. */
      ready: boolean;
      /** @description How long similar requests took from request to approval; only when there were enough of them. */
      estimate?: {
        medianHours: number;
        /** @description One in ten took at least this long. */
        slowestTenthHours?: number;
        requests: number;
        /** @enum {string} */
        like: 'purpose' | 'tier';
      };
    };
    ChecklistItem: {
      /** @description `gate:licence`, `sign-off:legal`, `request:no-owner`, `passkey:security`. */
      id: string;
      /**
       * @description `request`: before one can ask at all.
       * @enum {string}
       */
      group: 'request' | 'checks' | 'people';
      title: string;
      /** @description False: advice only. */
      required: boolean;
      /**
       * @description `itself`: runs by itself; `owed`: somebody has to do something; `failing`: known not to pass; `unknown`: it could not be found out.
       * @enum {string}
       */
      state:
        | 'done'
        | 'waived'
        | 'itself'
        | 'running'
        | 'owed'
        | 'failing'
        | 'not-applicable'
        | 'unknown';
      /**
       * @description Where the answer is from: this request, the same question asked before, or a look at the facts right now.
       * @enum {string}
       */
      source?: 'request' | 'known' | 'foreseen';
      summary?: string;
      /** Format: date-time */
      at?: string;
      gateId?: string;
      role?: ModelGovernanceComponents['schemas']['SignOffRole'];
      evidenceId?: string;
      /** @description Who has to do something. */
      owes?: {
        /** @enum {string} */
        party: 'requester' | 'owner' | 'pipeline' | 'signer' | 'administrator';
        people: string[];
        groups: string[];
        /** @description The caller is one of them. */
        you?: boolean;
      };
      doneBy?: string[];
      quorum?: number;
      given?: number;
      secondFactor?: boolean;
      howTo?: string[];
      waivableBy?: string[];
      /** Format: date-time */
      waivedUntil?: string;
      actions?: ModelGovernanceComponents['schemas']['ChecklistAction'][];
    };
    ChecklistAction: {
      /** @enum {string} */
      kind:
        | 'edit-model'
        | 'view-model'
        | 'send-evidence'
        | 'enrol-passkey'
        | 'open-request'
        | 'open-waiver';
      /** @description An address outside the portal. */
      href?: string;
      approvalId?: string;
    };
    /** @description DSSE 1.0 with one Ed25519 signature over an in-toto statement. */
    EvidenceEnvelope: {
      /** @description Base64 */
      payload: string;
      payloadType: string;
      signatures: {
        keyid: string;
        /** @description Base64 */
        sig: string;
      }[];
    };
    EvidenceReceipt: {
      id: string;
      /** @description `sha256:…` of the envelope. */
      digest: string;
      gateId: string;
      entityRef: string;
      modelVersion: string;
      pin: string;
      predicateType: string;
      /** Format: date-time */
      submittedAt: string;
      /** @description Requests whose gate runs again because of it. */
      rechecked: number;
      replayed: boolean;
    };
    EvidenceTokenInput: {
      name: string;
      entityRef: string;
      modelVersion: string;
      gates: string[];
      /** @description Entity ref of the caller or a group of theirs; the caller by default. */
      owner?: string;
      expiresInDays?: number;
    };
    EvidenceToken: {
      id: string;
      /**
       * @description `ci`: made for a few minutes for a pipeline that showed its identity; `hub`: for one evaluation that ran in the hub.
       * @enum {string}
       */
      kind: 'issued' | 'ci' | 'hub';
      name: string;
      /** @description End of the secret. */
      hint: string;
      keyId: string;
      entityRef: string;
      modelVersion: string;
      pin: string;
      gates: string[];
      owner: string;
      issuedBy: string;
      /** @description What the CI system said of the pipeline. */
      identity?: {
        [key: string]: string;
      };
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      expiresAt: string;
      /** Format: date-time */
      revokedAt?: string;
      /** Format: date-time */
      lastUsedAt?: string;
    };
    IssuedEvidenceToken: ModelGovernanceComponents['schemas']['EvidenceToken'] & {
      /** @description The token as one line; shown only now. */
      token?: string;
    };
    CiIdentityInput: {
      /** @description OIDC identity token of the CI system. */
      idToken: string;
      /** @description Ed25519, SPKI PEM; the pipeline made the pair for itself. */
      publicKey: string;
      entityRef: string;
      modelVersion: string;
    };
    OnlineScorer: {
      metric: string;
      /** @enum {string} */
      type: 'length' | 'refusal' | 'regex' | 'json-schema' | 'repetition';
      pattern?: string;
      schema?: string;
      /** @enum {string} */
      direction?: 'higher' | 'lower';
    };
    /** @description The experiment stops by itself when the challenger is significantly worse by more than this. */
    OnlineStopRule: {
      metric: string;
      margin: number;
    };
    OnlineExperimentInput: {
      title: string;
      profile: string;
      purpose: string;
      tiers?: ModelGovernanceComponents['schemas']['Tier'][];
      /** @description Gateway id, or `id@version`; the newest allowed version without. */
      control: string;
      /** @description As control; absent for scoring alone. */
      challenger?: string;
      /** @description Which part of the callers gets the challenger. */
      share?: number;
      /** @description Which part of the calls is scored. */
      sampling: number;
      /** @description Calls that pin the version of the control take part too. */
      pinned?: boolean;
      scorers?: ModelGovernanceComponents['schemas']['OnlineScorer'][];
      stopRule?: ModelGovernanceComponents['schemas']['OnlineStopRule'];
      /** @description How many more calls of the challenger may fail; 0.05 without. */
      failureMargin?: number;
      days: number;
      /** @description Ids of the gateways that take part; all without. */
      gateways?: string[];
    };
    OnlineModel: {
      gatewayId: string;
      version: string;
      entityRef: string;
    };
    /**
     * @description `stopped`: by somebody or by itself before its time; `ended`: its time was over, or it was given up before it began.
     * @enum {string}
     */
    OnlineExperimentState: 'planned' | 'running' | 'stopped' | 'ended';
    OnlineStop: {
      /** Format: date-time */
      at: string;
      /** @enum {string} */
      kind:
        | 'withdrawn'
        | 'person'
        | 'worse'
        | 'failing'
        | 'not-allowed'
        | 'old-gateway'
        | 'drift'
        | 'time';
      /** @description Entity ref of whoever did it. */
      by?: string;
      reason: string;
    };
    OnlineExperiment: {
      id: string;
      title: string;
      profile: string;
      profileTitle: string;
      purpose: string;
      tiers: ModelGovernanceComponents['schemas']['Tier'][];
      control: ModelGovernanceComponents['schemas']['OnlineModel'];
      challenger?: ModelGovernanceComponents['schemas']['OnlineModel'];
      share: number;
      sampling: number;
      pinned: boolean;
      scorers: ModelGovernanceComponents['schemas']['OnlineScorer'][];
      stopRule?: ModelGovernanceComponents['schemas']['OnlineStopRule'];
      failureMargin: number;
      days: number;
      gateways?: string[];
      state: ModelGovernanceComponents['schemas']['OnlineExperimentState'];
      /** Format: date-time */
      createdAt: string;
      createdBy?: string;
      /** Format: date-time */
      startsAt?: string;
      /** Format: date-time */
      endsAt?: string;
      consent?: {
        /** Format: date-time */
        at: string;
        by: string;
        textHash: string;
      };
      stop?: ModelGovernanceComponents['schemas']['OnlineStop'];
      calls: {
        control: number;
        challenger: number;
        optedOut: number;
        dropped: number;
        refused: number;
      };
      mayConsent: boolean;
      mayNotConsentBecause?: string;
      mayWithdraw?: boolean;
      mayStop: boolean;
      results?: ModelGovernanceComponents['schemas']['OnlineResultReference'][];
    };
    OnlineResultReference: {
      /** @enum {string} */
      arm: 'control' | 'challenger';
      /** @description Of the evaluation result. */
      id: string;
      entityRef: string;
      modelVersion: string;
    };
    OnlineEstimate: {
      mean: number;
      interval?: number[];
      calls: number;
      /** @description Groups of callers. */
      groups: number;
    };
    OnlineFigure: {
      metric: string;
      title: string;
      unit: string;
      /** @enum {string} */
      direction: 'higher' | 'lower';
      confidence: number;
      control?: ModelGovernanceComponents['schemas']['OnlineEstimate'];
      challenger?: ModelGovernanceComponents['schemas']['OnlineEstimate'];
      /** @description Challenger minus control, turned so that a negative one is a loss. The interval holds at all times at once. */
      comparison?: {
        difference: number;
        interval: number[];
        /** @description For one look at the end; narrower. Only of experiments whose time was over. */
        finalInterval?: number[];
        /** @enum {string} */
        standing: 'worse' | 'unclear' | 'not-worse' | 'better';
      };
      /** @description The experiment stops when the challenger is worse by more; absent where the metric is only shown. */
      margin?: number;
    };
    OnlineExperimentDetail: ModelGovernanceComponents['schemas']['OnlineExperiment'] & {
      /** @description What is consented to. */
      consentText: string;
      consentTextHash: string;
      figures: ModelGovernanceComponents['schemas']['OnlineFigure'][];
    };
    OnlineReceipt: {
      batchId: string;
      /** @description Samples that were new. */
      accepted: number;
      refused: {
        experiment: string;
        reason: string;
      }[];
    };
    /** @enum {string} */
    EvaluationKind: 'quality' | 'fairness' | 'safety' | 'agentic' | 'online';
    EvaluationPackSummary: {
      /** @description evaluationpack:<namespace>/<name> */
      entityRef: string;
      /** @description As results name the suite. */
      name: string;
      title: string;
      description?: string;
      type: ModelGovernanceComponents['schemas']['EvaluationKind'];
      version: string;
      /** @description Entity ref. */
      owner?: string;
      lifecycle?: string;
      /** @description Ids of purposes that it is the standard for; all where empty. */
      purposes: string[];
      /** @description Hugging Face task ids of the models that it is for; all where empty. */
      modelTasks: string[];
      /** @description chat, completion, retrieval or agent. */
      task?: string;
      /** @description Absent where the files cannot be read. */
      cases?: number;
      /** @description `sha256:…` of everything that makes the numbers. */
      digest?: string;
      /** @description When this version was read first. ISO 8601. */
      firstSeenAt?: string;
      /** @description Why it cannot be run as it is; empty where all is well. */
      problems: ModelGovernanceComponents['schemas']['EvaluationPackProblem'][];
    };
    EvaluationPackProblem: {
      /**
       * @description `content-changed`: other content under the same version; results of the earlier content stay what they are.
       * @enum {string}
       */
      code: 'unreadable' | 'invalid' | 'content-changed';
      /** @description With what to do about it. */
      message: string;
    };
    EvaluationPackDetail: ModelGovernanceComponents['schemas']['EvaluationPackSummary'] & {
      /** @description Whether it is the version in the catalog. */
      isCurrent: boolean;
      criteria: ModelGovernanceComponents['schemas']['EvaluationPackCriterion'][];
      scorers: {
        /** @description Of the metric. */
        name: string;
        type: string;
        title?: string;
        about?: string;
        params?: Record<string, unknown>;
      }[];
      fairness?: {
        attributes: string[];
        metric: string;
        positiveLabel?: string;
        minimumCases?: number;
      };
      /** @description How every case is asked: temperature, maxTokens, … */
      request?: Record<string, unknown>;
      /** @description Of retrieval. */
      documents?: number;
      slices: {
        attribute: string;
        values: {
          value: string;
          cases: number;
        }[];
      }[];
      categories: {
        category: string;
        cases: number;
      }[];
      /** @description The first cases, shortened. */
      sample: {
        id: string;
        input: string;
        expected?: string;
        /** @enum {string} */
        behaviour?: 'refuse' | 'comply';
        category?: string;
        slices?: {
          [key: string]: string;
        };
      }[];
      /** @description All that were read so far, the last one first. */
      versions: {
        version: string;
        digest: string;
        firstSeenAt: string;
      }[];
    };
    EvaluationPackCriterion: {
      metric: string;
      statistic?: string;
      slice?: string;
      atLeast?: number;
      atMost?: number;
    };
    EvaluationPackDocument: {
      /** @enum {string} */
      format: 'modelhub-evaluation-pack/v1';
      entityRef: string;
      name: string;
      version: string;
      digest: string;
      packYaml: string;
      /** @description Texts by the path that pack.yaml gives. */
      files: {
        [key: string]: string;
      };
    };
    ModelEvaluation: {
      id: string;
      /** @description Of the model. */
      entityRef: string;
      modelVersion: string;
      pin: string;
      predicateType: string;
      /** @description `sha256:…` of the result in canonical JSON. */
      resultDigest: string;
      pack: {
        name: string;
        version?: string;
        /** @description Where the catalog has it. */
        entityRef?: string;
        title?: string;
        type?: ModelGovernanceComponents['schemas']['EvaluationKind'];
        digest?: string;
        /**
         * @description `outdated`: the catalog has another version now; `other-content`: the version is that of the catalog, and the content is not what is known of it.
         * @enum {string}
         */
        standing: 'current' | 'outdated' | 'other-content' | 'not-in-catalog';
        currentVersion?: string;
      };
      /**
       * @description `hub`: a run that somebody started here; `person`: own input of somebody, measured in the playground.
       * @enum {string}
       */
      source: 'pipeline' | 'hub' | 'online' | 'person';
      /** @description As the endpoint calls it. */
      model?: string;
      startedAt: string;
      finishedAt: string;
      submittedAt: string;
      /** @description Entity ref. */
      submittedBy: string;
      /** @description Who clicked; of runs in the hub. */
      startedBy?: string;
      runId?: string;
      partial: boolean;
      /** @description Whether all of its submissions were taken back. */
      isWithdrawn: boolean;
      /** @description Checks that it was submitted to. */
      gates: {
        gateId: string;
        evidenceId: string;
        isWithdrawn: boolean;
      }[];
      /** @description In a list those of all cases only; with slices in the single result. */
      metrics: ModelGovernanceComponents['schemas']['ModelEvaluationMetric'][];
      /** @description What the pack asks, where its content is known. */
      criteria: (ModelGovernanceComponents['schemas']['EvaluationPackCriterion'] & {
        value?: number;
        interval?: number[];
        unit?: string;
        /** @enum {string} */
        standing: 'met' | 'missed' | 'not-measured';
      })[];
      /**
       * @description `unknown` where the pack has no criteria, or its content is not known.
       * @enum {string}
       */
      outcome: 'met' | 'missed' | 'unknown';
      cases?: {
        /** @description Of the whole pack. */
        asked: number;
        scored: number;
        unscored: number;
        failed: number;
      };
      /** @description Whether it can be compared case by case. */
      hasCases: boolean;
      /** @description How many failed cases are kept with their content. */
      failures: number;
      tool: {
        name: string;
        version: string;
      };
    };
    ModelEvaluationMetric: {
      name: string;
      title: string;
      value: number;
      unit: string;
      /**
       * @description Which way is better; absent where it is not known.
       * @enum {string}
       */
      direction?: 'higher' | 'lower';
      scorer?: string;
      statistic?: string;
      slice?: string;
      samples?: number;
      interval?: number[];
    };
    ModelEvaluationDetail: ModelGovernanceComponents['schemas']['ModelEvaluation'] & {
      settings: Record<string, unknown>;
      target: {
        [key: string]: string;
      };
      inputDigest?: string;
      /** @description Single cases, column by column; see EvaluationCases of @modelhub/governance-protocol. */
      columns?: Record<string, unknown>;
      failedCases: {
        caseId: string;
        metric: string;
        category?: string;
      }[];
      /** @description For each attribute of a fairness pack; see FairnessComparison of @modelhub/evals. */
      fairness: Record<string, unknown>[];
      mayReadContent: boolean;
    };
    ModelEvaluationFailure: {
      caseId: string;
      metric: string;
      reason: string;
      category?: string;
      input?: string;
      output?: string;
    };
    ModelEvaluationComparison: {
      candidate: ModelGovernanceComponents['schemas']['ModelEvaluation'];
      incumbent: ModelGovernanceComponents['schemas']['ModelEvaluation'];
      items: ModelGovernanceComponents['schemas']['ModelMetricComparison'][];
      /** @description Metrics that cannot be compared, and why. */
      skipped: {
        metric: string;
        reason: string;
      }[];
    };
    /** @description Differences are candidate minus incumbent, turned so that a negative one is a loss. */
    ModelMetricComparison: {
      metric: string;
      title: string;
      pairs: number;
      candidate: number;
      incumbent: number;
      /** @enum {string} */
      direction: 'higher' | 'lower';
      unit: string;
      difference: number;
      interval: number[];
      confidence: number;
      margin: number;
      pValue: number;
      /** @description With several metrics; it is what the standing goes by. */
      adjustedPValue?: number;
      /** @description Scores that only one of the two has. */
      unpaired?: number;
      /** @description cases, case-means or labels: what the numbers are made of. */
      basis?: string;
      /** @enum {string} */
      standing: 'worse' | 'unclear' | 'not-worse' | 'better';
    };
    /** @enum {string} */
    PackRunState: 'queued' | 'running' | 'finished' | 'failed' | 'cancelled';
    PackRunInput: {
      /** @description Of a model. */
      entityRef: string;
      modelVersion: string;
      /** @description Entity ref of a pack. */
      pack: string;
      /** @description Checks that get the result, beside those that open requests ask for. */
      gates?: string[];
    };
    PackRun: {
      id: string;
      entityRef: string;
      modelVersion: string;
      pin: string;
      pack: {
        entityRef: string;
        name: string;
        title: string;
        version: string;
        digest: string;
      };
      gates: string[];
      state: ModelGovernanceComponents['schemas']['PackRunState'];
      /** @description Entity ref. */
      requestedBy: string;
      /** @description Entity ref of whose quota it counts against. */
      team: string;
      createdAt: string;
      startedAt?: string;
      finishedAt?: string;
      attempts: number;
      progress?: {
        done: number;
        failed: number;
        total: number;
        retries?: number;
      };
      /** @description Why it failed */
      problem?: string;
      /** @description Of the result */
      resultId?: string;
      mayCancel: boolean;
      mayRetry: boolean;
    };
    PackRunPreview: {
      may: boolean;
      refusal?: {
        /** @enum {string} */
        code:
          | 'not-allowed'
          | 'not-configured'
          | 'pack'
          | 'quota'
          | 'version'
          | 'running';
        message: string;
      };
      /** @description What runs the pack elsewhere. */
      command: string;
      /** @description What submits its result. */
      uploadCommand: string;
      cases?: number;
      /** @description To the model; without retries. */
      requests?: number;
      /** @description By the length of the cases and the limit of answers; the most that it may be. */
      estimatedTokens?: {
        input: number;
        output: number;
      };
      /** @description At the prices of the model's entity; the most that it may be. */
      estimatedCost?: {
        amount: number;
        currency: string;
      };
      /** @description Checks that would get the result. */
      gates: string[];
      /** @description Runs of the same pack on the same version that are not over. */
      running: ModelGovernanceComponents['schemas']['PackRun'][];
    };
    EvidenceSubmission: {
      id: string;
      /** @description `sha256:…` of the envelope. */
      digest: string;
      gateId: string;
      entityRef: string;
      modelVersion: string;
      pin: string;
      predicateType: string;
      /** Format: date-time */
      producedAt: string;
      /** Format: date-time */
      submittedAt: string;
      /** @description Entity ref of the owner of the token. */
      submittedBy: string;
      token: {
        id: string;
        name: string;
        /** @enum {string} */
        kind: 'issued' | 'ci' | 'hub';
        identity?: {
          [key: string]: string;
        };
      };
      withdrawn?: {
        /** Format: date-time */
        at: string;
        by: string;
        reason: string;
      };
      mayWithdraw: boolean;
    };
    AttachedEvaluation: {
      result: ModelGovernanceComponents['schemas']['ModelEvaluation'];
      /** @description Entity ref. */
      attachedBy: string;
      /** Format: date-time */
      attachedAt: string;
    };
    AttachedEvaluations: {
      items: ModelGovernanceComponents['schemas']['AttachedEvaluation'][];
      mayAttach: boolean;
    };
    ApprovalEvidence: {
      gates: {
        gateId: string;
        title: string;
        required: boolean;
        predicateTypes: string[];
      }[];
      items: ModelGovernanceComponents['schemas']['EvidenceSubmission'][];
      /** @description Whether the caller may issue a token for this version. */
      mayIssue: boolean;
      mayNotIssueBecause?: string;
    };
    Hold: {
      id: string;
      /** @enum {string} */
      kind:
        | 'manual'
        | 'advisory'
        | 'subject-changed'
        | 'policy-changed'
        | 'drift'
        | 'ownerless'
        | 'batch-off'
        | 'waiver-ended';
      reason: string;
      placedBy: string;
      /** Format: date-time */
      placedAt: string;
      clearedBy?: string;
      /** Format: date-time */
      clearedAt?: string;
      clearReason?: string;
      /**
       * @description What it keeps off: one approval and new requests of its scope, or whatever is approved of a version or of the model.
       * @enum {string}
       */
      covers?: 'approval' | 'version' | 'model';
      modelVersion?: string;
      /** @description Where it is on an approval. */
      approvalId?: string;
      /** @description Whether the caller may clear it. */
      mayClear?: boolean;
    };
    CommandOption: {
      command: ModelGovernanceComponents['schemas']['UserCommand'];
      role?: ModelGovernanceComponents['schemas']['SignOffRole'];
      holdId?: string;
      onBehalfOf?: string;
      allowed: boolean;
      refusal?: ModelGovernanceComponents['schemas']['Refusal'];
      needsReason: boolean;
      needsStepUp: boolean;
    };
    Refusal: {
      code: string;
      message: string;
      since?: string;
    };
    /** @enum {string} */
    UserCommand:
      | 'submit'
      | 'approve'
      | 'reject'
      | 'request-changes'
      | 'withdraw'
      | 'suspend'
      | 'clear-hold'
      | 'revoke';
    ApprovalCommandInput: {
      command: ModelGovernanceComponents['schemas']['UserCommand'];
      revision: number;
      role?: ModelGovernanceComponents['schemas']['SignOffRole'];
      onBehalfOf?: string;
      holdId?: string;
      reason?: string;
      stepUp?: ModelGovernanceComponents['schemas']['StepUpProof'];
    };
    StepUpProof: {
      challengeId: string;
      /** @description AuthenticationResponseJSON */
      response: Record<string, unknown>;
    };
    BreakGlass: {
      entityRef: string;
      modelVersion: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      purpose: string;
      profile: string;
      reason: string;
      pendingRequestId?: string;
      stepUp: ModelGovernanceComponents['schemas']['StepUpProof'];
    };
    TimelineEntry: {
      seq: number;
      /** Format: date-time */
      at: string;
      /** @description Entity ref of the person where it is known and not erased, else the pseudonym; `service:…` or `system`. */
      actor: string;
      type: string;
      subject: string;
      entityRef?: string;
      approvalId?: string;
      /** @description One readable sentence. */
      summary?: string;
      /** @description Free text that belongs to it and was not erased. */
      text?: string;
      payload: {
        [key: string]: unknown;
      };
      hash: string;
    };
    Standing: {
      entityRef: string;
      /** @enum {string} */
      maturity: 'experimental' | 'validated' | 'production';
      official: boolean;
      grants: ModelGovernanceComponents['schemas']['Grant'][];
      openRequests: ModelGovernanceComponents['schemas']['Approval'][];
      heldApprovals: ModelGovernanceComponents['schemas']['Approval'][];
      /** @description For example a gateway id that another model claims, or no owner. */
      problems: ModelGovernanceComponents['schemas']['Refusal'][];
      nextStep: {
        /** @enum {string} */
        kind: 'request' | 'wait' | 'sign' | 'use' | 'fix' | 'none';
        message: string;
        approvalId?: string;
      };
    };
    Grant: {
      approvalId: string;
      kind: ModelGovernanceComponents['schemas']['ApprovalKind'];
      entityRef: string;
      gatewayId: string;
      modelVersion: string;
      digest?: string;
      providerModelId?: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      purpose: string;
      profile: string;
      /** Format: date-time */
      approvedAt: string;
      /** Format: date-time */
      expiresAt: string;
    };
    StandingSummary: {
      entityRef: string;
      tiers: ModelGovernanceComponents['schemas']['Tier'][];
      /** @enum {string} */
      maturity: 'experimental' | 'validated' | 'production';
      official: boolean;
      openRequests: number;
      holds: number;
      grants: ModelGovernanceComponents['schemas']['Grant'][];
    };
    Change: {
      seq: number;
      entityRef: string;
      type: string;
      at: string;
    };
    AccessDecision: {
      allowed: boolean;
      code?: string;
      message: string;
      approvalId?: string;
      entityRef?: string;
      gatewayId?: string;
      modelVersion?: string;
      digest?: string;
      tier?: ModelGovernanceComponents['schemas']['Tier'];
      expiresAt?: string;
      requestUrl?: string;
    };
    AccessProfile: {
      id: string;
      title: string;
      description?: string;
      owner?: string;
      /** @description Entity refs of groups, components and users. */
      members: string[];
      /** @enum {string} */
      enforcement: 'observe' | 'warn' | 'enforce';
      /** @description The caller is one of its members. */
      mine?: boolean;
      settings?: ModelGovernanceComponents['schemas']['ProfileSettings'];
    };
    AccessProfileInput: {
      id: string;
      title: string;
      description?: string;
      owner?: string;
      members: string[];
      /** @enum {string} */
      enforcement?: 'observe' | 'warn' | 'enforce';
      settings?: ModelGovernanceComponents['schemas']['ProfileSettings'];
    };
    /** @description What gateways do with the calls of a profile. Sent, they replace all settings; left out, the settings stay. */
    ProfileSettings: {
      limits?: ModelGovernanceComponents['schemas']['UsageLimits'];
      /** @description Files and batches may be sent; refused without. */
      batches?: boolean;
      /** @description Answers may be repeated to equal calls for so long; never without. */
      cacheSeconds?: number;
      sanitation?: ModelGovernanceComponents['schemas']['Sanitation'];
      /** @description Prompts and answers are kept for so many days; not at all without. */
      contentRetentionDays?: number;
      agents?: ModelGovernanceComponents['schemas']['AgentRules'];
    };
    /** @description Absent means without bound. */
    UsageLimits: {
      requestsPerMinute?: number;
      /** @description Input and output tokens together. */
      tokensPerMinute?: number;
      /** @description Calls at one time. */
      maxConcurrent?: number;
      /** @description Of one call, counted or estimated before it is sent. */
      maxPromptTokens?: number;
      /** @description Of one call, as its caller sends it: the body with everything in it. */
      maxPromptBytes?: number;
    };
    /** @description What is looked for in texts, and what is done about a finding. Without it, secrets in requests are redacted; an empty object switches that off. */
    Sanitation: {
      requests?: ModelGovernanceComponents['schemas']['SanitationActions'];
      responses?: ModelGovernanceComponents['schemas']['SanitationActions'];
    };
    SanitationActions: {
      /** @enum {string} */
      secrets?: 'report' | 'redact' | 'refuse';
      /** @enum {string} */
      'personal-data'?: 'report' | 'redact' | 'refuse';
    };
    /** @description Guard rails for agents. A trace is what one task of an agent calls. */
    AgentRules: {
      maxCallsPerTrace?: number;
      riskBudgetPerTrace?: number;
      /** @description How often the same call may come in one trace before it counts as a loop. */
      maxRepeats?: number;
      /** @description The first that matches decides. */
      tools?: ModelGovernanceComponents['schemas']['ToolRule'][];
      /**
       * @description For tools that no rule matches; `allow` without.
       * @enum {string}
       */
      otherTools?: 'allow' | 'deny' | 'ask';
      /** @description How long a call waits for a person; 120 without. */
      askSeconds?: number;
    };
    ToolRule: {
      /** @description Name of a tool, or a prefix that ends in `*`. */
      match: string;
      /** @enum {string} */
      action: 'allow' | 'deny' | 'ask';
      /** @description What a call that offers the tool takes from the risk budget of its trace; 0 without. */
      risk?: number;
    };
    Purpose: {
      id: string;
      title: string;
      description?: string;
      dataClasses: (
        | 'public'
        | 'internal'
        | 'confidential'
        | 'personal'
        | 'special-category'
      )[];
      /** @description Regions in which the data may be processed; empty means any. */
      regions: string[];
      /** @description For how long a provider may keep prompts at most; for any time without. */
      maxRetentionDays?: number;
      /** @description What is done with a model beyond asking it, which licences may limit; empty says nothing of these, absent that nobody says. */
      uses?: (
        | 'product'
        | 'hosting'
        | 'redistribution'
        | 'fine-tuning'
        | 'training-on-output'
        | 'automated-decisions'
        | 'medical-advice'
        | 'law-enforcement'
      )[];
    };
    GatewayKey: {
      id: string;
      name: string;
      /** @description The last four characters of the secret. */
      hint: string;
      profile: string;
      purpose: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      owner: string;
      issuedBy: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      expiresAt?: string;
      /** Format: date-time */
      revokedAt?: string;
      /** Format: date-time */
      rotatedAt?: string;
      /** @description The secret before the last rotation, while it still holds. */
      previous?: {
        hint: string;
        /** Format: date-time */
        until: string;
      };
      /** @description The owner is not in the catalog any more; the key is revoked unless it comes back. */
      ownerMissing?: {
        /** Format: date-time */
        since: string;
        /** Format: date-time */
        revokedAfter: string;
      };
      /** @description The owner is no longer a member of the profile. Gateways do not take the key; it is revoked unless the owner becomes a member again. */
      ownerLeft?: {
        /** Format: date-time */
        since: string;
        /** Format: date-time */
        revokedAfter: string;
      };
      limits?: ModelGovernanceComponents['schemas']['UsageLimits'];
      /** @description The key opens this evaluation endpoint and nothing else; nothing at all before `boundAt`. */
      endpoint?: {
        id: ModelGovernanceComponents['schemas']['EndpointId'];
        gatewayId?: string;
        version?: string;
        /** Format: date-time */
        boundAt?: string;
      };
    };
    /** @description Of an evaluation endpoint; a DNS label. */
    EndpointId: string;
    KeyBinding: {
      gatewayId: string;
      version: string;
      /** @description Of the OpenAI-compatible API there: http or https, without credentials, query and fragment. */
      baseUrl: string;
      /** @description How the server there calls the model. */
      model: string;
    };
    KeyExpiry: {
      defaultDays: number;
      maxDays: number;
    };
    IssuedKey: ModelGovernanceComponents['schemas']['GatewayKey'] & {
      /** @description Absent on a replay. */
      secret?: string;
    };
    /** @enum {string} */
    AskState: 'waiting' | 'allowed' | 'denied' | 'withdrawn' | 'expired';
    AskTool: {
      name: string;
      /** @description SHA-256 of what the caller says about the tool. */
      descriptionHash: string;
      risk: number;
    };
    AskInput: {
      /** Format: uuid */
      id: string;
      keyId: string;
      caller?: ModelGovernanceComponents['schemas']['AskCaller'];
      trace?: string;
      model: string;
      tools: ModelGovernanceComponents['schemas']['AskTool'][];
      /** @description For how long the call waits. */
      seconds: number;
    };
    /** @description Who called with a token of the organisation, and so without a key. */
    AskCaller: {
      /** @description Of the person or component that the token names. */
      entityRef: string;
      /** @description Of the token. */
      issuer: string;
      profile: string;
    };
    AskStatus: {
      state: ModelGovernanceComponents['schemas']['AskState'];
      /**
       * Format: date-time
       * @description The decision holds for the key, these tools and the trace until then; without, for this call alone.
       */
      until?: string;
      reason?: string;
    };
    Ask: {
      id: string;
      state: ModelGovernanceComponents['schemas']['AskState'];
      /** @description Name of the gateway that holds the call. */
      gateway: string;
      keyId: string;
      keyName: string;
      /** @description Entity ref; of the caller, where the call came with a token. */
      keyOwner: string;
      /** @description Of the token that the call came with, in place of a key. */
      issuer?: string;
      profile: string;
      /** @description Gateway id. */
      model: string;
      trace?: string;
      tools: ModelGovernanceComponents['schemas']['AskTool'][];
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      expiresAt: string;
      /** Format: date-time */
      decidedAt?: string;
      /** @description Entity ref. */
      decidedBy?: string;
      /** Format: date-time */
      until?: string;
      reason?: string;
      mayDecide: boolean;
      /** @description Why the caller may not decide. */
      whyNot?: string;
    };
    AskPage: {
      items: ModelGovernanceComponents['schemas']['Ask'][];
      totalItems: number;
      nextCursor?: string;
    };
    AskDecisionInput: {
      /** @enum {string} */
      decision: 'allow-once' | 'allow-trace' | 'deny';
      reason?: string;
    };
    Delegation: {
      id: string;
      delegator: string;
      delegate: string;
      role?: ModelGovernanceComponents['schemas']['SignOffRole'];
      /** Format: date-time */
      until: string;
      /** Format: date-time */
      endedAt?: string;
    };
    PolicySet: {
      /** @description sha256:… over the canonical form of all layers. */
      version: string;
      loadedAt: string;
      tiers: ModelGovernanceComponents['schemas']['Demands'][];
      layers: {
        name: string;
        scope: string;
        file?: string;
        hash?: string;
      }[];
      /** @description The last load failed; what is shown is the last good one. */
      error?: {
        message: string;
        at: string;
        file?: string;
      };
    };
    PolicyGate: {
      id: string;
      title: string;
      description?: string;
      /** @description JSON Schema of its parameters; absent where only the check itself can tell. */
      params?: {
        [key: string]: unknown;
      };
      /** @description By parameter, which way is stricter. */
      paramOrder?: {
        [key: string]: unknown;
      };
    };
    ProposedPolicies: {
      /** @description What is changed over the files in force; all others stay as they are. */
      files: ModelGovernanceComponents['schemas']['ProposedPolicyFile'][];
    };
    ProposedPolicyFile: {
      /** @description Path below the policy folder, such as `internal.yaml` or `tests/tiers.yaml`. */
      name: string;
      /** @description Its whole new text; without it the file is removed. */
      content?: string;
    };
    PolicyCheck: {
      /** @description Whether they load. Tests may still differ. */
      valid: boolean;
      /** @description What their version would be; only when valid. */
      version?: string;
      /** @description The version in force. */
      baseVersion: string;
      errors: ModelGovernanceComponents['schemas']['PolicyProblem'][];
      tests: ModelGovernanceComponents['schemas']['PolicyTestResult'][];
      /** @description Rules that no test touches. */
      uncovered: {
        file: string;
        field: string;
        /** @description As `no case looks at it`. */
        message: string;
      }[];
      changes: ModelGovernanceComponents['schemas']['PolicyTierChange'][];
    };
    PolicyProblem: {
      file: string;
      /** @description Where in the file, as `gates.licence.when`. */
      field?: string;
      /** @description From 1, where it is known. */
      line?: number;
      column?: number;
      message: string;
    };
    PolicyTestResult: {
      file: string;
      name: string;
      /** @description What differs from what was expected; empty when the case passed. */
      differences: string[];
    };
    PolicyTierChange: {
      tier: ModelGovernanceComponents['schemas']['Tier'];
      items: {
        /** @enum {string} */
        effect: 'stricter' | 'looser' | 'changed';
        /** @description In words, as `Sign-off by security is asked for.` */
        text: string;
        /** @description For whom, where not for everybody, as `system:default/shop`. */
        scope?: string;
      }[];
    };
    PolicyReplay: {
      version: string;
      baseVersion: string;
      /** @description ISO 8601 */
      at: string;
      approvals: {
        /** @description Live approvals. */
        looked: number;
        ends: number;
        stricter: number;
        looser: number;
        unchanged: number;
        /** @description Of models or purposes that are gone; nobody can tell. */
        unknown: number;
        /** @description Those that change; those that end first, then by model. */
        items: ModelGovernanceComponents['schemas']['ReplayedApproval'][];
      };
      calls: {
        /** @description Whether the portal knows calls (the usage backend is installed and answered). */
        known: boolean;
        looked: number;
        wouldBeRefused: number;
        byModel: ModelGovernanceComponents['schemas']['ReplayedCalls'][];
        from: string;
        to: string;
      };
    };
    ReplayedApproval: {
      id: string;
      entityRef: string;
      title: string;
      /** @description Of the model. */
      version: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      purpose: string;
      profile: string;
      /**
       * @description ends: what was decided does not suffice any more. stricter: more is asked for, and what was decided suffices, or only the life is shorter.
       * @enum {string}
       */
      effect: 'ends' | 'stricter' | 'looser' | 'unchanged';
      /** @description As it is now. */
      expiresAt?: string;
      /** @description Where the policies change it. */
      expiresAtThen?: string;
      reasons: ModelGovernanceComponents['schemas']['Refusal'][];
    };
    ReplayedCalls: {
      gatewayId: string;
      profile: string;
      purpose: string;
      tier: ModelGovernanceComponents['schemas']['Tier'];
      calls: number;
      reason: string;
      /** @description ISO 8601 */
      lastAt: string;
    };
    PolicyFileSet: {
      /**
       * @description Where policies are changed. With `files` the folder is the truth.
       * @enum {string}
       */
      manage: 'files' | 'portal';
      /** @description Where the folder lies in its repository. */
      folder: string;
      version: string;
      /** @description sha256:… over all names and texts. */
      hash: string;
      files: {
        name: string;
        content: string;
      }[];
      /** @description Files that somebody changed in the folder after the portal's were activated. */
      conflicts: {
        file: string;
        /** @description Without it the folder has no such file any more. */
        folderText?: string;
        folderHash?: string;
      }[];
      mayPropose: boolean;
      mayActivate: boolean;
    };
    PolicyProposal: {
      id: string;
      title: string;
      reason: string;
      /** @description Entity ref. */
      author: string;
      /**
       * @description `outdated` is open, and something else is in force than when it was begun.
       * @enum {string}
       */
      state: 'open' | 'outdated' | 'activated' | 'withdrawn';
      revision: number;
      baseVersion: string;
      /** @description Names of the files that it changes. */
      files: string[];
      createdAt: string;
      updatedAt: string;
      endedAt?: string;
      /** @description Entity ref; without it the folder was changed. */
      endedBy?: string;
      endReason?: string;
      activationId?: number;
    };
    PolicyProposalDetail: {
      proposal: ModelGovernanceComponents['schemas']['PolicyProposal'];
      changes: ModelGovernanceComponents['schemas']['ChangedPolicyFile'][];
      /** @description What may be done with it, and why not. */
      commands: {
        /** @enum {string} */
        command: 'edit' | 'rebase' | 'withdraw' | 'activate';
        allowed: boolean;
        refusal?: ModelGovernanceComponents['schemas']['Refusal'];
      }[];
    };
    ChangedPolicyFile: {
      name: string;
      /** @description The text before; without it the file is new. */
      before?: string;
      /** @description The text afterwards; without it the file is removed. */
      after?: string;
    };
    PolicyActivation: {
      id: number;
      version: string;
      at: string;
      /** @enum {string} */
      how: 'folder' | 'portal';
      /** @description Entity ref. */
      by?: string;
      proposalId?: string;
      reason?: string;
      /** @description Names of files that differ from the activation before. */
      changed: string[];
    };
    Allowlist: {
      epoch: number;
      version: number;
      items: ModelGovernanceComponents['schemas']['Grant'][];
    };
    Gateway: {
      id: string;
      name: string;
      enrolledAt: string;
      /** @description Whether it follows the allowlist now; false up to 40 s after its replica was killed. */
      connected: boolean;
      /** @description When it asked for something or its stream was open; not older than 30 s while it is connected. */
      lastSeenAt?: string;
      epoch?: number;
      version?: number;
      /** @description How many versions it is behind. */
      behind?: number;
      alarms?: string[];
      removedAt?: string;
    };
    GatewayPublicIdentity: {
      id: string;
      name: string;
      /** @description Ed25519, SPKI PEM */
      publicKey: string;
    };
    PublicKey: {
      keyId: string;
      /** @enum {string} */
      use: 'snapshot' | 'ledger' | 'statement';
      /** @description Ed25519, SPKI PEM */
      publicKey: string;
      /** @enum {string} */
      state: 'active' | 'retiring' | 'retired';
      createdAt?: string;
      /** @description The key before vouches for this one; see `verifyKeySuccession` of @modelhub/governance-protocol. */
      succession?: {
        /** @description Id of the key before. */
        predecessor: string;
        signature: string;
      };
    };
    Passkey: {
      id: string;
      name: string;
      createdAt: string;
      lastUsedAt?: string;
      backedUp?: boolean;
    };
    PasskeyInvitation: {
      id: string;
      user: string;
      invitedBy: string;
      expiresAt: string;
      usedAt?: string;
    };
  };
  responses: {
    /** @description An error as @backstage/errors serialises it */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': ModelGovernanceComponents['schemas']['Error'];
      };
    };
  };
  parameters: {
    Id: string;
    Cursor: string;
    Limit: number;
    /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
    IdempotencyKey: string;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
/** @public */
export interface ModelGovernanceOperations {
  listApprovals: {
    parameters: {
      query?: {
        state?: ModelGovernanceComponents['schemas']['ApprovalState'][];
        tier?: ModelGovernanceComponents['schemas']['Tier'][];
        entityRef?: string;
        /** @description Entity ref of a user, or `me`. */
        requester?: string;
        /** @description Only requests that the caller may sign now. */
        needsMyDecision?: boolean;
        /** @description Only requests that still wait for this role. */
        role?: ModelGovernanceComponents['schemas']['SignOffRole'];
        order?: 'newest' | 'oldest' | 'waiting-longest';
        cursor?: ModelGovernanceComponents['parameters']['Cursor'];
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalPage'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  createApproval: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['CreateApproval'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  previewApproval: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['PreviewApproval'];
      };
    };
    responses: {
      /** @description Demands */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalPreview'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getApproval: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The approval with all that belongs to it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getApprovalTimeline: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ledger events of the approval, oldest first, in readable form */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['TimelineEntry'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  commandApproval: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['ApprovalCommandInput'];
      };
    };
    responses: {
      /** @description The approval after the command */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  rerunGate: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
        gateId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The approval with the gate queued again */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getEvidenceFile: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
        gateId: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The document, with its own media type */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  waiveGate: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
        gateId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
          /** Format: date-time */
          until: string;
          stepUp?: ModelGovernanceComponents['schemas']['StepUpProof'];
        };
      };
    };
    responses: {
      /** @description The approval */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  endWaiver: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
        gateId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The approval */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listWaivers: {
    parameters: {
      query?: {
        state?: ModelGovernanceComponents['schemas']['WaiverState'][];
        gate?: string;
        tier?: ModelGovernanceComponents['schemas']['Tier'];
        entityRef?: string;
        approval?: string;
        /** @description Entity ref of who gave it, or `me`. */
        by?: string;
        order?: 'ends-first' | 'oldest' | 'newest';
        cursor?: ModelGovernanceComponents['parameters']['Cursor'];
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Waivers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Waiver'][];
            totalItems: number;
            /** @description Of all that the caller may read, whatever the filter. */
            counts: {
              active: number;
              ending: number;
              ended: number;
            };
            nextCursor?: string;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listPolicyExceptions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Exceptions, those that end soonest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['ExceptionInForce'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  breakGlass: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['BreakGlass'];
      };
    };
    responses: {
      /** @description The emergency approval */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  reviewBreakGlass: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description `not-justified` revokes at once.
           * @enum {string}
           */
          verdict: 'justified' | 'not-justified';
          reason: string;
        };
      };
    };
    responses: {
      /** @description The emergency approval */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  submitEvidence: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['EvidenceEnvelope'];
      };
    };
    responses: {
      /** @description It was taken before; the first answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['EvidenceReceipt'];
        };
      };
      /** @description It was taken, and requests that ask for the gate are checked again */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['EvidenceReceipt'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listEvidenceTokens: {
    parameters: {
      query?: {
        entityRef?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Tokens, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['EvidenceToken'][];
            expiry: ModelGovernanceComponents['schemas']['KeyExpiry'];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  issueEvidenceToken: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['EvidenceTokenInput'];
      };
    };
    responses: {
      /** @description The token; a replay has no secret */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['IssuedEvidenceToken'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  revokeEvidenceToken: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The token */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['EvidenceToken'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  exchangeCiIdentity: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['CiIdentityInput'];
      };
    };
    responses: {
      /** @description What the key may sign */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['EvidenceToken'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  withdrawEvidence: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The evidence */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['EvidenceSubmission'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listSubmittedEvidence: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Gates and evidence, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ApprovalEvidence'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listAttachedEvaluations: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What is attached */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AttachedEvaluations'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  attachEvaluation: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          resultId: string;
        };
      };
    };
    responses: {
      /** @description Everything that is attached to the request */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AttachedEvaluations'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getEvidenceBundle: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A signed bundle */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/vnd.modelhub.evidence-bundle+json': Record<
            string,
            unknown
          >;
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listEvaluationPacks: {
    parameters: {
      query?: {
        type?: ModelGovernanceComponents['schemas']['EvaluationKind'];
        /** @description Only packs that are for this model's tasks. */
        entityRef?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Packs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['EvaluationPackSummary'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getEvaluationPack: {
    parameters: {
      query?: {
        /** @description One that was read before; the one in the catalog without. */
        version?: string;
      };
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pack */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['EvaluationPackDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  downloadEvaluationPack: {
    parameters: {
      query?: {
        /** @description One that was read before; the one in the catalog without. */
        version?: string;
      };
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pack */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['EvaluationPackDocument'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listModelEvaluations: {
    parameters: {
      query?: {
        /** @description Of a model. */
        entityRef?: string;
        /** @description Entity ref of a pack, or the name of a suite as results give it. */
        pack?: string;
        modelVersion?: string;
        /** @description Only the newest result of each version of a model and suite; withdrawn ones do not count. */
        latest?: boolean;
        cursor?: ModelGovernanceComponents['parameters']['Cursor'];
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Results */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['ModelEvaluation'][];
            nextCursor?: string;
            /** @description Whether the caller may read what failed cases say; of the named model. */
            mayReadContent: boolean;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  fileModelEvaluation: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Of the model. */
          entityRef: string;
          modelVersion: string;
          /** @description What the version was when it was measured; refused where it is something else now. */
          pin?: string;
          /** @description `EvaluationResult` of @modelhub/governance-protocol. The name of its suite begins with `own-input/`. */
          result: {
            [key: string]: unknown;
          };
        };
      };
    };
    responses: {
      /** @description Filed, or filed before */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ModelEvaluation'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getModelEvaluation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The result */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ModelEvaluationDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listModelEvaluationFailures: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description At most 100 cases */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['ModelEvaluationFailure'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  compareModelEvaluations: {
    parameters: {
      query: {
        /** @description Id of the other result. */
        with: string;
        /** @description All that both have without. */
        metric?: string[];
        /** @description How much worse may be; in the unit of the metric. Default 0. */
        margin?: number;
        confidence?: number;
      };
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A comparison for each metric */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['ModelEvaluationComparison'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getModelEvaluationReport: {
    parameters: {
      query: {
        format: 'html' | 'markdown';
        /** @description Id of the result that it is compared with. */
        with?: string;
      };
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The report */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
          'text/markdown': string;
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listPackRuns: {
    parameters: {
      query?: {
        entityRef?: string;
        /** @description Entity ref of a pack. */
        pack?: string;
        /** @description Only those that the caller started; the same where neither model nor pack is named. */
        mine?: boolean;
        state?: ModelGovernanceComponents['schemas']['PackRunState'][];
        cursor?: ModelGovernanceComponents['parameters']['Cursor'];
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Runs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['PackRun'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  startPackRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['PackRunInput'];
      };
    };
    responses: {
      /** @description The run, queued */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PackRun'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  previewPackRun: {
    parameters: {
      query: {
        entityRef: string;
        modelVersion: string;
        /** @description Entity ref of a pack. */
        pack: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What would happen */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PackRunPreview'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getPackRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PackRun'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  cancelPackRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PackRun'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  retryPackRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run, queued */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PackRun'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getStanding: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Standing */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Standing'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getChecklist: {
    parameters: {
      query: {
        /** @description By default the newest one that is pinned. */
        version?: string;
        tier: ModelGovernanceComponents['schemas']['Tier'];
        /** @description Without it and the profile the newest approval of the version at the tier counts. */
        purpose?: string;
        profile?: string;
        /** @description One of the caller's groups, whose lead would be asked. */
        requesterGroup?: string;
        /** @description Of this request or approval. */
        approval?: string;
      };
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The checklist */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Checklist'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listModelHolds: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Holds */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Hold'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  clearModelHold: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        namespace: string;
        name: string;
        holdId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The living approvals that it reached, as they are now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Approval'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  suspendModel: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        namespace: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
          modelVersion?: string;
        };
      };
    };
    responses: {
      /** @description The approvals that are suspended by it; none where nothing was approved */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Approval'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  queryStandings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          entityRefs: string[];
        };
      };
    };
    responses: {
      /** @description Standings */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['StandingSummary'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listChanges: {
    parameters: {
      query?: {
        after?: number;
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Changes in order */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Change'][];
            /** @description Pass as `after` next time. */
            next: number;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  checkAccess: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          entityRef?: string;
          /** @description Instead of `entityRef`; may carry `@version`. */
          gatewayId?: string;
          modelVersion?: string;
          tier: ModelGovernanceComponents['schemas']['Tier'];
          /** @description Without it any purpose will do. */
          purpose?: string;
          /** @description Without it any profile will do. */
          profile?: string;
        };
      };
    };
    responses: {
      /** @description The decision */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AccessDecision'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listAccessProfiles: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Profiles */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['AccessProfile'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  createAccessProfile: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['AccessProfileInput'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AccessProfile'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  updateAccessProfile: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['AccessProfileInput'];
      };
    };
    responses: {
      /** @description Updated */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AccessProfile'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listPurposes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Purposes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Purpose'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  createPurpose: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['Purpose'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Purpose'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  updatePurpose: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['Purpose'];
      };
    };
    responses: {
      /** @description Changed */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Purpose'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listKeys: {
    parameters: {
      query?: {
        profile?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Keys */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['GatewayKey'][];
            /** @description Live keys of evaluation endpoints. */
            endpointKeys?: ModelGovernanceComponents['schemas']['GatewayKey'][];
            expiry?: ModelGovernanceComponents['schemas']['KeyExpiry'];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  issueKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          profile: string;
          purpose: string;
          tier: ModelGovernanceComponents['schemas']['Tier'];
          /** @description Entity ref of a group or component; the caller by default. */
          owner?: string;
          /** @description Default and maximum are configured; `GET /keys` tells them. Not for keys of endpoints. */
          expiresInDays?: number;
          endpoint?: ModelGovernanceComponents['schemas']['EndpointId'];
          /** @description Only with `endpoint`; 12 without. */
          expiresInHours?: number;
          limits?: ModelGovernanceComponents['schemas']['UsageLimits'];
        };
      };
    };
    responses: {
      /** @description Issued */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['IssuedKey'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  rotateKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description How long the secret before still holds; 0 ends it at once.
           * @default 24
           */
          overlapHours?: number;
          /** @description Gives the key a new end; without it */
          expiresInDays?: number;
        };
      };
    };
    responses: {
      /** @description Rotated */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['IssuedKey'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  revokeKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Revoked */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['GatewayKey'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  bindKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['KeyBinding'];
      };
    };
    responses: {
      /** @description Bound */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['GatewayKey'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listDelegations: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Delegations */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Delegation'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  createDelegation: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          delegate: string;
          role?: ModelGovernanceComponents['schemas']['SignOffRole'];
          /** Format: date-time */
          until: string;
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Delegation'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  endDelegation: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ended */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Delegation'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listAsks: {
    parameters: {
      query?: {
        state?: ModelGovernanceComponents['schemas']['AskState'][];
        cursor?: ModelGovernanceComponents['parameters']['Cursor'];
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Questions */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AskPage'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  openAsk: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['AskInput'];
      };
    };
    responses: {
      /** @description How it stands */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AskStatus'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  awaitAsk: {
    parameters: {
      query?: {
        wait?: number;
      };
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How it stands */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AskStatus'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  withdrawAsk: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How it ended */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['AskStatus'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  decideAsk: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['AskDecisionInput'];
      };
    };
    responses: {
      /** @description The question as it is now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Ask'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listOnlineExperiments: {
    parameters: {
      query?: {
        profile?: string;
        /** @description Of a model that takes part. */
        entityRef?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Experiments */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['OnlineExperiment'][];
            /** @description Whether there is a profile for which the caller may plan one. */
            mayCreate: boolean;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  createOnlineExperiment: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['OnlineExperimentInput'];
      };
    };
    responses: {
      /** @description Planned */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['OnlineExperimentDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getOnlineExperiment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The experiment */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['OnlineExperimentDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  consentToOnlineExperiment: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Of the text that was read. */
          textHash: string;
        };
      };
    };
    responses: {
      /** @description It runs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['OnlineExperimentDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  stopOnlineExperiment: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
          withdrawConsent?: boolean;
        };
      };
    };
    responses: {
      /** @description It has ended */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['OnlineExperimentDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  reportOnlineBatch: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          batchId: string;
        };
      };
    };
    responses: {
      /** @description What was taken */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['OnlineReceipt'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getPolicies: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The policies in force */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicySet'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listPolicyGates: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What is installed */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['PolicyGate'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  checkPolicies: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['ProposedPolicies'];
      };
    };
    responses: {
      /** @description What is wrong with them and what they change */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyCheck'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  replayPolicies: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['ProposedPolicies'] & {
          /**
           * @description Of how many days calls are looked at.
           * @default 90
           */
          days?: number;
        };
      };
    };
    responses: {
      /** @description What would change */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyReplay'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getPolicyFiles: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Files */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyFileSet'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  keepPortalPolicyFile: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          file: string;
          /** @description Of what the folder says, as it was shown; without it the folder has no such file. */
          folderHash?: string;
          reason: string;
        };
      };
    };
    responses: {
      /** @description Files */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyFileSet'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listPolicyProposals: {
    parameters: {
      query?: {
        cursor?: ModelGovernanceComponents['parameters']['Cursor'];
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Proposals */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['PolicyProposal'][];
            nextCursor?: string;
            totalItems: number;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  createPolicyProposal: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          title: string;
          reason: string;
          files?: ModelGovernanceComponents['schemas']['ProposedPolicyFile'][];
          /** @description Instead of files, what leads back to these policies, by the id of their activation. */
          revertTo?: number;
        };
      };
    };
    responses: {
      /** @description The proposal */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyProposalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getPolicyProposal: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The proposal */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyProposalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  changePolicyProposal: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          revision: number;
          title: string;
          reason: string;
          files: ModelGovernanceComponents['schemas']['ProposedPolicyFile'][];
        };
      };
    };
    responses: {
      /** @description The proposal */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyProposalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  rebasePolicyProposal: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          revision: number;
        };
      };
    };
    responses: {
      /** @description The proposal, and the files in which both changed the same */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            proposal: ModelGovernanceComponents['schemas']['PolicyProposalDetail'];
            conflicts: string[];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  withdrawPolicyProposal: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          revision: number;
          reason: string;
        };
      };
    };
    responses: {
      /** @description The proposal */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyProposalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  activatePolicyProposal: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          revision: number;
          /** @description What the version of the policies will be, as the check says. */
          version: string;
          reason: string;
          stepUp: ModelGovernanceComponents['schemas']['StepUpProof'];
        };
      };
    };
    responses: {
      /** @description The proposal */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PolicyProposalDetail'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getPolicyProposalPatch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Unified diff */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/x-diff': string;
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listPolicyActivations: {
    parameters: {
      query?: {
        cursor?: ModelGovernanceComponents['parameters']['Cursor'];
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Activations */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['PolicyActivation'][];
            nextCursor?: string;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getPolicyActivation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The activation */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            activation: ModelGovernanceComponents['schemas']['PolicyActivation'];
            files: ModelGovernanceComponents['schemas']['ChangedPolicyFile'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getAllowlist: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Grants */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Allowlist'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  raiseEpoch: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
          stepUp: ModelGovernanceComponents['schemas']['StepUpProof'];
        };
      };
    };
    responses: {
      /** @description The epoch that counts now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            epoch: number;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getSnapshot: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A SignedSnapshot of @modelhub/governance-protocol */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            [key: string]: unknown;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  streamSnapshots: {
    parameters: {
      query?: {
        after?: number;
        epoch?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An endless stream */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listGateways: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Gateways */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Gateway'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  inviteGateway: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
        };
      };
    };
    responses: {
      /** @description The token */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            token: string;
            expiresAt: string;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  enrolGateway: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          token: string;
          name: string;
          /** @description Ed25519, SPKI PEM */
          publicKey: string;
        };
      };
    };
    responses: {
      /** @description The identity */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            gatewayId: string;
            signingKeys: ModelGovernanceComponents['schemas']['PublicKey'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  reportGatewayStatus: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          epoch: number;
          version: number;
          alarms?: string[];
        };
      };
    };
    responses: {
      /** @description Noted */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  removeGateway: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Its identity no longer counts */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getGatewayIdentity: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who it is */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['GatewayPublicIdentity'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listSigningKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Keys */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['PublicKey'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  rotateSigningKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          use: 'snapshot' | 'ledger' | 'statement';
          reason: string;
          stepUp: ModelGovernanceComponents['schemas']['StepUpProof'];
        };
      };
    };
    responses: {
      /** @description The key that signs now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PublicKey'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listLedger: {
    parameters: {
      query?: {
        /** @description Events of a model and of its approvals. */
        entityRef?: string;
        subject?: string;
        type?: string;
        order?: 'newest' | 'oldest';
        cursor?: ModelGovernanceComponents['parameters']['Cursor'];
        limit?: ModelGovernanceComponents['parameters']['Limit'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events in readable form */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['TimelineEntry'][];
            nextCursor?: string;
            totalItems?: number;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  exportLedger: {
    parameters: {
      query?: {
        /** @description Only events of this model: for reading, not for verification. */
        entityRef?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description JSON Lines */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  verifyLedger: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The result */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            ok: boolean;
            events: number;
            /** @description Hash of the last event. */
            head?: string;
            checkpoints?: number;
            firstBad?: {
              seq: number;
              reason: string;
            };
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listCheckpoints: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Checkpoints */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              [key: string]: unknown;
            }[];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listPasskeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Passkeys */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['Passkey'][];
            /** @description An open invitation or an existing passkey. */
            mayEnrol: boolean;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  listPasskeyInvitations: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Open invitations */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['PasskeyInvitation'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  invitePasskey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          user: string;
        };
      };
    };
    responses: {
      /** @description Invitation */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['PasskeyInvitation'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  passkeyRegistrationOptions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          stepUp?: ModelGovernanceComponents['schemas']['StepUpProof'];
        };
      };
    };
    responses: {
      /** @description PublicKeyCredentialCreationOptionsJSON */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, unknown>;
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  registerPasskey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          /** @description RegistrationResponseJSON */
          response: Record<string, unknown>;
        };
      };
    };
    responses: {
      /** @description Enrolled */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': ModelGovernanceComponents['schemas']['Passkey'];
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  removePasskey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body answers as the first time and does nothing twice; with another body it is refused. */
        'Idempotency-Key'?: ModelGovernanceComponents['parameters']['IdempotencyKey'];
      };
      path: {
        id: ModelGovernanceComponents['parameters']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removed */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  createStepUpChallenge: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          action:
            | 'approval.command'
            | 'approval.break-glass'
            | 'gate.waive'
            | 'passkey.enrol'
            | 'epoch.raise'
            | 'signing-key.rotate'
            | 'policy.activate';
          /** @description Exactly what will be sent with the command, without `stepUp`, plus `id` of the subject. */
          payload: Record<string, unknown>;
        };
      };
    };
    responses: {
      /** @description Challenge */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            challengeId: string;
            /** @description PublicKeyCredentialRequestOptionsJSON */
            options: Record<string, unknown>;
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  getDriftPolicy: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One item for each tier */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: ModelGovernanceComponents['schemas']['DriftPolicyItem'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
  reportDrift: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': ModelGovernanceComponents['schemas']['DriftReport'];
      };
    };
    responses: {
      /** @description What was done, the same however often it is sent */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            taken: ModelGovernanceComponents['schemas']['DriftActionTaken'][];
          };
        };
      };
      default: ModelGovernanceComponents['responses']['Error'];
    };
  };
}

/** @public */
export type DriftActionName =
  ModelGovernanceComponents['schemas']['DriftActionName'];
/** @public */
export type DriftPolicyItem =
  ModelGovernanceComponents['schemas']['DriftPolicyItem'];
/** @public */
export type DriftReport = ModelGovernanceComponents['schemas']['DriftReport'];
/** @public */
export type DriftActionTaken =
  ModelGovernanceComponents['schemas']['DriftActionTaken'];
/** @public */
export type Tier = ModelGovernanceComponents['schemas']['Tier'];
/** @public */
export type SignOffRole = ModelGovernanceComponents['schemas']['SignOffRole'];
/** @public */
export type ApprovalState =
  ModelGovernanceComponents['schemas']['ApprovalState'];
/** @public */
export type ApprovalKind = ModelGovernanceComponents['schemas']['ApprovalKind'];
/** @public */
export type CreateApproval =
  ModelGovernanceComponents['schemas']['CreateApproval'];
/**
 * What the requester expects to send in a month, for what it costs and which hardware it takes.
 * @public */
export type ExpectedUse = ModelGovernanceComponents['schemas']['ExpectedUse'];
/** @public */
export type PreviewApproval =
  ModelGovernanceComponents['schemas']['PreviewApproval'];
/** @public */
export type ApprovalPreview =
  ModelGovernanceComponents['schemas']['ApprovalPreview'];
/**
 * What the policy asks for.
 * @public */
export type Demands = ModelGovernanceComponents['schemas']['Demands'];
/** @public */
export type SignOffDemand =
  ModelGovernanceComponents['schemas']['SignOffDemand'];
/** @public */
export type Approval = ModelGovernanceComponents['schemas']['Approval'];
/** @public */
export type ApprovalPage = ModelGovernanceComponents['schemas']['ApprovalPage'];
/** @public */
export type ApprovalDetail =
  ModelGovernanceComponents['schemas']['ApprovalDetail'];
/** @public */
export type GateResult = ModelGovernanceComponents['schemas']['GateResult'];
/** @public */
export type EvidenceFile = ModelGovernanceComponents['schemas']['EvidenceFile'];
/** @public */
export type Finding = ModelGovernanceComponents['schemas']['Finding'];
/** @public */
export type SignOff = ModelGovernanceComponents['schemas']['SignOff'];
/** @public */
export type WaiverState = ModelGovernanceComponents['schemas']['WaiverState'];
/**
 * Lets a gate count as passed for one approval, until its end.
 * @public */
export type Waiver = ModelGovernanceComponents['schemas']['Waiver'];
/**
 * A policy file that asks for less than the organisation does, for a while.
 * @public */
export type ExceptionInForce =
  ModelGovernanceComponents['schemas']['ExceptionInForce'];
/** @public */
export type Checklist = ModelGovernanceComponents['schemas']['Checklist'];
/** @public */
export type ChecklistItem =
  ModelGovernanceComponents['schemas']['ChecklistItem'];
/** @public */
export type ChecklistAction =
  ModelGovernanceComponents['schemas']['ChecklistAction'];
/**
 * DSSE 1.0 with one Ed25519 signature over an in-toto statement.
 * @public */
export type EvidenceEnvelope =
  ModelGovernanceComponents['schemas']['EvidenceEnvelope'];
/** @public */
export type EvidenceReceipt =
  ModelGovernanceComponents['schemas']['EvidenceReceipt'];
/** @public */
export type EvidenceTokenInput =
  ModelGovernanceComponents['schemas']['EvidenceTokenInput'];
/** @public */
export type EvidenceToken =
  ModelGovernanceComponents['schemas']['EvidenceToken'];
/** @public */
export type IssuedEvidenceToken =
  ModelGovernanceComponents['schemas']['IssuedEvidenceToken'];
/** @public */
export type CiIdentityInput =
  ModelGovernanceComponents['schemas']['CiIdentityInput'];
/** @public */
export type OnlineScorer = ModelGovernanceComponents['schemas']['OnlineScorer'];
/**
 * The experiment stops by itself when the challenger is significantly worse by more than this.
 * @public */
export type OnlineStopRule =
  ModelGovernanceComponents['schemas']['OnlineStopRule'];
/** @public */
export type OnlineExperimentInput =
  ModelGovernanceComponents['schemas']['OnlineExperimentInput'];
/** @public */
export type OnlineModel = ModelGovernanceComponents['schemas']['OnlineModel'];
/**
 * `stopped`: by somebody or by itself before its time; `ended`: its time was over, or it was given up before it began.
 * @public */
export type OnlineExperimentState =
  ModelGovernanceComponents['schemas']['OnlineExperimentState'];
/** @public */
export type OnlineStop = ModelGovernanceComponents['schemas']['OnlineStop'];
/** @public */
export type OnlineExperiment =
  ModelGovernanceComponents['schemas']['OnlineExperiment'];
/** @public */
export type OnlineResultReference =
  ModelGovernanceComponents['schemas']['OnlineResultReference'];
/** @public */
export type OnlineEstimate =
  ModelGovernanceComponents['schemas']['OnlineEstimate'];
/** @public */
export type OnlineFigure = ModelGovernanceComponents['schemas']['OnlineFigure'];
/** @public */
export type OnlineExperimentDetail =
  ModelGovernanceComponents['schemas']['OnlineExperimentDetail'];
/** @public */
export type OnlineReceipt =
  ModelGovernanceComponents['schemas']['OnlineReceipt'];
/** @public */
export type EvaluationKind =
  ModelGovernanceComponents['schemas']['EvaluationKind'];
/** @public */
export type EvaluationPackSummary =
  ModelGovernanceComponents['schemas']['EvaluationPackSummary'];
/** @public */
export type EvaluationPackProblem =
  ModelGovernanceComponents['schemas']['EvaluationPackProblem'];
/** @public */
export type EvaluationPackDetail =
  ModelGovernanceComponents['schemas']['EvaluationPackDetail'];
/** @public */
export type EvaluationPackCriterion =
  ModelGovernanceComponents['schemas']['EvaluationPackCriterion'];
/** @public */
export type EvaluationPackDocument =
  ModelGovernanceComponents['schemas']['EvaluationPackDocument'];
/** @public */
export type ModelEvaluation =
  ModelGovernanceComponents['schemas']['ModelEvaluation'];
/** @public */
export type ModelEvaluationMetric =
  ModelGovernanceComponents['schemas']['ModelEvaluationMetric'];
/** @public */
export type ModelEvaluationDetail =
  ModelGovernanceComponents['schemas']['ModelEvaluationDetail'];
/** @public */
export type ModelEvaluationFailure =
  ModelGovernanceComponents['schemas']['ModelEvaluationFailure'];
/** @public */
export type ModelEvaluationComparison =
  ModelGovernanceComponents['schemas']['ModelEvaluationComparison'];
/**
 * Differences are candidate minus incumbent, turned so that a negative one is a loss.
 * @public */
export type ModelMetricComparison =
  ModelGovernanceComponents['schemas']['ModelMetricComparison'];
/** @public */
export type PackRunState = ModelGovernanceComponents['schemas']['PackRunState'];
/** @public */
export type PackRunInput = ModelGovernanceComponents['schemas']['PackRunInput'];
/** @public */
export type PackRun = ModelGovernanceComponents['schemas']['PackRun'];
/** @public */
export type PackRunPreview =
  ModelGovernanceComponents['schemas']['PackRunPreview'];
/** @public */
export type EvidenceSubmission =
  ModelGovernanceComponents['schemas']['EvidenceSubmission'];
/** @public */
export type AttachedEvaluation =
  ModelGovernanceComponents['schemas']['AttachedEvaluation'];
/** @public */
export type AttachedEvaluations =
  ModelGovernanceComponents['schemas']['AttachedEvaluations'];
/** @public */
export type ApprovalEvidence =
  ModelGovernanceComponents['schemas']['ApprovalEvidence'];
/** @public */
export type Hold = ModelGovernanceComponents['schemas']['Hold'];
/** @public */
export type CommandOption =
  ModelGovernanceComponents['schemas']['CommandOption'];
/** @public */
export type Refusal = ModelGovernanceComponents['schemas']['Refusal'];
/** @public */
export type UserCommand = ModelGovernanceComponents['schemas']['UserCommand'];
/** @public */
export type ApprovalCommandInput =
  ModelGovernanceComponents['schemas']['ApprovalCommandInput'];
/** @public */
export type StepUpProof = ModelGovernanceComponents['schemas']['StepUpProof'];
/** @public */
export type BreakGlass = ModelGovernanceComponents['schemas']['BreakGlass'];
/** @public */
export type TimelineEntry =
  ModelGovernanceComponents['schemas']['TimelineEntry'];
/** @public */
export type Standing = ModelGovernanceComponents['schemas']['Standing'];
/** @public */
export type Grant = ModelGovernanceComponents['schemas']['Grant'];
/** @public */
export type StandingSummary =
  ModelGovernanceComponents['schemas']['StandingSummary'];
/** @public */
export type Change = ModelGovernanceComponents['schemas']['Change'];
/** @public */
export type AccessDecision =
  ModelGovernanceComponents['schemas']['AccessDecision'];
/** @public */
export type AccessProfile =
  ModelGovernanceComponents['schemas']['AccessProfile'];
/** @public */
export type AccessProfileInput =
  ModelGovernanceComponents['schemas']['AccessProfileInput'];
/**
 * What gateways do with the calls of a profile. Sent, they replace all settings; left out, the settings stay.
 * @public */
export type ProfileSettings =
  ModelGovernanceComponents['schemas']['ProfileSettings'];
/**
 * Absent means without bound.
 * @public */
export type UsageLimits = ModelGovernanceComponents['schemas']['UsageLimits'];
/**
 * What is looked for in texts, and what is done about a finding. Without it, secrets in requests are redacted; an empty object switches that off.
 * @public */
export type Sanitation = ModelGovernanceComponents['schemas']['Sanitation'];
/** @public */
export type SanitationActions =
  ModelGovernanceComponents['schemas']['SanitationActions'];
/**
 * Guard rails for agents. A trace is what one task of an agent calls.
 * @public */
export type AgentRules = ModelGovernanceComponents['schemas']['AgentRules'];
/** @public */
export type ToolRule = ModelGovernanceComponents['schemas']['ToolRule'];
/** @public */
export type Purpose = ModelGovernanceComponents['schemas']['Purpose'];
/** @public */
export type GatewayKey = ModelGovernanceComponents['schemas']['GatewayKey'];
/**
 * Of an evaluation endpoint; a DNS label.
 * @public */
export type EndpointId = ModelGovernanceComponents['schemas']['EndpointId'];
/** @public */
export type KeyBinding = ModelGovernanceComponents['schemas']['KeyBinding'];
/** @public */
export type KeyExpiry = ModelGovernanceComponents['schemas']['KeyExpiry'];
/** @public */
export type IssuedKey = ModelGovernanceComponents['schemas']['IssuedKey'];
/** @public */
export type AskState = ModelGovernanceComponents['schemas']['AskState'];
/** @public */
export type AskTool = ModelGovernanceComponents['schemas']['AskTool'];
/** @public */
export type AskInput = ModelGovernanceComponents['schemas']['AskInput'];
/**
 * Who called with a token of the organisation, and so without a key.
 * @public */
export type AskCaller = ModelGovernanceComponents['schemas']['AskCaller'];
/** @public */
export type AskStatus = ModelGovernanceComponents['schemas']['AskStatus'];
/** @public */
export type Ask = ModelGovernanceComponents['schemas']['Ask'];
/** @public */
export type AskPage = ModelGovernanceComponents['schemas']['AskPage'];
/** @public */
export type AskDecisionInput =
  ModelGovernanceComponents['schemas']['AskDecisionInput'];
/** @public */
export type Delegation = ModelGovernanceComponents['schemas']['Delegation'];
/** @public */
export type PolicySet = ModelGovernanceComponents['schemas']['PolicySet'];
/** @public */
export type PolicyGate = ModelGovernanceComponents['schemas']['PolicyGate'];
/** @public */
export type ProposedPolicies =
  ModelGovernanceComponents['schemas']['ProposedPolicies'];
/** @public */
export type ProposedPolicyFile =
  ModelGovernanceComponents['schemas']['ProposedPolicyFile'];
/** @public */
export type PolicyCheck = ModelGovernanceComponents['schemas']['PolicyCheck'];
/** @public */
export type PolicyProblem =
  ModelGovernanceComponents['schemas']['PolicyProblem'];
/** @public */
export type PolicyTestResult =
  ModelGovernanceComponents['schemas']['PolicyTestResult'];
/** @public */
export type PolicyTierChange =
  ModelGovernanceComponents['schemas']['PolicyTierChange'];
/** @public */
export type PolicyReplay = ModelGovernanceComponents['schemas']['PolicyReplay'];
/** @public */
export type ReplayedApproval =
  ModelGovernanceComponents['schemas']['ReplayedApproval'];
/** @public */
export type ReplayedCalls =
  ModelGovernanceComponents['schemas']['ReplayedCalls'];
/** @public */
export type PolicyFileSet =
  ModelGovernanceComponents['schemas']['PolicyFileSet'];
/** @public */
export type PolicyProposal =
  ModelGovernanceComponents['schemas']['PolicyProposal'];
/** @public */
export type PolicyProposalDetail =
  ModelGovernanceComponents['schemas']['PolicyProposalDetail'];
/** @public */
export type ChangedPolicyFile =
  ModelGovernanceComponents['schemas']['ChangedPolicyFile'];
/** @public */
export type PolicyActivation =
  ModelGovernanceComponents['schemas']['PolicyActivation'];
/** @public */
export type Allowlist = ModelGovernanceComponents['schemas']['Allowlist'];
/** @public */
export type Gateway = ModelGovernanceComponents['schemas']['Gateway'];
/** @public */
export type GatewayPublicIdentity =
  ModelGovernanceComponents['schemas']['GatewayPublicIdentity'];
/** @public */
export type PublicKey = ModelGovernanceComponents['schemas']['PublicKey'];
/** @public */
export type Passkey = ModelGovernanceComponents['schemas']['Passkey'];
/** @public */
export type PasskeyInvitation =
  ModelGovernanceComponents['schemas']['PasskeyInvitation'];

/**
 * Client of the model-governance backend. Every method throws `ResponseError` of `@backstage/errors`.
 *
 * @public
 */
export class ModelGovernanceClient {
  readonly #request: ReturnType<typeof createApiRequest>;

  constructor(options: ApiClientOptions) {
    this.#request = createApiRequest('model-governance', options);
  }
  /** Approvals that the caller may read, newest first. */
  async listApprovals(
    request: {
      state?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['state'];
      tier?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['tier'];
      entityRef?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['entityRef'];
      requester?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['requester'];
      needsMyDecision?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['needsMyDecision'];
      role?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['role'];
      order?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['order'];
      cursor?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelGovernancePaths['/approvals']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/approvals`,
        {
          query: {
            state: request.state,
            tier: request.tier,
            entityRef: request.entityRef,
            requester: request.requester,
            needsMyDecision: request.needsMyDecision,
            role: request.role,
            order: request.order,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Create a draft request; with `submit` also submit it. */
  async createApproval(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/approvals']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/approvals`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** What the policy would demand for this request, and what stands in its way, without creating anything. */
  async previewApproval(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/approvals/preview']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/preview']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/approvals/preview`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }

  async getApproval(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/approvals/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }

  async getApprovalTimeline(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}/timeline']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/approvals/${encodeURIComponent(request.id)}/timeline`,
        {},
        options,
      )
    ).json();
  }
  /** Give a command to the state machine. */
  async commandApproval(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/approvals/{id}/commands']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}/commands']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/approvals/${encodeURIComponent(request.id)}/commands`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async rerunGate(
    request: {
      id: string;
      gateId: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}/gates/{gateId}/rerun']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/approvals/${encodeURIComponent(
          request.id,
        )}/gates/${encodeURIComponent(request.gateId)}/rerun`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** A document that a gate left, byte for byte as the ledger names it by its SHA-256. */
  async getEvidenceFile(
    request: { id: string; gateId: string; name: string },
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/approvals/${encodeURIComponent(request.id)}/gates/${encodeURIComponent(
        request.gateId,
      )}/evidence/${encodeURIComponent(request.name)}`,
      {},
      options,
    );
  }
  /** Waive a failed or blocked gate as the policy allows. */
  async waiveGate(
    request: {
      id: string;
      gateId: string;
      body: NonNullable<
        ModelGovernancePaths['/approvals/{id}/gates/{gateId}/waiver']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}/gates/{gateId}/waiver']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/approvals/${encodeURIComponent(
          request.id,
        )}/gates/${encodeURIComponent(request.gateId)}/waiver`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** End a waiver before its time. The gate counts again; an approval that rests on it is suspended unless the gate passes. */
  async endWaiver(
    request: {
      id: string;
      gateId: string;
      body: NonNullable<
        ModelGovernancePaths['/approvals/{id}/gates/{gateId}/waiver/end']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}/gates/{gateId}/waiver/end']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/approvals/${encodeURIComponent(
          request.id,
        )}/gates/${encodeURIComponent(request.gateId)}/waiver/end`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Waivers of gates on approvals that the caller may read, those that end soonest first. */
  async listWaivers(
    request: {
      state?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['state'];
      gate?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['gate'];
      tier?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['tier'];
      entityRef?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['entityRef'];
      approval?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['approval'];
      by?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['by'];
      order?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['order'];
      cursor?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelGovernancePaths['/waivers']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/waivers']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/waivers`,
        {
          query: {
            state: request.state,
            gate: request.gate,
            tier: request.tier,
            entityRef: request.entityRef,
            approval: request.approval,
            by: request.by,
            order: request.order,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** What loosens the policies of the organisation, who answers for it and until when. */
  async listPolicyExceptions(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policy-exceptions']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request('GET', `/policy-exceptions`, {}, options)
    ).json();
  }
  /** Open a model for 72 hours without sign-offs. Emergency role and a passkey; the requester of the pending request may not do it. */
  async breakGlass(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/emergency-approvals']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/emergency-approvals']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/emergency-approvals`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Review an emergency approval after the fact; unreviewed ones are revoked when they end. */
  async reviewBreakGlass(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/emergency-approvals/{id}/review']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/emergency-approvals/{id}/review']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/emergency-approvals/${encodeURIComponent(request.id)}/review`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Submit a signed in-toto statement to a gate. The signature is the proof of identity; no other is asked for. The same envelope again gives the first answer. */
  async submitEvidence(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/evidence']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evidence']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/evidence`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Evidence tokens that the caller issued or owns; with permission to manage evidence all. */
  async listEvidenceTokens(
    request: {
      entityRef?: NonNullable<
        ModelGovernancePaths['/evidence/tokens']['get']['parameters']['query']
      >['entityRef'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evidence/tokens']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/evidence/tokens`,
        {
          query: { entityRef: request.entityRef },
        },
        options,
      )
    ).json();
  }
  /** Issue a token with which a pipeline signs evidence. It is shown once; only its public key is kept. */
  async issueEvidenceToken(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/evidence/tokens']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evidence/tokens']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/evidence/tokens`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Revoke a token; what was submitted with it stays until somebody withdraws it. */
  async revokeEvidenceToken(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evidence/tokens/{id}']['delete']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'DELETE',
        `/evidence/tokens/${encodeURIComponent(request.id)}`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** A pipeline shows the identity token of its CI system, once, and gets leave to sign evidence with a key of its own for a few minutes. */
  async exchangeCiIdentity(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/evidence/ci-identity']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evidence/ci-identity']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/evidence/ci-identity`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Take evidence back, with a reason. It stays on record, and requests that ask for the gate are checked again. */
  async withdrawEvidence(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/evidence/{id}/withdraw']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evidence/{id}/withdraw']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/evidence/${encodeURIComponent(request.id)}/withdraw`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Which gates of the approval take evidence, and what was submitted to them for its version. */
  async listSubmittedEvidence(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}/evidence']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/approvals/${encodeURIComponent(request.id)}/evidence`,
        {},
        options,
      )
    ).json();
  }
  /** Evaluations that people attached to a request, the oldest first. */
  async listAttachedEvaluations(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}/evaluations']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/approvals/${encodeURIComponent(request.id)}/evaluations`,
        {},
        options,
      )
    ).json();
  }
  /** Attaches a filed evaluation of the same version to a request, for those who decide it. The requester may, who filed it, and owners of the model. It is no signed evidence, and no check reads it. */
  async attachEvaluation(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/approvals/{id}/evaluations']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/approvals/{id}/evaluations']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/approvals/${encodeURIComponent(request.id)}/evaluations`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** All evidence of an approval as one document that can be checked offline with modelhub evidence verify. */
  async getEvidenceBundle(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/approvals/${encodeURIComponent(request.id)}/evidence-bundle`,
      {},
      options,
    );
  }
  /** Evaluation packs of the catalog that the caller may see, by title. */
  async listEvaluationPacks(
    request: {
      type?: NonNullable<
        ModelGovernancePaths['/evaluation-packs']['get']['parameters']['query']
      >['type'];
      entityRef?: NonNullable<
        ModelGovernancePaths['/evaluation-packs']['get']['parameters']['query']
      >['entityRef'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-packs']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/evaluation-packs`,
        {
          query: { type: request.type, entityRef: request.entityRef },
        },
        options,
      )
    ).json();
  }
  /** An evaluation pack with its criteria, scorers, slices and a few of its cases. */
  async getEvaluationPack(
    request: {
      namespace: string;
      name: string;
      version?: NonNullable<
        ModelGovernancePaths['/evaluation-packs/{namespace}/{name}']['get']['parameters']['query']
      >['version'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-packs/{namespace}/{name}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/evaluation-packs/${encodeURIComponent(
          request.namespace,
        )}/${encodeURIComponent(request.name)}`,
        {
          query: { version: request.version },
        },
        options,
      )
    ).json();
  }
  /** The files of an evaluation pack in one document, for modelhub evaluate run --portal. */
  async downloadEvaluationPack(
    request: {
      namespace: string;
      name: string;
      version?: NonNullable<
        ModelGovernancePaths['/evaluation-packs/{namespace}/{name}/download']['get']['parameters']['query']
      >['version'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-packs/{namespace}/{name}/download']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/evaluation-packs/${encodeURIComponent(
          request.namespace,
        )}/${encodeURIComponent(request.name)}/download`,
        {
          query: { version: request.version },
        },
        options,
      )
    ).json();
  }
  /** Results of models that the caller may see, newest first. A model, a pack or both must be named. */
  async listModelEvaluations(
    request: {
      entityRef?: NonNullable<
        ModelGovernancePaths['/model-evaluations']['get']['parameters']['query']
      >['entityRef'];
      pack?: NonNullable<
        ModelGovernancePaths['/model-evaluations']['get']['parameters']['query']
      >['pack'];
      modelVersion?: NonNullable<
        ModelGovernancePaths['/model-evaluations']['get']['parameters']['query']
      >['modelVersion'];
      latest?: NonNullable<
        ModelGovernancePaths['/model-evaluations']['get']['parameters']['query']
      >['latest'];
      cursor?: NonNullable<
        ModelGovernancePaths['/model-evaluations']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelGovernancePaths['/model-evaluations']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/model-evaluations']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/model-evaluations`,
        {
          query: {
            entityRef: request.entityRef,
            pack: request.pack,
            modelVersion: request.modelVersion,
            latest: request.latest,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Files what the playground measured with a person's own input, as that person. Only the serving room may, on behalf of a user. It is never changed, is submitted to no check, and no policy takes it for a pack of the catalog. */
  async fileModelEvaluation(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/model-evaluations']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/model-evaluations']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/model-evaluations`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** One result with its single cases, without contents. */
  async getModelEvaluation(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/model-evaluations/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/model-evaluations/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Cases that failed, with what was asked and answered. Needs permission model.evaluation.read-content, or to own the model; each reading is in the audit log. */
  async listModelEvaluationFailures(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/model-evaluations/{id}/failures']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/model-evaluations/${encodeURIComponent(request.id)}/failures`,
        {},
        options,
      )
    ).json();
  }
  /** Two results of the same pack, case by case. The one in the path is the candidate. */
  async compareModelEvaluations(
    request: {
      id: string;
      with: NonNullable<
        ModelGovernancePaths['/model-evaluations/{id}/compare']['get']['parameters']['query']
      >['with'];
      metric?: NonNullable<
        ModelGovernancePaths['/model-evaluations/{id}/compare']['get']['parameters']['query']
      >['metric'];
      margin?: NonNullable<
        ModelGovernancePaths['/model-evaluations/{id}/compare']['get']['parameters']['query']
      >['margin'];
      confidence?: NonNullable<
        ModelGovernancePaths['/model-evaluations/{id}/compare']['get']['parameters']['query']
      >['confidence'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/model-evaluations/{id}/compare']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/model-evaluations/${encodeURIComponent(request.id)}/compare`,
        {
          query: {
            with: request.with,
            metric: request.metric,
            margin: request.margin,
            confidence: request.confidence,
          },
        },
        options,
      )
    ).json();
  }
  /** A report of the result to keep or to print. Contents of failed cases are in it for those who may read them. */
  async getModelEvaluationReport(
    request: {
      id: string;
      format: NonNullable<
        ModelGovernancePaths['/model-evaluations/{id}/report']['get']['parameters']['query']
      >['format'];
      with?: NonNullable<
        ModelGovernancePaths['/model-evaluations/{id}/report']['get']['parameters']['query']
      >['with'];
    },
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/model-evaluations/${encodeURIComponent(request.id)}/report`,
      {
        query: { format: request.format, with: request.with },
      },
      options,
    );
  }
  /** Runs in the hub of models that the caller may see, newest first. */
  async listPackRuns(
    request: {
      entityRef?: NonNullable<
        ModelGovernancePaths['/evaluation-runs']['get']['parameters']['query']
      >['entityRef'];
      pack?: NonNullable<
        ModelGovernancePaths['/evaluation-runs']['get']['parameters']['query']
      >['pack'];
      mine?: NonNullable<
        ModelGovernancePaths['/evaluation-runs']['get']['parameters']['query']
      >['mine'];
      state?: NonNullable<
        ModelGovernancePaths['/evaluation-runs']['get']['parameters']['query']
      >['state'];
      cursor?: NonNullable<
        ModelGovernancePaths['/evaluation-runs']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelGovernancePaths['/evaluation-runs']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-runs']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/evaluation-runs`,
        {
          query: {
            entityRef: request.entityRef,
            pack: request.pack,
            mine: request.mine,
            state: request.state,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** Run a pack on a version of a model, at the endpoint that the configuration names. Needs permission model.evaluation.run. */
  async startPackRun(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/evaluation-runs']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-runs']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/evaluation-runs`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** What a run would ask, whether the caller may start it, and the command that does it elsewhere. */
  async previewPackRun(
    request: {
      entityRef: NonNullable<
        ModelGovernancePaths['/evaluation-runs/preview']['get']['parameters']['query']
      >['entityRef'];
      modelVersion: NonNullable<
        ModelGovernancePaths['/evaluation-runs/preview']['get']['parameters']['query']
      >['modelVersion'];
      pack: NonNullable<
        ModelGovernancePaths['/evaluation-runs/preview']['get']['parameters']['query']
      >['pack'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-runs/preview']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/evaluation-runs/preview`,
        {
          query: {
            entityRef: request.entityRef,
            modelVersion: request.modelVersion,
            pack: request.pack,
          },
        },
        options,
      )
    ).json();
  }
  /** How far a run is. */
  async getPackRun(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-runs/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/evaluation-runs/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Stop a run at once. What was answered is kept for a while, so that it can be taken up again. */
  async cancelPackRun(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-runs/{id}/cancel']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/evaluation-runs/${encodeURIComponent(request.id)}/cancel`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Take up a run that failed or was cancelled. Cases that were answered are not asked again. */
  async retryPackRun(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/evaluation-runs/{id}/retry']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/evaluation-runs/${encodeURIComponent(request.id)}/retry`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Where the model may be used today, and the next step for the caller. */
  async getStanding(
    request: { namespace: string; name: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/models/{namespace}/{name}/standing']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/models/${encodeURIComponent(request.namespace)}/${encodeURIComponent(
          request.name,
        )}/standing`,
        {},
        options,
      )
    ).json();
  }
  /** What a tier demands of a version, what of it is done, what runs by itself and what a person owes. Nothing is stored. */
  async getChecklist(
    request: {
      namespace: string;
      name: string;
      version?: NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['parameters']['query']
      >['version'];
      tier: NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['parameters']['query']
      >['tier'];
      purpose?: NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['parameters']['query']
      >['purpose'];
      profile?: NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['parameters']['query']
      >['profile'];
      requesterGroup?: NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['parameters']['query']
      >['requesterGroup'];
      approval?: NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['parameters']['query']
      >['approval'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/models/{namespace}/{name}/checklist']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/models/${encodeURIComponent(request.namespace)}/${encodeURIComponent(
          request.name,
        )}/checklist`,
        {
          query: {
            version: request.version,
            tier: request.tier,
            purpose: request.purpose,
            profile: request.profile,
            requesterGroup: request.requesterGroup,
            approval: request.approval,
          },
        },
        options,
      )
    ).json();
  }
  /** Open holds on the model, on versions of it, and on approvals that the caller may read. */
  async listModelHolds(
    request: { namespace: string; name: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/models/{namespace}/{name}/holds']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/models/${encodeURIComponent(request.namespace)}/${encodeURIComponent(
          request.name,
        )}/holds`,
        {},
        options,
      )
    ).json();
  }
  /** Clear a hold on the model or on a version. Permission `model.suspend` and a reason, and not who asked for the model. Approvals that nothing else holds are live again. */
  async clearModelHold(
    request: {
      namespace: string;
      name: string;
      holdId: string;
      body: NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/holds/{holdId}/clear']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/models/{namespace}/{name}/holds/{holdId}/clear']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/models/${encodeURIComponent(request.namespace)}/${encodeURIComponent(
          request.name,
        )}/holds/${encodeURIComponent(request.holdId)}/clear`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Put a hold on the model, or on one version of it, which stays until it is cleared. Living approvals are suspended and nothing new is approved. Permission `model.suspend` and a reason. */
  async suspendModel(
    request: {
      namespace: string;
      name: string;
      body: NonNullable<
        ModelGovernancePaths['/models/{namespace}/{name}/suspend']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/models/{namespace}/{name}/suspend']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/models/${encodeURIComponent(request.namespace)}/${encodeURIComponent(
          request.name,
        )}/suspend`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Short standings of up to 200 models, for lists. Those that the caller may not read are left out. */
  async queryStandings(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/standings/query']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/standings/query']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/standings/query`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Models whose standing changed after a ledger sequence number. Services only. */
  async listChanges(
    request: {
      after?: NonNullable<
        ModelGovernancePaths['/changes']['get']['parameters']['query']
      >['after'];
      limit?: NonNullable<
        ModelGovernancePaths['/changes']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/changes']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/changes`,
        {
          query: { after: request.after, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** May this model be used at this tier, for this purpose and profile? The gateway's own decision, explained. */
  async checkAccess(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/access/check']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/access/check']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/access/check`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }

  async listAccessProfiles(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/access-profiles']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/access-profiles`, {}, options)).json();
  }

  async createAccessProfile(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/access-profiles']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/access-profiles']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/access-profiles`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async updateAccessProfile(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/access-profiles/{id}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/access-profiles/{id}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/access-profiles/${encodeURIComponent(request.id)}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async listPurposes(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/purposes']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/purposes`, {}, options)).json();
  }

  async createPurpose(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/purposes']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/purposes']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/purposes`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Change a purpose. What allows less holds at the gateways within a second; what allows more (another data class or region, longer retention) than its requests and approvals were made for is refused with 409. */
  async updatePurpose(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/purposes/{id}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/purposes/{id}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/purposes/${encodeURIComponent(request.id)}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Gateway keys that the caller owns, or all with permission `model.gateway.manage`. Never the secret. Keys of evaluation endpoints are in a list of their own, as long as they live. */
  async listKeys(
    request: {
      profile?: NonNullable<
        ModelGovernancePaths['/keys']['get']['parameters']['query']
      >['profile'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/keys']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/keys`,
        {
          query: { profile: request.profile },
        },
        options,
      )
    ).json();
  }
  /** Issue a key. The secret is in this answer and nowhere else; a replay of the idempotency key answers without it. With `endpoint` it is the key of that evaluation endpoint, which opens nothing until it is bound, and then only what runs there; that needs permission `model.endpoint.create` in place of `model.key.issue`. */
  async issueKey(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/keys']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/keys']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/keys`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** A new secret for a key, in this answer and nowhere else; a replay of the idempotency key answers without it. The secret before it holds for an overlap, and the one before that ends at once. The key of an evaluation endpoint has no overlap and keeps its end. */
  async rotateKey(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/keys/{id}/rotate']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/keys/{id}/rotate']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/keys/${encodeURIComponent(request.id)}/rotate`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Revoke a key; all its secrets end at once. */
  async revokeKey(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/keys/{id}']['delete']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'DELETE',
        `/keys/${encodeURIComponent(request.id)}`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Say what runs at the evaluation endpoint of a key, and where; from then on the key opens it. For the backend of `model-serving` alone. The same again changes nothing, and what runs there never becomes another model or version. */
  async bindKey(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/keys/{id}/endpoint']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/keys/{id}/endpoint']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/keys/${encodeURIComponent(request.id)}/endpoint`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Delegations from or to the caller. */
  async listDelegations(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/delegations']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/delegations`, {}, options)).json();
  }
  /** Let another person sign in the caller's place. For separation of duties the delegate counts as the delegator. */
  async createDelegation(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/delegations']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/delegations']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/delegations`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async endDelegation(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/delegations/{id}']['delete']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'DELETE',
        `/delegations/${encodeURIComponent(request.id)}`,
        {
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Questions of held calls that the caller may see, newest first. Those who own the profile of the key and those with permission `model.gateway.manage` may, as far as permission `model.ask.read` lets them. */
  async listAsks(
    request: {
      state?: NonNullable<
        ModelGovernancePaths['/asks']['get']['parameters']['query']
      >['state'];
      cursor?: NonNullable<
        ModelGovernancePaths['/asks']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelGovernancePaths['/asks']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/asks']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/asks`,
        {
          query: {
            state: request.state,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** A gateway holds a call until a person decides about the tools that it offers. `Authorization: Gateway <proof>`; the same id again changes nothing. What was decided for the rest of the trace is answered at once. */
  async openAsk(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/asks']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/asks']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/asks`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** How a question of this gateway stands; waits up to `wait` seconds for news. `Authorization: Gateway <proof>`. */
  async awaitAsk(
    request: {
      id: string;
      wait?: NonNullable<
        ModelGovernancePaths['/asks/{id}']['get']['parameters']['query']
      >['wait'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/asks/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/asks/${encodeURIComponent(request.id)}`,
        {
          query: { wait: request.wait },
        },
        options,
      )
    ).json();
  }
  /** The call of this question ended. `Authorization: Gateway <proof>`. */
  async withdrawAsk(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/asks/{id}']['delete']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'DELETE',
        `/asks/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Decide about the tools of a held call. Only people do, and nobody about a key of their own. */
  async decideAsk(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/asks/{id}/decide']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/asks/{id}/decide']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/asks/${encodeURIComponent(request.id)}/decide`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Experiments with live calls that the caller may see, newest first. Members and owners of the profile may, and those with permission `model.allowlist.read`. */
  async listOnlineExperiments(
    request: {
      profile?: NonNullable<
        ModelGovernancePaths['/online-experiments']['get']['parameters']['query']
      >['profile'];
      entityRef?: NonNullable<
        ModelGovernancePaths['/online-experiments']['get']['parameters']['query']
      >['entityRef'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/online-experiments']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/online-experiments`,
        {
          query: { profile: request.profile, entityRef: request.entityRef },
        },
        options,
      )
    ).json();
  }
  /** Plan an experiment. Nothing happens until the owner of the profile consents. */
  async createOnlineExperiment(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/online-experiments']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/online-experiments']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/online-experiments`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** An experiment with its figures as they are now. */
  async getOnlineExperiment(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/online-experiments/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/online-experiments/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** The lead of the group that owns the profile consents to what `consentText` says; the experiment starts. */
  async consentToOnlineExperiment(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/online-experiments/{id}/consent']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/online-experiments/{id}/consent']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/online-experiments/${encodeURIComponent(request.id)}/consent`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** End an experiment at once. `withdraw-consent` is for leads of the group that owns the profile. */
  async stopOnlineExperiment(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/online-experiments/{id}/stop']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/online-experiments/{id}/stop']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/online-experiments/${encodeURIComponent(request.id)}/stop`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Scores of live calls, without content; the same batch again changes nothing. `Authorization: Gateway <proof>`. */
  async reportOnlineBatch(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/online-batches']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/online-batches']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/online-batches`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }

  async getPolicies(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/policies`, {}, options)).json();
  }
  /** The checks that policies may ask for, with their parameters, as `modelhub policy test` takes them. */
  async listPolicyGates(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/gates']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/policies/gates`, {}, options)).json();
  }
  /** Whether proposed policies load, pass their tests, and what they ask for more or less than those in force. Changes nothing. */
  async checkPolicies(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/policies/check']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/check']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/policies/check`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** Which live approvals and which calls of the last days would change under proposed policies, and why. Changes nothing. */
  async replayPolicies(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/policies/replay']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/replay']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/policies/replay`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** The files of the policies in force and of their tests, who manages them, and where the folder says something else than the portal. */
  async getPolicyFiles(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/files']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/policies/files`, {}, options)).json();
  }
  /** The portal's file stays in force and what the folder says now is known. Permission `model.policy.activate`. */
  async keepPortalPolicyFile(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/policies/conflicts/keep']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/conflicts/keep']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/policies/conflicts/keep`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Changes that were proposed, the open ones first. */
  async listPolicyProposals(
    request: {
      cursor?: NonNullable<
        ModelGovernancePaths['/policies/proposals']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelGovernancePaths['/policies/proposals']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/proposals']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/policies/proposals`,
        {
          query: { cursor: request.cursor, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** Begin a proposal over what is in force. Permission `model.policy.propose`. */
  async createPolicyProposal(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/policies/proposals']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/proposals']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/policies/proposals`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async getPolicyProposal(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/proposals/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/policies/proposals/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Change an open proposal. Only its author. */
  async changePolicyProposal(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/policies/proposals/{id}']['put']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/proposals/{id}']['put']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'PUT',
        `/policies/proposals/${encodeURIComponent(request.id)}`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Put an outdated proposal over what is in force now. Where both changed the same lines, both stand in the file between marks. Only its author. */
  async rebasePolicyProposal(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/policies/proposals/{id}/rebase']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/proposals/{id}/rebase']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/policies/proposals/${encodeURIComponent(request.id)}/rebase`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** End an open proposal. Its author, or whoever has permission `model.policy.activate`. */
  async withdrawPolicyProposal(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/policies/proposals/{id}/withdraw']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/proposals/{id}/withdraw']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/policies/proposals/${encodeURIComponent(request.id)}/withdraw`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Put a proposal into force. Somebody else than its author, with permission `model.policy.activate` and a passkey, where the portal manages policies. */
  async activatePolicyProposal(
    request: {
      id: string;
      body: NonNullable<
        ModelGovernancePaths['/policies/proposals/{id}/activate']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/proposals/{id}/activate']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/policies/proposals/${encodeURIComponent(request.id)}/activate`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** The proposal as a patch for `git apply`. */
  async getPolicyProposalPatch(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/policies/proposals/${encodeURIComponent(request.id)}/patch`,
      {},
      options,
    );
  }
  /** What came into force when, and by whom, the newest first. */
  async listPolicyActivations(
    request: {
      cursor?: NonNullable<
        ModelGovernancePaths['/policies/activations']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelGovernancePaths['/policies/activations']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/activations']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/policies/activations`,
        {
          query: { cursor: request.cursor, limit: request.limit },
        },
        options,
      )
    ).json();
  }
  /** One activation with the texts that it changed. */
  async getPolicyActivation(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/policies/activations/{id}']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/policies/activations/${encodeURIComponent(request.id)}`,
        {},
        options,
      )
    ).json();
  }
  /** Every live grant. */
  async getAllowlist(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/allowlist']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/allowlist`, {}, options)).json();
  }
  /** Begin a new epoch after a database was restored, so that gateways take snapshots older than what they hold. Needs permission `model.gateway.manage` and a passkey. */
  async raiseEpoch(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/allowlist/epoch']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/allowlist/epoch']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/allowlist/epoch`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** The signed full snapshot. `Authorization: Gateway <proof>`. */
  async getSnapshot(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/allowlist/snapshot']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request('GET', `/allowlist/snapshot`, {}, options)
    ).json();
  }
  /** Server-sent events `snapshot`, `delta` and `heartbeat`, each with a SignedSnapshot. `Authorization: Gateway <proof>`. */
  async streamSnapshots(
    request: {
      after?: NonNullable<
        ModelGovernancePaths['/allowlist/stream']['get']['parameters']['query']
      >['after'];
      epoch?: NonNullable<
        ModelGovernancePaths['/allowlist/stream']['get']['parameters']['query']
      >['epoch'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/allowlist/stream`,
      {
        query: { after: request.after, epoch: request.epoch },
      },
      options,
    );
  }

  async listGateways(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/gateways']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/gateways`, {}, options)).json();
  }
  /** A single-use token with which a new gateway enrols. Shown once. */
  async inviteGateway(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/gateways/invitations']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/gateways/invitations']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/gateways/invitations`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Exchange an invitation for an identity. Needs no other credentials. */
  async enrolGateway(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/gateways/enrol']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/gateways/enrol']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/gateways/enrol`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** A gateway says which version it holds. `Authorization: Gateway <proof>`. */
  async reportGatewayStatus(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/gateways/status']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'POST',
      `/gateways/status`,
      {
        body: request.body,
      },
      options,
    );
  }

  async removeGateway(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'DELETE',
      `/gateways/${encodeURIComponent(request.id)}`,
      {
        idempotencyKey: request.idempotencyKey ?? randomKey(),
      },
      options,
    );
  }
  /** The public key of an enrolled gateway, so that other backends can check its proofs. For service principals. */
  async getGatewayIdentity(
    request: { id: string },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/gateways/{id}/identity']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/gateways/${encodeURIComponent(request.id)}/identity`,
        {},
        options,
      )
    ).json();
  }
  /** Public keys of snapshots, ledger checkpoints and approval statements. */
  async listSigningKeys(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/signing-keys']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/signing-keys`, {}, options)).json();
  }
  /** Sign with a new key from now on. The key before vouches for it, so that gateways follow without enrolling again. Needs permission `model.gateway.manage` and a passkey. */
  async rotateSigningKey(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/signing-keys/rotate']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/signing-keys/rotate']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/signing-keys/rotate`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }

  async listLedger(
    request: {
      entityRef?: NonNullable<
        ModelGovernancePaths['/ledger']['get']['parameters']['query']
      >['entityRef'];
      subject?: NonNullable<
        ModelGovernancePaths['/ledger']['get']['parameters']['query']
      >['subject'];
      type?: NonNullable<
        ModelGovernancePaths['/ledger']['get']['parameters']['query']
      >['type'];
      order?: NonNullable<
        ModelGovernancePaths['/ledger']['get']['parameters']['query']
      >['order'];
      cursor?: NonNullable<
        ModelGovernancePaths['/ledger']['get']['parameters']['query']
      >['cursor'];
      limit?: NonNullable<
        ModelGovernancePaths['/ledger']['get']['parameters']['query']
      >['limit'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/ledger']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'GET',
        `/ledger`,
        {
          query: {
            entityRef: request.entityRef,
            subject: request.subject,
            type: request.type,
            order: request.order,
            cursor: request.cursor,
            limit: request.limit,
          },
        },
        options,
      )
    ).json();
  }
  /** The chain as JSON Lines, one LedgerEvent of @modelhub/governance-protocol a line; checkpoints are at /ledger/checkpoints. */
  async exportLedger(
    request: {
      entityRef?: NonNullable<
        ModelGovernancePaths['/ledger/export']['get']['parameters']['query']
      >['entityRef'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<Response> {
    return this.#request(
      'GET',
      `/ledger/export`,
      {
        query: { entityRef: request.entityRef },
      },
      options,
    );
  }
  /** Check the whole chain and its checkpoints now. */
  async verifyLedger(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/ledger/verification']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request('GET', `/ledger/verification`, {}, options)
    ).json();
  }

  async listCheckpoints(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/ledger/checkpoints']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request('GET', `/ledger/checkpoints`, {}, options)
    ).json();
  }
  /** The caller's own passkeys. */
  async listPasskeys(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/passkeys']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/passkeys`, {}, options)).json();
  }

  async listPasskeyInvitations(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/passkeys/invitations']['get']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request('GET', `/passkeys/invitations`, {}, options)
    ).json();
  }
  /** Let a user enrol a first passkey. Permission `model.passkey.invite`. */
  async invitePasskey(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/passkeys/invitations']['post']['requestBody']
      >['content']['application/json'];
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/passkeys/invitations']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/passkeys/invitations`,
        {
          body: request.body,
          idempotencyKey: request.idempotencyKey ?? randomKey(),
        },
        options,
      )
    ).json();
  }
  /** Options for `navigator.credentials.create`. Someone who has a passkey must send an assertion of it (action `passkey.enrol`) instead of an invitation. */
  async passkeyRegistrationOptions(
    request: {
      body?: NonNullable<
        ModelGovernancePaths['/passkeys/registration/options']['post']['requestBody']
      >['content']['application/json'];
    } = {},
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/passkeys/registration/options']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/passkeys/registration/options`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }

  async registerPasskey(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/passkeys/registration']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/passkeys/registration']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/passkeys/registration`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }

  async removePasskey(
    request: {
      id: string;
      /** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;
    },
    options?: ApiRequestOptions,
  ): Promise<void> {
    await this.#request(
      'DELETE',
      `/passkeys/${encodeURIComponent(request.id)}`,
      {
        idempotencyKey: request.idempotencyKey ?? randomKey(),
      },
      options,
    );
  }
  /** Options for `navigator.credentials.get` whose challenge is SHA-256(nonce ‖ user ‖ canonical payload). */
  async createStepUpChallenge(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/step-up/challenges']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/step-up/challenges']['post']['responses'][201]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/step-up/challenges`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
  /** What is done when calls of a model differ from their reference, by tier. Each step has those before it. */
  async getDriftPolicy(
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/drift-policy']['get']['responses'][200]['content']['application/json']
  > {
    return (await this.#request('GET', `/drift-policy`, {}, options)).json();
  }
  /** The usage backend tells of drift; what policy says is done, once for each episode. For services. */
  async reportDrift(
    request: {
      body: NonNullable<
        ModelGovernancePaths['/drift-reports']['post']['requestBody']
      >['content']['application/json'];
    },
    options?: ApiRequestOptions,
  ): Promise<
    ModelGovernancePaths['/drift-reports']['post']['responses'][200]['content']['application/json']
  > {
    return (
      await this.#request(
        'POST',
        `/drift-reports`,
        {
          body: request.body,
        },
        options,
      )
    ).json();
  }
}
