import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Guard } from '../access';
import type { Caller } from '../approvals/Caller';
import type { EvidenceNews } from '../approvals/EvidenceNews';
import type { ApprovalRecord } from '../approvals/records';
import type { FiledResults } from '../evaluations/results/FiledResults';
import type { GateRegistry, GateService } from '../gates';
import type { Foundation } from '../foundation';
import type { Organisation } from '../organisation';
import type { EvidenceConfig } from './readEvidenceConfig';
import type { SubmissionStore } from './SubmissionStore';
import type { TokenStore } from './TokenStore';

/** What this room asks of the approvals room. */
export interface EvidenceApprovals {
  /** Throws `NotFoundError` when there is none or the caller may not read it. */
  readable(id: string, caller: Caller): Promise<ApprovalRecord>;
  /** Whether the user asked for this version in a request that is open or was approved. */
  hasRequest(
    userRef: string,
    entityRef: string,
    modelVersion: string,
  ): Promise<boolean>;
  news: EvidenceNews;
}

/** What the services of this room share. */
export interface EvidenceDeps
  extends Pick<
    Foundation,
    'clock' | 'transactions' | 'ledger' | 'outbox' | 'idempotency' | 'keys'
  > {
  tokens: TokenStore;
  submissions: SubmissionStore;
  /** Evidence that is a result of a model is filed as one. */
  results: Pick<FiledResults, 'submitted'>;
  registry: GateRegistry;
  gates: Pick<GateService, 'bundled'>;
  approvals: EvidenceApprovals;
  guard: Guard;
  organisation: Organisation;
  catalog: CatalogService;
  config: EvidenceConfig;
}

/** Gates that take something from outside, with what they take. */
export function takingGates(
  registry: GateRegistry,
): Map<string, { title: string; predicateTypes: string[] }> {
  return new Map(
    registry.all().flatMap(({ id, title, evidenceTypes = {} }) => {
      const predicateTypes = Object.keys(evidenceTypes);
      return predicateTypes.length > 0
        ? [[id, { title, predicateTypes }] as const]
        : [];
    }),
  );
}
