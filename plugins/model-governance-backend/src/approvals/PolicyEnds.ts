import { transition } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { isModelHold } from './holds';
import type { ApprovalRecord } from './records';
import { livingStates } from './records';
import type { Room as WholeRoom } from './Requests';
import { factsOf } from './Situation';

type Room = Pick<WholeRoom, 'deps' | 'situations' | 'lifecycle' | 'writer'>;

/**
 * What becomes of living approvals when other policies come into force: what
 * does not suffice any more is suspended, a life that is shorter now ends
 * earlier, and what suffices again is live again.
 */
export class PolicyEnds {
  static create(room: Room): PolicyEnds {
    return new PolicyEnds(room);
  }

  readonly #room: Room;

  private constructor(room: Room) {
    this.#room = room;
  }

  /** @param because - sentences that say what is missing. */
  async end(id: string, because: string): Promise<void> {
    const { lifecycle } = this.#room;
    await this.#living(id, (tx, approval) =>
      lifecycle.hold(tx, approval, {
        kind: 'policy-changed',
        reason: `The policies in force ask for more than was decided: ${because} It is live again by itself when the policies fit it; otherwise request a new approval.`,
      }),
    );
  }

  /** @param expiresAt - ISO 8601; later than the approval's own end changes nothing. */
  async shorten(id: string, expiresAt: string): Promise<void> {
    const { writer } = this.#room;
    await this.#living(id, async (tx, approval) => {
      if (approval.expiresAt && approval.expiresAt <= expiresAt) return;
      await writer.update(tx, approval, { expiresAt }, undefined, {
        type: 'approval.life-shortened',
        payload: { expiresAt },
      });
    });
  }

  /** Clears the hold of the policies, where nothing else is in the way. */
  async lift(approval: ApprovalRecord): Promise<void> {
    const { deps, situations, lifecycle, writer } = this.#room;
    const read = await situations.read(approval, undefined);
    await this.#living(approval.id, async (tx, now) => {
      if (now.revision !== approval.revision) return;
      const situation = { ...read, ...(await situations.locked(tx, now)) };
      const open = situation.holds.filter(({ clearedAt }) => !clearedAt);
      const hold = open.find(
        one => one.kind === 'policy-changed' && !isModelHold(one),
      );
      if (!hold) return;
      const reason = 'The policies in force fit it again.';
      const result = transition(approval.state, 'clear-hold', {
        ...factsOf(situation, { reason, holdId: hold.id }),
        openHoldsAfter: open.length - 1,
        mayClearHold: true,
      });
      if (!result.ok) return;
      await deps.holds.clearOfApproval(tx, hold.id, {
        by: 'system',
        at: writer.now(),
        reason,
      });
      await lifecycle.holdCleared(tx, now, result.to, {
        holdId: hold.id,
        open: open.filter(({ id }) => id !== hold.id),
        reason,
      });
    });
  }

  async #living(
    id: string,
    work: (tx: Knex.Transaction, approval: ApprovalRecord) => Promise<unknown>,
  ): Promise<void> {
    const { deps, writer } = this.#room;
    await deps.transactions.run(async tx => {
      const approval = await deps.store.lock(tx, id);
      if (!approval || !livingStates.includes(approval.state)) return;
      await work(tx, approval);
    });
    writer.wake();
  }
}
