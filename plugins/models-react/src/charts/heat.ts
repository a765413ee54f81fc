import type { ChartUnit } from './units';

/**
 * What happened in one hour of one weekday, in UTC.
 *
 * @public
 */
export interface HeatCell {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  weekday: number;
  /** 0 to 23. */
  hour: number;
  value: number;
}

export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];
export const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** `09–10` */
export function hourText(hour: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(hour)}–${two(hour + 1)}`;
}

/** Values by weekday and hour; 0 where nothing was. */
export function heatGrid(cells: HeatCell[]): number[][] {
  const grid = weekdays.map(() => hours.map(() => 0));
  for (const { weekday, hour, value } of cells) {
    const row = grid[weekday - 1];
    if (row && hour in row) row[hour] += value;
  }
  return grid;
}

/**
 * What a heat map shows, in sentences.
 *
 * @public
 */
export function heatMapText(cells: HeatCell[], unit: ChartUnit): string {
  const total = cells.reduce((sum, { value }) => sum + value, 0);
  if (total === 0) return 'Nothing to show in this time.';
  const most = cells.reduce((a, b) => (b.value > a.value ? b : a));
  const atWork = cells
    .filter(({ weekday }) => weekday <= 5)
    .reduce((sum, { value }) => sum + value, 0);
  return `Most on ${weekdays[most.weekday - 1]}s from ${hourText(
    most.hour,
  )} o’clock UTC: ${unit.text(most.value)}. ${Math.round(
    (atWork / total) * 100,
  )} % from Monday to Friday.`;
}

/** 0 to 4 by the share of the largest; -1 for nothing. */
export function heatLevel(value: number, most: number): number {
  if (value <= 0 || most <= 0) return -1;
  return Math.min(Math.floor((value / most) * 5), 4);
}
