import type { Level, RollupRetention } from '../../rollups';
import { DAY_MS, HOUR_MS } from './budget';

/** A part of a window, and the level of sums that tells of it. */
export interface Segment {
  level: Exclude<Level, 'month'>;
  from: Date;
  to: Date;
}

const SIZE = { minute: 60_000, hour: HOUR_MS, day: DAY_MS };

const down = (at: number, size: number) => Math.floor(at / size) * size;
const up = (at: number, size: number) => Math.ceil(at / size) * size;

/** Edges of windows up to this length are true to a minute; of longer ones to an hour. */
const MINUTES_UP_TO = 24 * HOUR_MS;

/**
 * The sums that make up the window that ends now, with the period that now is
 * in: coarse ones in the middle, fine ones at its edges. They do not overlap and
 * leave nothing out. An edge that the finest sums no longer tell of is moved
 * back to the period of the next level.
 */
export function segmentsOf(
  windowMs: number,
  now: Date,
  retention: RollupRetention,
): Segment[] {
  const end = down(now.getTime(), SIZE.minute) + SIZE.minute;
  const finest = windowMs <= MINUTES_UP_TO ? SIZE.minute : SIZE.hour;
  return between(end - windowMs, end, now.getTime(), finest, retention);
}

function between(
  begin: number,
  end: number,
  now: number,
  finest: number,
  retention: RollupRetention,
): Segment[] {
  const keptFrom = (level: Segment['level']) =>
    down(now - retention[level] * DAY_MS, SIZE[level]);
  const isKept = (level: Segment['level'], at: number) => at >= keptFrom(level);
  // The edge lies on a period of the finest level that still tells of it.
  let edge = down(begin, finest);
  let level: Segment['level'] = finest === SIZE.minute ? 'minute' : 'hour';
  if (level === 'minute' && !isKept('minute', edge)) {
    level = 'hour';
    edge = down(edge, SIZE.hour);
  }
  if (level === 'hour' && !isKept('hour', edge)) {
    level = 'day';
    edge = down(edge, SIZE.day);
  }
  const segments: Segment[] = [];
  const add = (at: Segment['level'], from: number, to: number) => {
    if (to > from) {
      segments.push({ level: at, from: new Date(from), to: new Date(to) });
    }
  };
  if (level === 'minute') {
    const hour = Math.min(up(edge, SIZE.hour), end);
    add('minute', edge, hour);
    edge = hour;
  }
  if (level !== 'day') {
    const day = Math.min(up(edge, SIZE.day), end);
    add('hour', edge, day);
    edge = day;
  }
  // The sums of today and of this hour hold what there is of them so far.
  add('day', edge, end);
  return segments;
}
