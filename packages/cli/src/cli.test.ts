import {
  EMPTY_CONTENT,
  LedgerEvent,
  chainEvent,
  generateSigningKey,
  signCheckpoint,
  signSnapshot,
} from '@modelhub/governance-protocol';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// Each command starts a process, several of them in some tests.
jest.setTimeout(60_000);

const BIN = path.resolve(__dirname, '../bin/modelhub');
const AT = '2026-06-01T12:00:00.000Z';
const key = generateSigningKey();
const stranger = generateSigningKey();

let folder: string;
const file = (name: string, content: string) => {
  fs.writeFileSync(path.join(folder, name), content);
  return name;
};
function modelhub(args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [BIN, ...args],
    {
      cwd: folder,
      input,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

function chain(length: number): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  for (let n = 0; n < length; n++) {
    events.push(
      chainEvent(events.at(-1), {
        at: AT,
        actor: 'system',
        subject: 'model:acme/tiny',
        type: 'test',
        payload: { n },
      }),
    );
  }
  return events;
}
const lines = (items: unknown[]) =>
  items.map(it => `${JSON.stringify(it)}\n`).join('');
const checkpointOf = (
  { seq, hash }: LedgerEvent,
  privateKey = key.privateKey,
) => signCheckpoint({ seq, hash, at: AT }, privateKey);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelhub-'));
  file('key.pem', key.publicKey);
  file('stranger.pem', stranger.publicKey);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('modelhub ledger verify', () => {
  it('says that a good chain is in order', () => {
    const events = chain(5);
    file('good.jsonl', lines([...events, checkpointOf(events[4])]));
    const result = modelhub([
      'ledger',
      'verify',
      'good.jsonl',
      '--key',
      'key.pem',
    ]);
    expect(result).toEqual({
      status: 0,
      stdout: `good.jsonl: 5 events are in order, the last has hash ${events[4].hash}\n1 checkpoints agree\n`,
      stderr: '',
    });
  });

  it('reads the standard input, and says what cannot be known', () => {
    const result = modelhub(['ledger', 'verify', '-'], lines(chain(2)));
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('-: 2 events are in order');
    expect(result.stdout).toContain('Without a checkpoint');
  });

  it('names the first bad line', () => {
    const events = chain(5);
    events[2] = { ...events[2], actor: 'person:other' };
    file('changed.jsonl', lines(events));
    const result = modelhub(['ledger', 'verify', 'changed.jsonl']);
    expect(result.status).toBe(1);
    expect(result.stdout).toContain(
      'changed.jsonl:3: hash: Event 3 was changed',
    );
    expect(result.stdout).toContain('2 events before it are in order');
  });

  it('compares with checkpoints of another file', () => {
    const events = chain(5);
    file('short.jsonl', lines(events.slice(0, 3)));
    file(
      'checkpoints.json',
      JSON.stringify({ items: [checkpointOf(events[4])] }),
    );
    file(
      'checkpoints.jsonl',
      lines([checkpointOf(events[1]), checkpointOf(events[2])]),
    );
    const verify = (...more: string[]) =>
      modelhub(['ledger', 'verify', 'short.jsonl', ...more]);
    expect(verify('--checkpoints', 'checkpoints.json')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('short.jsonl: truncated'),
    });
    expect(
      verify('--checkpoints', 'checkpoints.jsonl', '--key', 'key.pem'),
    ).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('2 checkpoints agree\n'),
    });
    expect(
      verify('--checkpoints', 'checkpoints.jsonl', '--key', 'stranger.pem'),
    ).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('bad-signature'),
    });
  });

  it.each([
    [['ledger', 'verify', 'missing.jsonl'], 'Cannot read missing.jsonl'],
    [['ledger', 'verify'], "missing required argument 'file'"],
    [
      ['ledger', 'verify', 'key.pem', '--key', 'missing.pem'],
      'Cannot read missing.pem',
    ],
    [['ledger', 'verify', 'key.pem', '--checkpoints', 'key.pem'], 'key.pem: '],
    [['ledger', 'frobnicate'], "unknown command 'frobnicate'"],
    [['--nonsense'], "unknown option '--nonsense'"],
  ])('ends with 2 for %j', (args, words) => {
    const result = modelhub(args);
    expect(result.status).toBe(2);
    expect(result.stderr).toContain(words);
  });
});

describe('modelhub snapshot verify', () => {
  const snapshot = () =>
    signSnapshot(
      {
        kind: 'full',
        header: {
          format: 'modelhub.dev/allowlist.v1',
          epoch: 1,
          version: 7,
          issuedAt: AT,
          notAfter: '2026-06-01T12:15:00.000Z',
          keyId: key.keyId,
        },
        content: EMPTY_CONTENT,
      },
      key.privateKey,
    );
  const verify = (...more: string[]) =>
    modelhub(['snapshot', 'verify', 'snapshot.json', ...more]);

  it('tells good, old, foreign and broken snapshots apart', () => {
    file('snapshot.json', JSON.stringify(snapshot()));
    expect(verify('--key', 'key.pem', '--at', AT)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('epoch 1, version 7'),
    });
    expect(
      verify('--key', 'key.pem', '--at', '2026-06-01T12:15:00Z'),
    ).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('snapshot.json: expired'),
    });
    expect(verify('--key', 'stranger.pem', '--at', AT)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('unknown-key'),
    });
    expect(verify('--at', AT)).toMatchObject({ status: 2 });
    expect(verify('--key', 'key.pem', '--at', 'noon')).toMatchObject({
      status: 2,
    });
    file('snapshot.json', '{"payload":{},"payload":{}}');
    expect(verify('--key', 'key.pem')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(
        "malformed: The key 'payload' occurs twice",
      ),
    });
  });
});
