import {
  type GatewayIdConflict,
  resolveGatewayIdClaims,
  type StandingSummary,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { facetsOf, type ProjectedModel } from '../projection/projectModel';
import type { ModelWriter, Ratings } from './ModelStore';
import { applyPrior, refsWithoutRating, writeRatings } from './RatingTable';
import type { ModelTableRow } from './tables';
import { createTextIndex, type TextIndex } from './TextIndex';

const CHUNK = 100;

function* chunks<T>(items: T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += CHUNK) {
    yield items.slice(start, start + CHUNK);
  }
}

/** {@link ModelWriter} over SQLite or PostgreSQL. */
export class DatabaseModelWriter implements ModelWriter {
  readonly #knex: Knex;
  readonly #text: TextIndex;

  static async create(knex: Knex): Promise<DatabaseModelWriter> {
    return new DatabaseModelWriter(knex, await createTextIndex(knex));
  }

  private constructor(knex: Knex, text: TextIndex) {
    this.#knex = knex;
    this.#text = text;
  }

  async getEtags(): Promise<Map<string, string>> {
    const rows = await this.#knex('models').select('entity_ref', 'etag');
    return new Map(rows.map(row => [row.entity_ref, row.etag]));
  }

  async upsert(models: ProjectedModel[]): Promise<void> {
    for (const chunk of chunks(models)) {
      await this.#knex.transaction(tx => this.#upsertChunk(tx, chunk));
    }
  }

