import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import {
  elapsedSince,
  type ClockRow,
  type Moment,
  type Sight,
} from './elapsed';

/** How often the row is written at most. */
const WRITE_MS = 2_000;

interface Row {
  id: number;
  instance: string;
  time_ms: number;
  wall_ms: number;
  boot: string | null;
  uptime_ms: number;
  version: number;
}

/** The clocks of a machine. */
export interface MachineClocks {
  /** Undefined where nobody can tell one boot from another. */
  boot: string | undefined;
  /** For how long the machine has been up, in ms. */
  uptimeMs(): number;
  /** Instead of the database's clock; for tests. */
  wallMs?(): number;
}

/** The clocks of this machine. */
export async function machineClocks(): Promise<MachineClocks> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return { boot: boot.trim(), uptimeMs: () => uptime() * 1000 };
  } catch {
    // Elsewhere a process only knows its own time.
    return {
      boot: `process-${randomBytes(12).toString('hex')}`,
      uptimeMs: () => performance.now(),
    };
  }
}

/**
 * The time by which endpoints live. It goes on as time does, whatever is done
 * to the clocks of the machines, and all replicas agree on it through a row in
 * the database.
 */
export class HubClock {
  static async create(options: {
    knex: Knex;
    clocks: MachineClocks;
  }): Promise<HubClock> {
    const { knex, clocks } = options;
    const { wall, boot } = await momentOf(knex, clocks);
    const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
    const instance = [...randomBytes(6)]
      .map(byte => alphabet[byte % alphabet.length])
      .join('');
    await knex('serving_hub')
      .insert({
        id: 1,
        instance,
        time_ms: wall,
        wall_ms: wall,
        boot: boot ?? null,
        uptime_ms: clocks.uptimeMs(),
        version: 1,
      })
      .onConflict('id')
      .ignore();
    const row = await knex<Row>('serving_hub').first('instance');
    const clock = new HubClock(knex, clocks, row!.instance);
    await clock.tick();
    return clock;
  }

  readonly #knex: Knex;
  readonly #clocks: MachineClocks;
  #sight: Sight | undefined;
  #lastLook: number | undefined;
  #time = 0;
  #at = 0;

  private constructor(
    knex: Knex,
    clocks: MachineClocks,
    /** Begins the ids of what this hub runs, and of nothing else. */
    readonly instance: string,
  ) {
    this.#knex = knex;
    this.#clocks = clocks;
  }

  /** In ms; as of the last tick and what passed here since. */
  now(): number {
    const passed = Math.max(0, this.#clocks.uptimeMs() - this.#at);
    return this.#time + passed;
  }

  /** What people's clocks will show at a time of the hub. */
  shown(timeMs: number): Date {
    const wall = this.#clocks.wallMs?.() ?? Date.now();
    return new Date(Math.round(wall + timeMs - this.now()));
  }

  /** Sets itself by what all replicas agree on, and takes that further. */
  async tick(): Promise<number> {
    const row = await this.#read();
    const now = await momentOf(this.#knex, this.#clocks);
    const elapsed = elapsedSince(row, now, this.#see(row, now));
    this.#time = Math.max(this.now(), row.time + elapsed);
    this.#at = now.uptime;
    if (elapsed >= WRITE_MS) await this.#write(row, now);
    return this.#time;
  }

  #see({ version }: ClockRow, { uptime: at }: Moment): Sight {
    if (this.#sight?.version !== version) {
      this.#sight = {
        version,
        first: at,
        ...(this.#lastLook !== undefined && { before: this.#lastLook }),
      };
    }
    this.#lastLook = at;
    return this.#sight;
  }

  async #read(): Promise<ClockRow> {
    const row = await this.#knex<Row>('serving_hub').where({ id: 1 }).first();
    if (!row) throw new Error('The row of table serving_hub is gone');
    return {
      time: row.time_ms,
      wall: row.wall_ms,
      boot: row.boot ?? undefined,
      uptime: row.uptime_ms,
      version: row.version,
    };
  }

  async #write({ version }: ClockRow, now: Moment): Promise<void> {
    const written = await this.#knex('serving_hub')
      .where({ id: 1, version })
      .update({
        time_ms: this.#time,
        wall_ms: now.wall,
        boot: now.boot ?? null,
        uptime_ms: now.uptime,
        version: version + 1,
      });
    if (written === 1) {
      this.#sight = { version: version + 1, first: now.uptime };
    }
  }
}

async function momentOf(knex: Knex, clocks: MachineClocks): Promise<Moment> {
  const { boot } = clocks;
  if (clocks.wallMs || !isPostgres(knex)) {
    const wall = clocks.wallMs?.() ?? Date.now();
    return { boot, wall, uptime: clocks.uptimeMs() };
  }
  const { rows } = await knex.raw<{ rows: Array<{ ms: number }> }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  );
  return { boot, wall: rows[0].ms, uptime: clocks.uptimeMs() };
}
