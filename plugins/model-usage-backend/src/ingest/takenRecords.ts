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

/** Whether another replica took one of the same records at the same time. */
export const isTakenMeanwhile = (error: unknown) =>
  (error as { code?: unknown } | undefined)?.code === '23505';

async function knownOf(
  tx: Knex.Transaction,
  day: number,
  ids: string[],
): Promise<string[]> {
  if (isPostgres(tx)) {
    const given = arrayOf({ type: 'uuid' }, ids);
    const { rows } = await tx.raw<{ rows: Array<{ id: string }> }>(
      'SELECT id FROM usage_taken WHERE day = ? AND id = ANY(?::uuid[])',
      [day, given],
    );
    // Half the work of ON CONFLICT: what another replica is taking just now
    // makes this fail, and the next attempt finds it.
    await tx.raw(
      `INSERT INTO usage_taken (day, id)
       SELECT ?::int, id FROM unnest(?::uuid[]) AS given(id)
       WHERE id <> ALL(?::uuid[]) ORDER BY id`,
      [
        day,
        given,
        arrayOf(
          { type: 'uuid' },
          rows.map(({ id }) => id),
        ),
      ],
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
