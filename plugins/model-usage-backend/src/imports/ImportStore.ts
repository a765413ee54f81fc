import type { UsageImport } from '@modelhub/backstage-plugin-models-common';
import type { ReportedUsage } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { chunksOf, upsert } from '../database';
import type { Level } from '../rollups';

/** A row of a file, as it is remembered. */
export interface ImportItem {
  /** Hash of what names it. */
  id: string;
  /** Hash of what it tells. */
  digest: string;
  item: ReportedUsage;
}

export type KeptFrom = Partial<Record<Level, number>>;

interface ImportRow {
  id: string;
  format: UsageImport['format'];
  file_name: string;
  digest: string;
  taken_at: string;
  taken_by: string;
  added: string;
  kept_from: string;
  undone_at: string | null;
  undone_by: string | null;
}

const IDS_AT_ONCE = 500;

const importOf = (row: ImportRow): UsageImport => ({
  id: row.id,
  format: row.format,
  fileName: row.file_name,
  digest: row.digest,
  takenAt: row.taken_at,
  takenBy: row.taken_by,
  added: JSON.parse(row.added),
  ...(row.undone_at !== null && { undoneAt: row.undone_at }),
  ...(row.undone_by !== null && { undoneBy: row.undone_by }),
});

/** Files that were taken, and their rows. */
export class ImportStore {
  static create(options: { knex: Knex }): ImportStore {
    return new ImportStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The newest first. */
  async list(page: { offset: number; limit: number }): Promise<UsageImport[]> {
    const rows: ImportRow[] = await this.#knex<ImportRow>('usage_imports')
      .orderBy([
        { column: 'taken_at', order: 'desc' },
        { column: 'id', order: 'asc' },
      ])
      .offset(page.offset)
      .limit(page.limit);
    return rows.map(importOf);
  }

  async get(id: string): Promise<UsageImport | undefined> {
    const row = await this.#knex<ImportRow>('usage_imports')
      .where({ id })
      .first();
    return row && importOf(row);
  }

  /** The import that took a file and was not undone. */
  async ofFile(
    digest: string,
    knex: Knex = this.#knex,
  ): Promise<UsageImport | undefined> {
    const row = await knex<ImportRow>('usage_imports')
      .where('live_digest', digest)
      .first();
    return row && importOf(row);
  }

  /** What rows that count tell, and since which file, by their ids. */
  async known(
    ids: string[],
  ): Promise<Map<string, { digest: string; fileName: string }>> {
    const known = new Map<string, { digest: string; fileName: string }>();
    for (const chunk of chunksOf(ids, IDS_AT_ONCE)) {
      const rows: Array<{ id: string; digest: string; file_name: string }> =
        await this.#knex({ item: 'usage_import_items' })
          .join({ file: 'usage_imports' }, 'file.id', 'item.import_id')
          .whereIn('item.id', chunk)
          .select('item.id', 'item.digest', 'file.file_name');
      for (const { id, digest, file_name: fileName } of rows) {
        known.set(id, { digest, fileName });
      }
    }
    return known;
  }

  /** Whether all rows were new; otherwise nothing may be kept. */
  async add(
    tx: Knex.Transaction,
    file: UsageImport,
    options: { keptFrom: KeptFrom; items: ImportItem[] },
  ): Promise<boolean> {
    await tx('usage_imports').insert({
      id: file.id,
      format: file.format,
      file_name: file.fileName,
      digest: file.digest,
      live_digest: file.digest,
      taken_at: file.takenAt,
      taken_by: file.takenBy,
      added: JSON.stringify(file.added),
      kept_from: JSON.stringify(options.keptFrom),
    });
    const added = await upsert<{ id: string }>(
      tx,
      'usage_import_items',
      {
        columns: ['id', 'import_id', 'digest', 'item'].map(name => ({
          name,
          type: 'text' as const,
        })),
        keys: ['id'],
        changes: [],
        returning: ['id'],
      },
      // In one order everywhere, so that two replicas cannot wait for each other.
      [...options.items]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(it => [it.id, file.id, it.digest, JSON.stringify(it.item)]),
    );
    return added.length === options.items.length;
  }

  async items(id: string): Promise<ReportedUsage[]> {
    const rows: Array<{ item: string }> = await this.#knex('usage_import_items')
      .where({ import_id: id })
      .orderBy('id')
      .select('item');
    return rows.map(({ item }) => JSON.parse(item) as ReportedUsage);
  }

  /** Where what it added began; nothing when somebody else undid it. */
  async undo(
    tx: Knex.Transaction,
    id: string,
    by: { at: string; ref: string },
  ): Promise<KeptFrom | undefined> {
    const undone = await tx('usage_imports')
      .where({ id })
      .whereNull('undone_at')
      .update({ undone_at: by.at, undone_by: by.ref, live_digest: null });
    if (undone === 0) return undefined;
    await tx('usage_import_items').where({ import_id: id }).delete();
    const row = await tx<ImportRow>('usage_imports').where({ id }).first();
    return JSON.parse(row?.kept_from ?? '{}') as KeptFrom;
  }
}
