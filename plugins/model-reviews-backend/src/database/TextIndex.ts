import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';

/**
 * Folds case (by way of upper case, so that ß is ss) and accents, the same on
 * every database.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .toLowerCase();
}

/** The words of a text: runs of letters and digits, folded. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** PostgreSQL takes no longer word, and nobody looks for one. */
const LONGEST_WORD = 200;
const MOST_WORDS = 12;

/** Writes the words of a contribution, instead of those it had. */
export async function writeWords(
  tx: Knex.Transaction,
  pk: number,
  text: string,
): Promise<void> {
  const words = wordsOf(text)
    .map(word => word.slice(0, LONGEST_WORD))
    .join(' ');
  if (isPostgres(tx)) {
    await tx('contributions')
      .where({ pk })
      .update({ document: tx.raw(`to_tsvector('simple', ?)`, [words]) });
  } else {
    await tx('contribution_text').where({ rowid: pk }).delete();
    await tx('contribution_text').insert({ rowid: pk, words });
  }
}

/** Keeps the contributions in which all words occur, as beginnings of words. */
export function matchWords(builder: Knex.QueryBuilder, knex: Knex, q: string) {
  const words = [...new Set(wordsOf(q))].slice(0, MOST_WORDS);
  if (words.length === 0) return;
  if (isPostgres(knex)) {
    builder.whereRaw(`document @@ to_tsquery('simple', ?)`, [
      words.map(word => `'${word}':*`).join(' & '),
    ]);
  } else {
    builder.whereRaw(
      'pk IN (SELECT rowid FROM contribution_text WHERE contribution_text MATCH ?)',
      [words.map(word => `"${word}"*`).join(' AND ')],
    );
  }
}
