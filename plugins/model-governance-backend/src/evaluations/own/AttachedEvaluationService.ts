import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type {
  AttachedEvaluations,
  ApprovalState,
} from '@modelhub/backstage-plugin-models-common';
import { takeTurn } from '@modelhub/backstage-plugin-models-node';
import { callerOf, ledgerActor, type Caller } from '../../approvals/Caller';
import type { ApprovalRecord } from '../../approvals/records';
import type { EvidenceApprovals } from '../../evidence/EvidenceDeps';
import type { Foundation } from '../../foundation';
import type { Organisation } from '../../organisation';
import type { ResultService } from '../results/ResultService';
import type { ResultStore } from '../results/ResultStore';
import type { AttachmentStore } from './AttachmentStore';

/** More is no help to whoever decides. */
const MOST_ATTACHED = 20;

const OPEN: ApprovalState[] = [
  'draft',
  'checking',
  'in-review',
  'changes-requested',
];

export interface AttachedEvaluationOptions
  extends Pick<
    Foundation,
    'clock' | 'transactions' | 'ledger' | 'outbox' | 'idempotency'
  > {
  auth: AuthService;
  approvals: Pick<EvidenceApprovals, 'readable'>;
  organisation: Pick<Organisation, 'belongsTo'>;
  results: Pick<ResultStore, 'get'>;
  attachments: AttachmentStore;
  service: Pick<ResultService, 'summaries'>;
}

/** Evaluations as evidence that people, and no checks, read. */
export class AttachedEvaluationService {
  static create(options: AttachedEvaluationOptions): AttachedEvaluationService {
    return new AttachedEvaluationService(options);
  }

  readonly #options: AttachedEvaluationOptions;

  private constructor(options: AttachedEvaluationOptions) {
    this.#options = options;
  }

  /** @throws NotFoundError for a request that the caller may not read */
  async list(
    approvalId: string,
    credentials: BackstageCredentials,
  ): Promise<AttachedEvaluations> {
    const { approvals, auth } = this.#options;
    const caller = callerOf(auth, credentials);
    const approval = await approvals.readable(approvalId, caller);
    return this.#present(approval, caller);
  }

  async attach(
    approvalId: string,
    { resultId }: { resultId: string },
    options: { credentials: BackstageCredentials; idempotencyKey?: string },
  ): Promise<AttachedEvaluations> {
    const { credentials, idempotencyKey } = options;
    const { approvals, auth, results, service } = this.#options;
    const caller = callerOf(auth, credentials);
    const approval = await approvals.readable(approvalId, caller);
    // Whoever may not see the model is told that there is no such result.
    const [seen] = await service.summaries([resultId], caller);
    const result = seen && (await results.get(seen.id));
    if (
      !result ||
      result.entityRef !== approval.entityRef ||
      result.pin !== approval.pin
    ) {
      throw new InputError(
        `The request is for ${approval.entityRef} ${
          approval.modelVersion ?? ''
        } (${approval.pin ?? 'not pinned yet'}), and the evaluation is about ${
          result?.entityRef ?? 'something else'
        } ${result?.modelVersion ?? ''} (${
          result?.pin ?? ''
        }). Evaluate the version that is asked for.`,
      );
    }
    await this.#demandMay(approval, caller, result.startedBy);
    if (!OPEN.includes(approval.state)) {
      throw new ConflictError(
        `The request is ${approval.state}; evidence is attached while it is open. Make another request.`,
      );
    }
    const { idempotency, outbox } = this.#options;
    await idempotency.run(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'evaluation.attach', approvalId, resultId },
      },
      async tx => {
        await this.#add(tx, approval, resultId, caller);
        return {};
      },
    );
    outbox.wake();
    return this.#present(approval, caller);
  }

  async #add(
    tx: Parameters<AttachmentStore['add']>[0],
    { id: approvalId, entityRef }: ApprovalRecord,
    resultId: string,
    caller: Caller,
  ): Promise<void> {
    const { attachments, ledger, outbox, clock } = this.#options;
    await takeTurn(tx, 'evaluations', `attach:${approvalId}`);
    const there = await attachments.of(approvalId, tx);
    if (there.some(it => it.resultId === resultId)) return;
    if (there.length >= MOST_ATTACHED) {
      throw new ConflictError(
        `${MOST_ATTACHED} evaluations are attached to this request already, which is the most. Attach none that says the same.`,
      );
    }
    const [event] = await ledger.append(tx, [
      {
        actor: ledgerActor(caller),
        subject: `approval:${approvalId}`,
        type: 'evaluation.attached',
        payload: { resultId },
        entityRef,
        approvalId,
      },
    ]);
    await attachments.add(tx, {
      approvalId,
      resultId,
      attachedBy: caller.ref,
      attachedAt: clock.now().toISOString(),
      seq: event.seq,
    });
    await outbox.add(tx, [
      {
        topic: 'signal',
        payload: { type: 'evaluation.attached', entityRef, approvalId },
      },
    ]);
  }

  async #present(
    approval: ApprovalRecord,
    caller: Caller,
  ): Promise<AttachedEvaluations> {
    const { attachments, service } = this.#options;
    const attached = await attachments.of(approval.id);
    const results = await service.summaries(
      attached.map(({ resultId }) => resultId),
      caller,
    );
    const items = attached.flatMap(({ resultId, attachedBy, attachedAt }) => {
      const result = results.find(({ id }) => id === resultId);
      return result ? [{ result, attachedBy, attachedAt }] : [];
    });
    return {
      items,
      mayAttach:
        OPEN.includes(approval.state) && (await this.#may(approval, caller)),
    };
  }

  async #demandMay(
    approval: ApprovalRecord,
    caller: Caller,
    startedBy: string | undefined,
  ): Promise<void> {
    if (caller.ref === startedBy || (await this.#may(approval, caller))) return;
    throw new NotAllowedError(
      'An evaluation is attached by who ran it, by who asked for the approval, and by owners of the model. Ask one of them.',
    );
  }

  async #may(approval: ApprovalRecord, caller: Caller): Promise<boolean> {
    if (caller.kind !== 'user') return false;
    return (
      caller.ref === approval.requester ||
      this.#options.organisation.belongsTo(caller.ref, [approval.ownerRef])
    );
  }
}
