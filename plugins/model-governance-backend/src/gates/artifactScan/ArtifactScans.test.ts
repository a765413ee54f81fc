import { systemClock } from '@modelhub/backstage-plugin-models-node';
import { migratedDatabase } from '../../__testUtils__/databases';
import { ArtifactScans } from './ArtifactScans';
import type { ScanOutcome } from './ScanResult';

const unreachable: ScanOutcome = {
  type: 'unreachable',
  reason: 'unavailable',
  message: 'later',
  isTransient: true,
};
const artifact = { uri: 'https://models.example/tiny.safetensors' };

/** Scans that end when the test says so. */
async function open() {
  const { transactions } = await migratedDatabase('SQLITE_3');
  const asked: Array<{ uri: string; end: () => void }> = [];
  const told: string[] = [];
  const scans = ArtifactScans.create({
    transactions,
    clock: systemClock,
    config: {
      access: { schemes: ['https'] },
      env: {},
      logins: {},
      timeoutSeconds: 60,
      memoryMiB: 64,
      concurrency: 1,
    },
    scanner: {
      scan: ({ uri }, { signal }) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          asked.push({ uri, end: () => resolve(unreachable) });
        }),
    },
  });
  const scan = (changes: { uri?: string; signal?: AbortSignal } = {}) =>
    scans.scan(
      { ...artifact, ...(changes.uri && { uri: changes.uri }) },
      {
        signal: changes.signal ?? new AbortController().signal,
        progress: ({ message }) => told.push(message),
      },
    );
  const until = async (count: number) => {
    while (asked.length < count) await new Promise(setImmediate);
  };
  return { scan, asked, told, until };
}

it('scans once for those who ask for the same at the same time', async () => {
  const { scan, asked, told, until } = await open();
  const both = Promise.all([scan(), scan()]);
  const other = scan({ uri: 'https://models.example/other.safetensors' });
  await until(2);
  expect(told).toContain('Waiting for another check of these files');
  for (const { end } of asked) end();
  expect(await both).toEqual([unreachable, unreachable]);
  await other;
  expect(asked.map(({ uri }) => uri)).toHaveLength(2);
  const again = scan();
  await until(3);
  asked[2].end();
  expect(await again).toEqual(unreachable);
});

it('scans itself when the one that it waited for was called off', async () => {
  const { scan, asked, until } = await open();
  const stopping = new AbortController();
  const first = scan({ signal: stopping.signal });
  const second = scan();
  await until(1);
  stopping.abort(new Error('withdrawn'));
  await expect(first).rejects.toThrow('withdrawn');
  await until(2);
  asked[1].end();
  expect(await second).toEqual(unreachable);
});

it('does not wait on when it is called off itself', async () => {
  const { scan, asked, until } = await open();
  const first = scan();
  const stopping = new AbortController();
  const second = scan({ signal: stopping.signal });
  await until(1);
  stopping.abort(new Error('withdrawn'));
  await expect(second).rejects.toThrow('withdrawn');
  asked[0].end();
  expect(await first).toEqual(unreachable);
});
