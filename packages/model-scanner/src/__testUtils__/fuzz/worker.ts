import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { fuzzOne } from './fuzzOne';

/** What a worker is told when it starts. */
export interface Task {
  seed: number;
  /** The first input, and how far apart its inputs are. */
  from: number;
  step: number;
  /** Receives the index of the input that is being scanned. */
  progress: SharedArrayBuffer;
}

/** What a worker tells of an input that went wrong, or of its memory. */
export type Told = { index: number; fault: string } | { heap: number };

const WATCHED = 2_000;

async function main() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const { seed, from, step, progress } = workerData as Task;
  const present = new Int32Array(progress);
  const tell = (told: Told) => parentPort?.postMessage(told);
  for (let index = from, count = 0; ; index += step, count++) {
    Atomics.store(present, 0, index);
    const fault = await fuzzOne(seed, index);
    if (fault) tell({ index, fault });
    if (count % WATCHED === WATCHED - 1) {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      tell({ heap: heapUsed + external });
      // Messages go out, and streams that ended are let go.
      await new Promise(resolve => setImmediate(resolve));
    }
  }
}

void main();
