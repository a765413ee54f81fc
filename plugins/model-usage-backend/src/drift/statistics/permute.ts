const { floor } = Math;

/** Days of one kind, by their place in the list of all days: work days or weekends. */
export interface Stratum {
  days: number[];
  /** How many of them are new. */
  now: number;
}

/** 1970-01-01 was a Thursday. */
export function isWeekend(day: number): boolean {
  const weekday = (((day + 3) % 7) + 7) % 7;
  return weekday >= 5;
}

/** @param days - of which those from place `firstNow` on are new */
export function strataOf(days: number[], firstNow: number): Stratum[] {
  const strata: Stratum[] = [
    { days: [], now: 0 },
    { days: [], now: 0 },
  ];
  days.forEach((day, place) => {
    const stratum = strata[isWeekend(day) ? 1 : 0];
    stratum.days.push(place);
    if (place >= firstNow) stratum.now += 1;
  });
  return strata;
}

/** In how many ways the new days could have been chosen: bounds how sure a test can be. */
export function arrangements(strata: Stratum[]): number {
  let ways = 1;
  for (const { days, now } of strata) {
    for (let n = 0; n < now; n += 1) ways *= (days.length - n) / (n + 1);
  }
  return ways;
}

/**
 * Chooses as many days at random to be the new ones, of each kind as many as
 * there are. A whole day moves at once, because the calls of a day are not
 * independent; the weekend stays a weekend.
 *
 * @param chosen - gets the places
 */
export function choose(
  strata: Stratum[],
  random: () => number,
  chosen: number[],
): void {
  let at = 0;
  for (const { days, now } of strata) {
    for (let n = 0; n < now; n += 1) {
      const other = n + floor(random() * (days.length - n));
      const day = days[other];
      days[other] = days[n];
      days[n] = day;
      chosen[at] = day;
      at += 1;
    }
  }
}
