import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type {
  Approval,
  ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { CommandOptions, WaiveGate } from './ApprovalService';
import { callerOf, personOf } from './Caller';
import { presentApproval } from './present';
import type { Room } from './Requests';
import { independent } from './signers';
import { factsOf, type Situation } from './Situation';
import { consumeStepUp } from './stepUp';

const DAY_MS = 24 * 3600_000;

/** What people do about the gates of a request. */
export class GateCommands {
  static create(room: Room): GateCommands {
    return new GateCommands(room);
  }

  readonly #room: Room;

  private constructor(room: Room) {
    this.#room = room;
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
    this.#demandedGate(situation, gateId);
    const answered = await deps.idempotency.run<Approval>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'rerun', id, gateId },
      },
      async tx => {
        const now = await deps.store.lock(tx, id);
        if (now?.state !== 'checking') {
          throw new ConflictError(
            'Gates run again while a request is being checked. Submit it again instead.',
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

  async waiveGate(
    id: string,
    input: WaiveGate,
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<ApprovalDetail> {
    const { deps, reader, situations, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const by = personOf(caller);
    const approval = await reader.approval(id, caller);
    const situation = await situations.read(approval, caller);
    await this.#demandMayWaive(situation, input, by);
    const { stepUp, ...waiver } = input;
    const answered = await deps.idempotency.run<Approval>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'waive', id, ...input },
      },
      async tx => {
        const now = await deps.store.lock(tx, id);
        if (!now || !['checking', 'changes-requested'].includes(now.state)) {
          throw new ConflictError(
            'A gate is waived while a request is being checked or waits for changes.',
          );
        }
        const evidence = await consumeStepUp(deps.stepUp, tx, caller, {
          action: 'gate.waive',
          payload: { id, ...waiver },
          proof: stepUp,
        });
        await deps.gates.waive(tx, id, input.gateId, {
          by,
          reason: input.reason,
          until: input.until,
        });
        await writer.note(tx, now, caller, {
          type: 'gate.waived',
          payload: {
            gateId: input.gateId,
            until: input.until,
            ...(evidence && { stepUp: evidence }),
          },
          text: input.reason,
        });
        return presentApproval(now);
      },
    );
    writer.wake();
    return reader.answer(answered, caller);
  }

  #demandedGate(situation: Situation, gateId: string) {
    const demand = situation.approval.policyDecision?.gates.find(
      ({ id }) => id === gateId,
    );
    if (!demand) {
      throw new InputError(`This request does not ask for gate "${gateId}".`);
    }
    return demand;
  }

  async #demandMayWaive(
    situation: Situation,
    input: WaiveGate,
    by: string,
  ): Promise<void> {
    const { deps } = this.#room;
    const { approval, rights, holders, caller, subject } = situation;
    const demand = this.#demandedGate(situation, input.gateId);
    if (!rights.waive) {
      throw new NotAllowedError('This needs permission model.gate.waive.');
    }
    if (caller?.kind !== 'user' || !caller.inPerson) {
      throw new NotAllowedError('Only a person waives a gate, in person.');
    }
    if (by === approval.requester) {
      throw new NotAllowedError(
        'You asked for this, so somebody else has to waive the gate.',
      );
    }
    const owns = situation.ownerPeople.has(by);
    const groups = owns
      ? [subject?.ownerRef ?? approval.ownerRef]
      : await deps.organisation.groupsOf(by);
    const claims = [
      by,
      ...groups,
      ...[...holders].flatMap(([role, people]) =>
        people.includes(by) && !(owns && independent.includes(role))
          ? [role as string]
          : [],
      ),
    ];
    if (!demand.waivableBy.some(who => claims.includes(who))) {
      if (owns) {
        throw new NotAllowedError(
          'You belong to the group that owns the model, so somebody else has to waive the gate.',
        );
      }
      throw new NotAllowedError(
        demand.waivableBy.length > 0
          ? `The policy lets ${demand.waivableBy.join(', ')} waive this gate.`
          : 'The policy lets nobody waive this gate.',
      );
    }
    const days =
      (Date.parse(input.until) - deps.clock.now().getTime()) / DAY_MS;
    if (!(days > 0) || days > demand.waiverDays) {
      throw new InputError(
        `A waiver of this gate ends within ${demand.waiverDays} days from now.`,
      );
    }
  }
}
