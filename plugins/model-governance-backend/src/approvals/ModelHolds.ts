import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  modelSuspendPermission,
  transition,
  type Approval,
  type Hold,
  type TransitionFacts,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import { modelRef } from './ApprovalReader';
import type { CommandOptions } from './ApprovalService';
import { callerOf, ledgerActor, type Caller } from './Caller';
import { covers, holdFor, reachOf } from './holds';
import { modelNews } from './announce';
import { plainFacts } from './plainFacts';
import { presentApproval, presentHold } from './present';
import type { Lifecycle } from './Lifecycle';
import type { ApprovalRecord, ModelHoldRecord } from './records';
import { livingStates, openStates } from './records';
import { refusalError } from './refusals';
import type { Room } from './Requests';
import { factsOf, noRights, type Situation } from './Situation';
import { pinOfVersion } from './subject';

const ATTEMPTS = 5;

/** Placing and clearing ask the table as for an approval that nobody asked for. */
const nothing = { kind: 'standard' as const, requester: '' };

/** Somebody changed an approval that was looked at before the lock. */
class Overtaken extends ConflictError {}

/** What a hold is cleared from: one of the approvals that it reaches. */
interface From {
  id: string;
  revision: number;
}

/**
 * Holds on a model or on one version of it. They are there whether anything is
 * approved or not, and stay until somebody clears them.
 */
export class ModelHolds {
  static create(room: Room): ModelHolds {
    return new ModelHolds(room);
  }

  readonly #room: Room;

  private constructor(room: Room) {
    this.#room = room;
  }

  /** Open holds of the model, of its versions and of its approvals. */
  async list(
    ref: string,
    { credentials }: Pick<CommandOptions, 'credentials'>,
  ): Promise<Hold[]> {
    const { deps, reader } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const entityRef = modelRef(ref);
    await reader.visibleModel(entityRef, caller);
    const [onModel, onScopes, asked, [mayClear], readable] = await Promise.all([
      deps.holds.openOnModels([entityRef]),
      deps.holds.openOnScopes(entityRef),
      deps.store.ofModels([entityRef], [...openStates, ...livingStates]),
      deps.authorizer.may(credentials, [modelSuspendPermission]),
      reader.readable([entityRef], livingStates, caller),
    ]);
    const person = mayClear && caller.kind === 'user' && caller.inPerson;
    const requesters = new Map(readable.map(a => [a.id, a.requester]));
    return [
      ...onModel.map(hold =>
        presentHold(hold, person && !this.#isRequester(caller, hold, asked)),
      ),
      ...onScopes
        .filter(({ approvalId }) => requesters.has(approvalId))
        .map(({ scope, ...hold }) => ({
          ...presentHold(
            hold,
            person && requesters.get(hold.approvalId) !== caller.ref,
          ),
          modelVersion: scope.modelVersion,
        })),
    ];
  }

  /** Places a hold; answers with the approvals that are suspended by it. */
  async place(
    ref: string,
    input: { reason: string; modelVersion?: string },
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<Approval[]> {
    const { deps, reader, lifecycle, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const entityRef = modelRef(ref);
    const { spec } = await reader.visibleModel(entityRef, caller);
    await deps.authorizer.demand(credentials, modelSuspendPermission);
    const { modelVersion } = input;
    const reason = input.reason.trim();
    const facts = (approval: Pick<ApprovalRecord, 'kind' | 'requester'>) =>
      plainFacts(approval, {
        caller,
        rights: { ...noRights, suspend: true },
        reason,
      });
    const { items } = await deps.idempotency.run<{ items: Approval[] }>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'suspend-model', entityRef, ...input },
      },
      async tx => {
        await deps.store.lockModel(tx, entityRef);
        this.#demand('approved', 'suspend', facts(nothing));
        const living = await deps.store.ofModels([entityRef], livingStates, tx);
        const versions = [...(spec.versions ?? []).map(({ name }) => name)];
        if (
          modelVersion &&
          !versions.includes(modelVersion) &&
          !living.some(approval => approval.modelVersion === modelVersion)
        ) {
          throw new InputError(
            `${entityRef} has no version "${modelVersion}". It has: ${versions.join(
              ', ',
            )}. Leave the version out to hold them all.`,
          );
        }
        const hold: ModelHoldRecord = {
          id: uuid(),
          entityRef,
          modelVersion,
          pin: modelVersion && pinOfVersion(modelVersion, spec, living),
          kind: 'manual',
          reason,
          placedBy: caller.ref,
          placedAt: writer.now(),
        };
        await deps.holds.addToModel(tx, hold);
        await this.#tell(tx, hold, 'model.suspended', { caller, reason });
        const held: Approval[] = [];
        for (const { id } of living.filter(one => covers(hold, one))) {
          const approval = (await deps.store.lock(tx, id))!;
          this.#demand(approval.state, 'suspend', facts(approval));
          const open = (await deps.holds.of(approval, tx)).filter(
            other => !other.clearedAt && other.id !== hold.id,
          );
          held.push(
            presentApproval(
              await lifecycle.suspended(tx, approval, hold, { open, caller }),
            ),
          );
        }
        return { items: held };
      },
    );
    writer.wake();
    return items;
  }

