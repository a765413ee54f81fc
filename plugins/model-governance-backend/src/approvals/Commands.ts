import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  transition,
  type Approval,
  type ApprovalCommandInput,
  type ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import type { StepUpEvidence } from '../stepUp/StepUpService';
import type { CommandOptions } from './ApprovalService';
import { callerOf, type Caller } from './Caller';
import { nobodyHolds } from './bindings';
import { isModelHold } from './holds';
import type { ModelHolds } from './ModelHolds';
import { presentApproval } from './present';
import type { ApprovalRecord, SignOffRecord } from './records';
import { refusalError } from './refusals';
import type { Requests, Room } from './Requests';
import {
  awaitedRoles,
  countSignOffs,
  factsOf,
  type Locked,
  type Situation,
} from './Situation';
import { consumeStepUp } from './stepUp';

const decisions = ['approve', 'reject', 'request-changes'];

/** What people do to a request that exists. */
export class Commands {
  static create(
    room: Room,
    requests: Requests,
    modelHolds: ModelHolds,
  ): Commands {
    return new Commands(room, requests, modelHolds);
  }

  readonly #room: Room;
  readonly #requests: Requests;
  readonly #modelHolds: ModelHolds;

  private constructor(room: Room, requests: Requests, modelHolds: ModelHolds) {
    this.#room = room;
    this.#requests = requests;
    this.#modelHolds = modelHolds;
  }

