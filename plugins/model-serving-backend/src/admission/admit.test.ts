import { admit, inTurn, type Holding, type Waiting } from './admit';

const asks = (team: string, pk: number, gpus = 1, engine = 'e'): Waiting => ({
  id: `${team}${pk}`,
  team,
  engine,
  gpus,
  queued: pk,
  pk,
});
const holds = (team: string, gpus = 1, engine = 'e'): Holding => ({
  team,
  gpus,
  engine,
});

const decide = (
  waiting: Waiting[],
  options: {
    holding?: Holding[];
    room?: object;
    limit?: { gpus: number; endpoints: number };
    last?: Array<[string, number]>;
  } = {},
) =>
  admit({
    waiting,
    holding: options.holding ?? [],
    last: new Map(options.last),
    limitOf: () => options.limit ?? { gpus: 100, endpoints: 100 },
    roomOf: () => options.room ?? {},
  });

const told = (places: ReturnType<typeof admit>) =>
  places.map(({ id, position }) => `${id}:${position}`);

it('takes teams in turn, and first come within a team', () => {
  const waiting = [
    asks('a', 1),
    asks('a', 2),
    asks('a', 3),
    asks('b', 4),
    asks('c', 5),
  ];
  expect(inTurn(waiting, new Map()).map(({ id }) => id)).toEqual([
    'a1',
    'b4',
    'c5',
    'a2',
    'a3',
  ]);
  // Who was admitted longest ago comes first.
  expect(
    inTurn(
      waiting,
      new Map([
        ['a', 90],
        ['c', 10],
        ['b', 20],
      ]),
    ).map(({ id }) => id),
  ).toEqual(['c5', 'b4', 'a1', 'a2', 'a3']);
});

it('admits as long as there is room, and says the place of the others', () => {
  const places = decide([asks('a', 1), asks('a', 2), asks('b', 3)], {
    room: { gpus: 3 },
    holding: [holds('x', 2)],
  });
  expect(told(places)).toEqual(['a1:0', 'b3:1', 'a2:2']);
  expect(places[1].reason).toBe(
    '3 of 3 GPUs of the engine are taken, and this one takes 1. It begins when enough of them are free.',
  );
});

it('lets no small one pass a large one that waits for the same engine', () => {
  const places = decide([asks('a', 1, 4), asks('b', 2), asks('c', 3, 1, 'f')], {
    room: { gpus: 4 },
    holding: [holds('x', 1)],
  });
  expect(told(places)).toEqual(['a1:1', 'b2:2', 'c3:0']);
});

it('holds up a team at its quota, and nobody else', () => {
  const places = decide([asks('a', 1, 2), asks('a', 2), asks('b', 3)], {
    limit: { gpus: 2, endpoints: 5 },
    holding: [holds('a', 1)],
  });
  expect(told(places)).toEqual(['a1:1', 'b3:0', 'a2:2']);
  expect(places[0].reason).toMatch(/Your team holds 1 of at most 2 GPUs/);
  expect(
    decide([asks('a', 1)], {
      limit: { gpus: 9, endpoints: 1 },
      holding: [holds('a', 0)],
    })[0].reason,
  ).toMatch(/1 of at most 1 endpoints/);
});

it('begins nothing at an engine that is closed', () => {
  expect(decide([asks('a', 1)], { room: { closed: 'It is away.' } })).toEqual([
    { id: 'a1', engine: 'e', position: 1, reason: 'It is away.' },
  ]);
});

it('never admits more than there is, whoever waits for what', () => {
  // A cheap generator; each seed is another crowd.
  for (let seed = 1; seed <= 300; seed++) {
    let state = seed;
    const random = (n: number) => {
      state = (state * 48271) % 2147483647;
      return state % n;
    };
    const waiting = Array.from({ length: random(30) }, (_, pk) =>
      asks(`t${random(4)}`, pk, random(5), `e${random(2)}`),
    );
    const holding = Array.from({ length: random(4) }, () =>
      holds(`t${random(4)}`, 1, `e${random(2)}`),
    );
    const limit = { gpus: 4 + random(6), endpoints: 4 + random(4) };
    const room = { gpus: 4 + random(8), endpoints: 4 + random(6) };
    const places = decide(waiting, { holding, limit, room });
    expect(places).toHaveLength(waiting.length);
    const admitted = places
      .filter(({ position }) => position === 0)
      .map(({ id }) => waiting.find(it => it.id === id)!);
    const all = [...holding, ...admitted];
    for (const by of ['team', 'engine'] as const) {
      for (const key of new Set(all.map(it => it[by]))) {
        const own = all.filter(it => it[by] === key);
        const most = by === 'team' ? limit : room;
        expect(own.length).toBeLessThanOrEqual(most.endpoints);
        expect(
          own.reduce((sum, { gpus }) => sum + gpus, 0),
        ).toBeLessThanOrEqual(most.gpus);
      }
    }
    for (const engine of ['e0', 'e1']) {
      const positions = places
        .filter(it => it.engine === engine && it.position > 0)
        .map(({ position }) => position);
      expect(positions).toEqual(positions.map((_, n) => n + 1));
    }
  }
});