  /** Clears a hold; answers with the approvals that it reached. */
  async clear(
    ref: string,
    holdId: string,
    input: { reason: string },
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<Approval[]> {
    const { deps, reader } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const entityRef = modelRef(ref);
    await reader.visibleModel(entityRef, caller);
    const hold = await deps.holds.onModel(holdId);
    if (hold?.entityRef !== entityRef) {
      throw new NotFoundError(
        `There is no hold ${holdId} on ${entityRef}. A hold on one approval is cleared there.`,
      );
    }
    return this.release(hold, {
      caller,
      reason: input.reason,
      key: idempotencyKey,
      request: { command: 'clear-model-hold', entityRef, holdId, ...input },
    });
  }

  /** What {@link clear} does, also from one of the approvals that are held. */
  async release(
    hold: ModelHoldRecord,
    options: {
      caller: Caller;
      reason: string;
      key?: string;
      request: object;
      from?: From;
    },
  ): Promise<Approval[]> {
    const { deps, writer } = this.#room;
    const { caller, key, request } = options;
    await deps.authorizer.demand(caller.credentials, modelSuspendPermission);
    for (let attempt = 1; ; attempt += 1) {
      const seen = await this.#onlyHeldBy(hold, caller);
      try {
        const { items } = await deps.idempotency.run<{ items: Approval[] }>(
          { caller: caller.ref, key, request },
          async tx => ({
            items: (
              await this.#release(tx, hold, seen, options)
            ).map(presentApproval),
          }),
        );
        writer.wake();
        return items;
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Approvals that would be live again, with all that this depends on. */
  async #onlyHeldBy(
    hold: ModelHoldRecord,
    caller: Caller,
  ): Promise<Map<string, Situation>> {
    const { deps, situations } = this.#room;
    const living = await deps.store.ofModels([hold.entityRef], ['suspended']);
    const seen = new Map<string, Situation>();
    for (const approval of living.filter(one => covers(hold, one))) {
      const open = (await deps.holds.of(approval)).filter(
        ({ clearedAt }) => !clearedAt,
      );
      if (open.every(({ id }) => id === hold.id)) {
        seen.set(approval.id, await situations.read(approval, caller));
      }
    }
    return seen;
  }

  async #release(
    tx: Knex.Transaction,
    { id: holdId, entityRef }: ModelHoldRecord,
    seen: Map<string, Situation>,
    options: { caller: Caller; reason: string; from?: From },
  ): Promise<ApprovalRecord[]> {
    const { deps, lifecycle, writer } = this.#room;
    const { caller, from } = options;
    const reason = options.reason.trim();
    await deps.store.lockModel(tx, entityRef);
    const hold = await deps.holds.onModel(holdId, tx);
    if (!hold || hold.clearedAt) {
      throw new ConflictError('This hold was cleared already.');
    }
    const all = await deps.store.ofModels(
      [entityRef],
      [...openStates, ...livingStates],
      tx,
    );
    if (from) this.#demandFrom(from, all);
    this.#demand('suspended', 'clear-hold', {
      ...plainFacts(nothing, { caller, reason }),
      mayClearHold:
        caller.kind === 'user' &&
        caller.inPerson &&
        !this.#isRequester(caller, hold, all),
      openHoldsAfter: 1,
    });
    const cleared = { by: caller.ref, at: writer.now(), reason };
    await deps.holds.clearOfModel(tx, hold.id, cleared);
    await this.#tell(tx, hold, 'model.hold-cleared', { caller, reason });

    const reached: ApprovalRecord[] = [];
    for (const { id, state } of all.filter(one => covers(hold, one))) {
      if (!livingStates.includes(state)) continue;
      const approval = (await deps.store.lock(tx, id))!;
      const open = (await deps.holds.of(approval, tx)).filter(
        other => !other.clearedAt,
      );
      const change = { holdId, open, caller, reason };
      reached.push(
        open.length > 0
          ? await lifecycle.holdCleared(tx, approval, 'suspended', change)
          : await this.#reinstate(tx, approval, seen.get(id), change),
      );
    }
    return reached;
  }

