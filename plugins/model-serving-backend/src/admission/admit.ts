/** What waits for room. */
export interface Waiting {
  id: string;
  team: string;
  engine: string;
  gpus: number;
  /** The hub's time at which it was queued. */
  queued: number;
  /** Of those at the same moment the smaller comes first. */
  pk: number;
}

/** What holds something at an engine. */
export interface Holding {
  team: string;
  engine: string;
  gpus: number;
}

/** What a team may hold at once. */
export interface TeamLimit {
  gpus: number;
  endpoints: number;
}

/** What an engine takes at once. */
export interface EngineRoom {
  /** Why nothing is begun there now, for people. */
  closed?: string;
  gpus?: number;
  endpoints?: number;
}

/** What becomes of one that waits. */
export interface Place {
  id: string;
  engine: string;
  /** 0 for one that is admitted; else how many are before it at its engine, and itself. */
  position: number;
  /** What it waits for, for people. */
  reason?: string;
}

interface Used {
  gpus: number;
  endpoints: number;
}

const count = (map: Map<string, Used>, key: string): Used => {
  const used = map.get(key) ?? { gpus: 0, endpoints: 0 };
  map.set(key, used);
  return used;
};

/**
 * Those that wait in the order of their turn: the first of each team, then the
 * second of each, and so on; the team comes first that has waited longest since
 * one of its own was admitted.
 *
 * @param last - when one of a team's was admitted last, by the hub's time
 */
export function inTurn(
  waiting: Waiting[],
  last: ReadonlyMap<string, number>,
): Waiting[] {
  const teams = new Map<string, Waiting[]>();
  const first = [...waiting].sort((a, b) => a.queued - b.queued || a.pk - b.pk);
  for (const one of first) {
    teams.set(one.team, [...(teams.get(one.team) ?? []), one]);
  }
  const order = [...teams].sort(
    ([a, [one]], [b, [other]]) =>
      (last.get(a) ?? 0) - (last.get(b) ?? 0) ||
      one.queued - other.queued ||
      one.pk - other.pk,
  );
  const rounds = Math.max(0, ...order.map(([, own]) => own.length));
  return Array.from({ length: rounds }, (_, round) =>
    order.flatMap(([, own]) => own[round] ?? []),
  ).flat();
}

const gpuWords = (gpus: number) => `${gpus} ${gpus === 1 ? 'GPU' : 'GPUs'}`;

function teamProblem(used: Used, limit: TeamLimit, gpus: number) {
  if (used.endpoints + 1 > limit.endpoints) {
    return `Your team has ${used.endpoints} of at most ${limit.endpoints} endpoints. It begins when one of them ends; stop one that nobody needs.`;
  }
  if (gpus > 0 && used.gpus + gpus > limit.gpus) {
    return `Your team holds ${used.gpus} of at most ${gpuWords(
      limit.gpus,
    )}, and this one takes ${gpus}. It begins when enough of them are free; stop an endpoint that nobody needs.`;
  }
  return undefined;
}

function roomProblem(used: Used, room: EngineRoom, gpus: number) {
  if (room.closed !== undefined) return room.closed;
  if (room.endpoints !== undefined && used.endpoints + 1 > room.endpoints) {
    return `All ${room.endpoints} places of the engine are taken. It begins when one is free.`;
  }
  if (room.gpus !== undefined && gpus > 0 && used.gpus + gpus > room.gpus) {
    return `${used.gpus} of ${gpuWords(
      room.gpus,
    )} of the engine are taken, and this one takes ${gpus}. It begins when enough of them are free.`;
  }
  return undefined;
}

/**
 * Who is admitted now, and the place of everybody else. One that waits for its
 * team's quota holds up its own team only; one that waits for an engine's room
 * holds up all behind it there, so that a large one is not passed by small ones
 * for ever.
 */
export function admit(options: {
  waiting: Waiting[];
  holding: Holding[];
  /** When one of a team's was admitted last. */
  last: ReadonlyMap<string, number>;
  limitOf(team: string): TeamLimit;
  roomOf(engine: string): EngineRoom;
}): Place[] {
  const { waiting, holding, last, limitOf, roomOf } = options;
  const byTeam = new Map<string, Used>();
  const byEngine = new Map<string, Used>();
  const take = (team: string, engine: string, gpus: number) => {
    for (const used of [count(byTeam, team), count(byEngine, engine)]) {
      used.gpus += gpus;
      used.endpoints += 1;
    }
  };
  for (const { team, engine, gpus } of holding) take(team, engine, gpus);

  const heldUpTeams = new Map<string, string>();
  const heldUpEngines = new Map<string, string>();
  const ahead = new Map<string, number>();
  return inTurn(waiting, last).map(({ id, team, engine, gpus }) => {
    const room = roomOf(engine);
    const quota =
      heldUpTeams.get(team) ??
      teamProblem(count(byTeam, team), limitOf(team), gpus);
    const full =
      heldUpEngines.get(engine) ??
      roomProblem(count(byEngine, engine), room, gpus);
    if (quota !== undefined) heldUpTeams.set(team, quota);
    else if (full !== undefined) heldUpEngines.set(engine, full);
    const reason = quota ?? full;
    if (reason === undefined) {
      take(team, engine, gpus);
      return { id, engine, position: 0 };
    }
    const position = (ahead.get(engine) ?? 0) + 1;
    ahead.set(engine, position);
    return { id, engine, position, reason };
  });
}
