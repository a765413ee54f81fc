import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  modelPolicyProposePermission,
  modelPolicyReadPermission,
  type PolicyProposalDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import type { LedgerActor } from '../../ledger/LedgerStore';
import { currentBase, type Base } from './base';
import { refusalOf, type ProposalCommand } from './commands';
import type { ProposalDeps } from './deps';
import {
  changesBetween,
  fileAmong,
  hashOfText,
  isPack,
  realChanges,
} from './fileSets';
import { presentDetail } from './present';
import { noActivation, type ProposalReader } from './ProposalReader';
import { changedMeanwhile } from './ProposalStore';
import { rebase } from './rebase';
import type { ChangedFile, ProposalRecord } from './records';

export interface WriteOptions {
  credentials: BackstageCredentials;
  idempotencyKey?: string;
}

interface Written {
  title: string;
  reason: string;
}

const words = ({ title, reason }: Written): Written => {
  const trimmed = { title: title.trim(), reason: reason.trim() };
  if (trimmed.title.length < 3 || trimmed.reason.length < 10) {
    throw new InputError(
      'Give the proposal a title, and a reason of at least ten characters.',
    );
  }
  return trimmed;
};

/** From the first word of a proposal to its end without force. */
export class ProposalWriter {
  static create(deps: ProposalDeps, reader: ProposalReader): ProposalWriter {
    return new ProposalWriter(deps, reader);
  }

  readonly #deps: ProposalDeps;
  readonly #reader: ProposalReader;

  private constructor(deps: ProposalDeps, reader: ProposalReader) {
    this.#deps = deps;
    this.#reader = reader;
  }

