import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shareSpent } from './budget';
import { DEFAULT_GUARD } from './rules';
import {
  alertsOf,
  lastMinutes,
  simulate,
  type Alert,
} from './__testUtils__/incidents';

const DAY = 24 * 60;
const RUNS = 5;
/** Calm before: as long as the longest window. */
const CALM = 3 * DAY;
const TARGET = 0.999;
const WINDOW_DAYS = 28;
/** Of calls that fail in calm times: a fifth of the budget. */
const CALM_FAILING = 0.0002;

const medianOf = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const timeText = (minutes: number) => {
  if (minutes < 90) return `${minutes} min`;
  return `${(minutes / 60).toFixed(1)} h`;
};

interface Incident {
  name: string;
  failing: number;
  /** How long it goes on. */
  minutes: number;
  callsPerHour: number;
  /** Minutes after which somebody has heard of it. */
  within: number;
}

const BUSY = 3_600;

const incidents: Incident[] = [
  {
    name: 'Everything fails',
    failing: 1,
    minutes: 60,
    callsPerHour: BUSY,
    within: 2,
  },
  {
    name: 'Half of it fails',
    failing: 0.5,
    minutes: 60,
    callsPerHour: BUSY,
    within: 4,
  },
  {
    name: '5 % fail',
    failing: 0.05,
    minutes: 360,
    callsPerHour: BUSY,
    within: 30,
  },
  {
    name: '1 % fails',
    failing: 0.01,
    minutes: DAY,
    callsPerHour: BUSY,
    within: 300,
  },
  {
    name: '0.3 % fail',
    failing: 0.003,
    minutes: 3 * DAY,
    callsPerHour: BUSY,
    within: 36 * 60,
  },
  {
    name: 'Everything fails, 60 calls an hour',
    failing: 1,
    minutes: 60,
    callsPerHour: 60,
    within: 8,
  },
];

/** When the first alert of an incident came, and what the rest says. */
function play({ failing, minutes, callsPerHour }: Incident, seed: number) {
  const sums = simulate({
    seed,
    minutes: CALM + minutes + 2 * 60,
    callsPerHour,
    failing: minute =>
      minute >= CALM && minute < CALM + minutes ? failing : CALM_FAILING,
  });
  const alerts = alertsOf(sums, TARGET, { from: CALM - 60 });
  const early = alerts.filter(({ openedAt }) => openedAt <= CALM);
  const [first] = alerts.filter(({ openedAt }) => openedAt > CALM);
  return { sums, alerts, early, first: first as Alert | undefined };
}

const table: string[][] = [];

describe('simulated incidents of an objective of 99.9 %', () => {
  it.each(incidents)('$name', incident => {
    const runs = Array.from({ length: RUNS }, (_, n) => play(incident, n + 1));
    expect(runs.flatMap(({ early }) => early)).toEqual([]);
    const found = runs.flatMap(({ first }) => first ?? []);
    expect(found).toHaveLength(RUNS);
    const after = medianOf(found.map(({ openedAt }) => openedAt - CALM));
    const { sums, first } = runs[0];
    const spent = shareSpent(
      incident.failing / (1 - TARGET),
      after * 60_000,
      WINDOW_DAYS,
    );
    expect(after).toBeLessThanOrEqual(incident.within);
    expect(lastMinutes(sums, CALM, 60 * 60_000).total).toBeGreaterThan(0);
    // An incident is one alert of its severity, however long it is.
    const same = runs[0].alerts.filter(
      ({ severity }) => severity === first?.severity,
    );
    expect(same).toHaveLength(1);
    table.push([
      incident.name,
      found[0].severity === 'page' ? 'page' : 'ticket',
      `${timeText(after)}`,
      `${(spent * 100).toFixed(1)} %`,
    ]);
  });

  it('raises no alert on traffic that keeps it', () => {
    const withoutGuard: number[] = [];
    for (const callsPerHour of [6, 60, 600]) {
      const sums = simulate({
        seed: callsPerHour,
        minutes: 60 * DAY,
        callsPerHour,
        // Half of the budget.
        failing: () => 0.0005,
      });
      const look = { from: CALM, everyMinutes: 5 };
      const told = alertsOf(sums, TARGET, look);
      const unguarded = alertsOf(sums, TARGET, {
        ...look,
        guard: { events: 1, failures: 1, deviations: 0 },
      });
      expect(told).toEqual([]);
      const without = unguarded.filter(({ severity }) => severity === 'page');
      table.push([
        `Nothing: 60 days, ${callsPerHour} calls an hour`,
        `${told.length} false pages`,
        `${without.length} without the guard`,
        '',
      ]);
      withoutGuard.push(without.length);
    }
    // With few calls, alerts without it would be about chance.
    expect(withoutGuard[0]).toBeGreaterThan(0);
  });

  it('is what the documentation prints', () => {
    const docs = readFileSync(
      join(__dirname, '../../../../../docs/usage/slos.md'),
      'utf8',
    );
    const printed = docs
      .split('\n')
      .filter(line => line.startsWith('| '))
      .map(line =>
        line
          .split('|')
          .slice(1, -1)
          .map(cell => cell.trim()),
      );
    for (const row of table) expect(printed).toContainEqual(row);
    expect(table.length).toBe(incidents.length + 3);
    expect(DEFAULT_GUARD).toEqual({
      events: 30,
      failures: 5,
      deviations: 2,
    });
  });
});