  async command(
    id: string,
    input: ApprovalCommandInput,
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<ApprovalDetail> {
    const { deps, reader, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    if (input.onBehalfOf && !decisions.includes(input.command)) {
      throw new InputError(
        `Nobody stands in for another to ${input.command}. Send onBehalfOf with a sign-off only.`,
      );
    }
    const situation = await this.#situation(id, input, caller);
    const onModel = situation.holds.find(
      hold => hold.id === input.holdId && isModelHold(hold),
    );
    if (input.command === 'clear-hold' && onModel && isModelHold(onModel)) {
      const { revision, reason = '' } = input;
      const items = await this.#modelHolds.release(onModel, {
        caller,
        reason,
        key: idempotencyKey,
        request: { ...input, id },
        from: { id, revision },
      });
      return reader.answer(items.find(item => item.id === id)!, caller);
    }
    const answered = await deps.idempotency.run<Approval>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { ...input, id },
      },
      async tx => {
        const now = await this.#locked(tx, situation.approval, input.revision);
        return presentApproval(
          await this.#carryOut(tx, { ...situation, ...now }, input),
        );
      },
    );
    writer.wake();
    return reader.answer(answered, caller);
  }

  async #situation(
    id: string,
    input: ApprovalCommandInput,
    caller: Caller,
  ): Promise<Situation> {
    const { reader, situations } = this.#room;
    const approval = await reader.approval(id, caller);
    if (
      input.command === 'submit' &&
      approval.requester === caller.ref &&
      ['draft', 'changes-requested'].includes(approval.state)
    ) {
      const { situation } = await this.#requests.prepareSubmit(
        approval,
        caller,
      );
      return situation;
    }
    return situations.read(approval, caller);
  }

  /** The row, and that it is still what the caller and the situation saw. */
  async #locked(
    tx: Knex.Transaction,
    seen: ApprovalRecord,
    revision: number,
  ): Promise<Locked> {
    const { deps, situations } = this.#room;
    const row = await deps.store.lock(tx, seen.id);
    if (!row) throw new NotFoundError(`There is no approval ${seen.id}.`);
    if (row.revision !== revision || row.revision !== seen.revision) {
      throw new ConflictError(
        `This approval is at revision ${row.revision} by now. Load it again and decide on what it is now.`,
      );
    }
    return situations.locked(tx, row);
  }

  async #carryOut(
    tx: Knex.Transaction,
    situation: Situation,
    input: ApprovalCommandInput,
  ): Promise<ApprovalRecord> {
    const { approval } = situation;
    const { lifecycle } = this.#room;
    const caller = situation.caller!;
    if (input.command === 'submit') {
      return this.#requests.submit(tx, situation);
    }
    const facts = factsOf(situation, {
      role: input.role,
      onBehalfOf: input.onBehalfOf,
      reason: input.reason,
      holdId: input.holdId,
      secondFactor: input.stepUp !== undefined,
    });
    const result = transition(approval.state, input.command, facts);
    if (!result.ok) throw refusalError(result.refusal);
    const reason = input.reason?.trim();
    const { stepUp, ...payload } = input;
    const evidence = await consumeStepUp(this.#room.deps.stepUp, tx, caller, {
      action: 'approval.command',
      payload: { ...payload, id: approval.id },
      proof: stepUp,
    });

    switch (input.command) {
      case 'approve':
      case 'reject':
      case 'request-changes':
        return this.#sign(tx, situation, input, result.to, evidence);
      case 'suspend':
        return lifecycle.hold(
          tx,
          approval,
          { kind: 'manual', reason: reason! },
          { caller, facts },
        );
      case 'clear-hold':
        return this.#clearHold(
          tx,
          situation,
          input.holdId!,
          reason!,
          result.to,
        );
      case 'withdraw':
        await lifecycle.endEmergencies(tx, approval, 'withdrawn');
        return lifecycle.end(tx, approval, 'withdraw', {
          type: 'approval.withdrawn',
          caller,
          facts,
          reason,
        });
      default:
        return lifecycle.end(tx, approval, 'revoke', {
          type: 'approval.revoked',
          caller,
          facts,
          reason,
        });
    }
  }

  async #sign(
    tx: Knex.Transaction,
    situation: Situation,
    input: ApprovalCommandInput,
    to: ApprovalRecord['state'],
    evidence: StepUpEvidence | undefined,
  ): Promise<ApprovalRecord> {
    const { deps, writer, lifecycle } = this.#room;
    const { approval } = situation;
    const caller = situation.caller!;
    const signOff: SignOffRecord = {
      id: uuid(),
      approvalId: approval.id,
      round: approval.round,
      role: input.role!,
      decision: input.command as SignOffRecord['decision'],
      by: caller.ref,
      onBehalfOf: input.onBehalfOf,
      reason: input.reason?.trim(),
      at: writer.now(),
      secondFactor: evidence !== undefined,
      evidence,
    };
    const { lost } = countSignOffs(situation);
    for (const {
      signOff: { id },
      reason,
    } of lost) {
      await deps.store.voidSignOffs(tx, [id], signOff.at, reason);
    }
    await deps.store.addSignOff(tx, signOff);
    const change = {
      payload: {
        role: signOff.role,
        round: signOff.round,
        ...(evidence && { stepUp: evidence }),
      },
      people: input.onBehalfOf ? { onBehalfOf: input.onBehalfOf } : undefined,
      text: signOff.reason,
    };
    if (input.command === 'reject') {
      await lifecycle.endEmergencies(tx, approval, 'rejected');
    }
    if (input.command !== 'approve') {
      return writer.update(
        tx,
        approval,
        {
          state: to,
          waitingFor: to === 'changes-requested' ? ['requester'] : [],
          waitingSince: to === 'changes-requested' ? signOff.at : undefined,
          blockers: [],
        },
        caller,
        {
          ...change,
          type:
            input.command === 'reject'
              ? 'approval.rejected'
              : 'approval.changes-requested',
        },
      );
    }
    const open = awaitedRoles(situation, [signOff]);
    const signed = await writer.update(
      tx,
      approval,
      {
        waitingFor: open,
        blockers: [
          ...lost.map(({ reason }) => ({
            code: 'sign-off-lost',
            message: reason,
          })),
          ...open
            .filter(role => !situation.holders.get(role)?.length)
            .map(nobodyHolds),
        ],
      },
      caller,
      { ...change, type: 'approval.signed' },
    );
    if (to !== 'approved') return signed;
    return lifecycle.approve(tx, { ...situation, approval: signed }, signOff);
  }

  async #clearHold(
    tx: Knex.Transaction,
    situation: Situation,
    holdId: string,
    reason: string,
    to: ApprovalRecord['state'],
  ): Promise<ApprovalRecord> {
    const { deps, writer, lifecycle } = this.#room;
    const { approval, holds } = situation;
    const caller = situation.caller!;
    await deps.holds.clearOfApproval(tx, holdId, {
      by: caller.ref,
      at: writer.now(),
      reason,
    });
    const open = holds.filter(hold => !hold.clearedAt && hold.id !== holdId);
    return lifecycle.holdCleared(tx, approval, to, {
      holdId,
      open,
      caller,
      reason,
    });
  }
}
