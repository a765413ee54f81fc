import { mockServices } from '@backstage/backend-test-utils';
import type { ModelSweep, SweepResult } from './ModelSweep';
import { SweepSchedule } from './SweepSchedule';

const NOTHING = { upserted: 0, removed: 0, standings: 0, ratings: 0 };

it('tells of sweeps that changed the list, and of no others', async () => {
  const results: SweepResult[] = [
    { ...NOTHING, upserted: 3 },
    NOTHING,
    { ...NOTHING, ratings: 1 },
    { ...NOTHING, standings: 1 },
    { ...NOTHING, removed: 1 },
  ];
  const scheduler = mockServices.scheduler();
  const told: number[] = [];
  const schedule = await SweepSchedule.create({
    scheduler,
    logger: mockServices.logger.mock(),
    sweep: { run: async () => results.shift() } as unknown as ModelSweep,
    frequency: { hours: 1 },
    onChange: () => told.push(results.length),
  });
  while (results.length > 0) await schedule.nudge();
  expect(told).toEqual([4, 2, 1, 0]);
});
