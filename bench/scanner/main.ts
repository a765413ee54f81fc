import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makePickle, makeSafetensors, makeSparseTorch } from './makeFiles';

interface Measured {
  /** Of the clock, and of all processors together. */
  seconds: number;
  cpu: number;
  peakMiB?: number;
  verdict?: string;
}

const TRANSFORM = require.resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
  { paths: [process.cwd()] },
);

function run(command: string, args: string[]): Measured | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured;
}

function scan(file: string, rounds: number): Measured {
  const measured = run(process.execPath, [
    ...['--require', TRANSFORM, path.join(__dirname, 'scanFile.ts')],
    ...[file, String(rounds)],
  ]);
  if (measured?.verdict !== 'clean') {
    throw new Error(`${file} was not scanned: ${JSON.stringify(measured)}`);
  }
  return measured;
}

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '3' },
      /** MiB of the pickle and of the weights, GiB of the file without content. */
      pickle: { type: 'string', default: '32' },
      weights: { type: 'string', default: '1024' },
      sparse: { type: 'string', default: '20' },
    },
  });
  const rounds = Number(values.rounds);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-scanner-'));
  const line = (text: string) => process.stdout.write(`${text}\n`);
  try {
    const pickle = await makePickle(folder, Number(values.pickle));
    const megabytes = (await stat(pickle)).size / 1e6;
    const ours = scan(pickle, rounds);
    const pickleMBps = megabytes / ours.cpu;
    line(
      `opcode-heavy pickle, ${megabytes.toFixed(
        0,
      )} MB, MB per second of processor time`,
    );
    line(`  modelhub, with digest        ${pickleMBps.toFixed(1)}`);
    const script = path.join(__dirname, 'peers.py');
    const peers = (['loop', 'listed'] as const).map(what => {
      const measured = run('python3', [script, pickle, what]);
      const mbps = measured && megabytes / measured.cpu;
      const title =
        what === 'loop'
          ? 'pickletools.genops alone'
          : 'the same, kept and looked at';
      line(
        `  ${title.padEnd(29)}${
          mbps
            ? `${mbps.toFixed(1)}  (${(pickleMBps / mbps).toFixed(
                0,
              )} times slower)`
            : 'python3 is not there'
        }`,
      );
      return mbps;
    });

    const weights = await makeSafetensors(folder, Number(values.weights));
    const size = (await stat(weights)).size / 1e6;
    // Twice, so that the file is in memory for whoever comes first.
    const opaque = scan(weights, Math.max(2, rounds));
    const opaqueMBps = size / opaque.seconds;
    line(`weights in safetensors, ${size.toFixed(0)} MB`);
    line(
      `  modelhub                     ${opaqueMBps.toFixed(
        0,
      )} MB/s, ${opaque.seconds.toFixed(1)} s`,
    );
    const start = performance.now();
    const sum = spawnSync('sha256sum', [weights]);
    const summed =
      sum.status === 0 ? (performance.now() - start) / 1000 : undefined;
    if (summed) {
      line(
        `  sha256sum                    ${(size / summed).toFixed(
          0,
        )} MB/s, ${summed.toFixed(1)} s`,
      );
    }
    await rm(weights);

    const sparse = await makeSparseTorch(folder, Number(values.sparse));
    const large = scan(sparse, 1);
    line(`${values.sparse} GiB of torch: ${large.seconds.toFixed(0)} s`);
    const peakMiB = Math.max(
      ...[ours, opaque, large].map(it => it.peakMiB ?? 0),
    );
    line(`most memory of the three: ${peakMiB.toFixed(0)} MiB`);

    if (values.json) {
      const figure = (
        metric: string,
        value: number | undefined,
        unit: string,
      ) =>
        value === undefined
          ? []
          : [{ metric, value: Number(value.toFixed(1)), unit }];
      const figures = [
        ...figure('pickleMBps', pickleMBps, 'MB/s'),
        ...figure('opaqueMBps', opaqueMBps, 'MB/s'),
        ...figure('peakMiB', peakMiB, 'MiB'),
        ...figure('genopsMBps', peers[0], 'MB/s'),
        ...figure('genopsListedMBps', peers[1], 'MB/s'),
        ...figure('sha256sumMBps', summed && size / summed, 'MB/s'),
        ...figure('largeFileSeconds', large.seconds, 's'),
      ];
      line(JSON.stringify({ name: 'scanner', figures }));
    }
    process.exitCode = pickleMBps >= 36 && peakMiB < 256 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main();
