/** Milliseconds of a day. */
export const DAY_MS = 24 * 3_600_000;

const HOUR_MS = 3_600_000;

/** When people and programs work. */
export type Rhythm =
  /** People at desks in Europe: few calls at night and at weekends. */
  | 'office'
  /** People at desks in America: the same, six hours later. */
  | 'american-office'
  /** Customers: evenings and weekends most. */
  | 'customers'
  /** Programs at night, every day. */
  | 'nightly'
  /** Programs around the clock. */
  | 'steady';

const OFFICE_HOURS = [
  1, 1, 1, 1, 1, 2, 6, 22, 60, 88, 96, 84, 62, 78, 92, 86, 70, 44, 20, 10, 7, 5,
  3, 2,
];

const later = (hours: number[], by: number) =>
  hours.map((_, hour) => hours[(hour - by + 24) % 24]);

/** How calls divide over the hours of a day, UTC. */
const HOURS: Record<Rhythm, number[]> = {
  office: OFFICE_HOURS,
  'american-office': later(OFFICE_HOURS, 6),
  customers: [
    14, 8, 5, 4, 4, 7, 16, 30, 38, 44, 48, 54, 60, 54, 50, 52, 60, 72, 86, 96,
    92, 74, 48, 26,
  ],
  nightly: [
    40, 90, 100, 96, 70, 20, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 6,
    14,
  ],
  steady: Array.from({ length: 24 }, () => 50),
};

/** From Monday to Sunday, as parts of a working day. */
const WEEKDAYS: Record<Rhythm, number[]> = {
  office: [0.96, 1.04, 1.06, 1.02, 0.92, 0.12, 0.1],
  'american-office': [0.95, 1.05, 1.05, 1.02, 0.93, 0.14, 0.11],
  customers: [0.92, 0.9, 0.94, 0.98, 1.08, 1.24, 1.16],
  nightly: [1, 1, 1, 1, 1, 1, 1],
  steady: [1, 1, 1, 1, 1, 1, 1],
};

const growing = (parts: number[]) => {
  let sum = 0;
  return parts.map(part => (sum += part));
};

const HOUR_SUMS = Object.fromEntries(
  Object.entries(HOURS).map(([rhythm, hours]) => [rhythm, growing(hours)]),
) as Record<Rhythm, number[]>;

/** The days of the simulation, in UTC. The last one ends in its middle. */
export class Calendar {
  static create(options: { until: Date; days: number }): Calendar {
    return new Calendar(options.until.getTime(), options.days);
  }

  /** Milliseconds since 1970. */
  readonly from: number;
  /** The first moment that is not simulated any more. */
  readonly until: number;
  readonly days: number;

  private constructor(until: number, days: number) {
    this.until = until;
    this.days = days;
    this.from = Math.floor((until - 1) / DAY_MS) * DAY_MS - (days - 1) * DAY_MS;
  }

  /** When a day begins, in milliseconds since 1970. */
  beginOf(day: number): number {
    return this.from + day * DAY_MS;
  }

  /** `YYYY-MM-DD` */
  dateOf(day: number): string {
    return new Date(this.beginOf(day)).toISOString().slice(0, 10);
  }

  /** The day that a moment is in. */
  dayOf(at: number): number {
    return Math.floor((at - this.from) / DAY_MS);
  }

  /** 0 is Monday. */
  weekdayOf(day: number): number {
    // 1 January 1970 was a Thursday.
    return (this.beginOf(day) / DAY_MS + 3) % 7;
  }

  /** How busy a day is by weekday and holidays, as a part of a working day. */
  businessOf(day: number, rhythm: Rhythm): number {
    const weekday = WEEKDAYS[rhythm][this.weekdayOf(day)];
    if (rhythm === 'nightly' || rhythm === 'steady') return weekday;
    const [, month, date] = this.dateOf(day).split('-').map(Number);
    const isTurnOfTheYear =
      (month === 12 && date >= 23) || (month === 1 && date <= 2);
    const isSummer = month === 8;
    if (rhythm === 'customers') return weekday * (isTurnOfTheYear ? 1.25 : 1);
    if (isTurnOfTheYear) return weekday * 0.3;
    return weekday * (isSummer ? 0.82 : 1);
  }

  /** The part of a day's calls that are made before the simulation ends. */
  partOf(day: number, rhythm: Rhythm): number {
    const end = Math.min(DAY_MS, this.until - this.beginOf(day));
    if (end >= DAY_MS) return 1;
    const hour = Math.floor(end / HOUR_MS);
    const sums = HOUR_SUMS[rhythm];
    const before = hour === 0 ? 0 : sums[hour - 1];
    const within = ((end % HOUR_MS) / HOUR_MS) * HOURS[rhythm][hour];
    return (before + within) / sums[23];
  }

  /**
   * A moment of a day.
   *
   * @param portion - from 0 to less than 1: how much of the day's calls came before
   */
  momentOf(day: number, rhythm: Rhythm, portion: number): number {
    const sums = HOUR_SUMS[rhythm];
    const wanted = portion * this.partOf(day, rhythm) * sums[23];
    let hour = 0;
    while (hour < 23 && sums[hour] <= wanted) hour += 1;
    const before = hour === 0 ? 0 : sums[hour - 1];
    const within = (wanted - before) / HOURS[rhythm][hour];
    const at = this.beginOf(day) + Math.floor((hour + within) * HOUR_MS);
    return Math.min(at, this.until - 1);
  }

  /** How busy an hour is, from 0 to 1. */
  loadAt(at: number, rhythm: Rhythm): number {
    const hours = HOURS[rhythm];
    const hour = Math.floor(((at - this.from) % DAY_MS) / HOUR_MS);
    return hours[hour] / 100;
  }
}
