import { ConflictError, NotAllowedError } from '@backstage/errors';
import type {
  Approval,
  ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { CommandOptions } from './ApprovalService';
import { callerOf } from './Caller';
import { presentApproval } from './present';
import type { Room } from './Requests';
import { factsOf } from './Situation';
import { demandedGate } from './WaiverCommands';
import type { WaiverEnds } from './WaiverEnds';

/** What people do about the gates of a request. */
export class GateCommands {
  static create(room: Room, waiverEnds: WaiverEnds): GateCommands {
    return new GateCommands(room, waiverEnds);
  }

  readonly #room: Room;
  readonly #waiverEnds: WaiverEnds;

  private constructor(room: Room, waiverEnds: WaiverEnds) {
    this.#room = room;
    this.#waiverEnds = waiverEnds;
  }

  async rerunGate(
    id: string,
    gateId: string,
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<ApprovalDetail> {
    const { deps, reader, situations, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const approval = await reader.approval(id, caller);
    const situation = await situations.read(approval, caller);
    const { actor } = factsOf(situation);
    if (!(actor.isRequester || actor.isOwner || situation.rights.sign)) {
      throw new NotAllowedError(
        'The requester, the owner or somebody who signs runs a gate again.',
      );
    }
    demandedGate(situation, gateId);
    const answered = await deps.idempotency.run<Approval>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'rerun', id, gateId },
      },
      async tx => {
        const now = await deps.store.lock(tx, id);
        const waits =
          now?.state === 'suspended' &&
          situation.holds.some(
            ({ kind, clearedAt }) => kind === 'waiver-ended' && !clearedAt,
          );
        if (!now || (now.state !== 'checking' && !waits)) {
          throw new ConflictError(
            'Gates run again while a request is being checked, or while an approval is off because a waiver ended. Submit it again instead.',
          );
        }
        if (waits && !(await this.#waiverEnds.askAgain(tx, situation))) {
          throw new ConflictError(
            'The model is no longer what was approved, so its checks say nothing about the approval. Ask for a new one.',
          );
        }
        await deps.gates.rerun(tx, id, gateId);
        await deps.outbox.add(tx, [
          { topic: 'gates', payload: { approvalId: id } },
        ]);
        await writer.note(tx, now, caller, {
          type: 'gate.rerun',
          payload: { gateId },
        });
        return presentApproval(now);
      },
    );
    writer.wake();
    return reader.answer(answered, caller);
  }
}
