import type {
  Objective,
  ObjectivePerformance,
} from '@modelhub/backstage-plugin-models-common';

const HOUR_MS = 3_600_000;

export const objective = (given: Partial<Objective> = {}): Objective => ({
  id: 'o-1',
  plane: 'data',
  kind: 'availability',
  model: 'meta/llama',
  entityRef: 'model:meta/llama',
  title: 'Llama',
  target: 0.999,
  windowDays: 28,
  notify: [],
  version: 3,
  updatedBy: 'user:default/dana',
  updatedAt: '2026-11-20T10:00:00.000Z',
  mayChange: true,
  state: 'kept',
  events: 10_000,
  good: 9_996,
  kept: 0.9996,
  budgetLeft: 0.6,
  fewEvents: false,
  burn: {
    fiveMinutes: 0,
    halfHour: 0,
    hour: 0.4,
    sixHours: 0.2,
    threeDays: 0.5,
  },
  alerts: [],
  ...given,
});

export const gateways = (given: Partial<Objective> = {}): Objective =>
  objective({
    id: 'o-2',
    plane: 'control',
    kind: 'gateway-availability',
    model: undefined,
    entityRef: undefined,
    title: undefined,
    defaultOf: 'control-plane',
    updatedBy: 'default',
    mayChange: false,
    ...given,
  });

export function performanceOf(): ObjectivePerformance {
  const last = Date.parse('2026-11-22T04:00:00.000Z');
  return {
    days: [
      { day: '2026-11-21', events: 500, good: 500, burn: 0, budgetLeft: 0.8 },
      { day: '2026-11-22', events: 500, good: 499, burn: 2, budgetLeft: 0.6 },
    ],
    hours: Array.from({ length: 72 }, (_, n) => ({
      at: new Date(last - (71 - n) * HOUR_MS).toISOString(),
      events: n === 71 ? 100 : 0,
      good: n === 71 ? 99 : 0,
      burn: n === 71 ? 10 : 0,
    })),
  };
}
