import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { editsAllowed, nearest } from '../projection/spelling';
import { parseQuery } from '../projection/words';
import type { ModelQuery } from './ModelStore';

/** A query with what its words may have been meant to be; see {@link TextIndex.spell}. */
export type SpeltQuery = ModelQuery & {
  /** One of each has to match, as the beginning of a word. */
  words?: string[][];
};

/** Full-text search over the words of a model, in the database. */
export interface TextIndex {
  readonly supportsFuzzy: boolean;
  write(
    tx: Knex.Transaction,
    id: number,
    text: [string, string, string, string],
  ): Promise<void>;
  remove(tx: Knex.Transaction, ids: number[]): Promise<void>;
  /** To be asked first: adds words that look like mistyped ones, where asked to. */
  spell(query: ModelQuery): Promise<SpeltQuery>;
  /** Keeps the models, aliased `m`, that match. */
  filter(builder: Knex.QueryBuilder, query: SpeltQuery): void;
  /** Adds a whole number `sort_value`, the greater the better. */
  score(builder: Knex.QueryBuilder, query: SpeltQuery): void;
}

class SqliteTextIndex implements TextIndex {
  readonly supportsFuzzy = true;
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async write(
    tx: Knex.Transaction,
    id: number,
    [a, b, c, d]: [string, string, string, string],
  ) {
    await this.remove(tx, [id]);
    await tx('model_text').insert({ rowid: id, a, b, c, d });
  }

  async remove(tx: Knex.Transaction, ids: number[]) {
    await tx('model_text').whereIn('rowid', ids).delete();
  }

  async spell(query: ModelQuery): Promise<SpeltQuery> {
    if (!query.fuzzy) return query;
    const words = await Promise.all(
      parseQuery(query.q ?? '').map(async ([word, ...others]) => [
        word,
        ...others,
        ...(await this.#similar(word)),
      ]),
    );
    return { ...query, words };
  }

  filter(builder: Knex.QueryBuilder, query: SpeltQuery) {
    const match = this.#match(query);
    if (match) {
      builder.whereRaw(
        'm.id IN (SELECT rowid FROM model_text WHERE model_text MATCH ?)',
        [match],
      );
    }
  }

  score(builder: Knex.QueryBuilder, query: SpeltQuery) {
    const match = this.#match(query);
    if (match) {
      builder
        .joinRaw('JOIN model_text ON model_text.rowid = m.id')
        .whereRaw('model_text MATCH ?', [match])
        .select(
          this.#knex.raw(
            'CAST(-bm25(model_text, 8.0, 4.0, 2.0, 1.0) * 1000000 AS INTEGER) AS sort_value',
          ),
        );
    } else {
      builder.select(this.#knex.raw('0 AS sort_value'));
    }
  }

  /** Words of models that one may have meant. */
  async #similar(word: string): Promise<string[]> {
    const edits = editsAllowed(word);
    if (edits === 0) return [];
    const terms: string[] = await this.#knex('model_vocabulary')
      .whereRaw('length(term) BETWEEN ? AND ?', [
        word.length - edits,
        word.length + edits,
      ])
      .pluck('term');
    return nearest(word, terms);
  }

  #match({ q, words }: SpeltQuery): string {
    return (words ?? parseQuery(q ?? ''))
      .map(any => `(${any.map(word => `"${word}"*`).join(' OR ')})`)
      .join(' AND ');
  }
}

class PostgresTextIndex implements TextIndex {
  readonly #knex: Knex;
  readonly #similarity: string | undefined;

  constructor(knex: Knex, trigramSchema: string | undefined) {
    this.#knex = knex;
    this.#similarity =
      trigramSchema &&
      `"${trigramSchema.replace(/"/g, '""')}".word_similarity(?, m.words)`;
  }

  get supportsFuzzy() {
    return this.#similarity !== undefined;
  }

  async write(
    tx: Knex.Transaction,
    id: number,
    [a, b, c, d]: [string, string, string, string],
  ) {
    await tx('models')
      .where({ id })
      .update({
        words: `${a} ${b}`,
        document: tx.raw(
          `setweight(to_tsvector('simple', ?), 'A') || setweight(to_tsvector('simple', ?), 'B') || setweight(to_tsvector('simple', ?), 'C') || setweight(to_tsvector('simple', ?), 'D')`,
          [a, b, c, d],
        ),
      });
  }

  async remove() {
    // The words are columns of the row and go with it.
  }

  /** The database compares by trigrams itself. */
  async spell(query: ModelQuery): Promise<SpeltQuery> {
    return query;
  }

  filter(builder: Knex.QueryBuilder, query: ModelQuery) {
    const match = this.#match(query);
    if (!match) {
      return;
    }
    if (query.fuzzy && this.#similarity) {
      builder.whereRaw(
        `(m.document @@ to_tsquery('simple', ?) OR ${this.#similarity} >= 0.5)`,
        [match, query.q ?? ''],
      );
    } else {
      builder.whereRaw(`m.document @@ to_tsquery('simple', ?)`, [match]);
    }
  }

  score(builder: Knex.QueryBuilder, query: ModelQuery) {
    const match = this.#match(query);
    if (!match) {
      builder.select(this.#knex.raw('0 AS sort_value'));
      return;
    }
    const rank = `ts_rank(m.document, to_tsquery('simple', ?)) * 1000000`;
    builder.select(
      query.fuzzy && this.#similarity
        ? this.#knex.raw(
            `(${rank} + ${this.#similarity} * 1000)::int AS sort_value`,
            [match, query.q ?? ''],
          )
        : this.#knex.raw(`(${rank})::int AS sort_value`, [match]),
    );
  }

  #match({ q }: ModelQuery): string {
    return parseQuery(q ?? '')
      .map(words => `(${words.map(word => `'${word}':*`).join(' | ')})`)
      .join(' & ');
  }
}

/**
 * The schema in which pg_trgm is, because the plugin's search path need not
 * contain it. Tries to install it; without the right to, search does without
 * tolerance for typing errors.
 */
async function findTrigramSchema(knex: Knex): Promise<string | undefined> {
  const find = async (): Promise<string | undefined> => {
    const found = await knex('pg_extension as e')
      .join('pg_namespace as n', 'n.oid', 'e.extnamespace')
      .where('e.extname', 'pg_trgm')
      .first('n.nspname as schema');
    return found?.schema;
  };
  const schema = await find();
  if (schema) {
    return schema;
  }
  try {
    await knex.raw('CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public');
  } catch {
    // No right to, or another replica was faster: look again and decide.
  }
  return find();
}

/** The text index that fits the database. */
export async function createTextIndex(knex: Knex): Promise<TextIndex> {
  return isPostgres(knex)
    ? new PostgresTextIndex(knex, await findTrigramSchema(knex))
    : new SqliteTextIndex(knex);
}
