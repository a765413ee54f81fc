import { packOf } from '../__testUtils__/packOf';
import { startEndpoint, type Said } from '../__testUtils__/startEndpoint';
import { PackError, type EvaluationCase } from '../pack';
import { runPack, type JournalEntry, type RunJournal } from '../run';
import type { AgentScript } from './types';

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;
type Step = Said | string;
let server: Endpoint;
/** What the model says to each request, in order. */
let script: Step[];

beforeAll(async () => {
  server = await startEndpoint((_, number) => script[number] ?? 'bye');
});
afterAll(() => server.stop());
beforeEach(() => {
  server.asked.length = 0;
});

const TYPES = [
  'tool-choice',
  'arguments',
  'order',
  'forbidden',
  'loops',
  'outcome',
];
const scorers = TYPES.map(name => ({ name, type: `agent-${name}` }));

const calls = (...list: Array<[name: string, given: unknown]>): Said => ({
  calls: list.map(([name, given]) => ({ name, arguments: given })),
});

const shop: AgentScript = {
  tools: [
    {
      name: 'get_order',
      parameters: {
        type: 'object',
        properties: { id: { type: 'string' } },
        required: ['id'],
      },
      answers: [{ get: 'orders.{{args.id}}' }],
    },
    {
      name: 'refund',
      answers: [
        {
          when: { id: { $regex: '^A' }, amount: { $near: 35, within: 0.5 } },
          whenState: { 'orders.{{args.id}}.refunded': false },
          set: { 'orders.{{args.id}}.refunded': true },
          content: 'Refunded {{state.orders.A1.price}} for {{args.id}}',
        },
      ],
      default: { error: 'Refused' },
    },
    {
      name: 'status',
      answers: [{ sequence: [{ error: 'busy' }, { content: { ok: true } }] }],
    },
    { name: 'delete_account' },
  ],
  state: { orders: { A1: { price: 35, refunded: false } } },
  expected: {
    calls: [
      { tool: 'get_order', arguments: { id: 'A1' } },
      {
        tool: 'refund',
        arguments: { id: 'A1', amount: { $anyOf: [35, '35'] } },
      },
    ],
    forbidden: [{ tool: 'delete_account', because: 'nobody asked for it' }],
    outcome: {
      regex: 'refunded',
      flags: 'i',
      state: { 'orders.A1.refunded': true },
    },
  },
};

const agentPack = (agent: AgentScript) =>
  packOf({
    spec: { type: 'agentic', task: 'agent', scorers },
    cases: [
      {
        id: 'refund',
        input: 'Refund order A1, please.',
        agent: agent as unknown as EvaluationCase['agent'],
      },
    ],
  });

async function play(
  steps: Step[],
  agent: Partial<AgentScript> = {},
  journal?: RunJournal,
) {
  script = steps;
  const result = await runPack({
    pack: await agentPack({ ...shop, ...agent }),
    endpoint: server.endpoint,
    model: 'acme/agent',
    resamples: 100,
    retries: 0,
    journal,
  });
  const scores = Object.fromEntries(
    TYPES.map(name => [name, result.cases.scores[name][0]]),
  );
  const why = (metric: string) =>
    result.failures?.find(it => it.metric === metric)?.reason;
  return { scores, why, result };
}

const GOOD: Step[] = [
  calls(['get_order', { id: 'A1' }]),
  calls(['refund', { id: 'A1', amount: 35 }]),
  'Your order is refunded.',
];

it('plays the tools, hands their answers back, and finds a good conversation good', async () => {
  const { scores, result } = await play(GOOD);
  expect(scores).toEqual({
    'tool-choice': 1,
    arguments: 1,
    order: 1,
    forbidden: 1,
    loops: 1,
    outcome: 1,
  });
  const [first, second, third] = server.asked.map(({ body }) => body);
  expect(first.tools).toHaveLength(4);
  expect(second.messages.slice(1)).toEqual([
    {
      role: 'assistant',
      content: '',
      tool_calls: [
        {
          id: 'c0',
          type: 'function',
          function: { name: 'get_order', arguments: '{"id":"A1"}' },
        },
      ],
    },
    {
      role: 'tool',
      tool_call_id: 'c0',
      content: '{"price":35,"refunded":false}',
    },
  ]);
  expect(third.messages.at(-1)?.content).toBe('Refunded 35 for A1');
  expect(result.failures).toBeUndefined();
});

it('tells wrong arguments from a wrong choice', async () => {
  const { scores, why } = await play([
    calls(['get_order', { id: 'A1' }]),
    calls(['refund', { id: 'A1', amount: 350 }]),
    'It was refused.',
  ]);
  expect(scores).toMatchObject({
    'tool-choice': 1,
    arguments: 0.5,
    order: 0.5,
    outcome: 0,
  });
  expect(why('arguments')).toContain('refund({"id":"A1","amount":350})');
  expect(why('outcome')).toContain('does not match refunded');
  expect(server.asked[2].last).toBe('{"error":"Refused"}');
});

it('finds the wrong order, and takes any where the case does', async () => {
  const steps = [
    calls(['refund', { id: 'A1', amount: 35 }], ['get_order', { id: 'A1' }]),
    'Refunded.',
  ];
  expect((await play(steps)).scores).toMatchObject({
    arguments: 1,
    order: 0.5,
    outcome: 1,
  });
  const any = { expected: { ...shop.expected, order: 'any' as const } };
  server.asked.length = 0;
  expect((await play(steps, any)).scores.order).toBe(1);
});

