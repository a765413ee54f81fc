import fs from 'node:fs';
import { runFaults } from './__testUtils__/faults/runFaults';

// Six processes that are killed and started again.
jest.setTimeout(180_000);

it('holds while its parts are killed', async () => {
  const report = await runFaults({ seconds: 10, seed: 20261121 });
  const { verdict, evidence, kills, findings } = report;
  expect(verdict).toMatchObject({
    unapproved: [],
    lost: [],
    doubled: [],
    invented: [],
    stuck: [],
  });
  expect(findings).toEqual([]);
  // And the run was one.
  const answered = evidence.calls.filter(({ status }) => status === 200);
  expect(answered.length).toBeGreaterThan(50);
  expect(evidence.ingested.length).toBeGreaterThan(50);
  expect(
    Object.values(kills).reduce((sum, count) => sum + count, 0),
  ).toBeGreaterThan(1);
  fs.rmSync(report.folder, { recursive: true });
});
