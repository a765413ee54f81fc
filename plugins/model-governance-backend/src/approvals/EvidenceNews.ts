import { transition } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { ApprovalWriter } from './ApprovalWriter';
import type { Caller } from './Caller';
import type { ApprovalDeps } from './deps';
import { plainFacts } from './plainFacts';
import type { ApprovalRecord } from './records';
import { livingStates } from './records';
import { later } from './bindings';

const HOUR_MS = 3600_000;

/** Evidence that arrived or was taken back. */
export interface EvidenceChange {
  type: 'gate.evidence-submitted' | 'gate.evidence-withdrawn';
  entityRef: string;
  pin: string;
  gateId: string;
  evidenceId: string;
  digest: string;
  /** Why it was taken back. */
  reason?: string;
}

/** Something else that a gate goes by is not what it was. */
export interface FactsChange {
  type: 'gate.facts-changed';
  entityRef: string;
  pin: string;
  gateId: string;
  /** What changed, in one sentence. */
  reason: string;
  /** Requests whose answer went by it; those of others stay. */
  approvalIds: string[];
}

/** What outside evidence means for requests: their gates answer again. */
export class EvidenceNews {
  static create(deps: ApprovalDeps, writer: ApprovalWriter): EvidenceNews {
    return new EvidenceNews(deps, writer);
  }

  readonly #deps: ApprovalDeps;
  readonly #writer: ApprovalWriter;

  private constructor(deps: ApprovalDeps, writer: ApprovalWriter) {
    this.#deps = deps;
    this.#writer = writer;
  }

  /**
   * In the transaction in which the evidence is kept, or the other facts are
   * seen. Signatures that were
   * given on another answer of a required gate are void.
   *
   * @returns how many requests are checked again
   */
  async changed(
    tx: Knex.Transaction,
    change: EvidenceChange | FactsChange,
    caller: Caller | undefined,
  ): Promise<number> {
    const { store, gates, outbox } = this.#deps;
    await store.lockModel(tx, change.entityRef);
    const approvals = (
      await store.ofModels(
        [change.entityRef],
        ['checking', 'in-review', 'changes-requested', ...livingStates],
        tx,
      )
    ).filter(
      ({ pin, policyDecision }) =>
        pin === change.pin &&
        policyDecision?.gates.some(({ id }) => id === change.gateId),
    );
    const open = approvals.filter(
      ({ id, state }) =>
        !livingStates.includes(state) &&
        (!('approvalIds' in change) || change.approvalIds.includes(id)),
    );
    await gates.evidenceChanged(
      tx,
      change,
      open.map(({ id }) => id),
    );
    for (const { id } of open) {
      const approval = await store.lock(tx, id);
      if (approval) await this.#recheck(tx, approval, change, caller);
    }
    await outbox.add(tx, [
      ...open.map(({ id }) => ({
        topic: 'gates' as const,
        payload: { approvalId: id },
      })),
      ...this.#warnings(
        approvals.filter(({ state }) => livingStates.includes(state)),
        change,
        caller,
      ),
    ]);
    return open.length;
  }

  async #recheck(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    change: EvidenceChange | FactsChange,
    caller: Caller | undefined,
  ): Promise<void> {
    const { gateId, type, reason } = change;
    const news = {
      type,
      payload: {
        gateId,
        ...('evidenceId' in change && {
          evidenceId: change.evidenceId,
          digest: change.digest,
        }),
      },
      text: reason,
    };
    const demand = approval.policyDecision?.gates.find(
      ({ id }) => id === gateId,
    );
    const mayGoBack =
      approval.state === 'in-review' &&
      demand?.required === true &&
      transition('in-review', 'subject-changed', plainFacts(approval)).ok;
    if (!mayGoBack) {
      await this.#writer.note(tx, approval, caller, news);
      return;
    }
    const { store } = this.#deps;
    const at = this.#writer.now();
    const given = (await store.signOffs(approval.id, tx)).filter(
      ({ voidAt, round }) => !voidAt && round === approval.round,
    );
    await store.voidSignOffs(
      tx,
      given.map(({ id }) => id),
      at,
      'evidenceId' in change
        ? 'The evidence of a required check changed.'
        : 'What a required check goes by changed.',
    );
    await this.#writer.update(
      tx,
      approval,
      {
        state: 'checking',
        round: approval.round + 1,
        waitingFor: ['gates'],
        waitingSince: at,
        checkDeadlineAt: later(
          at,
          (approval.policyDecision?.checkDeadlineHours ?? 24) * HOUR_MS,
        ),
        blockers: [],
      },
      caller,
      news,
    );
  }

  /** The people of an approval hear of something that changes nothing by itself. */
  async notice(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    about: { type: string; gateId: string; text: string; scope: string },
  ): Promise<void> {
    const { type, gateId, text, scope } = about;
    await this.#writer.note(tx, approval, undefined, {
      type,
      payload: { gateId },
      text,
    });
    await this.#deps.outbox.add(tx, [
      {
        topic: 'notification',
        payload: {
          recipients: [...new Set([approval.requester, approval.ownerRef])],
          title: `An approval of ${
            approval.title ?? approval.entityRef
          } rests on an older evaluation (${approval.tier})`,
          description: text,
          link: `/model-governance/approvals/${approval.id}`,
          severity: 'normal',
          scope: `model-governance:${approval.id}:${scope}`,
        },
      },
    ]);
  }

  /** What was approved on evidence that is gone, its people look at. */
  #warnings(
    living: ApprovalRecord[],
    change: EvidenceChange | FactsChange,
    caller: Caller | undefined,
  ) {
    if (change.type !== 'gate.evidence-withdrawn') return [];
    return living.map(approval => ({
      topic: 'notification' as const,
      payload: {
        recipients: [...new Set([approval.requester, approval.ownerRef])],
        title: `Evidence behind ${
          approval.title ?? approval.entityRef
        } was withdrawn (${approval.tier})`,
        description: change.reason,
        link: `/model-governance/approvals/${approval.id}`,
        severity: 'high' as const,
        scope: `model-governance:${approval.id}:evidence:${change.evidenceId}`,
        ...(caller?.kind === 'user' && { excludeRef: caller.ref }),
      },
    }));
  }
}
