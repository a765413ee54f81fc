import { sha256Hex } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import {
  chunksOf,
  rowsLike,
  upsert,
  type Column,
  type Value,
} from '../database';
import type { PartKind } from './tables';
import type { Dimensions } from './types';

/** What is counted together, by its numbers. */
export interface SeriesIds {
  seriesId: number;
  modelId: number;
  /** Of the parts that a series counts in as well, one of each kind. */
  partIds: number[];
}

/** Beyond so many, what is remembered is forgotten and asked for again. */
const MOST_REMEMBERED = 200_000;

type NameKind = 'team' | 'component' | 'profile';

const nameHash = (kind: NameKind, name: string) =>
  sha256Hex(`${kind}\n${name}`);

/** Of a model's name, by which its versions are found. */
export const modelHash = (model: string) => sha256Hex(`model\n${model}`);

/** Of a version, by which its row in `usage_models` is found. */
export const versionHash = (model: string, version: string) =>
  sha256Hex(`version\n${model}\n${version}`);

const seriesName = (it: Dimensions) =>
  [
    it.model,
    it.version,
    it.team,
    it.component,
    it.profile,
    it.tier,
    it.currency,
    it.source,
  ].join('\n');

interface SeriesRow {
  id: number;
  model_id: number;
  team_id: number;
  component_id: number;
  profile_id: number;
  tier: string;
  currency: string;
  source: string;
}

const rowName = (it: Omit<SeriesRow, 'id'>) =>
  [
    it.model_id,
    it.team_id,
    it.component_id,
    it.profile_id,
    it.tier,
    it.currency,
    it.source,
  ].join('\n');

/** Which columns tell the parts of a kind apart; the others are empty. */
const PART_COLUMNS: Record<PartKind, Array<keyof Omit<SeriesRow, 'id'>>> = {
  tier: ['tier', 'currency', 'source'],
  caller: ['team_id', 'component_id', 'currency', 'source'],
  model: ['model_id', 'currency', 'source'],
};

const PART_KINDS = Object.keys(PART_COLUMNS) as PartKind[];

interface PartRow extends Omit<SeriesRow, 'id' | 'profile_id'> {
  kind: PartKind;
}

function partOf(kind: PartKind, row: Omit<SeriesRow, 'id'>): PartRow {
  const nothing = {
    model_id: 0,
    team_id: 0,
    component_id: 0,
    tier: '',
    currency: '',
    source: '',
  };
  const told = PART_COLUMNS[kind].map(column => [column, row[column]]);
  return { kind, ...nothing, ...Object.fromEntries(told) };
}

const partName = (it: PartRow) =>
  [
    it.kind,
    it.model_id,
    it.team_id,
    it.component_id,
    it.tier,
    it.currency,
    it.source,
  ].join('\n');

const column = (name: string): Column => ({
  name,
  type: name.endsWith('_id') ? 'int' : 'text',
});

const SERIES_COLUMNS = [
  'model_id',
  'team_id',
  'component_id',
  'profile_id',
  'tier',
  'currency',
  'source',
].map(column);

const PARTS_COLUMNS = [
  'kind',
  'model_id',
  'team_id',
  'component_id',
  'tier',
  'currency',
  'source',
].map(column);

/** A set of dimensions, and whether its model may be written down. */
export interface SeriesWish {
  dimensions: Dimensions;
  /** A model that is not known counts under the empty name, unless others called it. */
  isModelKnown: boolean;
}

/**
 * Small numbers for what is counted by. They never change, so each replica
 * remembers them; new ones are written outside of transactions, so that
 * nobody remembers what was rolled back.
 */
export class SeriesBook {
  static create(options: { knex: Knex }): SeriesBook {
    return new SeriesBook(options.knex);
  }