  /**
   * Live again, unless the state machine says what speaks against it: then that
   * becomes a hold of the approval's own.
   */
  async #reinstate(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    seen: Situation | undefined,
    change: Parameters<Lifecycle['holdCleared']>[3],
  ): Promise<ApprovalRecord> {
    const { situations, lifecycle } = this.#room;
    if (seen?.approval.revision !== approval.revision) {
      throw new Overtaken(
        'The approvals of this model changed at the same moment. Try again.',
      );
    }
    const now = await situations.locked(tx, approval);
    const result = transition(approval.state, 'clear-hold', {
      ...factsOf({ ...seen, ...now }, { reason: change.reason }),
      mayClearHold: true,
      openHoldsAfter: 0,
    });
    if (result.ok) {
      return lifecycle.holdCleared(tx, approval, result.to, change);
    }
    const { code, message } = result.refusal;
    const still = await lifecycle.holdCleared(
      tx,
      approval,
      'suspended',
      change,
    );
    return lifecycle.hold(tx, still, {
      kind: holdFor(code),
      reason: message,
    });
  }

  #demandFrom({ id, revision }: From, all: ApprovalRecord[]): void {
    const row = all.find(one => one.id === id);
    if (row?.revision !== revision) {
      throw new ConflictError(
        'This approval is at another revision by now. Load it again and decide on what it is now.',
      );
    }
    const result = transition(row.state, 'clear-hold', {
      ...plainFacts(row, { reason: 'to be looked at' }),
      openHoldsAfter: 1,
    });
    if (!result.ok && result.refusal.code === 'illegal-transition') {
      throw refusalError(result.refusal);
    }
  }

  /** Whoever asked for something that a hold keeps off does not clear it. */
  #isRequester(
    caller: Caller,
    hold: ModelHoldRecord,
    approvals: ApprovalRecord[],
  ): boolean {
    return approvals.some(
      approval => covers(hold, approval) && approval.requester === caller.ref,
    );
  }

  /** The model's own entry in the ledger, and what goes out because of it. */
  async #tell(
    tx: Knex.Transaction,
    hold: ModelHoldRecord,
    type: 'model.suspended' | 'model.hold-cleared',
    { caller, reason }: { caller: Caller; reason: string },
  ): Promise<void> {
    const { deps } = this.#room;
    const { entityRef, modelVersion } = hold;
    const [event] = await deps.ledger.append(tx, [
      {
        actor: ledgerActor(caller),
        subject: entityRef,
        type,
        payload: {
          holdId: hold.id,
          kind: hold.kind,
          covers: reachOf(hold),
          ...(modelVersion !== undefined && { modelVersion }),
        },
        text: reason,
        entityRef,
        affectsStanding: true,
      },
    ]);
    const waiting = await deps.store.ofModels([entityRef], openStates, tx);
    await deps.outbox.add(
      tx,
      modelNews(
        hold,
        waiting.filter(request => covers(hold, request)),
        { type, by: caller.ref, reason, seq: event.seq },
      ),
    );
  }

  #demand(
    state: ApprovalRecord['state'],
    command: 'suspend' | 'clear-hold',
    facts: TransitionFacts,
  ): void {
    const result = transition(state, command, facts);
    if (!result.ok) throw refusalError(result.refusal);
  }
}
