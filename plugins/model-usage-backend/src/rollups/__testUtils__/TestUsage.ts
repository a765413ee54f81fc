import { mockServices } from '@backstage/backend-test-utils';
import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { IngestService } from '../../ingest';
import { RollupStore } from '../RollupStore';
import { RollupWriter } from '../RollupWriter';
import { DEFAULT_RETENTION, type RollupRetention } from '../types';

/** Takes records as the plugin does, without HTTP, and tells what they add up to. */
export class TestUsage {
  now = new Date('2026-11-21T12:00:00.000Z');
  readonly writer: RollupWriter;
  readonly store: RollupStore;
  readonly #ingest: IngestService;

  constructor(
    readonly knex: Knex,
    retention: RollupRetention = DEFAULT_RETENTION,
  ) {
    const clock = { now: () => this.now };
    this.writer = RollupWriter.create({
      knex,
      clock,
      retention,
    });
    this.store = RollupStore.create({ knex });
    this.#ingest = IngestService.create({
      knex,
      clock,
      logger: mockServices.logger.mock(),
      retentionDays: 90,
      rollups: this.writer,
      onTaken: () => {},
    });
  }

  /** As a gateway reports them: checked, and each batch once. */
  async take(records: UsageRecord[], batchId = randomUUID()) {
    return this.#ingest.take('gw-1', { batchId, records });
  }

  /** Adds what was answered before to all sums. */
  async settle() {
    return this.#ingest.settle();
  }

  /** Adds what replicas left that ended in between. */
  async recover() {
    return this.#ingest.recover();
  }
}
