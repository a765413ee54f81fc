import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  type Clock,
  inTransaction,
  type ReportedUsage,
  type UsagePull,
  type UsageSource,
} from '@modelhub/backstage-plugin-models-node';
import { sha256Hex } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { GATEWAY_SOURCE, type RollupWriter } from '../rollups';
import { factOfReported, reportedProblem } from './reported';

/** What was imported from files bears these sources. */
export const IMPORT_SOURCES = ['csv', 'opencost'] as const;

/** For so long what comes again is known. */
const REMEMBERED_MS = 35 * 24 * 3_600_000;

/** Items of one transaction and statement. */
const ITEMS_AT_ONCE = 500;

interface Row {
  id: string;
  cursor: string | null;
  revision: number;
}

/** How far a source was asked. */
export interface SourceState {
  id: string;
  /** Items that were new. */
  taken: number;
  /** ISO 8601. */
  askedAt?: string;
  /** ISO 8601: when it last answered. */
  succeededAt?: string;
  /** What it was counted up to, as it says it itself. */
  cursor?: string;
  /** Why it could not be asked. */
  problem?: string;
}

/**
 * Asks other sources what was used. What they tell is counted together with
 * the cursor behind it, so that neither a crash nor a second replica counts
 * it twice.
 */
export class SourceService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    rollups: RollupWriter;
  }): SourceService {
    return new SourceService(options);
  }

  readonly #options: Parameters<typeof SourceService.create>[0];

  private constructor(options: Parameters<typeof SourceService.create>[0]) {
    this.#options = options;
  }

  /** Asks until there is no more, or until the signal. */
  async ask(
    source: UsageSource,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<void> {
    const { knex, clock, logger } = this.#options;
    await knex('usage_sources')
      .insert({ id: source.id, revision: 0, taken: 0 })
      .onConflict('id')
      .ignore();
    try {
      for (let more = true; more && !signal.aborted; ) {
        more = await this.#askOnce(source, signal);
      }
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      logger.warn(
        `Usage source '${source.id}' is not counted further: ${problem}`,
      );
      await knex('usage_sources')
        .where({ id: source.id })
        .update({ problem, asked_at: clock.now().toISOString() });
    }
  }

  async states(): Promise<SourceState[]> {
    const rows = await this.#options.knex('usage_sources').orderBy('id');
    return rows.map(row => ({
      id: row.id,
      taken: Number(row.taken),
      ...(row.asked_at !== null && { askedAt: row.asked_at }),
      ...(row.succeeded_at !== null && { succeededAt: row.succeeded_at }),
      ...(row.cursor !== null && { cursor: row.cursor }),
      ...(row.problem !== null && { problem: row.problem }),
    }));
  }

  /** Forgets items that do not come again any more. */
  async prune(): Promise<void> {
    const { knex, clock } = this.#options;
    const before = new Date(clock.now().getTime() - REMEMBERED_MS);
    await knex('usage_source_items')
      .where('taken_at', '<', before.toISOString())
      .delete();
  }

  /** Whether there is more. */
  async #askOnce(source: UsageSource, signal: AbortSignal): Promise<boolean> {
    const { knex, clock } = this.#options;
    const row = await knex<Row>('usage_sources')
      .where({ id: source.id })
      .first();
    const pull = await source.pull(row?.cursor ?? undefined, {
      now: clock.now(),
      signal,
    });
    return this.#count(source, row?.revision ?? 0, pull);
  }

  async #count(
    source: UsageSource,
    revision: number,
    { items, cursor, more }: UsagePull,
  ): Promise<boolean> {
    const { knex, clock, rollups } = this.#options;
    const byHash = new Map<string, ReportedUsage>();
    for (const item of items) {
      const problem = reportedProblem(item);
      if (problem !== undefined) {
        throw new InputError(
          `It told something that cannot be counted: item '${item.id}': ${problem}. Nothing after its last good answer is counted until this is mended.`,
        );
      }
      byHash.set(sha256Hex(`${source.id}\n${item.id}`), item);
    }
    const hashes = [...byHash.keys()].sort();
    const facts = await rollups.prepare(
      hashes.flatMap(hash => {
        const item = byHash.get(hash);
        return item ? [factOfReported(source.id, item)] : [];
      }),
    );
    const factOfHash = new Map(hashes.map((hash, n) => [hash, facts[n]]));
    const now = clock.now().toISOString();
    return inTransaction(knex, async tx => {
      const moved = await tx('usage_sources')
        .where({ id: source.id, revision })
        .update({ cursor, revision: revision + 1 });
      // Another replica has counted this; it goes on.
      if (moved === 0) return false;
      const fresh: string[] = [];
      for (const chunk of chunksOf(hashes, ITEMS_AT_ONCE)) {
        const added: Array<{ hash: string }> = await tx('usage_source_items')
          .insert(chunk.map(hash => ({ hash, taken_at: now })))
          .onConflict('hash')
          .ignore()
          .returning('hash');
        fresh.push(...added.map(({ hash }) => hash));
      }
      await rollups.add(
        tx,
        fresh.flatMap(hash => factOfHash.get(hash) ?? []),
      );
      await tx('usage_sources')
        .where({ id: source.id })
        .increment('taken', fresh.length)
        .update({ asked_at: now, succeeded_at: now, problem: null });
      return more;
    });
  }
}

/**
 * Sources whose names can be told apart.
 *
 * @throws InputError for a name that is no name, or comes twice
 */
export function checkedSources(sources: UsageSource[]): UsageSource[] {
  const ids = new Set<string>([GATEWAY_SOURCE, ...IMPORT_SOURCES]);
  for (const { id } of sources) {
    if (!/^[a-z0-9-]{1,60}$/.test(id) || ids.has(id)) {
      throw new InputError(
        `A source of usage may not be called '${id}'. Give it a name of its own, of lower-case letters, digits and '-', 60 at most.`,
      );
    }
    ids.add(id);
  }
  return sources;
}
