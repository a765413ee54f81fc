import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  modelUsageImportPermission,
  type UsageImport,
  type UsageImportInput,
  type UsageImportOutcome,
} from '@modelhub/backstage-plugin-models-common';
import {
  inTransaction,
  takeTurn,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { Visibility } from '../access';
import { fromMicros } from '../budgets';
import { pageOf, pageWithCursor } from '../database';
import { LEVELS, type RollupWriter } from '../rollups';
import { factOfReported, type IMPORT_SOURCES } from '../sources';
import { ImportStore, type ImportItem, type KeptFrom } from './ImportStore';
import { readOpenCostCsv, readOpenCostJson } from './openCost';
import type { OpenCostRule } from './openCostRules';
import { sumsOf } from './sumsOf';
import type { ReadFile, ReadRow, RowProblem } from './types';
import { readUsageCsv } from './usageCsv';

const PROBLEMS_SHOWN = 100;
const UNMAPPED_SHOWN = 100;
const ROWS_SHOWN = 20;

/** What a file added bears this source in the sums. */
const sourceOf = (
  format: UsageImportInput['format'],
): (typeof IMPORT_SOURCES)[number] => (format === 'csv' ? 'csv' : 'opencost');

/** Rows of a file, told apart from those that count already. */
interface Sorted {
  fresh: Array<ImportItem & { line: number }>;
  known: number;
  problems: RowProblem[];
}

/** Takes files of usage and costs: each file once, each row once, and back again. */
export class ImportService {
  static create(options: {
    knex: Knex;
    clock: Clock;
    rollups: RollupWriter;
    visibility: Pick<Visibility, 'demand'>;
    rules: OpenCostRule[];
  }): ImportService {
    return new ImportService(options);
  }

  readonly #options: Parameters<typeof ImportService.create>[0];
  readonly #store: ImportStore;

  private constructor(options: Parameters<typeof ImportService.create>[0]) {
    this.#options = options;
    this.#store = ImportStore.create(options);
  }

  async list(
    credentials: BackstageCredentials,
    query: { cursor?: string; limit?: number },
  ): Promise<{ items: UsageImport[]; nextCursor?: string }> {
    await this.#demand(credentials);
    const page = pageOf(query);
    const { offset, limit } = page;
    return pageWithCursor(
      await this.#store.list({ offset, limit: limit + 1 }),
      page,
    );
  }

  /**
   * Reads a file, and takes it unless it is only asked what it would add.
   *
   * @throws InputError when it cannot be read, or when some rows make no sense
   */
  async take(
    credentials: BackstageCredentials,
    input: UsageImportInput,
  ): Promise<UsageImportOutcome> {
    const by = await this.#demand(credentials);
    const file = this.#read(input);
    const digest = sha256Hex(input.content);
    const before = await this.#store.ofFile(digest);
    const sorted = await this.#sort(sourceOf(input.format), file);
    const { fresh, known, problems } = sorted;
    const outcome: UsageImportOutcome = {
      rows: file.rows,
      new: sumsOf(fresh.map(({ item }) => item)),
      known,
      problemCount: problems.length,
      problems: problems.slice(0, PROBLEMS_SHOWN),
      unmapped: file.unmapped
        .slice(0, UNMAPPED_SHOWN)
        .map(({ micros, ...it }) => ({ ...it, amount: fromMicros(micros) })),
      sample: fresh.slice(0, ROWS_SHOWN).map(shownOf),
    };
    if (before) return { ...outcome, import: before, repeats: before.id };
    if (input.dryRun) return outcome;
    if (problems.length > 0 && !input.leaveOutBadRows) {
      const [{ line, message }] = problems;
      throw new InputError(
        `The file is not taken: ${problems.length} of its ${file.rows} rows cannot be. The first is line ${line}: ${message}. Mend them, or leave them out.`,
      );
    }
    if (fresh.length === 0) return outcome;
    const taken = await this.#add(input, { digest, by, fresh });
    return { ...outcome, import: taken };
  }

  /** @throws NotFoundError */
  async undo(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<UsageImport> {
    const { knex, clock, rollups } = this.#options;
    const ref = await this.#demand(credentials);
    const file = await this.#store.get(id);
    if (!file) throw new NotFoundError(`There is no import ${id}.`);
    if (file.undoneAt === undefined) {
      const items = await this.#store.items(id);
      const source = sourceOf(file.format);
      const facts = await rollups.prepare(
        items.map(it => factOfReported(source, it)),
      );
      await inTransaction(knex, async tx => {
        const at = clock.now().toISOString();
        const keptFrom = await this.#store.undo(tx, id, { at, ref });
        if (keptFrom) await rollups.takeAway(tx, facts, keptFrom);
      });
    }
    return (await this.#store.get(id)) ?? file;
  }

  async #demand(credentials: BackstageCredentials): Promise<string> {
    return this.#options.visibility.demand(
      credentials,
      modelUsageImportPermission,
    );
  }

  #read({ format, content, currency = 'USD' }: UsageImportInput): ReadFile {
    const { rules, clock } = this.#options;
    switch (format) {
      case 'csv':
        return readUsageCsv(content, clock.now());
      case 'opencost-csv':
        return readOpenCostCsv(content, { rules, currency });
      default:
        return readOpenCostJson(content, { rules, currency });
    }
  }

  async #sort(source: string, { good, problems }: ReadFile): Promise<Sorted> {
    const rows = good.map(row => ({ row, ...identityOf(source, row) }));
    const counted = await this.#store.known(rows.map(({ id }) => id));
    const sorted: Sorted = { fresh: [], known: 0, problems: [...problems] };
    const lineOf = new Map<string, number>();
    for (const { row, id, digest } of rows) {
      const { line, item } = row;
      const first = lineOf.get(id);
      const before = counted.get(id);
      if (first !== undefined) {
        const message = `it has the same id as line ${first}`;
        sorted.problems.push({ line, message });
      } else if (!before) {
        sorted.fresh.push({ line, id, digest, item });
      } else if (before.digest === digest) {
        sorted.known += 1;
      } else {
        sorted.problems.push({
          line,
          message: `it was imported with other numbers from ${before.fileName}. Undo that import first, or leave this row out`,
        });
      }
      lineOf.set(id, first ?? line);
    }
    sorted.problems.sort((a, b) => a.line - b.line);
    return sorted;
  }

  async #add(
    { format, fileName }: UsageImportInput,
    {
      digest,
      by,
      fresh,
    }: { digest: string; by: string } & Pick<Sorted, 'fresh'>,
  ): Promise<UsageImport> {
    const { knex, clock, rollups } = this.#options;
    const source = sourceOf(format);
    const facts = await rollups.prepare(
      fresh.map(({ item }) => factOfReported(source, item)),
    );
    const taken: UsageImport = {
      id: randomUUID(),
      format,
      fileName,
      digest,
      takenAt: clock.now().toISOString(),
      takenBy: by,
      added: sumsOf(fresh.map(({ item }) => item)),
    };
    const keptFrom: KeptFrom = {};
    for (const level of LEVELS) {
      const first = rollups.firstKept(level);
      if (Number.isFinite(first)) keptFrom[level] = first;
    }
    return inTransaction(knex, async tx => {
      await takeTurn(tx, 'model-usage', 'imports');
      const before = await this.#store.ofFile(digest, tx);
      if (before) return before;
      const isNew = await this.#store.add(tx, taken, {
        keptFrom,
        items: fresh,
      });
      if (!isNew) {
        throw new ConflictError(
          'Somebody imported some of these rows at the same time. Look at the preview again.',
        );
      }
      await rollups.add(tx, facts);
      return taken;
    });
  }
}

/** What names a row in all files, and what it tells. */
function identityOf(source: string, { item }: ReadRow) {
  const { id, ...told } = item;
  return {
    id: sha256Hex(`${source}\n${id}`),
    // As it comes back from JSON, without what is absent.
    digest: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(told)))),
  };
}

function shownOf({ line, item }: { line: number } & Pick<ImportItem, 'item'>) {
  const { at, model, version, caller, profile, calls = 1 } = item;
  const { inputTokens, outputTokens, costMicros, currency } = item;
  return {
    line,
    at,
    model,
    version,
    caller,
    profile,
    calls,
    inputTokens,
    outputTokens,
    cost: costMicros === undefined ? undefined : fromMicros(costMicros),
    currency,
  };
}
