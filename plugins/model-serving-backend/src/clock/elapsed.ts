/** The hub's time as it was written last, and by whom. */
export interface ClockRow {
  /** The hub's time, in ms. Never goes back. */
  time: number;
  /** The database's clock then, in ms since 1970. */
  wall: number;
  /** The boot of the machine that wrote it. */
  boot?: string;
  /** For how long that machine had been up, in ms. */
  uptime: number;
  version: number;
}

/** What a replica knows of the clocks around it. */
export interface Moment {
  /** The database's clock, in ms since 1970. It may have been set. */
  wall: number;
  boot?: string;
  /** For how long this machine has been up, in ms; sleep included. */
  uptime: number;
}

/** When this replica read which version of the row. */
export interface Sight {
  version: number;
  /** Uptime when it saw this version for the first time. */
  first: number;
  /** Uptime when it last saw the version before; absent for the first that it saw. */
  before?: number;
}

/**
 * The time that has passed since a row was written, in ms. On the machine that
 * wrote it, its uptime tells, whatever became of the clock and of the process.
 * Elsewhere the database's clock does, but never less than this replica has had
 * the row for, and never more than since it last saw the one before.
 */
export function elapsedSince(
  row: ClockRow,
  now: Moment,
  sight: Sight | undefined,
): number {
  if (row.boot !== undefined && row.boot === now.boot) {
    return Math.max(0, now.uptime - row.uptime);
  }
  const known = sight?.version === row.version ? sight : undefined;
  const least = known ? now.uptime - known.first : 0;
  const most =
    known?.before === undefined ? Infinity : now.uptime - known.before;
  return Math.min(Math.max(now.wall - row.wall, least, 0), most);
}
