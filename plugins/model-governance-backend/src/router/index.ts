import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { readJsonBody } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';
import type {
  AccessChecker,
  KeyBindings,
  KeyService,
  ProfileService,
  PurposeService,
} from '../access';
import type { AllowlistPublisher, AllowlistService } from '../allowlist';
import type { ApprovalService } from '../approvals';
import type { ChecklistService } from '../checklist';
import type { AskService, GatewayAsks } from '../asks';
import { presentEvent } from '../approvals/timeline';
import type { DriftActions } from '../drift';
import type {
  AttachedEvaluationService,
  OwnInputResults,
  PackService,
  ResultService,
  RunService,
} from '../evaluations';
import type { GatewayAuthenticator, GatewayService } from '../gateways';
import type { KeyRotation } from '../keys';
import type { OnlineRoom } from '../online';
import type { AuthorizedLedgerReader, LedgerStore } from '../ledger';
import type { AuthorizedPolicyReader, PolicyTrials } from '../policies';
import {
  MAX_BODY_BYTES,
  type EvidenceBundles,
  type SubmissionService,
  type TokenService,
} from '../evidence';
import { createOpenapiRouter } from '../schema/openapi.generated';
import type { WaiverService } from '../waivers';
import { addAccessRoutes } from './access';
import { addAllowlistRoutes } from './allowlist';
import { addApprovalRoutes } from './approvals';
import { addAskRoutes } from './asks';
import { addDriftRoutes } from './drift';
import { addEvaluationRoutes } from './evaluations';
import { addEvidenceRoutes } from './evidence';
import { addGatewayRoutes } from './gateways';
import { addLedgerRoutes } from './ledger';
import { addModelRoutes } from './models';
import { addOnlineRoutes } from './online';
import { addPasskeyRoutes, type PasskeyRouteDeps } from './passkeys';
import { addPolicyProposalRoutes } from './policyProposals';
import { addPolicyRoutes } from './policies';
import { addWaiverRoutes } from './waivers';

export interface GovernanceRouterDeps
  extends Pick<OnlineRoom, 'online' | 'onlineIngest' | 'gatewayComes'> {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  approvals: ApprovalService;
  asks: AskService;
  gatewayAsks: GatewayAsks;
  changes: Pick<LedgerStore, 'changesAfter'>;
  ledger: AuthorizedLedgerReader;
  policies: AuthorizedPolicyReader;
  trials: PolicyTrials;
  waivers: WaiverService;
  checklists: ChecklistService;
  proposals: Parameters<typeof addPolicyProposalRoutes>[1]['proposals'];
  checker: AccessChecker;
  profiles: ProfileService;
  purposes: PurposeService;
  keys: KeyService;
  bindings: KeyBindings;
  allowlist: AllowlistService;
  publisher: AllowlistPublisher;
  gateways: GatewayService;
  rotation: KeyRotation;
  authenticator: GatewayAuthenticator;
  stepUp: Omit<PasskeyRouteDeps, 'httpAuth' | 'auditor'>;
  evaluationPacks: PackService;
  evaluationResults: ResultService;
  evaluationRuns: RunService;
  ownInput: OwnInputResults;
  attachedEvaluations: AttachedEvaluationService;
  evidence: SubmissionService;
  evidenceTokens: TokenService;
  drift: DriftActions;
  bundles: EvidenceBundles;
}

/** A folder of policies, with its tests. */
const LARGEST_POLICIES = '1mb';

/** Policies are larger than most that comes, and evidence than anything. */
function readBody(): RequestHandler {
  const body = readJsonBody();
  const evidence = readJsonBody({ limit: MAX_BODY_BYTES });
  const policies = readJsonBody({ limit: LARGEST_POLICIES });
  return (req, res, next) => {
    if (['/evidence', '/model-evaluations'].includes(req.path)) {
      evidence(req, res, next);
    } else if (req.path.startsWith('/policies/')) policies(req, res, next);
    else body(req, res, next);
  };
}

/** Every route group over one validated router. */
export async function createGovernanceRouter(deps: GovernanceRouterDeps) {
  const router = await createOpenapiRouter({ readBody: readBody() });
  addApprovalRoutes(router, deps);
  addAskRoutes(router, deps);
  addEvidenceRoutes(router, deps);
  addEvaluationRoutes(router, deps);
  addModelRoutes(router, { ...deps, ledger: deps.changes });
  addAccessRoutes(router, deps);
  addPolicyRoutes(router, deps);
  addWaiverRoutes(router, deps);
  addPolicyProposalRoutes(router, deps);
  addAllowlistRoutes(router, deps);
  addGatewayRoutes(router, deps);
  addOnlineRoutes(router, deps);
  addDriftRoutes(router, deps);
  addLedgerRoutes(router, { ...deps, present: presentEvent });
  addPasskeyRoutes(router, { ...deps, ...deps.stepUp });
  return router;
}

export { allowGateways } from './gateways';
