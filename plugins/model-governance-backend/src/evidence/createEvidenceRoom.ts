import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Config } from '@backstage/config';
import type { Guard } from '../access';
import { callerOf } from '../approvals/Caller';
import type { Foundation } from '../foundation';
import type { GateRegistry, GateService } from '../gates';
import type { Organisation } from '../organisation';
import { EvidenceBundles } from './EvidenceBundles';
import { CiIdentities } from './CiIdentities';
import type { EvidenceApprovals, EvidenceDeps } from './EvidenceDeps';
import { HubSubmissions } from './HubSubmissions';
import { readEvidenceConfig } from './readEvidenceConfig';
import { SubmissionService } from './SubmissionService';
import type { SubmissionStore } from './SubmissionStore';
import { TokenService } from './TokenService';
import { TokenStore } from './TokenStore';

export interface EvidenceRoom {
  evidenceTokens: TokenService;
  evidence: SubmissionService;
  bundles: EvidenceBundles;
  /** What the hub measured itself. */
  hubEvidence: HubSubmissions;
}

/** Evidence from pipelines: tokens, submissions and bundles. */
export function createEvidenceRoom(options: {
  foundation: Foundation;
  config: Config;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  guard: Guard;
  organisation: Organisation;
  registry: GateRegistry;
  gates: GateService;
  submissions: SubmissionStore;
  results: EvidenceDeps['results'];
  approvals: EvidenceApprovals;
}): EvidenceRoom {
  const { foundation, auth, logger } = options;
  const config = readEvidenceConfig(options.config);
  const deps: EvidenceDeps = {
    ...foundation,
    ...options,
    config,
    tokens: TokenStore.create({ knex: foundation.transactions.knex }),
  };
  const evidenceTokens = TokenService.create(
    deps,
    CiIdentities.create({ ...config, clock: foundation.clock, logger }),
  );
  return {
    evidenceTokens,
    hubEvidence: HubSubmissions.create(deps),
    evidence: SubmissionService.create(deps, evidenceTokens, credentials =>
      callerOf(auth, credentials),
    ),
    bundles: EvidenceBundles.create(deps, credentials =>
      callerOf(auth, credentials),
    ),
  };
}
