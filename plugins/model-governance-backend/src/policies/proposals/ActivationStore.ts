import type { Knex } from 'knex';
import type { PolicySource } from '@modelhub/policies';
import { hashOfText } from './fileSets';
import type { ActivationRecord, ChangedFile, Overlay } from './records';

interface ActivationRow {
  id: number;
  version: string;
  at: string;
  how: ActivationRecord['how'];
  by_ref: string | null;
  proposal_id: string | null;
  reason: string | null;
  files: string;
  changed: string;
}

interface OverlayRow {
  file: string;
  hash: string | null;
  folder_hash: string | null;
  activation_id: number;
}

const fromRow = (row: ActivationRow): ActivationRecord => ({
  id: row.id,
  version: row.version,
  at: row.at,
  how: row.how,
  by: row.by_ref ?? undefined,
  proposalId: row.proposal_id ?? undefined,
  reason: row.reason ?? undefined,
  files: JSON.parse(row.files),
  changed: JSON.parse(row.changed),
});

/** What came into force when, and the texts, each kept once. */
export class ActivationStore {
  static create(options: { knex: Knex }): ActivationStore {
    return new ActivationStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    tx: Knex.Transaction,
    activation: Omit<ActivationRecord, 'id' | 'files' | 'changed'>,
    sources: PolicySource[],
  ): Promise<ActivationRecord> {
    const files: Record<string, string> = {};
    for (const { file, text } of sources) {
      files[file] = await keepText(tx, text);
    }
    const last = await tx<ActivationRow>('policy_activations')
      .orderBy('id', 'desc')
      .first();
    const before: ActivationRecord['files'] = last
      ? JSON.parse(last.files)
      : {};
    const changed = [
      ...new Set([...Object.keys(before), ...Object.keys(files)]),
    ]
      .filter(file => before[file] !== files[file])
      .sort();
    const [{ id }] = await tx('policy_activations')
      .insert({
        version: activation.version,
        at: activation.at,
        how: activation.how,
        by_ref: activation.by ?? null,
        proposal_id: activation.proposalId ?? null,
        reason: activation.reason ?? null,
        files: JSON.stringify(files),
        changed: JSON.stringify(changed),
      })
      .returning('id');
    return { ...activation, id: Number(id), files, changed };
  }

  /** The newest first. */
  async list(options: {
    limit: number;
    before?: number;
  }): Promise<ActivationRecord[]> {
    const query = this.#knex<ActivationRow>('policy_activations')
      .orderBy('id', 'desc')
      .limit(options.limit);
    if (options.before !== undefined) query.where('id', '<', options.before);
    return (await query).map(fromRow);
  }

  async get(id: number): Promise<ActivationRecord | undefined> {
    const row = await this.#knex<ActivationRow>('policy_activations')
      .where({ id })
      .first();
    return row && fromRow(row);
  }

  /** The one that was replaced by this one. */
  async before(id: number): Promise<ActivationRecord | undefined> {
    const [row] = await this.list({ limit: 1, before: id });
    return row;
  }

  async sources(activation: ActivationRecord): Promise<PolicySource[]> {
    const texts = await this.#texts(
      this.#knex,
      Object.values(activation.files),
    );
    return Object.entries(activation.files).map(([file, hash]) => ({
      file,
      text: texts.get(hash) ?? '',
    }));
  }

  async overlay(tx: Knex = this.#knex): Promise<Overlay> {
    // The revision first: files that are newer than it are read again.
    const row = await tx('policy_in_force').first('overlay_revision');
    const rows = await tx<OverlayRow>('policy_overlay').orderBy('file');
    const texts = await this.#texts(
      tx,
      rows.flatMap(({ hash }) => hash ?? []),
    );
    return {
      revision: Number(row?.overlay_revision ?? 0),
      files: rows.map(({ file, hash, folder_hash }) => ({
        file,
        hash: hash ?? undefined,
        folderHash: folder_hash ?? undefined,
        text: hash === null ? undefined : texts.get(hash),
      })),
    };
  }

  /** Lays files over the folder; only after {@link ActivationStore.nextRevision}. */
  async lay(
    tx: Knex.Transaction,
    options: {
      activationId: number;
      changes: ChangedFile[];
      /** What the folder holds now. */
      folder: PolicySource[];
    },
  ): Promise<void> {
    const { activationId, changes, folder } = options;
    for (const { name, content } of changes) {
      const inFolder = folder.find(({ file }) => file === name);
      const row: OverlayRow = {
        file: name,
        hash: content === undefined ? null : await keepText(tx, content),
        folder_hash: inFolder ? hashOfText(inFolder.text) : null,
        activation_id: activationId,
      };
      await tx<OverlayRow>('policy_overlay')
        .insert(row)
        .onConflict('file')
        .merge();
    }
  }

  /** Takes what the folder says now as known, so that it is no conflict any more. */
  async acknowledge(
    tx: Knex.Transaction,
    options: { file: string; folderHash?: string },
  ): Promise<void> {
    const { file, folderHash } = options;
    await tx<OverlayRow>('policy_overlay')
      .where({ file })
      .update({ folder_hash: folderHash ?? null });
  }

  /**
   * Nobody else may have changed the portal's files since the revision that was
   * looked at, nor does until the end of the transaction; false when somebody did.
   */
  async nextRevision(tx: Knex.Transaction, from: number): Promise<boolean> {
    const changed = await tx('policy_in_force')
      .where({ id: 1, overlay_revision: from })
      .update({ overlay_revision: from + 1 });
    return changed > 0;
  }

  async #texts(db: Knex, hashes: string[]): Promise<Map<string, string>> {
    const rows: Array<{ hash: string; content: string }> = await db(
      'policy_texts',
    ).whereIn('hash', [...new Set(hashes)]);
    return new Map(rows.map(({ hash, content }) => [hash, content]));
  }
}

async function keepText(tx: Knex.Transaction, text: string): Promise<string> {
  const hash = hashOfText(text);
  await tx('policy_texts')
    .insert({ hash, content: text })
    .onConflict('hash')
    .ignore();
  return hash;
}