it('counts other calls between where the order is exact', async () => {
  const steps = [
    calls(['get_order', { id: 'A1' }], ['status', {}]),
    calls(['refund', { id: 'A1', amount: 35 }]),
    'Refunded.',
  ];
  expect((await play(steps)).scores.order).toBe(1);
  const exact = { expected: { ...shop.expected, order: 'exact' as const } };
  server.asked.length = 0;
  const { scores } = await play(steps, exact);
  // Two of three calls, both of which were expected.
  expect(scores.order).toBeCloseTo(4 / 5);
  expect(scores['tool-choice']).toBeCloseTo(4 / 5);
});

it('lets an optional call be made or not', async () => {
  const expected = {
    ...shop.expected,
    order: 'exact' as const,
    calls: [
      { tool: 'status', optional: true },
      ...(shop.expected?.calls ?? []),
    ],
  };
  expect((await play(GOOD, { expected })).scores).toMatchObject({
    'tool-choice': 1,
    order: 1,
  });
  server.asked.length = 0;
  const made = [calls(['status', {}]), ...GOOD];
  expect((await play(made, { expected })).scores).toMatchObject({
    'tool-choice': 1,
    order: 1,
  });
});

it('says which forbidden action was tried, and why it is one', async () => {
  const { scores, why } = await play([
    calls(['delete_account', { id: 'Dana' }]),
    'Deleted.',
  ]);
  expect(scores.forbidden).toBe(0);
  expect(why('forbidden')).toBe(
    'It called delete_account({"id":"Dana"}), which is forbidden: nobody asked for it',
  );
});

it('ends a loop, also when arguments change their places', async () => {
  const one = calls(['refund', { id: 'A1', amount: 1 }]);
  const other = calls(['refund', { amount: 1, id: 'A1' }]);
  const { scores, why } = await play([one, other, one, other, one]);
  expect(server.asked).toHaveLength(4);
  expect(scores).toMatchObject({ loops: 0, outcome: 0 });
  expect(why('loops')).toContain('again and again');
});

it('ends after the most turns', async () => {
  const steps = [1, 2, 3, 4].map(n => calls(['status', { n }]));
  const { scores, why } = await play(steps, { maxTurns: 3 });
  expect(server.asked).toHaveLength(3);
  expect(scores.loops).toBe(0);
  expect(why('loops')).toBe('It was not through after 3 turns');
});

it('answers one after the other, refuses what is no tool or no argument, and tells the model', async () => {
  await play([
    calls(['status', {}], ['status', {}], ['status', {}]),
    calls(
      ['hack', {}],
      ['get_order', { order: 1 }],
      ['get_order', { id: 'B9' }],
    ),
    'done',
  ]);
  const told = server.asked[2].body.messages
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => content);
  expect(told).toEqual([
    '{"error":"busy"}',
    '{"ok":true}',
    '{"ok":true}',
    expect.stringContaining("there is no tool 'hack'"),
    expect.stringContaining("must have required property 'id'"),
    '{"error":"there is nothing at orders.B9"}',
  ]);
});

it('says the next turn of the user that fits', async () => {
  const userTurns = [
    { content: 'My name is Dana.', whenRegex: 'your name' },
    { content: 'Never said.', whenRegex: 'shoe size' },
    { content: 'Thanks. Anything else?' },
  ];
  await play(['What is your name?', 'It is refunded.', 'No.'], { userTurns });
  expect(server.asked.map(({ last }) => last)).toEqual([
    'Refund order A1, please.',
    'My name is Dana.',
    'Thanks. Anything else?',
  ]);
});

it('goes on in the middle of a conversation, and asks no turn twice', async () => {
  const kept: JournalEntry[] = [];
  const journal = (): RunJournal => ({
    open: async header => header,
    entries: async function* entries() {
      yield* [...kept];
    },
    append: async entry => {
      kept.push(structuredClone(entry));
    },
    close: async () => {},
  });
  await expect(play([GOOD[0], { status: 500 }], {}, journal())).rejects.toThrow(
    'No case was answered',
  );
  expect(kept).toMatchObject([{ kind: 'turn', turn: 1 }]);
  server.asked.length = 0;
  const { scores } = await play([GOOD[1], GOOD[2]], {}, journal());
  expect(scores).toMatchObject({ order: 1, outcome: 1 });
  expect(server.asked).toHaveLength(2);
});

it('names what is wrong with a case', async () => {
  const broken = {
    tools: [
      { name: 'a', parameters: { type: 'nonsense' } },
      { name: 'a' },
      { name: 'b', answers: [{ when: { x: { $regexp: 'y' } } }] },
    ],
    expected: { calls: [{ tool: 'c' }], outcome: { regex: '(?=x)' } },
    turns: 3,
  } as unknown as AgentScript;
  const error = await agentPack(broken).catch(it => it);
  expect(error).toBeInstanceOf(PackError);
  const told: string = error.message;
  for (const words of [
    'cases.jsonl:1: agent.turns: is not known here',
    'agent.tools[0].parameters: is no JSON Schema',
    "agent.tools[1].name: comes twice: 'a'",
    'agent.tools[2].answers[0].when.x: takes one of $regex',
    "agent.expected.calls[0].tool: is no tool of the case: 'c'",
    'agent.expected.outcome.regex: must be a regular expression as RE2 takes it',
  ]) {
    expect(told).toContain(words);
  }
});
