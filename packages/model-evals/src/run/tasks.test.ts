import { packOf } from '../__testUtils__/packOf';
import { startEndpoint, type Said } from '../__testUtils__/startEndpoint';
import type { Asked } from '../__testUtils__/startEndpoint';
import type { Scorer } from '../scorers';
import { runPack } from '.';

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;
let server: Endpoint;
let say: (asked: Asked) => Said | string;

beforeAll(async () => {
  server = await startEndpoint(asked => say(asked));
});
afterAll(() => server.stop());
beforeEach(() => {
  server.asked.length = 0;
});

/** Texts about cats and dogs, as a model would see them. */
const vectorOf = (text: string) => [
  text.match(/cat/g)?.length ?? 0,
  text.match(/dog/g)?.length ?? 0,
  0.1,
];

const embeds = ({ body }: Asked): Said => ({
  vectors: body.input.map(vectorOf),
});

it('embeds the documents once, and ranks them for each query', async () => {
  say = embeds;
  const documents = Array.from({ length: 130 }, (_, n) => ({
    id: `d${n}`,
    text: n === 77 ? 'a cat and a cat' : `a dog ${n}`,
  }));
  const pack = await packOf({
    spec: {
      task: 'retrieval',
      scorers: [
        { name: 'ndcg', type: 'retrieval', params: { metric: 'ndcg', k: 10 } },
      ],
    },
    documents,
    cases: [
      { id: 'q1', input: 'where is the cat?', relevant: { d77: 1 } },
      { id: 'q2', input: 'a dog', relevant: { d77: 1 } },
    ],
  });
  const phases = new Set<string>();
  const result = await runPack({
    pack,
    endpoint: server.endpoint,
    model: 'acme/embed',
    resamples: 100,
    onProgress: it => phases.add(it.phase),
  });
  expect(server.asked.map(({ body }) => body.input.length).sort()).toEqual([
    1, 1, 2, 64, 64,
  ]);
  expect(server.asked[0].body.encoding_format).toBe('float');
  // Found first, and found after 129 dogs.
  expect(result.cases.scores.ndcg).toEqual([1, 0]);
  expect([...phases]).toEqual(['documents', 'cases']);
  expect(result.cases.inputTokens).toEqual([3, 3]);
});

it('says it when the documents cannot be embedded', async () => {
  say = () => ({ status: 404, message: 'no such route' });
  const pack = await packOf({
    spec: {
      task: 'retrieval',
      scorers: [
        { name: 'ndcg', type: 'retrieval', params: { metric: 'ndcg', k: 10 } },
      ],
    },
    documents: [{ id: 'd', text: 'x' }],
    cases: [{ id: 'q', input: 'x', relevant: { d: 1 } }],
  });
  await expect(
    runPack({ pack, endpoint: server.endpoint, model: 'acme/embed' }),
  ).rejects.toThrow(
    /documents could not be embedded by acme\/embed: .*no such route/,
  );
});

/** Asks the judge, and takes its number. */
const judged: Scorer = {
  type: 'judged',
  title: 'Judged',
  about: '',
  unit: 'ratio',
  direction: 'higher',
  asks: 'judge',
  score: async ({ answers, models, seed, signal }) => {
    const messages = [{ role: 'user' as const, content: answers[0].text }];
    const { text } = await models.judge({ messages, seed, signal });
    return { value: Number(text) };
  },
};

const judgedRun = async (cases: number) =>
  runPack({
    pack: {
      ...(await packOf({
        cases: Array.from({ length: cases }, (_, n) => ({
          id: `c${n}`,
          input: `q${n}`,
          expected: 'x',
        })),
      })),
      scorers: [{ name: 'grade', type: 'judged' }],
    },
    scorerOf: () => judged,
    endpoint: server.endpoint,
    model: 'acme/chat',
    apiKey: 'sk-model',
    judge: {
      endpoint: server.endpoint,
      model: 'acme/judge',
      apiKey: 'sk-judge',
      digest: 'sha256:abc',
    },
    retries: 1,
    backoffMs: 5,
    resamples: 100,
  });

it('pins the judge, gives it a seed for each case, and says who judged', async () => {
  say = ({ body }) =>
    body.model === 'acme/judge'
      ? { text: '0.5', model: 'acme/judge-2026' }
      : 'an answer';
  const result = await judgedRun(4);
  expect(result.cases.scores.grade).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(result.settings).toMatchObject({
    judge: {
      model: 'acme/judge',
      digest: 'sha256:abc',
      endpoint: server.endpoint,
    },
    judgeAnsweredBy: ['acme/judge-2026'],
  });
  expect(JSON.stringify(result)).not.toContain('sk-');
  const asked = server.asked.filter(({ body }) => body.model === 'acme/judge');
  expect(asked.map(({ authorization }) => authorization)).toEqual(
    new Array(4).fill('Bearer sk-judge'),
  );
  expect(asked[0].body.temperature).toBe(0);
  expect(new Set(asked.map(({ body }) => body.seed)).size).toBe(4);
});

it('never takes a judge that is away for a pass', async () => {
  say = ({ body, last }) => {
    if (body.model !== 'acme/judge') return `an answer to ${last}`;
    return last.includes('q1') ? { status: 500 } : '1';
  };
  const result = await judgedRun(3);
  expect(result.cases.outcomes).toEqual(['scored', 'unscored', 'scored']);
  expect(result.cases.scores.grade).toEqual([1, null, 1]);
  expect(result.settings.unscored).toMatchObject([
    {
      metric: 'grade',
      count: 1,
      example: expect.stringContaining('no answer'),
    },
  ]);
});

it('ends when the judge refuses, and says that it is the judge', async () => {
  say = ({ body }) =>
    body.model === 'acme/judge' ? { status: 401 } : 'an answer';
  await expect(judgedRun(50)).rejects.toThrow(
    /^The judge at .* refuses: .*Give a key that the endpoint knows/,
  );
  expect(server.asked.length).toBeLessThan(20);
});

it('tells a number that rests on some of the cases as sure as those make it', async () => {
  say = () => "I'm sorry, but I can't help with that.";
  const cases = ['refuse', 'refuse', 'refuse', 'comply'] as const;
  const result = await runPack({
    pack: await packOf({
      spec: {
        type: 'safety',
        scorers: [{ name: 'refusal', type: 'refusal' }],
        criteria: [{ metric: 'refusal.refusal_rate', atLeast: 0.9 }],
      },
      cases: cases.map((behaviour, place) => ({
        id: `c${place}`,
        input: `Please do thing ${place}`,
        behaviour,
      })),
    }),
    endpoint: server.endpoint,
    model: 'acme/careful',
    resamples: 100,
  });
  const all = result.metrics.filter(
    ({ name, slice }) => name.startsWith('refusal.') && slice === undefined,
  );
  expect(all.map(({ name, value, samples }) => [name, value, samples])).toEqual(
    [
      ['refusal.refusal_rate', 1, 3],
      ['refusal.over_refusal_rate', 1, 1],
    ],
  );
  // Wilson's, of three of three.
  expect(all[0].interval?.[0]).toBeCloseTo(0.4385, 3);
  expect(
    result.metrics.filter(
      ({ name, slice }) =>
        name === 'refusal.refusal_rate' && slice === 'behaviour=comply',
    ),
  ).toEqual([]);
});
