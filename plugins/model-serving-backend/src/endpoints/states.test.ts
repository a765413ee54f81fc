import {
  ENDPOINT_COMMANDS,
  ENDPOINT_STATES,
  HOLDING,
  LAST,
  transit,
  WANTED,
  type EndpointCommand,
} from './states';

const possible = ENDPOINT_STATES.flatMap(state =>
  ENDPOINT_COMMANDS.flatMap(command => {
    const next = transit(state, command);
    return next
      ? [`${state} ${command} ${next.state} ${next.endAs ?? '-'}`]
      : [];
  }),
);

it('allows these and nothing else', () => {
  expect(possible).toEqual([
    'checking approved queued -',
    'checking refuse refused refused',
    'checking stop ended ended',
    'checking fail failed failed',
    'queued refuse refused refused',
    'queued admit starting -',
    'queued stop ended ended',
    'queued fail failed failed',
    'starting refuse stopping refused',
    'starting ready ready -',
    'starting stop stopping ended',
    'starting fail stopping failed',
    'ready extend ready -',
    'ready stop stopping ended',
    'ready fail stopping failed',
    'stopping gone ended -',
  ]);
});

it.each(['ended', 'failed', 'refused'] as const)(
  'ends as it was to end: %s',
  end => {
    expect(transit('stopping', 'gone', end)).toEqual({ state: end });
  },
);

/** All ways from a state, up to a length. */
function ways(from: (typeof ENDPOINT_STATES)[number], length: number) {
  const found: Array<Array<[EndpointCommand, string]>> = [];
  const walk = (
    state: (typeof ENDPOINT_STATES)[number],
    way: Array<[EndpointCommand, string]>,
  ) => {
    found.push(way);
    if (way.length === length) return;
    for (const command of ENDPOINT_COMMANDS) {
      const next = transit(state, command);
      if (next) walk(next.state, [...way, [command, next.state]]);
    }
  };
  walk(from, []);
  return found;
}

it('never leaves what an engine may hold but by "gone"', () => {
  const holding: string[] = HOLDING;
  const left = ways('checking', 7)
    .flatMap(way =>
      way.map(([command, state], n) => ({
        command,
        state,
        before: n === 0 ? 'checking' : way[n - 1][1],
      })),
    )
    .filter(
      ({ before, state }) =>
        holding.includes(before) && !holding.includes(state),
    );
  expect(new Set(left.map(({ command }) => command))).toEqual(
    new Set(['gone']),
  );
});

it('can be ended from wherever somebody wants it', () => {
  for (const state of WANTED) {
    expect([...LAST, 'stopping']).toContain(transit(state, 'stop')?.state);
    expect([...LAST, 'stopping']).toContain(transit(state, 'fail')?.state);
  }
});
