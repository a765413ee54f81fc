import type { SnapshotAgentRules } from '@modelhub/governance-protocol';
import { aCall, codeOf } from '../__testUtils__/aCall';
import type { ApiError } from '../http/ApiError';
import { createGuardRailsStage } from './createGuardRailsStage';
import { offeredTools } from './offeredTools';
import { TraceTable } from './TraceTable';

const fn = (name: string) => ({ type: 'function', function: { name } });

const setup = (agents: SnapshotAgentRules, now?: () => number) => {
  const stage = createGuardRailsStage({ now });
  const begin = (options: Parameters<typeof aCall>[1]) =>
    stage.begin?.(aCall({ agents }, options));
  return {
    begin,
    code: (o: Parameters<typeof aCall>[1]) => codeOf(() => begin(o)),
  };
};

const ask = (content: string, fields: object = {}) => ({
  messages: [{ role: 'user', content }],
  ...fields,
});

describe('a trace', () => {
  it('makes as many calls as its profile says, whichever key makes them', () => {
    const { code } = setup({ maxCallsPerTrace: 2 });
    const call = (trace: string, keyId: string) =>
      code({ trace, keyId, body: ask('x') });
    expect(call('t', 'a')).toBe('nothing');
    expect(call('t', 'b')).toBe('nothing');
    expect(call('t', 'c')).toBe('trace_budget_exhausted');
    expect(call('u', 'a')).toBe('nothing');
  });

  it('is that of the key where a call has none, an hour at a time', () => {
    let now = 1_000;
    const { code } = setup({ maxCallsPerTrace: 2 }, () => now);
    const call = (keyId: string) => code({ keyId, body: ask('x') });
    expect([call('a'), call('a'), call('a'), call('b')]).toEqual([
      'nothing',
      'nothing',
      'trace_budget_exhausted',
      'nothing',
    ]);
    now += 1_800_000;
    expect(call('a')).toBe('trace_budget_exhausted');
    now += 1_800_001;
    expect(call('a')).toBe('nothing');
  });

  it('lives on while it is under way, and is forgotten when it is silent', () => {
    let now = 1_000;
    const { code } = setup({ maxCallsPerTrace: 3 }, () => now);
    const call = () => code({ trace: 't', body: ask('x') });
    call();
    now += 3_000_000;
    call();
    now += 3_000_000;
    call();
    now += 3_000_000;
    expect(call()).toBe('trace_budget_exhausted');
    now += 3_600_001;
    expect(call()).toBe('nothing');
  });

  it('is of one profile alone', () => {
    const stage = createGuardRailsStage();
    const call = (id: string) =>
      codeOf(() =>
        stage.begin?.(
          aCall({ id, agents: { maxCallsPerTrace: 1 } }, { trace: 't' }),
        ),
      );
    expect([call('a'), call('b'), call('a')]).toEqual([
      'nothing',
      'nothing',
      'trace_budget_exhausted',
    ]);
  });

  it('takes the risk of the tools that it offers from its budget', () => {
    const { code, begin } = setup({
      riskBudgetPerTrace: 10,
      tools: [
        { match: 'pay', action: 'allow', risk: 6 },
        { match: 'read_*', action: 'allow', risk: 1 },
      ],
    });
    const call = (...tools: string[]) => ({
      trace: 't',
      body: ask('x', { tools: tools.map(fn) }),
    });
    expect(code(call('pay', 'read_mail'))).toBe('nothing');
    expect(code(call('pay'))).toBe('trace_budget_exhausted');
    // What was refused took nothing.
    expect(code(call('read_a', 'read_b', 'read_c'))).toBe('nothing');
    expect(code(call('read_a'))).toBe('trace_budget_exhausted');
    expect(code(call('other'))).toBe('nothing');
    expect(() => begin(call('pay'))).toThrow(/carry risk 6, .* 0 are left/);
  });

  it('costs a profile without rules nothing', () => {
    const stage = createGuardRailsStage();
    expect(
      stage.begin?.(aCall({}, { body: { tools: 'odd' } })),
    ).toBeUndefined();
  });

  it('does not fill the memory, whoever invents trace ids', () => {
    const table = new TraceTable({ now: () => 1 });
    for (let n = 0; n < 10_500; n++) {
      table.of('p', 'k', `t${n}`);
    }
    expect(table.size).toBe(10_000);
    table.of('other', 'k', 't0').calls = 7;
    expect(table.of('other', 'k', 't0').calls).toBe(7);
  });
});

