import type { Knex } from 'knex';
import { chunksOf, upsert, type Column } from '../database';
import {
  nameOf,
  type NumberRow,
  type Period,
  type SketchRow,
  type WeeksRow,
} from './folding';
import { Sketch } from './Sketch';
import { COLUMN_OF, NUMBERS, SKETCHES, WEEKS, WEEKS_OF_BLOCK } from './tables';
import { SUMS, type Level } from './types';

interface StoredSketch {
  at: number;
  model_id: number;
  revision: number;
  latency: Buffer;
  ttft: Buffer;
}

const SUM_COLUMNS = SUMS.map(
  (it): Column => ({ name: COLUMN_OF[it], type: 'bigint' }),
);

const SKETCH_COLUMNS: Column[] = [
  { name: 'at', type: 'int' },
  { name: 'model_id', type: 'int' },
  { name: 'revision', type: 'int' },
  { name: 'latency', type: 'bytea' },
  { name: 'ttft', type: 'bytea' },
];

/** In one order everywhere, so that two replicas cannot wait for each other. */
const inOrder = <T extends Period>(rows: Iterable<T>) =>
  [...rows].sort((a, b) => a.at - b.at || a.key - b.key);

export async function addNumbers(
  tx: Knex.Transaction,
  { table, key: keyColumn }: { table: string; key: 'series_id' | 'part_id' },
  rows: NumberRow[],
): Promise<void> {
  await upsert(
    tx,
    table,
    {
      columns: [
        { name: 'at', type: 'int' },
        { name: keyColumn, type: 'int' },
        ...SUM_COLUMNS,
      ],
      keys: ['at', keyColumn],
      changes: SUMS.map(it => {
        const column = COLUMN_OF[it];
        return `${column} = ${table}.${column} + excluded.${column}`;
      }),
    },
    inOrder(rows).map(({ at, key, sums }) => [at, key, ...sums]),
  );
}

/** In which weeks series were called. */
export async function addWeeks(
  tx: Knex.Transaction,
  rows: WeeksRow[],
): Promise<void> {
  await upsert(
    tx,
    WEEKS,
    {
      columns: [
        { name: 'at', type: 'int' },
        { name: 'series_id', type: 'int' },
        { name: 'weeks', type: 'int' },
      ],
      keys: ['at', 'series_id'],
      changes: [`weeks = ${WEEKS}.weeks | excluded.weeks`],
      // Nearly always they are known already.
      where: `${WEEKS}.weeks | excluded.weeks <> ${WEEKS}.weeks`,
    },
    inOrder(rows).map(({ at, key, weeks }) => [at, key, weeks]),
  );
}

/** Reckons again, out of the days, in which weeks something is left of series. */
export async function deleteEmptyWeeks(tx: Knex.Transaction, ids: number[]) {
  const week = '(d.at + 3) / 7';
  const bits = `coalesce((
    SELECT sum(DISTINCT 1 << (${week} % ${WEEKS_OF_BLOCK})) FROM ${NUMBERS.day} d
    WHERE d.series_id = ${WEEKS}.series_id AND d.calls > 0
    AND ${week} / ${WEEKS_OF_BLOCK} = ${WEEKS}.at), 0)`;
  for (const chunk of chunksOf(ids)) {
    await tx(WEEKS)
      .whereIn('series_id', chunk)
      .update({ weeks: tx.raw(bits) });
    await tx(WEEKS).whereIn('series_id', chunk).where({ weeks: 0 }).delete();
  }
}

/** Rows of which nothing is left. */
export async function deleteEmpty(
  tx: Knex.Transaction,
  table: string,
  key: 'series_id' | 'part_id',
  ids: number[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    const rest = tx(table).whereIn(key, chunk);
    for (const it of SUMS) rest.where(COLUMN_OF[it], 0);
    await rest.delete();
  }
}

/** Locks what is there, adds to it here, and writes it back. */
export async function addSketches(
  tx: Knex.Transaction,
  level: Level,
  rows: SketchRow[],
): Promise<void> {
  const rowOf = new Map(rows.map(row => [nameOf(row.at, row.key), row]));
  const table = SKETCHES[level];
  const common = { columns: SKETCH_COLUMNS, keys: ['at', 'model_id'] };
  const stored = await upsert<StoredSketch>(
    tx,
    table,
    {
      ...common,
      changes: [`revision = ${table}.revision + 1`],
      returning: SKETCH_COLUMNS.map(({ name }) => name),
    },
    inOrder(rows).map(({ at, key, latency, ttft }) => [
      at,
      key,
      1,
      latency.encode(),
      ttft.encode(),
    ]),
  );
  const changed = stored.flatMap(it => {
    const row = rowOf.get(nameOf(it.at, it.model_id));
    if (it.revision === 1 || !row) return [];
    const latency = Sketch.decode(it.latency);
    latency.merge(row.latency);
    const ttft = Sketch.decode(it.ttft);
    ttft.merge(row.ttft);
    return [[it.at, it.model_id, 1, latency.encode(), ttft.encode()]];
  });
  await upsert(
    tx,
    table,
    {
      ...common,
      changes: ['latency = excluded.latency', 'ttft = excluded.ttft'],
    },
    changed,
  );
}
