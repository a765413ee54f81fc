import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import request from 'supertest';
import { modelEntity } from '../__testUtils__/models';
import {
  startModelCards,
  surroundings,
  type ModelCardsBackend,
  type Surroundings,
} from '../__testUtils__/startModelCards';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** So often each replica looks whether a sweep is due. */
const sweepEveryMs = 40;

const version = (name: string, etag: string) =>
  modelEntity(name, {}, { title: `${name} ${etag}`, etag });

/** Something to wait for. */
function signal() {
  let give!: () => void;
  const given = new Promise<void>(resolve => {
    give = resolve;
  });
  return { give, given };
}

describe('two replicas on one PostgreSQL', () => {
  let knex: Knex;
  const running: ModelCardsBackend[] = [];

  beforeEach(async () => {
    knex = await databases.init('POSTGRES_18');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ backend }) => backend.stop()));
  });

  async function start(around: Surroundings) {
    const started = await startModelCards(knex, around, { sweepEveryMs });
    running.push(started);
    return started;
  }

  /** Ask until the index has these titles, with time for a sweep in between. */
  async function untilListed(
    { backend }: ModelCardsBackend,
    expected: string[],
  ) {
    let titles: string[] = [];
    for (let asked = 0; asked < 800; asked++) {
      await knex.raw('SELECT pg_sleep(0.05)');
      const { body } = await request(backend.server).get(
        '/api/model-cards/models',
      );
      titles = body.items.map((row: { title: string }) => row.title).sort();
      if (String(titles) === String(expected)) return;
    }
    throw new Error(`The index has ${titles} and not ${expected}`);
  }

  it('sweep in turn, fetch each change once and miss none', async () => {
    const names = ['alpha', 'beta', 'gamma'];
    const entities = names.map(name => version(name, '0'));
    const fetched: string[] = [];
    const sweeps = { a: 0, b: 0 };
    const both = signal();
    let sweeping = 0;
    let atOnce = 0;
    let changes = 0;

    const replica = (name: keyof typeof sweeps) =>
      surroundings({
        entities,
        onSweep: async () => {
          sweeping += 1;
          atOnce = Math.max(atOnce, sweeping);
          sweeps[name] += 1;
          await both.given;
          // The world changes while a sweep begins, some thirty times.
          if (changes < 30) {
            changes += 1;
            const index = changes % names.length;
            entities[index] = version(names[index], String(changes));
          }
          // Long enough for the other one to look.
          await knex.raw('SELECT pg_sleep(0.05)');
          sweeping -= 1;
        },
        onFetch: refs => {
          const byRef = refs.map(ref => {
            const index = names.findIndex(one => ref.endsWith(one));
            return `${names[index]} ${entities[index].metadata.etag}`;
          });
          fetched.push(...byRef);
        },
      });
    await start(replica('a'));
    const second = await start(replica('b'));
    both.give();

    await untilListed(second, ['alpha 30', 'beta 28', 'gamma 29']);
    expect(atOnce).toBe(1);
    expect(sweeps.a + sweeps.b).toBeGreaterThanOrEqual(30);
    expect(new Set(fetched).size).toBe(fetched.length);
    expect(fetched).toHaveLength(3 + 29);
    const { body } = await request(second.backend.server)
      .get('/api/model-cards/models')
      .query({ q: 'alpha' });
    expect(body.totalItems).toBe(1);
  });

  it('leave the work of one that ends to the other', async () => {
    const entities = ['alpha', 'beta'].map(name => version(name, '0'));
    const begun = signal();
    const ended = signal();
    const first = await start(
      surroundings({
        entities,
        onSweep: async () => {
          begun.give();
          await ended.given;
        },
      }),
    );
    await begun.given;
    let swept = 0;
    const second = await start(
      surroundings({
        entities,
        onSweep: async () => {
          swept += 1;
        },
      }),
    );
    const asked = await request(second.backend.server).post(
      '/api/model-cards/refresh',
    );
    expect([asked.status, swept]).toEqual([202, 0]);

    running.splice(running.indexOf(first), 1);
    await first.backend.stop();
    // What the first one has read meanwhile it no longer writes.
    ended.give();
    await untilListed(second, ['alpha 0', 'beta 0']);
    expect(swept).toBeGreaterThan(0);
  });
});