  async create(
    input: Written & { files?: ChangedFile[]; revertTo?: number },
    { credentials, idempotencyKey }: WriteOptions,
  ): Promise<PolicyProposalDetail> {
    const { guard, store, clock } = this.#deps;
    const { kind, ref, actor } = await guard.demand(
      credentials,
      modelPolicyProposePermission,
    );
    if (kind !== 'user') {
      throw new NotAllowedError('Only people propose policies.');
    }
    const base = await currentBase(this.#deps);
    const files =
      input.revertTo === undefined
        ? input.files ?? []
        : await this.#backTo(input.revertTo, base);
    const at = clock.now().toISOString();
    const record: ProposalRecord = {
      id: uuid(),
      ...words(input),
      author: ref,
      state: 'open',
      revision: 1,
      ...over(base, files),
      createdAt: at,
      updatedAt: at,
    };
    const { id } = await this.run(
      { caller: ref, key: idempotencyKey, request: { create: input } },
      async tx => {
        await store.insert(tx, record);
        await this.tell(tx, record, { actor, type: 'policy.proposed' });
        return { id: record.id };
      },
    );
    return this.#reader.get(credentials, id);
  }

  async change(
    id: string,
    input: Written & { revision: number; files: ChangedFile[] },
    options: WriteOptions,
  ): Promise<PolicyProposalDetail> {
    return this.#command('edit', id, input, options, {
      type: 'policy.proposal-changed',
      patch: (record, base) => ({
        ...words(input),
        // Still over what it started from; `rebase` is what changes that.
        ...(record.baseHash === base.hash
          ? over(base, input.files)
          : keepBase(record, input.files, base)),
      }),
    });
  }

  async rebase(
    id: string,
    input: { revision: number },
    options: WriteOptions,
  ): Promise<{ proposal: PolicyProposalDetail; conflicts: string[] }> {
    let conflicts: string[] = [];
    const proposal = await this.#command('rebase', id, input, options, {
      type: 'policy.proposal-rebased',
      patch: (record, base) => {
        const rebased = rebase(record, base.files);
        conflicts = rebased.conflicts;
        return {
          files: rebased.files,
          baseFiles: rebased.baseFiles,
          baseVersion: base.version,
          baseHash: base.hash,
        };
      },
    });
    return { proposal, conflicts };
  }

  async withdraw(
    id: string,
    input: { revision: number; reason: string },
    options: WriteOptions,
  ): Promise<PolicyProposalDetail> {
    const { guard, clock } = this.#deps;
    const { ref } = guard.principal(options.credentials);
    return this.#command('withdraw', id, input, options, {
      type: 'policy.proposal-withdrawn',
      text: input.reason.trim(),
      patch: () => ({
        state: 'withdrawn',
        endedAt: clock.now().toISOString(),
        endedBy: ref,
        endReason: input.reason.trim(),
      }),
    });
  }

  /** One command, once for each idempotency key; screens are told. */
  async run<T extends object>(
    options: { caller: string; key: string | undefined; request: object },
    work: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const { idempotency, outbox } = this.#deps;
    const answer = await idempotency.run(options, work);
    outbox.wake();
    return answer;
  }

  /** Into the ledger and to open pages. */
  async tell(
    tx: Knex.Transaction,
    record: ProposalRecord,
    event: {
      actor: LedgerActor;
      type: string;
      text?: string;
      payload?: JsonObject;
    },
  ): Promise<void> {
    const { ledger, outbox } = this.#deps;
    const { actor, type, text = record.reason, payload } = event;
    await ledger.append(tx, [
      {
        actor,
        subject: `policy-proposal:${record.id}`,
        type,
        text,
        payload: {
          title: record.title,
          revision: record.revision,
          baseVersion: record.baseVersion,
          files: record.files.map(({ name, content }) => ({
            name,
            ...(content !== undefined && { hash: hashOfText(content) }),
          })),
          ...payload,
        },
      },
    ]);
    await outbox.add(tx, [{ topic: 'signal', payload: { type } }]);
  }

  /** @throws what speaks against the command. */
  demand(
    command: ProposalCommand,
    ...rest: Parameters<typeof refusalOf> extends [unknown, ...infer R]
      ? R
      : never
  ): void {
    const refusal = refusalOf(command, ...rest);
    if (!refusal) return;
    throw ['ended', 'outdated', 'up-to-date', 'nothing-changed'].includes(
      refusal.code,
    )
      ? new ConflictError(refusal.message)
      : new NotAllowedError(refusal.message);
  }

  async #command(
    command: ProposalCommand,
    id: string,
    input: { revision: number },
    { credentials, idempotencyKey }: WriteOptions,
    what: {
      type: string;
      text?: string;
      patch(record: ProposalRecord, base: Base): Partial<ProposalRecord>;
    },
  ): Promise<PolicyProposalDetail> {
    const { guard, store, clock, manage } = this.#deps;
    const { ref, actor } = await guard.demand(
      credentials,
      modelPolicyReadPermission,
    );
    await this.#reader.record(id);
    const asker = await this.#reader.asker(credentials);
    const base = await currentBase(this.#deps);
    await this.run(
      { caller: ref, key: idempotencyKey, request: { command, id, input } },
      async tx => {
        const record = (await store.get(id, tx))!;
        this.demand(command, record, asker, { base, manage });
        if (record.revision !== input.revision) throw changedMeanwhile();
        const after = await store.update(tx, {
          ...record,
          ...what.patch(record, base),
          updatedAt: clock.now().toISOString(),
        });
        await this.tell(tx, after, { actor, type: what.type, text: what.text });
        return { id };
      },
    );
    const record = await this.#reader.record(id);
    return presentDetail(record, asker, { base, manage });
  }

  /** What leads from here to policies that were in force once. */
  async #backTo(activationId: number, base: Base): Promise<ChangedFile[]> {
    const { activations } = this.#deps;
    const activation = await activations.get(activationId);
    if (!activation) throw noActivation(activationId);
    const then = await activations.sources(activation);
    const changes = changesBetween(base.files, then);
    if (changes.length === 0) {
      throw new ConflictError('What was in force then is in force now.');
    }
    return changes;
  }
}

/** Changes over what is in force. */
function over(
  base: Base,
  files: ChangedFile[],
): Pick<ProposalRecord, 'files' | 'baseFiles' | 'baseVersion' | 'baseHash'> {
  demandNames(files);
  const changes = realChanges(base.files, files);
  return {
    files: changes,
    baseFiles: changes.map(({ name }) => fileAmong(base.files, name)),
    baseVersion: base.version,
    baseHash: base.hash,
  };
}

/** Of an outdated proposal: files that it had keep the text they started from. */
function keepBase(
  record: ProposalRecord,
  files: ChangedFile[],
  base: Base,
): Pick<ProposalRecord, 'files' | 'baseFiles'> {
  demandNames(files);
  const baseFiles = files.map(
    ({ name }) =>
      record.baseFiles.find(one => one.name === name) ??
      fileAmong(base.files, name),
  );
  return { files, baseFiles };
}

function demandNames(files: ChangedFile[]): void {
  if (new Set(files.map(({ name }) => name)).size < files.length) {
    throw new InputError('A file is named twice. Name each file once.');
  }
  const pack = files.find(({ name }) => isPack(name));
  if (pack) {
    throw new InputError(
      `${pack.name} is a pack of metrics and not a policy. Change it in the folder.`,
    );
  }
}
