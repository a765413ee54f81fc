import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  modelPolicyActivatePermission,
  type PolicyFileSet,
  type PolicyProposalDetail,
  type StepUpProof,
} from '@modelhub/backstage-plugin-models-common';
import { currentBase, type Base } from './base';
import type { ProposalDeps } from './deps';
import { fileAmong, isTest, withChanges } from './fileSets';
import type { ProposalReader } from './ProposalReader';
import { changedMeanwhile } from './ProposalStore';
import type { ProposalWriter, WriteOptions } from './ProposalWriter';
import type { ProposalRecord } from './records';

/** Puts proposals into force. */
export class ProposalActivator {
  static create(
    deps: ProposalDeps,
    others: { reader: ProposalReader; writer: ProposalWriter },
  ): ProposalActivator {
    return new ProposalActivator(deps, others.reader, others.writer);
  }

  readonly #deps: ProposalDeps;
  readonly #reader: ProposalReader;
  readonly #writer: ProposalWriter;

  private constructor(
    deps: ProposalDeps,
    reader: ProposalReader,
    writer: ProposalWriter,
  ) {
    this.#deps = deps;
    this.#reader = reader;
    this.#writer = writer;
  }

  /**
   * Somebody else than the author, with a passkey. It binds what the person saw:
   * the revision of the proposal, and the version that the policies will have.
   */
  async activate(
    id: string,
    input: {
      revision: number;
      version: string;
      reason: string;
      stepUp: StepUpProof;
    },
    { credentials, idempotencyKey }: WriteOptions,
  ): Promise<PolicyProposalDetail> {
    const deps = this.#deps;
    const writer = this.#writer;
    const { guard, manage, store, activations, history, stepUp } = deps;
    const { ref, actor } = guard.principal(credentials);
    const seen = await this.#reader.record(id);
    const asker = await this.#reader.asker(credentials);
    const base = await currentBase(deps);
    const next = withChanges(base.present, seen.files);
    const checked = deps.checks.check(next);
    const { stepUp: proof, ...payload } = input;
    await writer.run(
      { caller: ref, key: idempotencyKey, request: { id, activate: payload } },
      async tx => {
        const record = (await store.get(id, tx))!;
        writer.demand('activate', record, asker, { base, manage });
        if (
          record.revision !== input.revision ||
          record.revision !== seen.revision
        ) {
          throw changedMeanwhile();
        }
        if (base.unreadable) {
          throw new ConflictError(
            `The folder of policies cannot be read, so nothing else comes into force: ${base.unreadable}`,
          );
        }
        const { version, ages } = demandGood(checked);
        if (version !== input.version) {
          throw new ConflictError(
            'What it would put into force is not what you looked at. Load the proposal again.',
          );
        }
        const evidence = await stepUp.consume(tx, {
          userRef: ref,
          action: 'policy.activate',
          payload: { id, ...payload },
          proof,
        });
        if (!(await activations.nextRevision(tx, base.overlayRevision))) {
          throw new ConflictError(
            'Other policies came into force meanwhile. Load the proposal again.',
          );
        }
        const activation = await history.activate(
          tx,
          { version, ages, sources: next.filter(({ file }) => !isTest(file)) },
          {
            files: next,
            ref,
            proposalId: id,
            reason: input.reason.trim(),
            event: {
              actor,
              payload: {
                proposal: id,
                title: record.title,
                revision: record.revision,
                stepUp: evidence,
              },
              people: { author: record.author },
            },
          },
        );
        await activations.lay(tx, {
          activationId: activation.id,
          changes: record.files,
          folder: base.folder,
        });
        await this.#end(tx, record, {
          endedBy: ref,
          endReason: input.reason.trim(),
          activationId: activation.id,
        });
        return { id };
      },
    );
    await deps.policies.reload();
    deps.onActivated();
    return this.#reader.get(credentials, id);
  }

  /** Where the folder is the truth: proposals that it holds by now are in force. */
  async settle(): Promise<void> {
    const { manage, store, transactions, outbox, activations } = this.#deps;
    if (manage !== 'files') return;
    const open = await store.open();
    if (open.length === 0) return;
    const base = await currentBase(this.#deps);
    const [newest] = await activations.list({ limit: 1 });
    for (const seen of open.filter(proposal => holds(base, proposal))) {
      await transactions.run(async tx => {
        const record = await store.get(seen.id, tx);
        if (record?.state !== 'open' || record.revision !== seen.revision) {
          return;
        }
        const after = await this.#end(tx, record, {
          activationId: newest?.id,
        });
        await this.#writer.tell(tx, after, {
          actor: { kind: 'system' },
          type: 'policy.proposal-activated',
          payload: { version: base.version },
        });
      });
    }
    outbox.wake();
  }

  /** What the folder says now is known, and the portal's file stays in force. */
  async keep(
    input: { file: string; folderHash?: string; reason: string },
    { credentials, idempotencyKey }: WriteOptions,
  ): Promise<PolicyFileSet> {
    const { guard, activations, ledger, outbox } = this.#deps;
    const { ref, actor } = await guard.demand(
      credentials,
      modelPolicyActivatePermission,
    );
    const base = await currentBase(this.#deps);
    await this.#writer.run(
      { caller: ref, key: idempotencyKey, request: { keep: input } },
      async tx => {
        const conflict = base.conflicts.find(({ file }) => file === input.file);
        if (!conflict) {
          throw new NotFoundError(
            `The folder says nothing else about ${input.file} than the portal.`,
          );
        }
        if (
          conflict.folderHash !== input.folderHash ||
          !(await activations.nextRevision(tx, base.overlayRevision))
        ) {
          throw new ConflictError(
            `${input.file} was changed again meanwhile. Look at what it says now.`,
          );
        }
        await activations.acknowledge(tx, input);
        await ledger.append(tx, [
          {
            actor,
            subject: 'policies',
            type: 'policy.conflict-settled',
            payload: { file: input.file, folderHash: input.folderHash ?? '' },
            text: input.reason.trim(),
          },
        ]);
        await outbox.add(tx, [
          { topic: 'signal', payload: { type: 'policy.conflict-settled' } },
        ]);
        return {};
      },
    );
    return this.#reader.files(credentials);
  }

  async #end(
    tx: Parameters<ProposalDeps['store']['update']>[0],
    record: ProposalRecord,
    how: Pick<ProposalRecord, 'endedBy' | 'endReason' | 'activationId'>,
  ): Promise<ProposalRecord> {
    const { store, clock, outbox } = this.#deps;
    const at = clock.now().toISOString();
    const after = await store.update(tx, {
      ...record,
      ...how,
      state: 'activated',
      endedAt: at,
      updatedAt: at,
    });
    await outbox.add(tx, [
      {
        topic: 'notification',
        payload: {
          recipients: [record.author],
          title: `Your policy change is in force: ${record.title}`,
          description: how.endReason,
          link: `/model-governance/policies/proposals/${record.id}`,
          excludeRef: how.endedBy,
        },
      },
      { topic: 'signal', payload: { type: 'policy.activated' } },
    ]);
    return after;
  }
}

function demandGood({
  loaded,
  errors,
  failedTests,
}: ReturnType<ProposalDeps['checks']['check']>) {
  if (!loaded) {
    throw new InputError(`These policies do not load: ${errors.join('; ')}`);
  }
  if (failedTests.length > 0) {
    throw new InputError(
      `Tests of the policies expect something else: ${failedTests.join(
        ', ',
      )}. Change the tests with the policies, where that is what is wanted.`,
    );
  }
  return loaded;
}

/** Whether everything that it changes is in force, word by word. */
function holds(base: Base, { files }: ProposalRecord): boolean {
  return (
    files.length > 0 &&
    files.every(
      ({ name, content }) => fileAmong(base.files, name).content === content,
    )
  );
}
