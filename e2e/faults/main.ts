/* Prints what a run of faults came to; ends with 1 when something was wrong. */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { LightPlane } from '../../packages/model-gateway/src/__testUtils__/faults/LightPlane';
import type { Plane } from '../../packages/model-gateway/src/__testUtils__/faults/Plane';
import { runFaults } from '../../packages/model-gateway/src/__testUtils__/faults/runFaults';
import { tableOf } from '../../packages/model-gateway/src/__testUtils__/faults/tableOf';
import { postgresAt, sqliteIn } from './Databases';
import { RealPlane } from './RealPlane';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string' },
    plane: { type: 'string', default: 'postgres' },
  },
});
const say = (words: string) => process.stdout.write(`${words}\n`);
const seed = Number(values.seed ?? Date.now() % 1_000_000);

async function planeIn(folder: string): Promise<Plane> {
  const { FAULTS_POSTGRES_URL: url } = process.env;
  switch (values.plane) {
    case 'light':
      return LightPlane.create(folder);
    case 'sqlite':
      return RealPlane.create(folder, {
        databases: sqliteIn(folder),
        replicas: 1,
      });
    case 'postgres':
      if (!url) {
        throw new Error('FAULTS_POSTGRES_URL is not set: run npm run faults');
      }
      return RealPlane.create(folder, {
        databases: postgresAt(url, `${process.pid}`),
        replicas: 2,
      });
    default:
      throw new Error(
        `--plane is postgres, sqlite or light, and not '${values.plane}'`,
      );
  }
}

runFaults({ seconds: Number(values.seconds), seed, planeIn, say }).then(
  report => {
    const { lines, good } = tableOf(report);
    lines.forEach(say);
    if (good) {
      fs.rmSync(report.folder, { recursive: true });
    } else {
      fs.writeFileSync(
        `${report.folder}/report.json`,
        JSON.stringify({ ...report, evidence: undefined }, undefined, 2),
      );
      say(`What was written down is in ${report.folder}`);
    }
    process.exit(good ? 0 : 1);
  },
  error => {
    say(`The run failed (seed ${seed}): ${(error as Error).stack}`);
    process.exit(1);
  },
);
