import type {
  ApprovalCommand,
  TransitionFacts,
} from '@modelhub/backstage-plugin-models-common';
import { transition } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import type { ApprovalWriter, Change } from './ApprovalWriter';
import type { Caller } from './Caller';
import type { ApprovalDeps } from './deps';
import { plainFacts } from './plainFacts';
import { holdBlockers, isModelHold, reachOf } from './holds';
import {
  expiryOf,
  gateSubject,
  later,
  nobodyHolds,
  restsUntil,
  scannedDigest,
  statement,
  unready,
} from './bindings';
import type {
  ApprovalHoldRecord,
  ApprovalRecord,
  HoldRecord,
  ModelHoldRecord,
  SignOffRecord,
} from './records';
import { livingStates } from './records';
import { refusalError } from './refusals';
import { signerClaims } from './signers';
import { countSignOffs, type Situation } from './Situation';
import { boundFields } from './subject';

const HOUR_MS = 3600_000;

/** What the state machine's answers mean in rows, inside one transaction. */
export class Lifecycle {
  static create(deps: ApprovalDeps, writer: ApprovalWriter): Lifecycle {
    return new Lifecycle(deps, writer);
  }

  readonly #deps: ApprovalDeps;
  readonly #writer: ApprovalWriter;

  private constructor(deps: ApprovalDeps, writer: ApprovalWriter) {
    this.#deps = deps;
    this.#writer = writer;
  }

