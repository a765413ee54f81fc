import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { added, packOf, sums } from '../__testUtils__/packOf';
import { startEndpoint, type Said } from '../__testUtils__/startEndpoint';
import type { Scorer } from '../scorers';
import { FileJournal, runPack, type RunPackOptions } from '.';

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;
let server: Endpoint;
let say: (last: string, number: number) => Said | string;
let folder: string;
let file: string;

beforeAll(async () => {
  server = await startEndpoint((asked, number) => say(asked.last, number));
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.asked.length = 0;
  say = added;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'journal-'));
  file = path.join(folder, 'runs', 'sums.jsonl');
});
afterEach(() => fs.rm(folder, { recursive: true }));

const run = async (options: Partial<RunPackOptions> = {}) =>
  runPack({
    pack: options.pack ?? (await packOf({ cases: sums(40) })),
    endpoint: server.endpoint,
    model: 'acme/adder',
    concurrency: 4,
    backoffMs: 5,
    resamples: 100,
    journal: FileJournal.create(file),
    ...options,
  });

const questions = () => server.asked.map(({ last }) => last);
const rest = ({
  finishedAt: _,
  settings: _s,
  ...it
}: object & {
  finishedAt?: string;
  settings?: object;
}) => it;

it('drains, goes on, and asks no case twice', async () => {
  const draining = new AbortController();
  say = (last, number) => {
    if (number === 14) draining.abort();
    return added(last);
  };
  const first = await run({ draining: draining.signal });
  expect(first.partial).toBe(true);
  // What was under way has been finished.
  expect(first.cases.ids).toHaveLength(server.asked.length);
  const progress: number[] = [];
  const second = await run({ onProgress: it => progress.push(it.resumed) });
  expect(questions()).toHaveLength(40);
  expect(new Set(questions()).size).toBe(40);
  expect(second.partial).toBeUndefined();
  expect(second.cases.scores.right).toEqual(new Array(40).fill(1));
  expect(second.startedAt).toBe(first.startedAt);
  expect(second.settings.resumedCases).toBe(first.cases.ids.length);
  expect(progress[0]).toBe(first.cases.ids.length);
  // All is there: nothing is asked, and the same comes of it.
  const third = await run();
  expect(questions()).toHaveLength(40);
  expect(rest(third)).toEqual(rest(second));
});

it('ends at once when it is aborted, and keeps what was answered', async () => {
  const aborting = new AbortController();
  const never = new Promise(() => {});
  say = (last, number) => {
    if (number < 10) return added(last);
    // All the others are under way for ever.
    if (number === 13) setImmediate(() => aborting.abort());
    return { after: never };
  };
  const first = await run({ signal: aborting.signal });
  expect(first).toMatchObject({ partial: true });
  expect(first.cases.ids).toHaveLength(10);
  expect(first.cases.outcomes).not.toContain('failed');
  const answered = new Set(questions().slice(0, 10));
  server.asked.length = 0;
  say = added;
  await run();
  expect(questions().filter(it => answered.has(it))).toEqual([]);
  expect(server.asked).toHaveLength(30);
});

it('says it when there was nothing yet', async () => {
  await expect(run({ signal: AbortSignal.abort() })).rejects.toThrow(
    'stopped before the first case',
  );
});

it('asks cases without an answer again, and no others', async () => {
  say = last => (last === '7+7' ? { status: 400 } : added(last));
  expect((await run()).cases.outcomes[7]).toBe('failed');
  server.asked.length = 0;
  say = added;
  const again = await run();
  expect(questions()).toEqual(['7+7']);
  expect(again.cases.outcomes[7]).toBe('scored');
});

it('cuts a torn line off and asks that case again', async () => {
  await run({ pack: await packOf({ cases: sums(6) }), concurrency: 1 });
  const lines = (await fs.readFile(file, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(1 + 2 * 6);
  // The answer of the last case is half there.
  const torn = `${lines.slice(0, -2).join('\n')}\n${lines
    .at(-2)!
    .slice(0, 40)}`;
  await fs.writeFile(file, torn);
  server.asked.length = 0;
  const again = await run({ pack: await packOf({ cases: sums(6) }) });
  expect(questions()).toEqual(['5+5']);
  expect(again.cases.scores.right).toEqual(new Array(6).fill(1));
  for (const line of (await fs.readFile(file, 'utf8')).trim().split('\n')) {
    expect(() => JSON.parse(line)).not.toThrow();
  }
});

it('says which line of a journal is none', async () => {
  const pack = await packOf({ cases: sums(3) });
  await run({ pack });
  const [header, ...entries] = (await fs.readFile(file, 'utf8')).split('\n');
  await fs.writeFile(file, [header, 'oops', ...entries].join('\n'));
  await expect(run({ pack })).rejects.toThrow(
    'sums.jsonl:2 is no entry of a journal; delete the file to begin anew',
  );
  expect(server.asked).toHaveLength(3);
});

it('takes nothing after its end', async () => {
  const journal = FileJournal.create(file);
  const entry = { kind: 'scores' as const, caseId: 'a', scores: {} };
  for (let n = 0; n < 2; n++) {
    await expect(journal.append(entry)).rejects.toThrow('is not open');
  }
});

it('scores what is answered without asking again', async () => {
  const pack = await packOf({ cases: sums(5) });
  let isBroken = true;
  const scorer: Scorer = {
    type: 'exact-match',
    title: 'Judged',
    about: '',
    unit: 'ratio',
    direction: 'higher',
    score: () => {
      if (isBroken) throw new Error('the judge is away');
      return { value: 1 };
    },
  };
  const first = await run({ pack, scorerOf: () => scorer });
  expect(first.cases.outcomes).toEqual(new Array(5).fill('unscored'));
  expect(first.settings.unscored).toEqual([
    { metric: 'right', count: 5, example: 'the judge is away' },
  ]);
  isBroken = false;
  const second = await run({ pack, scorerOf: () => scorer });
  expect(second.cases.outcomes).toEqual(new Array(5).fill('scored'));
  expect(server.asked).toHaveLength(5);
});

it.each([
  ['model', { model: 'acme/other' }, 'is about the model acme/adder'],
  ['seed', { seed: 2 }, 'the parameters (seed, samples, judge) were others'],
])('refuses a journal of another %s', async (_, options, words) => {
  const pack = await packOf({ cases: sums(3) });
  await run({ pack });
  const before = await fs.readFile(file, 'utf8');
  await expect(run({ pack, ...options })).rejects.toThrow(words);
  expect(await fs.readFile(file, 'utf8')).toBe(before);
});

it('refuses a journal of another version of the pack, and what is none', async () => {
  await run({ pack: await packOf({ cases: sums(3) }) });
  const other = await packOf({ cases: sums(4), spec: { version: '1.1.0' } });
  await expect(run({ pack: other })).rejects.toThrow(
    'is about the pack sums 1.0.0, and this run is about sums 1.1.0',
  );
  await fs.writeFile(file, '{"some":"thing"}\n');
  await expect(run({ pack: other })).rejects.toThrow(
    'is no journal of an evaluation; name another file, or delete this one',
  );
});

it('lets one process have it at a time, and not a dead one', async () => {
  const pack = await packOf({ cases: sums(3) });
  await fs.mkdir(path.dirname(file));
  await fs.writeFile(`${file}.lock`, String(process.ppid));
  await expect(run({ pack })).rejects.toThrow('wait for its end');
  await fs.writeFile(`${file}.lock`, '999999999');
  await run({ pack });
  await expect(fs.stat(`${file}.lock`)).rejects.toThrow('ENOENT');
});
