import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { arrayOf } from '../database';
import { periodOf } from '../rollups';

/** The UTC day in which a record's call began, in days since 1970. */
const dayOf = (it: UsageRecord) => periodOf('day', Date.parse(it.at));

/**
 * Writes down that records are taken, and answers for each of them whether it
 * is new. A record is known by its id and the day of its call.
 */
export async function rememberTaken(
  tx: Knex.Transaction,
  records: UsageRecord[],
): Promise<boolean[]> {
  const isNew = records.map(() => true);
  const byDay = new Map<number, Map<string, number>>();
  for (const [n, it] of records.entries()) {
    const day = dayOf(it);
    const ids = byDay.get(day) ?? new Map<string, number>();
    byDay.set(day, ids);
    // Two batches of one group may hold the same record.
    if (ids.has(it.id)) isNew[n] = false;
    else ids.set(it.id, n);
  }
  // In one order everywhere, so that two replicas cannot wait for each other.
  for (const [day, ids] of [...byDay].sort(([a], [b]) => a - b)) {
    for (const id of await knownOf(tx, day, [...ids.keys()])) {
      const n = ids.get(id);
      if (n !== undefined) isNew[n] = false;
    }
  }
  return isNew;
}

async function knownOf(
  tx: Knex.Transaction,
  day: number,
  ids: string[],
): Promise<string[]> {
  if (isPostgres(tx)) {
    // Nearly always all are new: only what is known comes back.
    const { rows } = await tx.raw<{ rows: Array<{ id: string }> }>(
      `WITH given AS (SELECT unnest(?::uuid[]) AS id), added AS (
         INSERT INTO usage_taken (day, id)
         SELECT ?::int, id FROM given ORDER BY id
         ON CONFLICT DO NOTHING RETURNING id
       ) SELECT id FROM given WHERE id NOT IN (SELECT id FROM added)`,
      [arrayOf({ type: 'uuid' }, ids), day],
    );
    return rows.map(({ id }) => id);
  }
  const list = JSON.stringify(ids);
  const rows: Array<{ id: string }> = await tx.raw(
    `SELECT value AS id FROM json_each(?) WHERE EXISTS
       (SELECT 1 FROM usage_taken WHERE day = ? AND usage_taken.id = value)`,
    [list, day],
  );
  await tx.raw(
    `INSERT INTO usage_taken (day, id) SELECT ?, value FROM json_each(?)
     WHERE true ON CONFLICT DO NOTHING`,
    [day, list],
  );
  return rows.map(({ id }) => id);
}
