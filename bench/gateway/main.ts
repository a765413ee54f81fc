import { parseArgs } from 'node:util';
import { measureMemory } from './memory';
import { measureRevocation } from './revocation';
import { type Figure, measureThroughput } from './throughput';

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '9' },
      seconds: { type: 'string', default: '2' },
      /** `throughput`, `revocation` or `memory`. */
      only: { type: 'string' },
    },
  });
  const wants = (part: string) => !values.only || values.only === part;
  const figures: Figure[] = [];
  if (wants('throughput')) {
    figures.push(
      ...(await measureThroughput({
        rounds: Number(values.rounds),
        seconds: Number(values.seconds),
      })),
    );
  }
  if (wants('revocation')) {
    const value = await measureRevocation();
    figures.push({ metric: 'revocationP99Ms', value, unit: 'ms' });
  }
  if (wants('memory')) {
    const value = await measureMemory();
    figures.push({ metric: 'rssMiB100kKeys', value, unit: 'MiB' });
  }
  process.stdout.write('\n');
  for (const { metric, value, unit } of figures) {
    process.stdout.write(
      `${metric.padEnd(32)}${value.toFixed(2).padStart(10)} ${unit}\n`,
    );
  }
  if (values.json) {
    const rounded = figures.map(({ metric, value, unit }) => ({
      metric,
      value: Number(value.toFixed(3)),
      unit,
    }));
    process.stdout.write(
      `${JSON.stringify({ name: 'gateway', figures: rounded })}\n`,
    );
  }
  process.exit(0);
}

void main();
