import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  aCall,
  codeOf,
  handleOf,
  outcomeOf,
  streamed,
} from '../__testUtils__/aCall';
import { createSanitationStage, SentBodies } from '../sanitation';
import type { GatewayLogger } from '../telemetry/Logger';
import { ContentKeys } from './ContentKeys';
import { ContentStore, KeptCall } from './ContentStore';
import { createContentStage } from './createContentStage';
import { contentFolder, runContent } from './runContent';

const quiet: GatewayLogger = { info() {}, warn() {}, error() {} };
const key = randomBytes(32).toString('base64');
const DAY_MS = 24 * 3600_000;
const NOON = Date.parse('2026-11-21T12:00:00Z');

let stateDir: string;
let now = NOON;
let store: ContentStore;
const folder = () => contentFolder(stateDir);

const openStore = async (keys = key, logger = quiet) =>
  ContentStore.create({
    folder: folder(),
    keys: ContentKeys.parse(keys)!,
    logger,
    now: () => now,
  });

beforeEach(async () => {
  stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'content-'));
  now = NOON;
  store = await openStore();
});

afterEach(async () => {
  await store.close();
  fs.rmSync(stateDir, { recursive: true, force: true });
});

const files = () =>
  fs
    .readdirSync(folder(), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort();

async function kept(profile = 'p', day?: string, of = store) {
  await store.flush();
  const calls: unknown[] = [];
  for await (const read of of.read(profile, day)) {
    calls.push('call' in read ? read.call : read.problem);
  }
  return calls;
}

const body = {
  messages: [{ role: 'user', content: 'write to a@example.com' }],
};
const answer = { choices: [{ message: { content: 'from b@example.com' } }] };
const call = (id: string, profile = 'p'): KeptCall => ({
  id,
  profile,
  at: new Date(now).toISOString(),
});

describe('the stage', () => {
  it('keeps nothing of profiles that do not ask for it', async () => {
    const stage = createContentStage({ store });
    expect(stage.begin?.(aCall({}, { body }))).toBeUndefined();
    expect(
      stage.begin?.(aCall({ contentRetentionDays: 0 }, { body })),
    ).toBeUndefined();
    expect(createContentStage().begin?.(aCall({}, { body }))).toBeUndefined();
    expect(await kept()).toEqual([]);
  });

  it('refuses calls that it could only keep in clear', () => {
    const begin = () =>
      createContentStage().begin?.(
        aCall({ contentRetentionDays: 1 }, { body }),
      );
    expect(codeOf(begin)).toBe('content_key_missing');
    expect(begin).toThrow(expect.objectContaining({ status: 503 }));
    expect(begin).toThrow(/MODELHUB_CONTENT_KEY/);
  });

  it('keeps what was sent and what the caller got, not what was masked', async () => {
    const sent = new SentBodies();
    const context = aCall(
      {
        contentRetentionDays: 30,
        sanitation: {
          requests: { 'personal-data': 'redact' },
          responses: { 'personal-data': 'redact' },
        },
      },
      { body, trace: 't' },
    );
    const content = handleOf(
      createContentStage({ store, sent }).begin?.(context),
    );
    const sanitation = handleOf(
      createSanitationStage({ sent }).begin?.(context),
    );
    const given = sanitation.answer?.json?.(answer) ?? {};
    content.answer?.json?.(given);
    content.end?.(outcomeOf({ admission: context.admission }));
    expect(await kept()).toEqual([
      {
        id: context.id,
        at: '2026-11-21T12:00:00.000Z',
        profile: 'p',
        keyId: 'k',
        purpose: 'u',
        route: 'chat',
        model: 'acme/chat',
        version: '1.0',
        trace: 't',
        status: 200,
        request: {
          messages: [{ role: 'user', content: 'write to [redacted email]' }],
        },
        answer: {
          choices: [{ message: { content: 'from [redacted email]' } }],
        },
      },
    ]);
  });

  it('keeps streams event by event', async () => {
    const context = aCall({ contentRetentionDays: 1 }, { body });
    const handle = handleOf(createContentStage({ store }).begin?.(context));
    const events = [
      { choices: [{ delta: { content: 'x' } }] },
      { choices: [] },
    ];
    expect(streamed(handle.answer, events)).toEqual(events);
    handle.end?.(outcomeOf());
    expect(await kept()).toMatchObject([{ events, isCut: false }]);
  });

  it('keeps no calls that no provider saw', async () => {
    const handle = handleOf(
      createContentStage({ store }).begin?.(
        aCall({ contentRetentionDays: 1 }, { body }),
      ),
    );
    handle.end?.(outcomeOf({ attempts: 0, status: 403 }));
    expect(await kept()).toEqual([]);
  });
});

describe('the store', () => {
  it('has nothing on disk that can be read without the key', async () => {
    store.keep({ ...call('1'), request: 'a word in clear' }, 2);
    await store.flush();
    const [file] = files();
    expect(path.relative(folder(), file)).toBe(
      'p/2026-11-21_until_2026-11-23.enc',
    );
    expect(fs.readFileSync(file, 'utf8')).not.toMatch(/word|request/);
    expect(fs.statSync(file).mode & 0o077).toBe(0);
    const other = await openStore(randomBytes(32).toString('hex'));
    expect(await kept('p', undefined, other)).toEqual([
      expect.stringMatching(
        /encrypted with key .* not in MODELHUB_CONTENT_KEY/,
      ),
    ]);
    await other.close();
  });

  it('reads what an older key encrypted', async () => {
    store.keep(call('1'), 2);
    await store.flush();
    const next = randomBytes(32).toString('hex');
    const both = await openStore(`${next}, ${key}`);
    both.keep(call('2'), 2);
    await both.flush();
    expect(await kept('p', undefined, both)).toEqual([call('1'), call('2')]);
    expect(await kept()).toEqual([call('1'), expect.stringMatching(/not in/)]);
    await both.close();
  });

  it('notices when a call was changed, or moved to another profile or day', async () => {
    store.keep(call('1'), 2);
    await store.flush();
    const [file] = files();
    const line = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(
      file,
      line.replace(/\.(.{20})./, (_, start) => `.${start}#`),
    );
    expect(await kept()).toEqual([
      expect.stringMatching(/authenticate|Unsupported/),
    ]);
    fs.mkdirSync(path.join(folder(), 'other'));
    fs.writeFileSync(path.join(folder(), 'other', path.basename(file)), line);
    expect(await kept('other')).toEqual([
      expect.stringMatching(/authenticate/),
    ]);
  });

  it('deletes what is over, and only that', async () => {
    store.keep(call('1'), 1);
    store.keep(call('2'), 10);
    store.keep(call('3', 'other'), 1);
    await store.flush();
    now = NOON + DAY_MS;
    await store.purge();
    expect(files()).toHaveLength(3);
    now = NOON + 2 * DAY_MS;
    await store.purge();
    expect(await kept()).toMatchObject([{ id: '2' }]);
    expect(await kept('other')).toEqual([]);
    now = NOON + 11 * DAY_MS;
    await (await openStore()).close();
    expect(files()).toEqual([]);
  });

  it('reads one day', async () => {
    store.keep(call('1'), 9);
    now += DAY_MS;
    store.keep(call('2'), 9);
    expect(await kept('p', '2026-11-22')).toMatchObject([{ id: '2' }]);
    expect(await kept('p', '2026-11-23')).toEqual([]);
  });

  it('keeps calls that come together, each once and in order', async () => {
    for (let n = 0; n < 200; n++) {
      store.keep(call(String(n)), 1);
      if (n % 50 === 0) await new Promise(setImmediate);
    }
    expect((await kept()).map(it => Number((it as KeptCall).id))).toEqual(
      Array.from({ length: 200 }, (_, n) => n),
    );
  });

  it('leaves its folder for no profile', async () => {
    store.keep(call('1', '../../outside'), 1);
    store.keep(call('2', '..'), 1);
    await store.flush();
    expect(files()).toHaveLength(2);
    expect(fs.readdirSync(stateDir)).toEqual(['content']);
    expect(await kept('..')).toMatchObject([{ id: '2' }]);
  });

  it('says what could not be kept', async () => {
    const said: string[] = [];
    const failing = await openStore(key, {
      ...quiet,
      error: words => said.push(words),
    });
    fs.writeFileSync(path.join(folder(), 'p'), 'in the way');
    failing.keep(call('1'), 1);
    await failing.flush();
    expect(said).toEqual(['Calls were not kept']);
    await failing.close();
  });
});

it.each(['short', Buffer.alloc(31).toString('base64'), `${key},x`])(
  'takes no key such as %s',
  text => {
    expect(() => ContentKeys.parse(text)).toThrow(/openssl rand -base64 32/);
  },
);

describe('modelhub-gateway content', () => {
  const run = async (
    args: string[],
    env: Record<string, string | undefined> = { MODELHUB_CONTENT_KEY: key },
  ) => {
    const printed: string[] = [];
    const complained: string[] = [];
    const code = await runContent(args, env, {
      print: line => printed.push(line),
      complain: line => complained.push(line),
    });
    return { code, printed: printed.map(line => JSON.parse(line)), complained };
  };

  it('prints calls, and notes who looked', async () => {
    now = Date.now();
    store.keep(call('1'), 2);
    store.keep(call('2'), 2);
    await store.flush();
    const args = ['read', '--state-dir', stateDir, '--profile', 'p'];
    expect(await run(args)).toMatchObject({
      code: 0,
      printed: [{ id: '1' }, { id: '2' }],
    });
    expect(await run([...args, '--id', '2'])).toMatchObject({
      printed: [{ id: '2' }],
    });
    const log = fs
      .readFileSync(path.join(folder(), 'access.log'), 'utf8')
      .trim()
      .split('\n');
    expect(log.map(line => JSON.parse(line))).toEqual([
      { at: expect.any(String), user: os.userInfo().username, profile: 'p' },
      {
        at: expect.any(String),
        user: os.userInfo().username,
        profile: 'p',
        id: '2',
      },
    ]);
    const wrong = { MODELHUB_CONTENT_KEY: randomBytes(32).toString('hex') };
    expect(await run(args, wrong)).toMatchObject({ code: 1, printed: [] });
  });

  it.each([
    [['read', '--profile', 'p'], { MODELHUB_CONTENT_KEY: key }],
    [
      ['write', '--profile', 'p', '--state-dir', '/nowhere'],
      { MODELHUB_CONTENT_KEY: key },
    ],
    [['read', '--profile', 'p', '--state-dir', '/nowhere'], {}],
    [
      ['read', '--profile', 'p', '--state-dir', '/nowhere'],
      { MODELHUB_CONTENT_KEY: 'x' },
    ],
  ])('%j needs to be told more', async (args, env) => {
    const { code, complained } = await run(args, env);
    expect(code).toBe(2);
    expect(complained).toHaveLength(1);
  });
});
