import { FileSource, scanSource } from '../../packages/model-scanner/src';

/**
 * Scans one file in a process of its own and tells of it on one line: seconds
 * of the clock and of one processor, and the most memory that was in use.
 */
async function main() {
  const [file, rounds] = process.argv.slice(2);
  let best = { seconds: Infinity, cpu: Infinity };
  let verdict: string | undefined;
  for (let round = 0; round < Number(rounds); round++) {
    const source = await FileSource.open(file);
    const before = process.cpuUsage();
    const start = performance.now();
    ({ verdict } = await scanSource(source));
    const { user, system } = process.cpuUsage(before);
    best = {
      seconds: Math.min(best.seconds, (performance.now() - start) / 1000),
      cpu: Math.min(best.cpu, (user + system) / 1e6),
    };
    await source.close();
  }
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...best, peakMiB, verdict })}\n`);
}

void main();
