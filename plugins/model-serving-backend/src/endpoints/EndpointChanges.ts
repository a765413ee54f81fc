import { ConflictError } from '@backstage/errors';
import type { EndpointState } from '@modelhub/backstage-plugin-models-common';
import type { NoticeOutbox } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { HubClock } from '../clock';
import type { ServingConfig } from '../config';
import { endNotice, readyNotice } from '../news';
import type { EndpointStore, RowChanges } from './EndpointStore';
import type { EndpointRecord, EndReason } from './records';
import { LAST, transit, type EndpointCommand } from './states';

const HOUR_MS = 3_600_000;

/** What came of a command, for the record and for people. */
export interface CommandFacts {
  message: string;
  /** Entity ref; the hub itself without. */
  by?: string;
  endReason?: EndReason;
  level?: 'info' | 'warning';
  changes?: RowChanges;
}

/** Gives commands to endpoints: state, times, event and notice in one transaction. */
export class EndpointChanges {
  static create(options: {
    store: EndpointStore;
    clock: HubClock;
    outbox: Pick<NoticeOutbox, 'add'>;
    config: Pick<
      ServingConfig,
      'hours' | 'extendHours' | 'startMs' | 'queueMs' | 'checkMs'
    >;
  }): EndpointChanges {
    return new EndpointChanges(options);
  }

  readonly #options: Parameters<typeof EndpointChanges.create>[0];

  private constructor(options: Parameters<typeof EndpointChanges.create>[0]) {
    this.#options = options;
  }

  /**
   * @throws ConflictError when its state does not allow that, or somebody
   * changed it in the meantime
   */
  async apply(
    tx: Knex.Transaction,
    record: EndpointRecord,
    command: EndpointCommand,
    facts: CommandFacts,
  ): Promise<EndpointRecord> {
    const { store, outbox } = this.#options;
    const next = transit(record.state, command, record.endAs);
    if (!next) {
      throw new ConflictError(
        `The endpoint is ${record.state}, so this is not possible any more. Look at it again.`,
      );
    }
    const { message, by, endReason, level = 'info' } = facts;
    const changed = await store.change(tx, record, {
      state: next.state,
      message,
      progress: null,
      attempts: 0,
      ...(next.endAs && { end_as: next.endAs }),
      ...(endReason && { end_reason: endReason }),
      ...(by !== undefined && next.endAs && { ended_by: by }),
      ...this.#times(record, next.state, command),
      ...facts.changes,
    });
    await store.note(tx, changed, {
      at: this.#at(this.#options.clock.now()),
      level,
      type: command,
      message,
      by,
    });
    if (command === 'ready') await outbox.add(tx, [readyNotice(changed)]);
    if (next.endAs !== undefined && by !== record.owner) {
      await outbox.add(tx, [endNotice(changed, message, by)]);
    }
    return changed;
  }

  /** What is written when a state begins. */
  #times(
    record: EndpointRecord,
    state: EndpointState,
    command: EndpointCommand,
  ): RowChanges {
    const { clock, config } = this.#options;
    const ms = clock.now();
    const at = this.#at(ms);
    const due_ms = ms;
    if (command === 'extend') {
      const deadline = (record.deadline ?? ms) + config.extendHours * HOUR_MS;
      return {
        extended_at: at,
        hours: record.hours + config.extendHours,
        deadline_ms: deadline,
        warned: false,
        due_ms,
      };
    }
    if (LAST.includes(state)) {
      return {
        ended_ms: ms,
        ended_at: at,
        deadline_ms: null,
        due_ms: record.keyState === 'issued' ? ms : null,
        secret: null,
      };
    }
    switch (state) {
      case 'queued':
        return {
          queued_ms: ms,
          queued_at: at,
          deadline_ms: ms + config.queueMs,
          due_ms,
        };
      case 'starting':
        return {
          started_ms: ms,
          started_at: at,
          deadline_ms: ms + config.startMs,
          due_ms,
        };
      case 'ready':
        return {
          ready_ms: ms,
          ready_at: at,
          deadline_ms: ms + record.hours * HOUR_MS,
          due_ms,
        };
      default:
        return { stopping_ms: ms, stopping_at: at, secret: null, due_ms };
    }
  }

  #at(ms: number): string {
    return this.#options.clock.shown(ms).toISOString();
  }
}
