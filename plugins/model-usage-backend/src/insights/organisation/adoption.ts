/** Weeks with calls of one caller and one model, as bits: bit 0 is the first week. */
export interface UsedWeeks {
  /** A team, or a component that stands for one. */
  caller: string;
  model: string;
  weeks: bigint;
}

/** What happened in one week. */
export interface AdoptionWeek {
  activeTeams: number;
  newTeams: number;
  activeModels: number;
  newModels: number;
  pairs: number;
}

/**
 * How many teams used how many models, week by week.
 *
 * @param used - a caller and a model may come more than once
 * @param isOld - whether one had called, or had been called, before the first week
 */
export function adoptionOf(
  used: UsedWeeks[],
  weeks: number,
  isOld: {
    caller: (name: string) => boolean;
    model: (name: string) => boolean;
  },
): AdoptionWeek[] {
  const callers = new Map<string, bigint>();
  const models = new Map<string, bigint>();
  const pairs = new Map<string, bigint>();
  const add = (map: Map<string, bigint>, name: string, bits: bigint) =>
    map.set(name, (map.get(name) ?? 0n) | bits);
  for (const it of used) {
    if (it.caller !== '') add(callers, it.caller, it.weeks);
    if (it.model !== '') add(models, it.model, it.weeks);
    if (it.caller !== '' && it.model !== '') {
      add(pairs, JSON.stringify([it.caller, it.model]), it.weeks);
    }
  }
  return Array.from({ length: weeks }, (_, week) => {
    const bit = 1n << BigInt(week);
    const isIn = (bits: bigint) => (bits & bit) !== 0n;
    const isFirst = (bits: bigint) => isIn(bits) && (bits & (bit - 1n)) === 0n;
    const count = (map: Map<string, bigint>, test: (bits: bigint) => boolean) =>
      [...map.values()].filter(test).length;
    const fresh = (
      map: Map<string, bigint>,
      wasThere: (name: string) => boolean,
    ) =>
      [...map].filter(([name, bits]) => isFirst(bits) && !wasThere(name))
        .length;
    return {
      activeTeams: count(callers, isIn),
      newTeams: fresh(callers, isOld.caller),
      activeModels: count(models, isIn),
      newModels: fresh(models, isOld.model),
      pairs: count(pairs, isIn),
    };
  });
}
