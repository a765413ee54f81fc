import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { OnlineReceipt } from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import {
  onlineBatchProblem,
  type OnlineBatch,
  type OnlineSample,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { place, sumSamples } from './figures';
import type { Outbox } from '../outbox';
import type { OnlineStore } from './OnlineStore';
import type { OnlineRecord } from './records';
import type { OnlineSums, SampleStore } from './SampleStore';

/** How far the clock of a gateway may be off, and how late a batch may come. */
const SLACK_MS = 10 * 60_000;

/** Open pages ask again at most so often, however many batches come. */
const TOLD_MS = 5_000;

/** Takes what gateways report about experiments: each batch once, each sample once. */
export class OnlineIngest {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    logger: LoggerService;
    store: OnlineStore;
    samples: SampleStore;
    outbox: Outbox;
    /** Hears which experiments have new figures, when they are in the database. */
    onTaken: (experiments: string[]) => void;
  }): OnlineIngest {
    return new OnlineIngest(options);
  }

  readonly #options: Parameters<typeof OnlineIngest.create>[0];
  #toldAt = 0;

  private constructor(options: Parameters<typeof OnlineIngest.create>[0]) {
    this.#options = options;
  }

  /** @throws InputError when the batch is not what it should be */
  async take(
    gateway: { id: string; name: string },
    input: unknown,
  ): Promise<OnlineReceipt> {
    const problem = onlineBatchProblem(input);
    if (problem !== undefined) {
      throw new InputError(
        `The batch is not taken: ${problem}. Send it as @modelhub/governance-protocol describes it.`,
      );
    }
    const batch = input as OnlineBatch;
    const { transactions, logger, onTaken } = this.#options;
    const { receipt, taken } = await transactions.run(tx =>
      this.#takeOnce(tx, gateway.id, batch),
    );
    if (receipt.refused.length > 0 && taken) {
      logger.warn(
        `Online scores of gateway ${
          gateway.name
        } were not taken: ${receipt.refused
          .map(({ experiment, reason }) => `${experiment}: ${reason}`)
          .join(' ')}`,
      );
    }
    if (taken && taken.length > 0) onTaken(taken);
    return receipt;
  }

  async #takeOnce(
    tx: Knex.Transaction,
    gatewayId: string,
    batch: OnlineBatch,
  ): Promise<{ receipt: OnlineReceipt; taken?: string[] }> {
    const { samples: rows, store, clock } = this.#options;
    const { batchId } = batch;
    const at = clock.now().toISOString();
    if (!(await rows.claim(tx, { batchId, gatewayId, at }))) {
      const first = await rows.receipt<OnlineReceipt>(tx, batchId, gatewayId);
      return {
        receipt: first ?? { batchId, accepted: 0, refused: [] },
      };
    }
    const receipt: OnlineReceipt = { batchId, accepted: 0, refused: [] };
    const taken: string[] = [];
    // In one order everywhere, so that two replicas cannot wait for each other.
    const ids = [
      ...new Set(
        [...batch.samples, ...batch.tallies, ...batch.notes].map(
          ({ experiment }) => experiment,
        ),
      ),
    ].sort();
    for (const id of ids) {
      const record = await store.lock(tx, id);
      const reason = refusal(record, gatewayId);
      if (!record || reason) {
        receipt.refused.push({ experiment: id, reason: reason ?? '' });
      } else {
        receipt.accepted += await this.#add(tx, record, batch);
        taken.push(id);
      }
    }
    await rows.settle(tx, batchId, receipt);
    await this.#tell(tx, taken);
    return { receipt, taken };
  }

  async #tell(tx: Knex.Transaction, taken: string[]): Promise<void> {
    const { outbox, clock } = this.#options;
    const now = clock.now().getTime();
    if (taken.length > 0 && now - this.#toldAt >= TOLD_MS) {
      this.#toldAt = now;
      await outbox.add(tx, [
        { topic: 'signal', payload: { type: 'online.scored' } },
      ]);
    }
  }

  /** @returns how many samples were new */
  async #add(
    tx: Knex.Transaction,
    record: OnlineRecord,
    batch: OnlineBatch,
  ): Promise<number> {
    const { samples: rows, store, clock } = this.#options;
    const mine = <T extends { experiment: string }>(list: T[]) =>
      list.filter(({ experiment }) => experiment === record.id);
    const hasArm = ({ arm }: Pick<OnlineSample, 'arm'>) =>
      arm === 'control' || record.challenger !== undefined;
    const now = clock.now().getTime();
    const inTime = ({ at }: OnlineSample) =>
      Date.parse(at) >= Date.parse(record.startsAt ?? '') - SLACK_MS &&
      Date.parse(at) <= now + SLACK_MS;
    const known = new Set(record.scorers.map(({ metric }) => metric));
    const fitting = mine(batch.samples)
      .filter(sample => hasArm(sample) && inTime(sample))
      .map(sample => ({
        ...sample,
        scores: Object.fromEntries(
          Object.entries(sample.scores).filter(([name]) => known.has(name)),
        ),
      }));
    const added = await rows.add(tx, fitting);
    const sums: OnlineSums = sumSamples(added, record.scorers);
    for (const tally of mine(batch.tallies).filter(hasArm)) {
      const { counts, sums: failed } = place(sums, 'failed', tally.arm);
      counts[tally.bucket] += tally.calls;
      failed[tally.bucket] += tally.failed;
    }
    await rows.addSums(tx, record.id, sums);
    await rows.thin(tx, added);
    for (const note of mine(batch.notes)) {
      await store.addNotes(tx, record.id, note);
    }
    return added.length;
  }
}

/** Why a gateway may not report about an experiment; nothing where it may. */
function refusal(
  record: OnlineRecord | undefined,
  gatewayId: string,
): string | undefined {
  if (!record || record.state === 'planned') {
    return 'There is no such experiment.';
  }
  if (record.gateways && !record.gateways.includes(gatewayId)) {
    return 'This gateway does not take part in it.';
  }
  return record.state === 'running' ? undefined : 'It is over.';
}
