import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  ChecklistService,
  type ChecklistOptions,
} from '../checklist/ChecklistService';
import type { GrantsSource } from '../allowlist/GrantsSource';
import type { Job } from '../database';
import type { ModelApprovalResource } from '../permissions';
import { ApprovalClock } from './ApprovalClock';
import { ApprovalReader } from './ApprovalReader';
import type { ApprovalService } from './ApprovalService';
import { ApprovalWriter } from './ApprovalWriter';
import type { EvidenceApprovals } from '../evidence';
import { DefaultApprovalService } from './DefaultApprovalService';
import type { ApprovalDeps } from './deps';
import { EvidenceNews } from './EvidenceNews';
import { GateConclusions } from './GateConclusions';
import { HoldStore } from './HoldStore';
import { Lifecycle } from './Lifecycle';
import { PolicyEnds } from './PolicyEnds';
import { Requests } from './Requests';
import { livingStates, openStates } from './records';
import { resourceOf, SituationReader } from './SituationReader';
import { WaiverEnds } from './WaiverEnds';
import { Watcher } from './Watcher';

export interface ApprovalsRoom {
  service: ApprovalService;
  checklists: ChecklistService;
  /**
   * Why a model, or this version of it, is off whatever was approved; for those
   * who explain a refusal. Needs a full entity ref in lower case.
   */
  heldBecause(
    entityRef: string,
    modelVersion: string | undefined,
  ): Promise<string | undefined>;
  /** For those who keep evidence from outside. */
  forEvidence: EvidenceApprovals;
  /** For those who bring other policies into force. */
  policyEnds: PolicyEnds;
  /** Suspends an approval of which the calls changed, as the hub itself. */
  suspendForDrift(
    tx: Knex.Transaction,
    id: string,
    reason: string,
  ): Promise<void>;
  jobs: Job[];
}

/** What the permission framework and the allowlist ask of approvals. */
export function approvalSources(store: ApprovalDeps['store']): {
  grants: GrantsSource;
  getResources(
    ids: string[],
  ): Promise<Array<ModelApprovalResource | undefined>>;
} {
  return {
    grants: { liveGrants: (now, tx) => store.liveGrants(now, { tx }) },
    getResources: async ids => {
      const [approvals, signers] = await Promise.all([
        store.getMany(ids),
        store.signers(ids),
      ]);
      const byId = new Map(approvals.map(approval => [approval.id, approval]));
      return ids.map(id => {
        const approval = byId.get(id);
        return approval && resourceOf(approval, signers.get(id) ?? []);
      });
    },
  };
}

/** Wires the approvals room and listens to the gates. */
export function createApprovalsRoom(
  others: Omit<ApprovalDeps, 'holds'>,
  options: {
    logger: LoggerService;
    withPasskey: ChecklistOptions['withPasskey'];
  },
): ApprovalsRoom {
  const holds = HoldStore.create({ knex: others.transactions.knex });
  const deps: ApprovalDeps = { ...others, holds };
  const situations = SituationReader.create(deps);
  const writer = ApprovalWriter.create(deps);
  const parts = {
    deps,
    situations,
    writer,
    reader: ApprovalReader.create(deps, situations),
    lifecycle: Lifecycle.create(deps, writer),
  };
  const waiverEnds = WaiverEnds.create(parts);
  const room = { ...parts, waiverEnds };
  const conclusions = GateConclusions.create(room, { ...options, waiverEnds });
  const watcher = Watcher.create(room, options);
  const clock = ApprovalClock.create(room, { ...options, waiverEnds });
  deps.gates.onConclusion((id, conclusion) =>
    conclusions.handle(id, conclusion),
  );
  return {
    service: DefaultApprovalService.create(room),
    checklists: ChecklistService.create({
      room,
      requests: Requests.create(room),
      withPasskey: options.withPasskey,
    }),
    heldBecause: (entityRef, modelVersion) =>
      holds.heldBecause(entityRef, modelVersion),
    policyEnds: PolicyEnds.create(parts),
    suspendForDrift: async (tx, id, reason) => {
      const approval = await deps.store.lock(tx, id);
      if (approval && livingStates.includes(approval.state)) {
        await parts.lifecycle.hold(tx, approval, { kind: 'drift', reason });
      }
    },
    forEvidence: {
      readable: (id, caller) => parts.reader.approval(id, caller),
      hasRequest: async (userRef, entityRef, modelVersion) =>
        (
          await deps.store.ofModels(
            [entityRef],
            [...openStates, ...livingStates],
          )
        ).some(
          approval =>
            approval.requester === userRef &&
            approval.modelVersion === modelVersion,
        ),
      news: EvidenceNews.create(deps, writer),
    },
    jobs: [
      {
        id: 'model-governance-watch-models',
        frequency: { seconds: 30 },
        timeout: { minutes: 5 },
        run: () => watcher.run(),
      },
      {
        id: 'model-governance-approval-clock',
        frequency: { seconds: 15 },
        timeout: { minutes: 5 },
        run: async () => {
          await conclusions.sweep();
          await clock.run();
        },
      },
    ],
  };
}
