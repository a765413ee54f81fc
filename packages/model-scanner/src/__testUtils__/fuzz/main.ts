import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { fuzzOne } from './fuzzOne';
import type { Task, Told } from './worker';

/** An input takes milliseconds; a busy machine may stand still for seconds. */
const LONGEST_MS = 20_000;
const MIB = 1024 * 1024;
/** Beyond what the first rounds take. */
const MOST_GROWTH = 48 * MIB;
const MOST_FAULTS = 20;

const TRANSFORM = require.resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
  {
    paths: [process.cwd()],
  },
);

/** Scans the inputs of one worker and watches over it. */
class Runner {
  readonly #task: Task;
  readonly #onFault: (index: number, fault: string) => void;
  readonly #present: Int32Array;
  readonly #heaps: number[] = [];
  #worker: Worker | undefined;
  #since = Date.now();
  #last: number;
  /** Took too long once, which a busy machine may be the reason of. */
  #slow: number | undefined;

  constructor(
    task: Omit<Task, 'progress'>,
    onFault: (index: number, fault: string) => void,
  ) {
    this.#task = { ...task, progress: new SharedArrayBuffer(4) };
    this.#onFault = onFault;
    this.#present = new Int32Array(this.#task.progress);
    this.#last = task.from;
    this.#start(task.from);
  }

  get scanned(): number {
    const { from, step } = this.#task;
    return Math.max(0, (Atomics.load(this.#present, 0) - from) / step);
  }

  /** Memory that is still in use after a collection, at first and last. */
  get heap(): { first: number; last: number } {
    return { first: this.#heaps[2] ?? 0, last: this.#heaps.at(-1) ?? 0 };
  }

  #start(from: number): void {
    Atomics.store(this.#present, 0, from);
    this.#since = Date.now();
    const worker = new Worker(path.join(__dirname, 'worker.ts'), {
      workerData: { ...this.#task, from },
      execArgv: ['--require', TRANSFORM],
    });
    worker.on('message', (told: Told) => {
      if ('fault' in told) this.#onFault(told.index, told.fault);
      else this.#grew(told.heap);
    });
    worker.on('error', error => {
      this.#onFault(this.#last, `the worker died: ${(error as Error).stack}`);
      this.#start(this.#last + this.#task.step);
    });
    this.#worker = worker;
  }

  #grew(heap: number): void {
    this.#heaps.push(heap);
    const { first } = this.heap;
    // What is in use for one input alone is gone the next time.
    const least = Math.min(...this.#heaps.slice(-3));
    if (first > 0 && least - first > MOST_GROWTH) {
      this.#onFault(
        this.#last,
        `memory grew to ${Math.round(least / MIB)} MiB`,
      );
    }
  }

  async watch(): Promise<void> {
    const now = Atomics.load(this.#present, 0);
    if (now !== this.#last) {
      this.#last = now;
      this.#since = Date.now();
    } else if (Date.now() - this.#since > LONGEST_MS) {
      await this.#worker?.terminate();
      const isCertain = this.#slow === now;
      this.#slow = now;
      if (isCertain) {
        this.#onFault(now, `took more than ${LONGEST_MS / 1000} s, twice`);
      }
      this.#start(isCertain ? now + this.#task.step : now);
    }
  }

  async stop(): Promise<void> {
    this.#worker?.removeAllListeners('error');
    await this.#worker?.terminate();
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      inputs: { type: 'string', default: 'Infinity' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      /** Index of one input, as a fault names it. */
      only: { type: 'string' },
    },
  });
  const seed = Number(values.seed);
  if (values.only) {
    const fault = await fuzzOne(seed, Number(values.only));
    process.stdout.write(`${fault ?? 'nothing is wrong with it'}\n`);
    process.exit(fault ? 1 : 0);
  }
  const faults: string[] = [];
  const onFault = (index: number, fault: string) => {
    faults.push(fault);
    if (faults.length <= MOST_FAULTS) {
      process.stdout.write(`--seed ${seed} --only ${index}: ${fault}\n`);
    }
  };
  const step = Number(values.workers);
  const runners = Array.from(
    { length: step },
    (_, from) => new Runner({ seed, from, step }, onFault),
  );
  const scanned = () => runners.reduce((sum, it) => sum + it.scanned, 0);
  const start = Date.now();
  const end = start + Number(values.seconds) * 1000;
  while (
    Date.now() < end &&
    scanned() < Number(values.inputs) &&
    faults.length < MOST_FAULTS
  ) {
    await new Promise(resolve => setTimeout(resolve, 250));
    await Promise.all(runners.map(runner => runner.watch()));
  }
  const seconds = (Date.now() - start) / 1000;
  const inputs = scanned();
  await Promise.all(runners.map(runner => runner.stop()));
  const heap = runners
    .map(({ heap: { first, last } }) =>
      [first, last].map(it => Math.round(it / MIB)).join(' → '),
    )
    .join(', ');
  process.stdout.write(
    `${inputs} inputs in ${seconds.toFixed(0)} s (${Math.round(
      inputs / seconds,
    )}/s), seed ${seed}, ${faults.length} faults, memory ${heap} MiB\n`,
  );
  process.exit(faults.length > 0 ? 1 : 0);
}

void main();
