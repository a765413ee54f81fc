import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { catalogEntities, catalogText } from '../entities';
import { makeOpinions } from '../opinions';
import { simulateYear, YEAR_SIZES } from '../simulateYear';
import { approvalsOf } from './approvals';
import { Pace } from './Pace';
import { YearFolder } from './YearFolder';

const until = new Date('2026-11-22T03:30:00.000Z');
const year = simulateYear({ ...YEAR_SIZES.small, calls: 5_000, until });

describe('the folder of a year', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelhub-year-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('remembers the year and what was done, also in the next run', async () => {
    const first = YearFolder.open(folder, 'small', until);
    first.save({ slices: 7, keyIds: { a: 'b' } });
    const done: string[] = [];
    await first.once('budgets', async () => void done.push('first'));
    const later = new Date(until.getTime() + 3_600_000);
    const second = YearFolder.open(folder, 'small', later);
    await second.once('budgets', async () => void done.push('second'));
    expect(done).toEqual(['first']);
    expect(second.state).toMatchObject({ slices: 7, keyIds: { a: 'b' } });
    expect(second.simulate().options).toMatchObject({ until, calls: 100_000 });
  });

  it('does again what failed', async () => {
    const opened = YearFolder.open(folder, 'small', until);
    const work = jest.fn().mockRejectedValueOnce(new Error('busy'));
    await expect(opened.once('budgets', work)).rejects.toThrow('busy');
    await opened.once('budgets', work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('holds one year, and says how to get another', () => {
    YearFolder.open(folder, 'small', until);
    expect(() => YearFolder.open(folder, 'full', until)).toThrow(
      'npm start -- --reset --demo-year=full',
    );
  });
});

describe('the pace', () => {
  it('tells how far it is, how fast, and what is left', () => {
    let now = 0;
    const pace = new Pace(10_000_000, 1_000_000, () => now);
    now = 60_000;
    expect(
      pace.line({ calls: 3_000_000, records: 2_400_000 }, '2026-04-30'),
    ).toBe(
      'Simulated year: 40 % (until 2026-04-30), 4,000,000 calls, 40,000 records/s, about 2:00 left',
    );
    expect(
      pace.line({ calls: 9_000_000, records: 6_000_000 }, '2026-11-22'),
    ).toBe(
      'Simulated year: 100 % (until 2026-11-22), 10,000,000 calls, 100,000 records/s',
    );
  });
});

describe('the catalog of a year', () => {
  const entities = catalogEntities(year, { parent: 'group:default/acme' });
  const refOf = (it: (typeof entities)[number]) =>
    `${it.kind.toLowerCase()}:${it.metadata.namespace ?? 'default'}/${
      it.metadata.name
    }`;
  const refs = new Set(entities.map(refOf));

  it('names each entity once, and only what is there', () => {
    expect(refs.size).toBe(entities.length);
    const named = entities.flatMap(({ spec }) => [
      ...['owner', 'baseModel', 'supersededBy'].flatMap(
        field => (spec[field] as string | undefined) ?? [],
      ),
      ...['members', 'memberOf', 'consumesModels'].flatMap(
        field => (spec[field] as string[] | undefined) ?? [],
      ),
    ]);
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(ref => !refs.has(ref))).toEqual([]);
  });

  it('says what happened to models', () => {
    const { migration, idle } = year.story;
    const of = (id: string) =>
      entities.find(it => it.spec.gatewayId === id)?.spec;
    expect(of(migration.from)).toMatchObject({
      lifecycle: 'deprecated',
      supersededBy: `model:${migration.to}`,
    });
    expect(of(idle[0])).toMatchObject({ lifecycle: 'active' });
  });

  it('is one document for each entity', () => {
    expect(catalogText(entities).split('---\n')).toHaveLength(entities.length);
  });
});

describe('what people say and ask for', () => {
  const people = new Map(
    year.teams.flatMap(team => team.people.map(it => [it.ref, team.ref])),
  );
  const owners = new Map(year.models.map(it => [it.ref, it.owner]));

  it('comes from people who call the model and do not own it; owners answer', () => {
    const { reviews, tips, questions } = makeOpinions(year);
    expect(reviews.length).toBeGreaterThan(8);
    for (const it of [...reviews, ...tips, ...questions]) {
      expect(people.get(it.author)).toBeDefined();
      expect(people.get(it.author)).not.toBe(owners.get(it.entityRef));
    }
    const answers = [
      ...reviews.map(it => [it.reply?.author, it.entityRef]),
      ...questions.map(it => [it.answer?.author, it.entityRef]),
    ].filter(([author]) => author !== undefined);
    expect(answers.map(([author]) => people.get(author!))).toEqual(
      answers.map(([, ref]) => owners.get(ref!)),
    );
    const names = reviews.map(
      it => `${it.author} ${it.entityRef} ${it.modelVersion}`,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('idle models were asked for too', () => {
    const asked = approvalsOf(year);
    expect(asked.map(it => it.entityRef)).toContain(
      `model:${year.story.idle[0]}`,
    );
    const names = asked.map(it => `${it.profile} ${it.entityRef} ${it.tier}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('docs/demo-year.md', () => {
  const text = fs.readFileSync(
    path.resolve(__dirname, '../../../../docs/demo-year.md'),
    'utf8',
  );

  it('names what is hidden', () => {
    const { story } = year;
    const names = [
      story.drift.model,
      story.slower.model,
      story.migration.from,
      story.migration.to,
      story.duplicates.base,
      ...story.duplicates.models,
      story.creepingErrors.model,
      story.idle[0],
      story.abandoned.model,
      story.launch.model,
      story.decline.model,
      story.steady.model,
      story.refused.model,
    ];
    expect(names.filter(name => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
