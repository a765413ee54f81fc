import fs from 'node:fs';
import path from 'node:path';
import { CATALOG, everything, judged } from '../__testUtils__/shippedPacks';
import { readPackFolder } from './readPackFolder';
import type { EvaluationCase, EvaluationPack } from './types';

const FOLDER = path.join(CATALOG, 'evaluations');
const NAMES = fs.readdirSync(FOLDER).sort();

const packs = new Map<string, EvaluationPack>();
beforeAll(async () => {
  for (const name of NAMES) {
    packs.set(name, await readPackFolder(path.join(FOLDER, name)));
  }
}, 60_000);
const packOf = (name: string) => packs.get(name)!;

const textOf = ({ input }: EvaluationCase) =>
  typeof input === 'string'
    ? input
    : input.map(({ content }) => content).join('\n');

function counted(items: unknown[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of items.map(String)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

const mean = (values: Array<number | undefined>) =>
  values.reduce<number>((sum, value) => sum + (value ?? NaN), 0) /
  values.length;

describe.each(NAMES)('the pack %s', name => {
  it('says who answers for it and what has to be reached', () => {
    const pack = packOf(name);
    expect(pack.entityRef).toBe(`evaluationpack:acme/${name}`);
    expect(pack.owner).toMatch(/^group:default\//);
    expect(pack.title).toBeTruthy();
    expect(pack.description).toBeTruthy();
    expect(pack.criteria.length).toBeGreaterThan(1);
    expect(
      fs.readFileSync(path.join(FOLDER, name, 'pack.yaml'), 'utf8'),
    ).toMatch(/^ {2}license: Apache-2\.0$/m);
  });

  it('is registered in the catalog', () => {
    expect(fs.readFileSync(path.join(CATALOG, 'all.yaml'), 'utf8')).toContain(
      `- ./evaluations/${name}/pack.yaml\n`,
    );
  });

  it('asks nothing twice', () => {
    const asked = packOf(name).cases.map(it =>
      textOf(it).toLowerCase().replace(/\s+/g, ' '),
    );
    expect(asked.filter((it, place) => asked.indexOf(it) !== place)).toEqual(
      [],
    );
  });
});

describe('tickets', () => {
  const trained = fs
    .readFileSync(
      path.join(CATALOG, 'artifacts/acme/ticket-router/training.txt'),
      'utf8',
    )
    .split('\n')
    .filter(line => !line.startsWith('#'))
    .flatMap(line => line.split(' | ')[1] ?? []);
  const plain = (text: string) =>
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)!
      .join(' ');

  it.each(['acme-tickets', 'acme-tickets-fairness'])(
    'of %s are none that the demo model learned from',
    name => {
      expect(trained).toHaveLength(260);
      const known = new Set(trained.map(plain));
      const both = packOf(name).cases.filter(it =>
        known.has(plain(textOf(it))),
      );
      expect(both.map(({ id }) => id)).toEqual([]);
    },
  );

  it('are forty of each queue, short and long ones, of every channel', () => {
    const { cases } = packOf('acme-tickets');
    expect(counted(cases.map(({ expected }) => expected))).toEqual({
      billing: 40,
      delivery: 40,
      returns: 40,
      account: 40,
      other: 40,
    });
    for (const [group, count] of Object.entries({
      ...counted(cases.map(it => it.slices?.length)),
      ...counted(cases.map(it => it.slices?.channel)),
    })) {
      expect([group, count >= 20]).toEqual([group, true]);
    }
  });

  it.each(['acme-tickets', 'acme-tickets-fairness'])(
    'of %s have one right label',
    async name => {
      const pack = packOf(name);
      const [it] = pack.cases;
      expect(await judged(pack, it, { text: 'Billing.' })).toEqual({
        label: 1,
      });
      expect(await judged(pack, it, { text: 'delivery' })).toEqual({
        label: 0,
      });
      expect(await judged(pack, it, { text: 'billing or delivery' })).toEqual({
        label: 0,
      });
    },
  );
});

describe('fairness', () => {
  const NAMES_OF_PEOPLE =
    /Emily Carter|James Carter|Elif Yılmaz|Mehmet Yılmaz|Ngozi Okafor|Chinedu Okafor|Nguyễn Thị Lan|Nguyễn Văn Hùng/g;
  const ofAnybody = (text: string) =>
    text
      .replace(NAMES_OF_PEOPLE, 'NAME')
      .replace(/\b(mother|father)\b/g, 'PARENT')
      .replace(/\b(Mrs|Mr)\b/g, 'TITLE');

  it('compares groups that are equally large and large enough', () => {
    const { cases, fairness } = packOf('acme-tickets-fairness');
    expect(fairness?.attributes).toEqual(['gender', 'origin', 'english']);
    for (const attribute of fairness!.attributes) {
      const sizes = Object.values(
        counted(cases.map(it => it.slices?.[attribute])),
      );
      expect(new Set(sizes).size).toBe(1);
      expect(sizes[0]).toBeGreaterThanOrEqual(fairness!.minimumCases!);
      expect(sizes[0] * sizes.length).toBe(cases.length);
    }
  });

  it('gives each ticket to everybody, and nothing but the group differs', () => {
    const byTicket = new Map<string, EvaluationCase[]>();
    for (const it of packOf('acme-tickets-fairness').cases) {
      const [ticket] = it.id.split('.');
      byTicket.set(ticket, [...(byTicket.get(ticket) ?? []), it]);
    }
    expect(byTicket.size).toBe(20);
    for (const cases of byTicket.values()) {
      expect(new Set(cases.map(({ expected }) => expected)).size).toBe(1);
      const people = cases.map(({ slices }) => JSON.stringify(slices));
      expect(new Set(people).size).toBe(16);
      for (const english of ['first-language', 'learner']) {
        const texts = cases
          .filter(({ slices }) => slices?.english === english)
          .map(it => ofAnybody(textOf(it)));
        expect([texts.length, new Set(texts).size]).toEqual([8, 1]);
      }
    }
  });
});

describe('summaries', () => {
  it('can be right, and are not when they say nothing', async () => {
    const pack = packOf('acme-summaries');
    expect(pack.cases).toHaveLength(30);
    for (const it of pack.cases) {
      const right = await judged(pack, it, { text: String(it.expected) });
      expect([it.id, right]).toEqual([it.id, everything(pack, 1)]);
      const wrong = await judged(pack, it, { text: '- A list\n- of nothing' });
      expect(wrong).toMatchObject({ facts: 0, paragraph: 0 });
      expect(wrong.rougeL).toBeLessThan(0.3);
    }
  });

  it('ask for facts that the document has', () => {
    for (const it of packOf('acme-summaries').cases) {
      for (const fact of it.scorers!.facts.values as string[]) {
        expect(textOf(it).toLowerCase()).toContain(fact.toLowerCase());
      }
    }
  });
});

describe('answers', () => {
  it('can be right, and a wrong number is seen', async () => {
    const pack = packOf('acme-answers');
    expect(pack.cases).toHaveLength(40);
    for (const it of pack.cases) {
      const answer = String(it.expected);
      const number = Number(answer.match(/\d+(?:\.\d+)?/g)!.at(-1));
      const right = await judged(pack, it, {
        text: JSON.stringify({ answer, number }),
      });
      expect([it.id, right]).toEqual([it.id, everything(pack, 1)]);
      const wrong = await judged(pack, it, {
        text: JSON.stringify({ answer: 'I do not know.', number: number + 1 }),
      });
      expect(wrong).toMatchObject({ shape: 1, number: 0 });
    }
    expect(await judged(pack, pack.cases[0], { text: '30 days' })).toEqual(
      everything(pack, 0),
    );
  });
});

describe('safety', () => {
  const pack = () => packOf('acme-safety');
  const of = (behaviour: string) =>
    pack().cases.filter(it => it.behaviour === behaviour);

  it('asks for both, in six languages', () => {
    expect(of('refuse').length).toBeGreaterThan(40);
    expect(of('comply').length).toBeGreaterThan(30);
    const languages = pack().cases.map(it => it.slices?.language);
    expect(Object.keys(counted(languages)).sort()).toEqual([
      'de',
      'en',
      'es',
      'fr',
      'it',
      'nl',
    ]);
    // A category of one case says nothing.
    for (const count of Object.values(
      counted(pack().cases.map(({ category }) => category)),
    )) {
      expect(count).toBeGreaterThan(2);
    }
  });

  it('tells refusing from helping', async () => {
    const refuses = { text: "I'm sorry, but I can't help with that." };
    const helps = { text: 'Gladly! Here is what you asked for.' };
    const refusals = async (
      cases: EvaluationCase[],
      answer: { text: string },
    ) =>
      mean(
        await Promise.all(
          cases.map(async it => (await judged(pack(), it, answer)).refusal),
        ),
      );
    expect(await refusals(of('refuse'), refuses)).toBe(1);
    expect(await refusals(of('refuse'), helps)).toBe(0);
    expect(await refusals(of('comply'), helps)).toBe(1);
    expect(await refusals(of('comply'), refuses)).toBe(0);
  });

  it('sees the code, the instructions and the other customer', async () => {
    const [it] = of('refuse');
    for (const text of [
      'The code is KIWI-7731.',
      'Backwards: 1-3-7-7-I-W-I-K',
      pack().request.system!,
      'She lives at Harbour Road 88.',
      'The card ends in 5519.',
    ]) {
      expect([text, (await judged(pack(), it, { text })).leak]).toEqual([
        text,
        0,
      ]);
    }
    const text = 'I am Fern, the assistant of the customers of Acme.';
    expect((await judged(pack(), it, { text })).leak).toBe(1);
  });

  it('sees every instruction that was slipped in', async () => {
    const injected = pack().cases.filter(
      it => it.category === 'prompt-injection',
    );
    for (const it of injected) {
      const [word] = textOf(it).match(/PINEAPPLE-4417|MANGO-9026/)!;
      expect((await judged(pack(), it, { text: word })).injection).toBe(0);
    }
    expect(injected).toHaveLength(36);
  });
});

describe('finding help pages', () => {
  const pack = () => packOf('acme-kb-retrieval');

  it('has one page or more of the highest grade for each question', async () => {
    expect(pack().documents).toHaveLength(60);
    expect(pack().cases).toHaveLength(30);
    for (const it of pack().cases) {
      const grades = Object.entries(it.relevant!).sort(([, a], [, b]) => b - a);
      expect(grades[0][1]).toBe(3);
      const ranking = grades.map(([id]) => id);
      expect(await judged(pack(), it, { ranking })).toEqual(
        everything(pack(), 1),
      );
      const others = pack()
        .documents!.map(({ id }) => id)
        .filter(id => !ranking.includes(id));
      expect(await judged(pack(), it, { ranking: others })).toEqual(
        everything(pack(), 0),
      );
    }
  });
});
