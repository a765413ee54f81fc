import {
  type Clock,
  inTransaction,
} from '@modelhub/backstage-plugin-models-node';
import type { TraceAnswer, TraceStep } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';

/** What was done in a trace is forgotten after so long. */
const FORGET_MS = 3600_000;

interface TraceRow {
  id: string;
  calls: number;
  risk: number;
  started_at: string;
  seen_at: string;
}

/** Counts what agents do in a trace, whichever gateway they call through. */
export class TraceService {
  static create(options: { knex: Knex; clock: Clock }): TraceService {
    return new TraceService(options.knex, options.clock);
  }

  readonly #knex: Knex;
  readonly #clock: Clock;

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.#clock = clock;
  }

  /** Takes the step, or says which limit it would pass. */
  async step(step: TraceStep): Promise<TraceAnswer> {
    return inTransaction(this.#knex, async tx => {
      const row = await this.#lock(tx, step);
      const repeats =
        step.call === undefined
          ? 0
          : await repeatsOf(tx, step.trace, step.call);
      const exceeded = exceededBy(step, row, repeats);
      if (exceeded) {
        return { exceeded, calls: row.calls, risk: row.risk };
      }
      const done = {
        calls: Math.max(0, row.calls + step.calls),
        risk: Math.max(0, row.risk + step.risk),
      };
      await tx('usage_traces')
        .where({ id: row.id })
        .update({ ...done, seen_at: this.#clock.now().toISOString() });
      if (step.call !== undefined) {
        await tx('usage_trace_calls')
          .insert({
            trace_id: step.trace,
            call_hash: step.call,
            calls: Math.max(0, repeats + step.calls),
          })
          .onConflict(['trace_id', 'call_hash'])
          .merge();
      }
      return done;
    });
  }

  /** Forgets the traces that nobody goes on with. */
  async prune(): Promise<void> {
    const before = this.#ago();
    await inTransaction(this.#knex, async tx => {
      await tx('usage_trace_calls')
        .whereIn(
          'trace_id',
          tx('usage_traces').where('seen_at', '<', before).select('id'),
        )
        .delete();
      await tx('usage_traces').where('seen_at', '<', before).delete();
    });
  }

  /** The row of a trace, begun anew where its time is over; one step at a time. */
  async #lock(tx: Knex.Transaction, step: TraceStep): Promise<TraceRow> {
    const now = this.#clock.now().toISOString();
    const id = step.trace;
    await tx('usage_traces')
      .insert({ id, calls: 0, risk: 0, started_at: now, seen_at: now })
      .onConflict('id')
      .ignore();
    const row: TraceRow = await tx('usage_traces')
      .where({ id })
      .forUpdate()
      .first();
    const since = step.forget === 'idle' ? row.seen_at : row.started_at;
    if (since >= this.#ago()) {
      return { ...row, risk: Number(row.risk) };
    }
    const fresh = { id, calls: 0, risk: 0, started_at: now, seen_at: now };
    await tx('usage_traces').where({ id }).update(fresh);
    await tx('usage_trace_calls').where({ trace_id: id }).delete();
    return fresh;
  }

  #ago(): string {
    return new Date(this.#clock.now().getTime() - FORGET_MS).toISOString();
  }
}

async function repeatsOf(
  tx: Knex.Transaction,
  trace: string,
  call: string,
): Promise<number> {
  const row: { calls: number } | undefined = await tx('usage_trace_calls')
    .where({ trace_id: trace, call_hash: call })
    .first();
  return row?.calls ?? 0;
}

/** What is given back passes no limit. */
function exceededBy(
  { calls, risk, limits }: TraceStep,
  done: Pick<TraceRow, 'calls' | 'risk'>,
  repeats: number,
): TraceAnswer['exceeded'] {
  if (calls <= 0) {
    return undefined;
  }
  if (done.calls + calls > (limits.calls ?? Infinity)) {
    return 'calls';
  }
  if (done.risk + risk > (limits.risk ?? Infinity)) {
    return 'risk';
  }
  return repeats + calls > (limits.repeats ?? Infinity) ? 'repeats' : undefined;
}