  readonly #knex: Knex;
  /** By hash, those of parts by name. */
  readonly #ids = new Map<string, number>();
  readonly #series = new Map<string, SeriesIds>();
  /** Hashes of models that were called. */
  readonly #models = new Set<string>();

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** In the order of the wishes. Not to be called inside of a transaction. */
  async idsOf(wishes: SeriesWish[]): Promise<SeriesIds[]> {
    if (this.#series.size > MOST_REMEMBERED) this.#series.clear();
    if (this.#ids.size > MOST_REMEMBERED) this.#ids.clear();
    if (this.#models.size > MOST_REMEMBERED) this.#models.clear();
    const named = await this.#withKnownModels(wishes);
    const names = named.map(seriesName);
    const missing = new Map<string, Dimensions>();
    names.forEach((name, n) => {
      if (!this.#series.has(name)) missing.set(name, named[n]);
    });
    if (missing.size > 0) await this.#learn(missing);
    return names.map(name => {
      const ids = this.#series.get(name);
      if (!ids) throw new Error('A row of usage_series is not found again');
      return ids;
    });
  }

  /** Names that only refused calls bore, and no others, are left out. */
  async #withKnownModels(wishes: SeriesWish[]): Promise<Dimensions[]> {
    const doubtful = new Set<string>();
    for (const { dimensions, isModelKnown } of wishes) {
      const hash = modelHash(dimensions.model);
      if (!isModelKnown && !this.#models.has(hash)) doubtful.add(hash);
    }
    for (const chunk of chunksOf([...doubtful])) {
      const found = await this.#knex<{ model_hash: string }>('usage_models')
        .whereIn('model_hash', chunk)
        .distinct('model_hash');
      found.forEach(row => this.#models.add(row.model_hash));
    }
    return wishes.map(({ dimensions, isModelKnown }) =>
      isModelKnown || this.#models.has(modelHash(dimensions.model))
        ? dimensions
        : { ...dimensions, model: '', version: '' },
    );
  }

  async #learn(missing: Map<string, Dimensions>): Promise<void> {
    const models = new Map<string, object>();
    const names = new Map<string, object>();
    const addName = (kind: NameKind, name: string) => {
      const hash = nameHash(kind, name);
      names.set(hash, { hash, kind, name });
    };
    for (const it of missing.values()) {
      const { model, version } = it;
      const hash = versionHash(model, version);
      models.set(hash, { hash, model_hash: modelHash(model), model, version });
      addName('team', it.team);
      addName('component', it.component);
      addName('profile', it.profile);
    }
    await this.#write('usage_models', models);
    await this.#write('usage_names', names);
    const wanted = new Map<string, string[]>();
    const rows: Array<Omit<SeriesRow, 'id'>> = [];
    for (const [name, it] of missing) {
      const row = {
        model_id: this.#id(versionHash(it.model, it.version)),
        team_id: this.#id(nameHash('team', it.team)),
        component_id: this.#id(nameHash('component', it.component)),
        profile_id: this.#id(nameHash('profile', it.profile)),
        tier: it.tier,
        currency: it.currency,
        source: it.source,
      };
      rows.push(row);
      wanted.set(rowName(row), [...(wanted.get(rowName(row)) ?? []), name]);
    }
    const known = await this.#found<SeriesRow>(
      'usage_series',
      SERIES_COLUMNS,
      rows,
    );
    const partIds = await this.#partsOf(known);
    for (const [n, row] of known.entries()) {
      for (const name of wanted.get(rowName(row)) ?? []) {
        this.#series.set(name, {
          seriesId: row.id,
          modelId: row.model_id,
          partIds: partIds[n],
        });
      }
    }
  }

  /** The parts that series count in as well, in the order of the series. */
  async #partsOf(series: SeriesRow[]): Promise<number[][]> {
    const parts = new Map<string, PartRow>();
    for (const row of series) {
      for (const kind of PART_KINDS) {
        const part = partOf(kind, row);
        const name = partName(part);
        if (!this.#ids.has(name)) parts.set(name, part);
      }
    }
    const found = await this.#found<PartRow & { id: number }>(
      'usage_parts',
      PARTS_COLUMNS,
      [...parts.values()],
    );
    found.forEach(row => this.#ids.set(partName(row), row.id));
    return series.map(row =>
      PART_KINDS.map(kind => this.#id(partName(partOf(kind, row)))),
    );
  }

  /** Rows with their ids: those that are there, and the others, which are made. */
  async #found<T>(
    table: string,
    columns: Column[],
    rows: Array<Omit<SeriesRow, 'id'> | PartRow>,
  ): Promise<T[]> {
    // In one order everywhere, so that two replicas cannot wait for each other.
    const values = rows
      .map(row =>
        columns.map(
          ({ name }) => (row as unknown as Record<string, Value>)[name],
        ),
      )
      .map(row => ({ row, name: row.join('\n') }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ row }) => row);
    await upsert(
      this.#knex,
      table,
      { columns, keys: columns.map(({ name }) => name), changes: [] },
      values,
    );
    return rowsLike<T>(this.#knex, table, columns, values);
  }

  #id(hash: string): number {
    const id = this.#ids.get(hash);
    if (id === undefined) throw new Error('A name is not found again');
    return id;
  }

  async #write(
    table: 'usage_models' | 'usage_names',
    rows: Map<string, object>,
  ): Promise<void> {
    const hashes = [...rows.keys()].filter(hash => !this.#ids.has(hash)).sort();
    for (const chunk of chunksOf(hashes)) {
      await this.#knex(table)
        .insert(chunk.map(hash => rows.get(hash)))
        .onConflict('hash')
        .ignore();
    }
    await this.#look(table, hashes);
  }

  async #look(
    table: 'usage_models' | 'usage_names',
    hashes: string[],
  ): Promise<void> {
    const unknown = hashes.filter(hash => !this.#ids.has(hash));
    for (const chunk of chunksOf(unknown)) {
      const found = await this.#knex<{ id: number; hash: string }>(table)
        .whereIn('hash', chunk)
        .select('id', 'hash');
      found.forEach(({ id, hash }) => this.#ids.set(hash, id));
    }
  }
}
