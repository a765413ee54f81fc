import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  modelGateWaivePermission,
  modelSuspendPermission,
  type Approval,
  type ApprovalDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { GateDemand } from '../policies/PolicyService';
import type { CommandOptions, WaiveGate } from './ApprovalService';
import { callerOf, personOf } from './Caller';
import { presentApproval } from './present';
import type { ApprovalRecord } from './records';
import { livingStates } from './records';
import type { Room } from './Requests';
import type { Situation } from './Situation';
import { consumeStepUp } from './stepUp';
import type { WaiverEnds } from './WaiverEnds';

const DAY_MS = 24 * 3600_000;

/** What the request asks of a gate; throws `InputError` when it does not ask for it. */
export function demandedGate(situation: Situation, gateId: string): GateDemand {
  const demand = situation.approval.policyDecision?.gates.find(
    ({ id }) => id === gateId,
  );
  if (!demand) {
    throw new InputError(`This request does not ask for gate "${gateId}".`);
  }
  return demand;
}

/** While it is decided, and while what was decided lives. */
const waivable: Array<ApprovalRecord['state']> = [
  'checking',
  'changes-requested',
  'in-review',
  ...livingStates,
];

/** Who may take a waiver away again, besides who gave it. */
const mayEnd = ({ rights }: Situation) => rights.waive || rights.suspend;

/** Giving waivers of gates, and ending them before their time. */
export class WaiverCommands {
  static create(room: Room, waiverEnds: WaiverEnds): WaiverCommands {
    return new WaiverCommands(room, waiverEnds);
  }

  readonly #room: Room;
  readonly #waiverEnds: WaiverEnds;

  private constructor(room: Room, waiverEnds: WaiverEnds) {
    this.#room = room;
    this.#waiverEnds = waiverEnds;
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
        if (!now || !waivable.includes(now.state)) {
          throw new ConflictError(
            'A gate is waived while a request is decided, and again while an approval lives.',
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
        const change = {
          type: 'gate.waived',
          payload: {
            gateId: input.gateId,
            until: input.until,
            ...(evidence && { stepUp: evidence }),
          },
          text: input.reason,
        };
        if (now.state === 'approved') {
          // It rests on the new waiver from now on.
          const gates = await deps.gates.conclusion(id, tx);
          return presentApproval(
            await writer.update(
              tx,
              now,
              {
                waivedUntil:
                  gates.status === 'passed' ? gates.until : now.waivedUntil,
              },
              caller,
              change,
            ),
          );
        }
        await writer.note(tx, now, caller, change);
        return presentApproval(now);
      },
    );
    writer.wake();
    return reader.answer(answered, caller);
  }

  /** Whoever may waive gates there, or suspend, ends a waiver; so does who gave it. */
  async endWaiver(
    id: string,
    input: { gateId: string; reason: string },
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<ApprovalDetail> {
    const { deps, reader, situations, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const by = personOf(caller);
    const reason = input.reason.trim();
    const approval = await reader.approval(id, caller);
    const situation = await situations.read(approval, caller);
    const given = situation.gateResults.find(
      ({ gateId }) => gateId === input.gateId,
    )?.waiver;
    const inPerson = caller.kind === 'user' && caller.inPerson;
    if (!inPerson || !(given?.by === by || mayEnd(situation))) {
      throw new NotAllowedError(
        `A waiver is ended, in person, by who gave it or with permission ${modelGateWaivePermission.name} or ${modelSuspendPermission.name}.`,
      );
    }
    const answered = await deps.idempotency.run<Approval>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'end-waiver', id, ...input },
      },
      async tx => {
        const now = await deps.store.lock(tx, id);
        if (!now || now.revision !== approval.revision) {
          throw new ConflictError(
            'This approval changed at the same moment. Load it again and decide on what it is now.',
          );
        }
        await deps.gates.endWaiver(tx, id, input.gateId, { by, reason });
        await writer.note(tx, now, caller, {
          type: 'gate.waiver-ended',
          payload: { gateId: input.gateId },
          text: reason,
        });
        if (!livingStates.includes(now.state)) return presentApproval(now);
        return presentApproval(
          await this.#waiverEnds.ended(tx, {
            ...situation,
            ...(await situations.locked(tx, now)),
          }),
        );
      },
    );
    writer.wake();
    return reader.answer(answered, caller);
  }

  async #demandMayWaive(
    situation: Situation,
    input: WaiveGate,
    by: string,
  ): Promise<void> {
    const { deps } = this.#room;
    const { approval, rights, holders, caller } = situation;
    const demand = demandedGate(situation, input.gateId);
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
    if (situation.ownerPeople.has(by)) {
      throw new NotAllowedError(
        'You belong to the group that owns the model, so somebody else has to waive the gate.',
      );
    }
    const claims = [
      by,
      ...(await deps.organisation.groupsOf(by)),
      ...[...holders].flatMap(([role, people]) =>
        people.includes(by) ? [role as string] : [],
      ),
    ];
    // What was asked at submit, and what the policy in force says about it now.
    const rules = [
      demand,
      ...(situation.policyNow?.gates.filter(({ id }) => id === demand.id) ??
        []),
    ];
    for (const rule of rules) {
      if (!rule.waivableBy.some(who => claims.includes(who))) {
        throw new NotAllowedError(
          rule.waivableBy.length > 0
            ? `The policy lets ${rule.waivableBy.join(', ')} waive this gate.`
            : 'The policy lets nobody waive this gate.',
        );
      }
    }
    if (rules.some(rule => rule.waiverSecondFactor) && !input.stepUp) {
      throw new NotAllowedError('Confirm with your passkey.');
    }
    const waiverDays = Math.min(...rules.map(rule => rule.waiverDays));
    const days =
      (Date.parse(input.until) - deps.clock.now().getTime()) / DAY_MS;
    if (!(days > 0) || days > waiverDays) {
      throw new InputError(
        `A waiver of this gate ends within ${waiverDays} days from now.`,
      );
    }
  }
}