  /**
   * Bind the approval to what the catalog and the policy say now and have it
   * checked. Earlier sign-offs no longer count.
   */
  async check(
    tx: Knex.Transaction,
    situation: Situation,
    change: Change,
  ): Promise<ApprovalRecord> {
    const { approval, subject, policyNow, purpose, caller } = situation;
    const { store, gates } = this.#deps;
    const at = this.#writer.now();
    const ready = subject?.version && subject.pin && policyNow && purpose;
    const round = approval.round + 1;

    const signers = signerClaims(policyNow?.signOffs ?? [], situation.holders);
    await store.setSigners(tx, approval.id, signers);
    await store.voidSignOffs(
      tx,
      countSignOffs(situation).given.map(({ id }) => id),
      at,
      'The request was submitted again or the model changed.',
    );
    const after = await this.#writer.update(
      tx,
      approval,
      {
        ...(subject && boundFields(subject)),
        state: 'checking',
        round,
        ownerPeople: [...situation.ownerPeople],
        policyVersion: policyNow?.version,
        policyDecision: policyNow,
        submittedAt: at,
        waitingSince: at,
        checkDeadlineAt: later(
          at,
          (policyNow?.checkDeadlineHours ?? 24) * HOUR_MS,
        ),
        waitingFor: ['gates'],
        blockers: ready ? [] : [unready(situation)],
      },
      caller,
      {
        ...change,
        payload: {
          gatewayId: subject?.gatewayId ?? approval.gatewayId,
          pin: subject?.pin ?? '',
          decisionFactsHash: subject?.decisionFactsHash ?? '',
          policyVersion: policyNow?.version ?? '',
          round,
          ...change.payload,
        },
      },
    );
    if (ready) {
      await gates.enqueue(tx, {
        approvalId: approval.id,
        demands: ready && policyNow ? policyNow.gates : [],
        subject: gateSubject(subject, situation),
      });
      await this.#deps.outbox.add(tx, [
        { topic: 'gates', payload: { approvalId: approval.id } },
      ]);
    } else {
      await gates.cancel(tx, approval.id);
    }
    return after;
  }

  /** The gates are content: ask people, or approve where nobody is asked. */
  async gatesPassed(
    tx: Knex.Transaction,
    situation: Situation,
    to: 'in-review' | 'approved',
  ): Promise<ApprovalRecord> {
    if (to === 'approved') return this.approve(tx, situation);
    const { approval, policyNow, holders } = situation;
    const decision = approval.policyDecision ?? policyNow;
    const demands = decision?.signOffs ?? [];
    const signers = signerClaims(demands, holders);
    await this.#deps.store.setSigners(tx, approval.id, signers);
    return this.#writer.update(
      tx,
      approval,
      {
        state: 'in-review',
        waitingSince: this.#writer.now(),
        waitingFor: demands.map(({ role }) => role),
        blockers: demands
          .filter(({ role }) => (holders.get(role) ?? []).length === 0)
          .map(({ role }) => nobodyHolds(role)),
        checkDeadlineAt: undefined,
      },
      undefined,
      { type: 'approval.gates-passed', signers },
    );
  }

  /** The last thing that was asked for is there. */
  async approve(
    tx: Knex.Transaction,
    situation: Situation,
    signOff?: SignOffRecord,
  ): Promise<ApprovalRecord> {
    const { caller } = situation;
    const approval = {
      ...situation.approval,
      digest: situation.approval.digest ?? scannedDigest(situation),
    };
    const at = this.#writer.now();
    const decision = approval.policyDecision!;
    const expiresAt = expiryOf(at, decision);
    const waivedUntil = restsUntil(situation.gates);
    const evidence = situation.gateResults.flatMap(({ evidenceId }) =>
      evidenceId ? [evidenceId] : [],
    );
    const signed = [
      ...countSignOffs(situation).given,
      ...(signOff ? [signOff] : []),
    ];
    const after = await this.#writer.update(
      tx,
      approval,
      {
        state: 'approved',
        approvedAt: at,
        expiresAt,
        waivedUntil,
        waitingFor: [],
        waitingSince: undefined,
        checkDeadlineAt: undefined,
        blockers: [],
        evidenceIds: evidence,
      },
      signOff && caller,
      {
        type: 'approval.approved',
        payload: {
          ...statement(approval),
          evidenceIds: evidence,
          expiresAt,
          ...(waivedUntil && { waivedUntil }),
          signOffs: signed.map(({ role, secondFactor }) => ({
            role,
            secondFactor,
          })),
        },
        people: {
          requester: approval.requester,
          ...Object.fromEntries(
            signed.map(({ role, by }, index) => [`signer${index}_${role}`, by]),
          ),
        },
      },
    );
    await this.#supersede(tx, after);
    return after;
  }

  /** Put a hold on a living approval; the same hold is not placed twice. */
  async hold(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    hold: Pick<HoldRecord, 'kind' | 'reason'>,
    by: { caller?: Caller; facts?: TransitionFacts } = {},
  ): Promise<ApprovalRecord> {
    const { holds } = this.#deps;
    const { caller } = by;
    this.#demand(
      approval,
      'suspend',
      by.facts ?? plainFacts(approval, { reason: hold.reason }),
    );
    const open = (await holds.of(approval, tx)).filter(
      other => !other.clearedAt,
    );
    if (
      !caller &&
      open.some(other => other.kind === hold.kind && !isModelHold(other))
    ) {
      return approval;
    }
    const placed: ApprovalHoldRecord = {
      ...hold,
      id: uuid(),
      approvalId: approval.id,
      placedBy: caller?.ref ?? 'system',
      placedAt: this.#writer.now(),
    };
    await holds.addToApproval(tx, placed);
    return this.suspended(tx, approval, placed, { open, caller });
  }

  /** The state of an approval after one more hold, on it or on its model. */
  async suspended(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    hold: ApprovalHoldRecord | ModelHoldRecord,
    others: { open: HoldRecord[]; caller?: Caller },
  ): Promise<ApprovalRecord> {
    const onModel = isModelHold(hold);
    return this.#writer.update(
      tx,
      approval,
      {
        state: 'suspended',
        waitingFor: [],
        blockers: holdBlockers([...others.open, hold]),
      },
      others.caller,
      {
        type: 'approval.suspended',
        payload: {
          holdId: hold.id,
          kind: hold.kind,
          covers: onModel ? reachOf(hold) : 'approval',
        },
        text: hold.reason,
      },
    );
  }

  /** The state of an approval after a hold was cleared. */
  async holdCleared(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    to: ApprovalRecord['state'],
    change: {
      holdId: string;
      /** What still holds it. */
      open: HoldRecord[];
      /** Undefined for the hub itself. */
      caller?: Caller;
      reason: string;
    },
  ): Promise<ApprovalRecord> {
    const { holdId, open, caller, reason } = change;
    const gates = await this.#deps.gates.conclusion(approval.id, tx);
    return this.#writer.update(
      tx,
      approval,
      {
        state: to,
        blockers: holdBlockers(open),
        waivedUntil: restsUntil(gates),
      },
      caller,
      {
        type:
          to === 'approved' ? 'approval.reinstated' : 'approval.hold-cleared',
        payload: { holdId, openHolds: open.length },
        text: reason,
      },
    );
  }

  /** Commands that end an approval without looking at anything else. */
  async end(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    command: ApprovalCommand,
    options: {
      type: string;
      reason?: string;
      caller?: Caller;
      facts?: TransitionFacts;
      patch?: Partial<ApprovalRecord>;
    },
  ): Promise<ApprovalRecord> {
    const { reason, caller, type, patch } = options;
    const state = this.#demand(
      approval,
      command,
      options.facts ?? plainFacts(approval, { reason }),
    );
    if (['checking', 'in-review'].includes(approval.state)) {
      await this.#deps.gates.cancel(tx, approval.id);
    }
    return this.#writer.update(
      tx,
      approval,
      {
        state,
        waitingFor: state === 'changes-requested' ? ['requester'] : [],
        waitingSince: undefined,
        checkDeadlineAt: undefined,
        ...patch,
      },
      caller,
      { type, text: reason },
    );
  }

  /** An emergency stands beside a request: without the request it ends. */
  async endEmergencies(
    tx: Knex.Transaction,
    request: ApprovalRecord,
    how: 'rejected' | 'withdrawn',
  ): Promise<void> {
    const { store } = this.#deps;
    const beside = (await store.emergencies(request, tx)).filter(
      ({ state, pendingRequestId }) =>
        pendingRequestId === request.id && livingStates.includes(state),
    );
    for (const { id } of beside) {
      await this.end(tx, (await store.lock(tx, id))!, 'revoke', {
        type: 'approval.revoked',
        reason: `The request beside the emergency was ${how}.`,
      });
    }
  }

  /** Where a command leads; throws what speaks against it. */
  #demand(
    approval: ApprovalRecord,
    command: ApprovalCommand,
    facts: TransitionFacts,
  ) {
    const result = transition(approval.state, command, facts);
    if (!result.ok) throw refusalError(result.refusal);
    return result.to;
  }

  /**
   * A renewal ends what it renews: the same scope and the same version. The
   * ledger's lock, which the writer holds by now, keeps two renewals apart.
   */
  async #supersede(tx: Knex.Transaction, newer: ApprovalRecord): Promise<void> {
    const { store } = this.#deps;
    const older = await store.ofScope(newer, ['approved'], tx);
    for (const { id } of older.filter(other => other.id !== newer.id)) {
      const approval = await store.lock(tx, id);
      if (approval?.state !== 'approved') continue;
      await this.end(tx, approval, 'supersede', {
        type: 'approval.superseded',
        patch: { supersededBy: newer.id },
      });
    }
  }
}
