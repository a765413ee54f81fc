import type {
  AuthService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { randomUUID } from 'node:crypto';
import type { Guard } from '../access';
import type { ApprovalStore } from '../approvals/ApprovalStore';
import type { Job } from '../database';
import type { HubSubmissions } from '../evidence';
import type { Foundation } from '../foundation';
import type { Organisation } from '../organisation';
import type { EvidenceApprovals } from '../evidence/EvidenceDeps';
import {
  AttachedEvaluationService,
  AttachmentStore,
  OwnInputResults,
} from './own';
import { PackFiles } from './packs/PackFiles';
import { PackReader } from './packs/PackReader';
import { PackService } from './packs/PackService';
import { PackStore } from './packs/PackStore';
import { readEvaluationsConfig } from './readEvaluationsConfig';
import type { FiledResults } from './results/FiledResults';
import { ResultPacks } from './results/ResultPacks';
import { ResultService } from './results/ResultService';
import type { ResultStore } from './results/ResultStore';
import { PackExecution } from './runs/PackExecution';
import { PackRunner } from './runs/PackRunner';
import { RunOutcome } from './runs/RunOutcome';
import { RunService } from './runs/RunService';
import { RunStore } from './runs/RunStore';

const DAY_MS = 24 * 3600_000;

export interface EvaluationsRoom {
  evaluationPacks: PackService;
  evaluationResults: ResultService;
  evaluationRuns: RunService;
  /** What people measured with their own input. */
  ownInput: OwnInputResults;
  attachedEvaluations: AttachedEvaluationService;
  packRunner: PackRunner;
  jobs: Job[];
}

/** Wires packs, results and runs of evaluations. */
export function createEvaluationsRoom(options: {
  foundation: Foundation;
  config: Config;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  urlReader: UrlReaderService;
  guard: Guard;
  organisation: Organisation;
  approvals: Pick<ApprovalStore, 'ofModels'>;
  evidence: HubSubmissions;
  results: ResultStore;
  filed: FiledResults;
  portalUrl: string;
  /** Requests that the caller may read. */
  requests: Pick<EvidenceApprovals, 'readable'>;
}): EvaluationsRoom {
  const { foundation, auth, filed } = options;
  const { clock, transactions } = foundation;
  const config = readEvaluationsConfig(options.config);
  const store = PackStore.create({ knex: transactions.knex });
  const reader = PackReader.create({
    files: PackFiles.create(options),
    store,
    clock,
  });
  const packs = PackService.create({ ...options, reader, store });
  const runs = RunStore.create({ transactions, clock, owner: randomUUID() });
  const parts = { ...foundation, ...options, config, packs, runs };
  const execution = PackExecution.create(parts);
  const outcome = RunOutcome.create({ ...parts, execution });
  const runner = PackRunner.create({
    ...parts,
    execution,
    outcome,
    concurrency: config.concurrency,
    timeoutMs: config.timeoutMinutes * 60_000,
  });
  const service = ResultService.create({
    ...options,
    packs: ResultPacks.create({ packs, store }),
  });
  return {
    evaluationPacks: packs,
    evaluationResults: service,
    ownInput: OwnInputResults.create({ ...foundation, ...options, service }),
    attachedEvaluations: AttachedEvaluationService.create({
      ...foundation,
      ...options,
      approvals: options.requests,
      attachments: AttachmentStore.create({ knex: transactions.knex }),
      service,
    }),
    evaluationRuns: RunService.create({
      ...parts,
      outcome,
      onChange: () => runner.wake(),
    }),
    packRunner: runner,
    jobs: [
      {
        id: 'model-governance-evaluation-packs',
        frequency: { minutes: 15 },
        timeout: { minutes: 10 },
        run: async () => packs.readAll(await auth.getOwnServiceCredentials()),
      },
      {
        id: 'model-governance-evaluation-results',
        frequency: { minutes: 15 },
        timeout: { minutes: 10 },
        run: () => filed.fileOld(),
      },
      {
        id: 'model-governance-evaluation-journals',
        frequency: { hours: 6 },
        timeout: { minutes: 10 },
        run: () =>
          runs.pruneJournals(
            clock.now().getTime() - config.keepJournalsDays * DAY_MS,
          ),
      },
    ],
  };
}
