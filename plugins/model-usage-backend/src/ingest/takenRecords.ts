import { isPostgres, takeTurn } from '@modelhub/backstage-plugin-models-node';
import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { arrayOf, chunksOf, upsert, type Column } from '../database';
import { periodOf } from '../rollups';

const SECOND_MS = 1_000;
const ID_BYTES = 16;

/** Values that one statement of SQLite is asked for. */
const SECONDS_AT_ONCE = 1_000;

const COLUMNS: Column[] = [
  { name: 'at', type: 'int' },
  { name: 'part', type: 'text' },
  { name: 'ids', type: 'bytea' },
];

/** Numbers of records by something they have in common. */
function grouped(values: Iterable<number>): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  let n = 0;
  for (const value of values) {
    const group = groups.get(value);
    if (group) group.push(n);
    else groups.set(value, [n]);
    n += 1;
  }
  return groups;
}

/** Where each record's id is among those of others, by its first four bytes. */
class Ids {
  readonly bytes: Buffer;
  readonly #first = new Map<number, number>();
  /** The next one with the same first bytes, or -1. */
  readonly #next: Int32Array;

  constructor(records: UsageRecord[]) {
    const hex = records.map(it => it.id).join('');
    this.bytes = Buffer.from(hex.replaceAll('-', ''), 'hex');
    this.#next = new Int32Array(records.length).fill(-1);
    for (let n = 0; n < records.length; n += 1) {
      const prefix = this.bytes.readUInt32BE(n * ID_BYTES);
      const before = this.#first.get(prefix);
      if (before !== undefined) this.#next[n] = before;
      this.#first.set(prefix, n);
    }
  }

  /** Those that have the id at this place of some bytes. */
  *like(bytes: Buffer, offset: number): Iterable<number> {
    let n = this.#first.get(bytes.readUInt32BE(offset)) ?? -1;
    while (n >= 0) {
      const at = n * ID_BYTES;
      const isSame =
        this.bytes.compare(
          bytes,
          offset,
          offset + ID_BYTES,
          at,
          at + ID_BYTES,
        ) === 0;
      if (isSame) yield n;
      n = this.#next[n];
    }
  }
}

/**
 * Writes down that records are taken, and answers for each of them whether it
 * is new. A record is known by its id and the second of its call. Replicas take
 * turns from here to the end of the transaction.
 *
 * @param times - when the call of each record began, in milliseconds since 1970
 */
export async function rememberTaken(
  tx: Knex.Transaction,
  records: UsageRecord[],
  times: ArrayLike<number>,
): Promise<boolean[]> {
  await takeTurn(tx, 'model-usage', 'taken');
  const seconds = Array.from(times, at => Math.floor(at / SECOND_MS));
  const ids = new Ids(records);
  const isNew = records.map(() => true);
  // Two batches of one group may hold the same record: the first counts.
  for (let n = 0; n < records.length; n += 1) {
    if (!isNew[n]) continue;
    for (const same of ids.like(ids.bytes, n * ID_BYTES)) {
      if (same > n && seconds[same] === seconds[n]) isNew[same] = false;
    }
  }
  const bySecond = grouped(seconds);
  for (const { at, ids: known } of await knownIn(tx, [...bySecond.keys()])) {
    for (let offset = 0; offset < known.length; offset += ID_BYTES) {
      for (const n of ids.like(known, offset)) {
        if (seconds[n] === at) isNew[n] = false;
      }
    }
  }
  await forgetKnownByDay(tx, records, times, isNew);
  const part = randomUUID();
  const rows = [...bySecond].flatMap(([second, all]) => {
    const fresh = all.filter(n => isNew[n]);
    if (fresh.length === 0) return [];
    const bytes = fresh.map(n =>
      ids.bytes.subarray(n * ID_BYTES, (n + 1) * ID_BYTES),
    );
    return [[second, part, Buffer.concat(bytes)]];
  });
  await upsert(
    tx,
    'usage_taken_ids',
    { columns: COLUMNS, keys: ['at', 'part'], changes: [] },
    rows,
  );
  return isNew;
}

async function knownIn(
  tx: Knex.Transaction,
  seconds: number[],
): Promise<Array<{ at: number; ids: Buffer }>> {
  if (isPostgres(tx)) {
    const { rows } = await tx.raw<{ rows: Array<{ at: number; ids: Buffer }> }>(
      'SELECT at, ids FROM usage_taken_ids WHERE at = ANY(?::int[])',
      [arrayOf({ type: 'int' }, seconds)],
    );
    return rows;
  }
  const rows: Array<{ at: number; ids: Buffer }> = [];
  for (const chunk of chunksOf(seconds, SECONDS_AT_ONCE)) {
    rows.push(
      ...(await tx('usage_taken_ids').whereIn('at', chunk).select('at', 'ids')),
    );
  }
  return rows;
}

/** What older releases took is known by its day, until that is forgotten. */
async function forgetKnownByDay(
  tx: Knex.Transaction,
  records: UsageRecord[],
  times: ArrayLike<number>,
  isNew: boolean[],
): Promise<void> {
  const left = await tx('usage_taken').select('day').first();
  if (!left) return;
  const days = grouped(Array.from(times, at => periodOf('day', at)));
  for (const day of days.keys()) {
    const numbers = new Map(days.get(day)?.map(n => [records[n].id, n]));
    for (const chunk of chunksOf([...numbers.keys()], SECONDS_AT_ONCE)) {
      const rows = await tx<{ day: number; id: string }>('usage_taken')
        .where({ day })
        .whereIn('id', chunk)
        .select('id');
      for (const { id } of rows) {
        const n = numbers.get(id);
        if (n !== undefined) isNew[n] = false;
      }
    }
  }
}
