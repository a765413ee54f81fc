import type { Knex } from 'knex';
import type { JsonObject } from '@backstage/types';
import type { Caller } from './Caller';
import { ledgerActor } from './Caller';
import { announcements } from './announce';
import type { ApprovalDeps } from './deps';
import type { ApprovalRecord, SignerClaim } from './records';

/** One change of an approval, for the ledger and for whoever is told. */
export interface Change {
  type: string;
  payload?: JsonObject;
  people?: Record<string, string>;
  /** Free text of a person. */
  text?: string;
  /** Asked to sign next. */
  signers?: SignerClaim[];
}

/**
 * Writes state, ledger and outbox together: whatever goes out was committed,
 * and whatever was committed goes out.
 */
export class ApprovalWriter {
  static create(
    deps: Pick<ApprovalDeps, 'store' | 'ledger' | 'outbox' | 'clock' | 'gates'>,
  ): ApprovalWriter {
    return new ApprovalWriter(deps);
  }

  readonly #deps: Pick<
    ApprovalDeps,
    'store' | 'ledger' | 'outbox' | 'clock' | 'gates'
  >;

  private constructor(
    deps: Pick<ApprovalDeps, 'store' | 'ledger' | 'outbox' | 'clock' | 'gates'>,
  ) {
    this.#deps = deps;
  }

  /** Write a new approval. */
  async insert(
    tx: Knex.Transaction,
    record: ApprovalRecord,
    caller: Caller | undefined,
    change: Change,
  ): Promise<ApprovalRecord> {
    await this.#deps.store.insert(tx, record);
    await this.#tell(tx, undefined, record, caller, change);
    return record;
  }

  /** Write the next revision; throws `ConflictError` when there already is one. */
  async update(
    tx: Knex.Transaction,
    before: ApprovalRecord,
    patch: Partial<ApprovalRecord>,
    caller: Caller | undefined,
    change: Change,
  ): Promise<ApprovalRecord> {
    const after = await this.#deps.store.update(tx, {
      ...before,
      ...patch,
      updatedAt: this.now(),
    });
    await this.#tell(tx, before, after, caller, change);
    return after;
  }

  /** An entry about an approval that did not change itself. */
  async note(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    caller: Caller | undefined,
    change: Change,
  ): Promise<void> {
    await this.#tell(tx, approval, approval, caller, change);
  }

  now(): string {
    return this.#deps.clock.now().toISOString();
  }

  /** What was committed goes out now. */
  wake(): void {
    this.#deps.outbox.wake();
    this.#deps.gates.wake();
  }

  async #tell(
    tx: Knex.Transaction,
    before: ApprovalRecord | undefined,
    after: ApprovalRecord,
    caller: Caller | undefined,
    { type, payload, people, text, signers }: Change,
  ): Promise<void> {
    const { ledger, outbox } = this.#deps;
    const [event] = await ledger.append(tx, [
      {
        actor: ledgerActor(caller),
        subject: `approval:${after.id}`,
        type,
        payload: {
          state: after.state,
          revision: after.revision,
          tier: after.tier,
          modelVersion: after.modelVersion,
          ...payload,
        },
        people,
        text,
        entityRef: after.entityRef,
        approvalId: after.id,
        affectsStanding:
          before?.state !== after.state ||
          before.waivedUntil !== after.waivedUntil,
      },
    ]);
    await outbox.add(
      tx,
      announcements(before, after, {
        type,
        by: caller?.ref,
        reason: text,
        signers,
        seq: event?.seq,
      }),
    );
  }
}