  async setStandings(standings: StandingSummary[]): Promise<void> {
    for (const chunk of chunks(standings)) {
      await this.#knex.transaction(async tx => {
        const stored = await this.#rowsByRef(
          tx,
          chunk.map(({ entityRef }) => entityRef),
        );
        const changed = chunk.flatMap(standing => {
          const row = stored.get(standing.entityRef);
          const text = JSON.stringify(standing);
          return row && row.standing !== text ? [{ row, standing, text }] : [];
        });
        for (const { row, text } of changed) {
          await tx('models').where({ id: row.id }).update({ standing: text });
        }
        await this.#syncFacets(
          tx,
          changed.map(({ row, standing }) => ({
            id: row.id,
            facets: facetsOf(JSON.parse(row.row), standing),
          })),
        );
        await this.#recordChanges(
          tx,
          changed.map(({ row }) => row.entity_ref),
          'upserted',
        );
      });
    }
  }

  async getRefsWithoutStanding(): Promise<string[]> {
    return this.#knex('models').whereNull('standing').pluck('entity_ref');
  }

  async setRatings(
    entityRefs: string[],
    { items, prior }: Ratings,
  ): Promise<void> {
    for (const chunk of chunks(entityRefs)) {
      await this.#knex.transaction(async tx => {
        const changed = await writeRatings(tx, chunk, items);
        await this.#recordChanges(tx, changed, 'upserted');
      });
    }
    await applyPrior(this.#knex, prior);
  }

  async getRefsWithoutRating(): Promise<string[]> {
    return refsWithoutRating(this.#knex);
  }

  async remove(entityRefs: string[]): Promise<void> {
    for (const chunk of chunks(entityRefs)) {
      await this.#knex.transaction(async tx => {
        const rows = [...(await this.#rowsByRef(tx, chunk)).values()];
        const ids = rows.map(({ id }) => id);
        await tx('model_facets').whereIn('model_id', ids).delete();
        await tx('model_search').whereIn('model_id', ids).delete();
        await tx('model_ratings').whereIn('model_id', ids).delete();
        await this.#text.remove(tx, ids);
        await tx('models').whereIn('id', ids).delete();
        await this.#recordChanges(
          tx,
          rows.map(row => row.entity_ref),
          'deleted',
        );
      });
    }
  }

  async resolveConflicts(): Promise<GatewayIdConflict[]> {
    return this.#knex.transaction(async tx => {
      const rows = await tx<ModelTableRow>('models')
        .whereIn(
          'gateway_key',
          tx('models')
            .select('gateway_key')
            .groupBy('gateway_key')
            .havingRaw('count(*) > 1'),
        )
        .orWhereNotNull('conflict')
        .select();
      const conflicts = resolveGatewayIdClaims(
        rows.map(row => ({
          entityRef: row.entity_ref,
          gatewayId: row.gateway_key,
          firstSeenAt: row.first_seen_at,
        })),
      );
      const byRef = new Map(conflicts.map(item => [item.entityRef, item]));
      const changed: string[] = [];
      for (const row of rows) {
        const conflict = byRef.get(row.entity_ref);
        const text = conflict
          ? JSON.stringify({
              outcome: conflict.outcome,
              otherClaimants: conflict.otherClaimants,
            })
          : null;
        if (row.conflict !== text) {
          await tx('models').where({ id: row.id }).update({ conflict: text });
          changed.push(row.entity_ref);
        }
      }
      await this.#recordChanges(tx, changed, 'upserted');
      return conflicts;
    });
  }

  async getFeedCursor(source: string): Promise<number | undefined> {
    const row = await this.#knex('feed_cursors').where({ source }).first('seq');
    return row && Number(row.seq);
  }

  async setFeedCursor(source: string, seq: number): Promise<void> {
    await this.#knex('feed_cursors')
      .insert({ source, seq })
      .onConflict('source')
      .merge();
  }

  async #rowsByRef(
    tx: Knex.Transaction,
    entityRefs: string[],
  ): Promise<Map<string, ModelTableRow>> {
    const rows = await tx<ModelTableRow>('models').whereIn(
      'entity_ref',
      entityRefs,
    );
    return new Map(rows.map(row => [row.entity_ref, row]));
  }

  async #upsertChunk(
    tx: Knex.Transaction,
    models: ProjectedModel[],
  ): Promise<void> {
    const before = await this.#rowsByRef(
      tx,
      models.map(({ entityRef }) => entityRef),
    );
    const now = new Date();
    await tx('models')
      .insert(
        models.map(model => {
          const old = before.get(model.entityRef);
          return {
            entity_ref: model.entityRef,
            etag: model.etag,
            gateway_key: model.gatewayKey,
            name_key: model.nameKey,
            context_tokens: model.contextTokens ?? null,
            parameters: model.parameters ?? null,
            gpu_memory: model.gpuMemory ?? null,
            completeness: model.completeness,
            updated_ms:
              old?.etag === model.etag ? old.updated_ms : now.getTime(),
            // A changed claim is a new claim: age is not carried over.
            first_seen_at:
              old?.gateway_key === model.gatewayKey
                ? old.first_seen_at
                : now.toISOString(),
            row: JSON.stringify(model.row),
            missing: JSON.stringify(model.missing),
          };
        }),
      )
      .onConflict('entity_ref')
      .merge();

    const after = await this.#rowsByRef(
      tx,
      models.map(({ entityRef }) => entityRef),
    );
    const stored = models.map(model => ({
      model,
      row: after.get(model.entityRef)!,
    }));
    for (const { model, row } of stored) {
      await this.#text.write(tx, row.id, model.text);
    }
    await this.#syncSearch(
      tx,
      stored.map(({ model, row }) => ({ id: row.id, search: model.search })),
    );
    await this.#syncFacets(
      tx,
      stored.map(({ model, row }) => ({
        id: row.id,
        facets: facetsOf(
          model.row,
          row.standing ? JSON.parse(row.standing) : undefined,
        ),
      })),
    );
    await this.#recordChanges(tx, [...after.keys()], 'upserted');
  }

  async #syncSearch(
    tx: Knex.Transaction,
    models: Array<{ id: number; search: ProjectedModel['search'] }>,
  ): Promise<void> {
    const before = new Map<number, Set<string>>();
    for (const { model_id, key, value } of await tx('model_search').whereIn(
      'model_id',
      models.map(({ id }) => id),
    )) {
      const pairs = before.get(model_id) ?? new Set();
      before.set(model_id, pairs.add(JSON.stringify([key, value])));
    }
    const added: object[] = [];
    for (const { id, search } of models) {
      const gone = before.get(id) ?? new Set();
      for (const { key, value } of search) {
        if (!gone.delete(JSON.stringify([key, value ?? null]))) {
          added.push({ model_id: id, key, value: value ?? null });
        }
      }
      for (const pair of gone) {
        const [key, value] = JSON.parse(pair);
        await tx('model_search').where({ model_id: id, key, value }).delete();
      }
    }
    await tx.batchInsert('model_search', added, CHUNK * 2);
  }

  async #syncFacets(
    tx: Knex.Transaction,
    models: Array<{
      id: number;
      facets: Array<{ name: string; value: string }>;
    }>,
  ): Promise<void> {
    const ids = await this.#facetIds(
      tx,
      models.flatMap(({ facets }) => facets),
    );
    const before = new Map<number, Set<number>>();
    for (const { model_id, facet_id } of await tx('model_facets').whereIn(
      'model_id',
      models.map(({ id }) => id),
    )) {
      before.set(model_id, (before.get(model_id) ?? new Set()).add(facet_id));
    }
    const added: object[] = [];
    for (const { id, facets } of models) {
      const gone = before.get(id) ?? new Set<number>();
      for (const { name, value } of facets) {
        const facetId = ids.get(JSON.stringify([name, value]))!;
        if (!gone.delete(facetId)) {
          added.push({ model_id: id, facet_id: facetId });
        }
      }
      if (gone.size) {
        await tx('model_facets')
          .where({ model_id: id })
          .whereIn('facet_id', [...gone])
          .delete();
      }
    }
    await tx.batchInsert('model_facets', added, CHUNK * 2);
  }

  async #facetIds(
    tx: Knex.Transaction,
    facets: Array<{ name: string; value: string }>,
  ): Promise<Map<string, number>> {
    const wanted = new Map(
      facets.map(({ name, value }) => [
        JSON.stringify([name, value]),
        { name, value },
      ]),
    );
    for (const chunk of chunks([...wanted.values()])) {
      await tx('model_facet_values')
        .insert(chunk)
        .onConflict(['name', 'value'])
        .ignore();
    }
    const rows = await tx('model_facet_values').whereIn('value', [
      ...new Set(facets.map(({ value }) => value)),
    ]);
    return new Map(
      rows.map(({ id, name, value }) => [JSON.stringify([name, value]), id]),
    );
  }

  /** Only the last change of a model is kept, under a new number. */
  async #recordChanges(
    tx: Knex.Transaction,
    entityRefs: string[],
    type: 'upserted' | 'deleted',
  ): Promise<void> {
    const at = new Date().toISOString();
    for (const chunk of chunks([...new Set(entityRefs)])) {
      await tx('model_changes').whereIn('entity_ref', chunk).delete();
      await tx('model_changes').insert(
        chunk.map(entity_ref => ({ entity_ref, type, at })),
      );
    }
  }
}
