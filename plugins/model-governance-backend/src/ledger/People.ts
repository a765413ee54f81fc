import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { PersonRow } from './rows';

/** Pseudonyms of people, made at first sight. */
export async function pseudonymsFor(
  tx: Knex.Transaction,
  refs: string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(refs)];
  if (wanted.length === 0) return new Map();
  const known = await tx<PersonRow>('ledger_people').whereIn('ref', wanted);
  const pseudonyms = new Map(known.map(row => [row.ref, row.pseudonym]));
  const added = wanted
    .filter(ref => !pseudonyms.has(ref))
    .map(ref => ({ ref, pseudonym: `person:${randomUUID()}` }));
  if (added.length > 0) await tx<PersonRow>('ledger_people').insert(added);
  added.forEach(row => pseudonyms.set(row.ref, row.pseudonym));
  return pseudonyms;
}

/** Who is behind pseudonyms, as far as that was not erased. */
export async function refsFor(
  knex: Knex,
  pseudonyms: string[],
): Promise<Map<string, string>> {
  if (pseudonyms.length === 0) return new Map();
  const rows = await knex<PersonRow>('ledger_people').whereIn('pseudonym', [
    ...new Set(pseudonyms),
  ]);
  return new Map(rows.map(row => [row.pseudonym, row.ref]));
}