describe('loops', () => {
  it('are the same call again and again, however it is spelt', () => {
    const { code } = setup({ maxRepeats: 2 });
    const call = (body: Record<string, unknown>, model = 'acme/chat') =>
      code({ trace: 't', body, model });
    expect(call({ a: 1, b: 2, stream: true })).toBe('nothing');
    expect(call({ b: 2, a: 1, user: 'x' })).toBe('nothing');
    expect(call({ a: 1, b: 2 })).toBe('loop_detected');
    expect(call({ a: 1, b: 3 })).toBe('nothing');
    expect(call({ a: 1, b: 2 }, 'acme/other')).toBe('nothing');
    expect(code({ trace: 'u', body: { a: 1, b: 2 } })).toBe('nothing');
  });

  const chat = (args: string[]) => ({
    messages: args.map(text => ({
      role: 'assistant',
      tool_calls: [{ id: text, function: { name: 'find', arguments: text } }],
    })),
  });
  const responses = (args: string[]) => ({
    input: args.map(text => ({
      type: 'function_call',
      name: 'find',
      arguments: text,
    })),
  });
  const anthropic = (args: string[]) => ({
    messages: args.map(text => ({
      role: 'assistant',
      content: [{ type: 'tool_use', name: 'find', input: JSON.parse(text) }],
    })),
  });
  it.each([
    ['chat', chat],
    ['responses', responses],
    ['messages', anthropic],
  ])('are tool calls that repeat in the messages of %s', (_, body) => {
    const { code } = setup({ maxRepeats: 2 });
    const call = (...args: string[]) => code({ trace: 't', body: body(args) });
    expect(call('{"q":1,"r":2}', '{"r":2,"q":1}')).toBe('nothing');
    expect(call('{"q":1}', '{"q":2}', '{"q":3}')).toBe('nothing');
    expect(call('{"q":1,"r":2}', '{"r":2, "q":1}', '{"q":1,"r":2}')).toBe(
      'loop_detected',
    );
    // Only what it does now counts.
    expect(call('{"q":1}', '{"q":1}', '{"q":1}', '{"q":2}')).toBe('nothing');
  });
});

describe('tools that a call offers', () => {
  it.each<[string, Record<string, unknown>, string[][]]>([
    [
      'chat',
      {
        tools: [fn('a'), { type: 'custom', custom: { name: 'b' } }],
        functions: [{ name: 'c' }],
        web_search_options: {},
      },
      [['a'], ['b'], ['c'], ['web_search']],
    ],
    [
      'responses',
      {
        tools: [
          { type: 'function', name: 'a' },
          { type: 'web_search_preview' },
          { type: 'code_interpreter', container: {} },
          {
            type: 'mcp',
            server_label: 'docs',
            server_url: 'https://mcp.example:8443/sse',
          },
          { type: 'mcp', server_label: 'x', connector_id: 'connector_gmail' },
        ],
        prompt: { id: 'pmpt_1' },
      },
      [
        ['a'],
        ['web_search_preview'],
        ['code_interpreter'],
        ['mcp:mcp.example:8443', 'mcp'],
        ['mcp:connector_gmail', 'mcp'],
        ['prompt:pmpt_1', 'prompt'],
      ],
    ],
    [
      'messages',
      {
        tools: [
          { name: 'a', input_schema: {} },
          { type: 'web_search_20250305', name: 'web_search' },
        ],
        mcp_servers: [{ type: 'url', url: 'https://mcp.example', name: 'm' }],
      },
      [
        ['a'],
        ['web_search', 'web_search_20250305'],
        ['mcp:mcp.example', 'mcp'],
      ],
    ],
    ['completions', { prompt: 'a text' }, []],
  ])('are read in %s', (_, body, names) => {
    expect(offeredTools(body).map(tool => tool.names)).toEqual(names);
  });

  it.each([
    [{ tools: 'all' }],
    [{ tools: ['x'] }],
    [{ tools: [{}] }],
    [{ tools: [{ type: 'function', function: {} }] }],
    [{ functions: [{ name: '' }] }],
  ])('are refused when they cannot be judged: %j', body => {
    const { code } = setup({ otherTools: 'deny' });
    expect(code({ body })).toBe('invalid_tools');
  });

  it('are denied and allowed by the first rule that matches', () => {
    const { code, begin } = setup({
      tools: [
        { match: 'delete_draft', action: 'allow' },
        { match: 'delete_*', action: 'deny' },
        { match: 'mcp', action: 'deny' },
      ],
    });
    const call = (tool: object) => ({ body: { tools: [fn('fine'), tool] } });
    expect(code(call(fn('delete_draft')))).toBe('nothing');
    expect(code(call(fn('delete_all')))).toBe('tool_denied');
    expect(code(call(fn('undelete_')))).toBe('nothing');
    expect(code(call({ type: 'mcp', server_url: 'https://x' }))).toBe(
      'tool_denied',
    );
    expect(() => begin(call(fn('delete_all')))).toThrow(
      /'delete_all'. Send the call without it/,
    );
  });

  it('are what the profile says of others where no rule matches', () => {
    const rules = { tools: [{ match: 'a', action: 'allow' as const }] };
    const body = { tools: [fn('b')] };
    expect(setup({ ...rules, otherTools: 'deny' }).code({ body })).toBe(
      'tool_denied',
    );
    expect(setup(rules).code({ body })).toBe('nothing');
  });
});

it('says what to do about each refusal', () => {
  const { begin } = setup({ maxCallsPerTrace: 1, maxRepeats: 1 });
  begin({ trace: 't', body: ask('x') });
  const words = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      const { status, message } = error as ApiError;
      return `${status} ${message}`;
    }
    return '';
  };
  expect(words(() => begin({ trace: 't', body: ask('y') }))).toMatch(
    /^429 .*Begin a new task/,
  );
});
