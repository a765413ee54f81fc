import type { AuthService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { ApprovalsRoom } from '../approvals';
import type { ApprovalStore } from '../approvals/ApprovalStore';
import type { Foundation } from '../foundation';
import type { GateService } from '../gates/GateService';
import type { OnlineRoom } from '../online';
import { DriftActions } from './DriftActions';
import { readDriftPolicy } from './driftPolicy';
import type { Reevaluations } from './Reevaluations';

/** What policy says about drift, with those who do it. */
export function createDriftRoom(options: {
  foundation: Foundation;
  auth: AuthService;
  config: Config;
  store: ApprovalStore;
  approvals: Pick<ApprovalsRoom, 'forEvidence' | 'suspendForDrift'>;
  online: Pick<OnlineRoom, 'running' | 'onlineWatch'>;
  gates: Pick<GateService, 'wake'>;
  reevaluations: Reevaluations;
}): DriftActions {
  const { foundation, approvals, online, gates } = options;
  const { knex } = foundation.transactions;
  return DriftActions.create({
    ...options,
    ...foundation,
    policy: readDriftPolicy(options.config),
    news: approvals.forEvidence.news,
    modelsOf: id =>
      knex('approvals')
        .where({ gateway_id: id })
        .distinct('entity_ref')
        .orderBy('entity_ref')
        .pluck('entity_ref'),
    suspend: approvals.suspendForDrift,
    running: online.running,
    end: (id, reason) => online.onlineWatch.end(id, { kind: 'drift', reason }),
    wake: () => gates.wake(),
  });
}
