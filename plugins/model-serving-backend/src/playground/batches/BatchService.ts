import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  PlaygroundBatch,
  PlaygroundBatchInput,
  PlaygroundBatchPage,
  PlaygroundComparison,
  PlaygroundRowPage,
} from '@modelhub/backstage-plugin-models-common';
import {
  takeTurn,
  type Clock,
  type IdempotencyKeys,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { randomUUID } from 'node:crypto';
import { fileDigest, readFile } from '../files/checkFile';
import { fittingScorers } from '../files/scorerChoices';
import type { People } from '../People';
import type { PlaygroundConfig } from '../readPlaygroundConfig';
import type { OpenTarget, TargetService } from '../targets/TargetService';
import type { BatchFiling } from './BatchFiling';
import type { BatchRunStore } from './BatchRunStore';
import type { BatchStore } from './BatchStore';
import type { BatchTables } from './BatchTables';
import { compareTargets } from './compareTargets';
import { packOfBatch } from './packOfBatch';
import { presentBatch } from './presentBatch';
import type { BatchRecord } from './records';

const DAY_MS = 86_400_000;
const DEFAULT_PAGE = 20;

export interface BatchServiceOptions {
  people: People;
  targets: Pick<TargetService, 'open' | 'profile'>;
  batches: BatchStore;
  runs: BatchRunStore;
  tables: BatchTables;
  filing: BatchFiling;
  transactions: Transactions;
  idempotency: IdempotencyKeys;
  clock: Clock;
  config: PlaygroundConfig;
  /** Something is due, or has changed. */
  wake(): void;
}

type By = { credentials: BackstageCredentials; idempotencyKey?: string };

/** Files of people, run through models. Each sees only what is theirs. */
export class BatchService {
  static create(options: BatchServiceOptions): BatchService {
    return new BatchService(options);
  }

  readonly #options: BatchServiceOptions;

  private constructor(options: BatchServiceOptions) {
    this.#options = options;
  }

  async create(input: PlaygroundBatchInput, by: By): Promise<PlaygroundBatch> {
    const { people, batches, runs, clock, config, idempotency, wake } =
      this.#options;
    const person = await people.ofCaller(by.credentials);
    const { batch: made, rows } = this.#made(input, person.ref);
    if (new Set(input.targets).size < input.targets.length) {
      throw new InputError('Choose each target once.');
    }
    const opened: OpenTarget[] = [];
    for (const id of input.targets) {
      opened.push(
        await this.#options.targets.open(
          { id, profile: input.profile },
          { person, credentials: by.credentials },
        ),
      );
    }
    const profile =
      opened.find(({ key }) => key)?.key?.profile ?? input.profile;
    const { text, ...rest } = input;
    const { id } = await idempotency.run<{ id: string }>(
      {
        caller: person.ref,
        key: by.idempotencyKey,
        request: {
          command: 'playground.batch',
          ...rest,
          text: fileDigest(text),
        },
      },
      async tx => {
        await takeTurn(tx, 'playground', person.ref);
        const open = await batches.open(person.ref, tx);
        if (open >= config.openBatches) {
          throw new ConflictError(
            `You have ${open} batches under way, which is the most. Wait for one of them, or cancel it.`,
          );
        }
        const createdAt = clock.now().getTime();
        const batch: BatchRecord = {
          ...made,
          ...(profile !== undefined && { profile }),
          createdAt,
          eraseAt: createdAt + config.limits.keepDays * DAY_MS,
        };
        await batches.add(tx, batch, rows);
        await runs.add(
          tx,
          opened.map(({ target, pin }, place) => ({
            id: randomUUID(),
            batchId: batch.id,
            place,
            person: person.ref,
            target,
            pin,
            state: 'queued',
            attempts: 0,
            createdAt,
            attached: [],
          })),
        );
        return { id: batch.id };
      },
    );
    wake();
    return this.get(id, by);
  }

  /** Without metrics; those of one batch come with it. */
  async list(
    query: { cursor?: string; limit?: number },
    { credentials }: By,
  ): Promise<PlaygroundBatchPage> {
    const { people, batches, runs } = this.#options;
    const person = await people.ofCaller(credentials);
    const limit = query.limit ?? DEFAULT_PAGE;
    const found = await batches.list({
      person: person.ref,
      after: cursorOf(query.cursor),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const all = await runs.ofBatches(page.map(({ id }) => id));
    const last = page.at(-1);
    return {
      items: page.map(batch =>
        presentBatch(
          batch,
          all.filter(({ batchId }) => batchId === batch.id),
        ),
      ),
      ...(found.length > limit &&
        last && { nextCursor: `${last.createdAt}_${last.id}` }),
    };
  }

  async get(id: string, by: By): Promise<PlaygroundBatch> {
    const batch = await this.#own(id, by);
    return presentBatch(batch, await this.#options.runs.whole(id));
  }

  async rows(
    id: string,
    query: { cursor?: string; limit?: number },
    by: By,
  ): Promise<PlaygroundRowPage> {
    const batch = await this.#own(id, by);
    return this.#options.tables.page(batch, {
      from: placeOf(query.cursor),
      limit: query.limit ?? DEFAULT_PAGE,
    });
  }

  async compare(
    id: string,
    query: { candidate: number; incumbent: number },
    by: By,
  ): Promise<PlaygroundComparison> {
    const { runs } = this.#options;
    await this.#own(id, by);
    const side = async (place: number) => ({
      place,
      run: await runs.at(id, place),
    });
    return compareTargets(
      await side(query.candidate),
      await side(query.incumbent),
    );
  }

  /** The pieces of a file, and how it is called. */
  async download(
    id: string,
    format: 'csv' | 'jsonl',
    by: By,
  ): Promise<{ pieces: AsyncGenerator<string>; fileName: string }> {
    const batch = await this.#own(id, by);
    const name = batch.name.replace(/[^\w.-]+/g, '-').slice(0, 80);
    return {
      pieces: this.#options.tables.file(batch, format),
      fileName: `${name || 'batch'}.${format}`,
    };
  }

  async cancel(id: string, by: By): Promise<PlaygroundBatch> {
    await this.#own(id, by);
    await this.#options.runs.cancel(id);
    this.#options.wake();
    return this.get(id, by);
  }

  /** Targets are opened anew, so that keys are there and access is as it is now. */
  async retry(id: string, by: By): Promise<PlaygroundBatch> {
    const { people, runs, targets, batches, transactions, config, wake } =
      this.#options;
    const batch = await this.#own(id, by);
    const person = await people.ofCaller(by.credentials);
    const again = (await runs.ofBatches([id])).filter(({ state }) =>
      ['failed', 'cancelled'].includes(state),
    );
    for (const { target } of again) {
      await targets.open(
        { id: target.id, profile: batch.profile },
        { person, credentials: by.credentials },
      );
    }
    await transactions.run(async tx => {
      await takeTurn(tx, 'playground', person.ref);
      const open = await batches.open(person.ref, tx);
      if (again.length > 0 && open >= config.openBatches) {
        throw new ConflictError(
          `You have ${open} batches under way, which is the most. Wait for one of them, or cancel it.`,
        );
      }
      await runs.requeue(tx, id);
    });
    wake();
    return this.get(id, by);
  }

  async save(
    id: string,
    input: { target: number },
    by: By,
  ): Promise<PlaygroundBatch> {
    const batch = await this.#own(id, by);
    await this.#options.filing.save(batch, input.target, by.credentials);
    return this.get(id, by);
  }

  async attach(
    id: string,
    input: { target: number; approvalId: string },
    by: By,
  ): Promise<PlaygroundBatch> {
    const batch = await this.#own(id, by);
    const { target: place, approvalId } = input;
    await this.#options.filing.attach(
      batch,
      { place, approvalId },
      by.credentials,
    );
    return this.get(id, by);
  }

  async erase(id: string, by: By): Promise<void> {
    const { batches, transactions, wake } = this.#options;
    await this.#own(id, by);
    await transactions.run(tx => batches.erase(tx, id));
    wake();
  }

  /** Erases what was kept long enough. */
  async eraseOld(): Promise<void> {
    const { batches, transactions, clock } = this.#options;
    for (;;) {
      const ids = await batches.due(clock.now().getTime(), 50);
      if (ids.length === 0) return;
      for (const id of ids) await transactions.run(tx => batches.erase(tx, id));
    }
  }

  /** @throws NotFoundError also for one that is another's */
  async #own(id: string, { credentials }: By): Promise<BatchRecord> {
    const { people, batches } = this.#options;
    const person = await people.ofCaller(credentials);
    const batch = await batches.get(id);
    if (batch?.person === person.ref) return batch;
    throw new NotFoundError(
      `You have no batch ${id}. It may have been erased; batches are kept for a while only.`,
    );
  }

  #made(input: PlaygroundBatchInput, person: string) {
    const { limits } = this.#options.config;
    const { settings = {}, columns } = input;
    if ((settings.maxTokens ?? 0) > limits.answerTokens) {
      throw new InputError(
        `An answer may have ${limits.answerTokens} tokens here, not ${settings.maxTokens}. Ask for fewer.`,
      );
    }
    const file = readFile(input, limits);
    if (file.problems.length > 0) {
      const [first] = file.problems;
      throw new InputError(
        `${file.problems.length} ${
          file.problems.length === 1 ? 'line is' : 'lines are'
        } not right, so nothing was begun. Line ${first.line}: ${
          first.message
        }`,
      );
    }
    const rows = file.cases.map((row, place) => ({ place, ...row }));
    const batch = {
      id: randomUUID(),
      name: input.name.trim(),
      ...(input.fileName !== undefined && { fileName: input.fileName }),
      person,
      format: file.content.format,
      digest: file.digest,
      rowCount: rows.length,
      columns,
      ...(input.system?.trim() && { system: input.system }),
      settings,
      scorers:
        input.scorers ??
        fittingScorers(rows.map(row => row.case.expected)).map(type => ({
          type,
        })),
    };
    if (batch.name === '') throw new InputError('Give the batch a name.');
    // What is wrong with scorers is told now, and not when it runs.
    packOfBatch(batch, rows, limits);
    return { batch, rows };
  }
}

const badCursor = () =>
  new InputError(
    'This cursor is none that was given out. Begin at the first page.',
  );

function cursorOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const found = /^(\d{1,15})_([\w-]{1,40})$/.exec(text);
  if (!found) throw badCursor();
  return { createdAt: Number(found[1]), id: found[2] };
}

function placeOf(text: string | undefined): number {
  if (text === undefined) return 0;
  if (!/^\d{1,6}$/.test(text)) throw badCursor();
  return Number(text);
}
