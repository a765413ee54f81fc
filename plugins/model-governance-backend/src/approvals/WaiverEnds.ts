import { transition } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { GatesConclusion } from '../gates/GateService';
import { gateSubject, restsUntil } from './bindings';
import { isModelHold } from './holds';
import type { ApprovalRecord } from './records';
import { livingStates } from './records';
import type { Room as WholeRoom } from './Requests';
import { factsOf, type Situation } from './Situation';
import { differences } from './subject';

type Room = Omit<WholeRoom, 'waiverEnds'>;

/**
 * What becomes of an approval when a waiver that it rests on is over: it goes on
 * where the gates pass without it, and is suspended where they do not. As soon
 * as they pass again, by a new waiver or by themselves, it is live again.
 */
export class WaiverEnds {
  static create(room: Room): WaiverEnds {
    return new WaiverEnds(room);
  }

  readonly #room: Room;

  private constructor(room: Room) {
    this.#room = room;
  }

  /** Safe to call any number of times, from any replica. */
  async look(approval: ApprovalRecord): Promise<void> {
    const { deps, situations, writer } = this.#room;
    const at = writer.now();
    const over =
      livingStates.includes(approval.state) &&
      approval.waivedUntil !== undefined &&
      approval.waivedUntil <= at &&
      (approval.expiresAt ?? at) > at;
    const waits =
      approval.state === 'suspended' &&
      approval.blockers.some(({ code }) => code === 'hold-waiver-ended');
    if (!over && !waits) return;
    const situation = await situations.read(approval, undefined);
    const changed = await deps.transactions.run(async tx => {
      const now = await deps.store.lock(tx, approval.id);
      // Somebody was faster; what they did is looked at again next time.
      if (now?.revision !== approval.revision) return false;
      const seen = { ...situation, ...(await situations.locked(tx, now)) };
      if (waits && (await this.#lift(tx, seen))) return true;
      if (!over) return false;
      await this.ended(tx, seen);
      return true;
    });
    if (changed) writer.wake();
  }

  /** A waiver of a living approval does not count any more. */
  async ended(
    tx: Knex.Transaction,
    situation: Situation,
  ): Promise<ApprovalRecord> {
    const { deps, lifecycle, writer } = this.#room;
    const { approval } = situation;
    const gates = await deps.gates.conclusion(approval.id, tx);
    if (gates.status === 'passed') {
      const waivedUntil = restsUntil(gates);
      return writer.update(tx, approval, { waivedUntil }, undefined, {
        type: 'approval.waivers-looked-at',
        payload: waivedUntil ? { waivedUntil } : {},
      });
    }
    const held = await lifecycle.hold(
      tx,
      { ...approval, waivedUntil: undefined },
      { kind: 'waiver-ended', reason: this.#reason(gates) },
    );
    await this.askAgain(tx, situation);
    return held;
  }

  /** Asks the gates about the model as it is now, where it is what was approved. */
  async askAgain(tx: Knex.Transaction, situation: Situation): Promise<boolean> {
    const { deps } = this.#room;
    const { approval, subject, purpose } = situation;
    const same =
      subject?.version !== undefined &&
      subject.pin !== undefined &&
      purpose !== undefined &&
      differences(approval, subject).length === 0;
    if (!same) return false;
    await deps.gates.enqueue(tx, {
      approvalId: approval.id,
      demands: approval.policyDecision?.gates ?? [],
      subject: gateSubject(subject, situation),
    });
    await deps.outbox.add(tx, [
      { topic: 'gates', payload: { approvalId: approval.id } },
    ]);
    return true;
  }

  /** Clears the hold where the gates pass again and nothing else is in the way. */
  async #lift(tx: Knex.Transaction, situation: Situation): Promise<boolean> {
    const { deps, lifecycle, writer } = this.#room;
    const { approval, gates } = situation;
    const open = situation.holds.filter(({ clearedAt }) => !clearedAt);
    const hold = open.find(
      one => one.kind === 'waiver-ended' && !isModelHold(one),
    );
    if (!hold || gates.status !== 'passed') return false;
    const reason = gates.until
      ? 'The check is waived again.'
      : 'The check passes now.';
    const result = transition(approval.state, 'clear-hold', {
      ...factsOf(situation, { reason, holdId: hold.id }),
      mayClearHold: true,
    });
    if (!result.ok) return false;
    await deps.holds.clearOfApproval(tx, hold.id, {
      by: 'system',
      at: writer.now(),
      reason,
    });
    await lifecycle.holdCleared(
      tx,
      {
        ...approval,
        evidenceIds: situation.gateResults.flatMap(({ evidenceId }) =>
          evidenceId ? [evidenceId] : [],
        ),
      },
      result.to,
      {
        holdId: hold.id,
        open: open.filter(({ id }) => id !== hold.id),
        reason,
      },
    );
    return true;
  }

  #reason(gates: GatesConclusion): string {
    const title = (gateId: string) =>
      `“${
        this.#room.deps.gates.list().find(({ id }) => id === gateId)?.title ??
        gateId
      }”`;
    const what = 'Renew the waiver, or make the check pass and run it again.';
    if (gates.status === 'failed') {
      const names = gates.gateIds.map(title).join(', ');
      return `A waiver ended, and without it ${names} ${
        gates.gateIds.length === 1 ? 'does' : 'do'
      } not pass. ${what}`;
    }
    return gates.status === 'blocked'
      ? `A waiver ended, and without it ${title(gates.gateId)} does not pass: ${
          gates.message
        } ${what}`
      : 'A waiver ended, and its check has no answer yet. It is live again as soon as the check passes.';
  }
}
