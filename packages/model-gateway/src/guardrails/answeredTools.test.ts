import { aCall, codeOf, handleOf, streamed } from '../__testUtils__/aCall';
import { createGuardRailsStage } from './createGuardRailsStage';

const fn = (name: string) => ({ type: 'function', function: { name } });

describe('tools that an answer calls', () => {
  const begin = (body: Record<string, unknown>) =>
    createGuardRailsStage().begin?.(
      aCall({ agents: { riskBudgetPerTrace: 5 } }, { body }),
    );
  const answer = (tools: object[] = [fn('known')]) =>
    handleOf(begin({ tools })).answer;
  const builtIn = [
    { type: 'web_search_preview' },
    { type: 'code_execution_20250522', name: 'code_execution' },
    { type: 'computer_use_preview' },
    { type: 'mcp', server_url: 'https://x' },
  ];

  it.each(
    (
      [
        ['chat', { choices: [{ message: { tool_calls: [fn('known')] } }] }],
        [
          'functions',
          { choices: [{ message: { function_call: { name: 'known' } } }] },
        ],
        ['responses', { output: [{ type: 'function_call', name: 'known' }] }],
        ['messages', { content: [{ type: 'tool_use', name: 'known' }] }],
        ['web search', { output: [{ type: 'web_search_call' }] }, builtIn],
        ['computer', { output: [{ type: 'computer_call' }] }, builtIn],
        ['mcp', { output: [{ type: 'mcp_call', name: 'any' }] }, builtIn],
        [
          'code',
          {
            content: [{ type: 'server_tool_use', name: 'bash_code_execution' }],
          },
          builtIn,
        ],
        ['text', { choices: [{ message: { content: 'hello' } }] }],
      ] as Array<[string, object, object[]?]>
    ).map(([name, body, tools]) => ({ name, body, tools })),
  )('pass where they were offered: $name', ({ body, tools }) => {
    const fields = { ...body };
    expect(answer(tools)?.json?.(fields)).toBe(fields);
  });

  it.each<[string, object]>([
    ['chat', { choices: [{ message: { tool_calls: [fn('other')] } }] }],
    [
      'functions',
      { choices: [{ message: { function_call: { name: 'other' } } }] },
    ],
    ['responses', { output: [{ type: 'function_call', name: 'other' }] }],
    ['messages', { content: [{ type: 'tool_use', name: 'other' }] }],
    ['built in', { output: [{ type: 'code_interpreter_call' }] }],
    ['mcp', { output: [{ type: 'mcp_list_tools' }] }],
    ['server', { content: [{ type: 'server_tool_use', name: 'web_search' }] }],
  ])('are withheld where they were not: %s', (_, body) => {
    expect(codeOf(() => answer()?.json?.({ ...body }))).toBe('tool_denied');
  });

  const piece = (name?: string, args = '') => ({
    choices: [
      {
        index: 0,
        delta: {
          tool_calls: [{ index: 0, function: { name, arguments: args } }],
        },
      },
    ],
  });
  it('pass in a stream, whole or in pieces', () => {
    for (const events of [
      [piece('known'), piece(undefined, '{}')],
      [piece('kno'), piece('wn'), piece(undefined, '{}')],
      [piece('known'), piece('known', '{}')],
      [
        {
          type: 'content_block_start',
          content_block: { type: 'tool_use', name: 'known' },
        },
      ],
      [
        {
          type: 'response.output_item.added',
          item: { type: 'function_call', name: 'known' },
        },
      ],
    ]) {
      expect(streamed(answer(), events)).toHaveLength(events.length);
    }
  });

  it.each<[string, object[]]>([
    ['chat', [piece('other')]],
    ['pieces', [piece('known'), piece('_more')]],
    ['half a name', [piece('kno'), piece(undefined, '{}')]],
    ['nothing but half a name', [piece('kno')]],
    [
      'messages',
      [
        {
          type: 'content_block_start',
          content_block: { type: 'tool_use', name: 'other' },
        },
      ],
    ],
    [
      'responses',
      [
        {
          type: 'response.output_item.added',
          item: { type: 'mcp_call', name: 'known' },
        },
      ],
    ],
    [
      'the last event of responses',
      [
        {
          type: 'response.completed',
          response: { output: [{ type: 'function_call', name: 'other' }] },
        },
      ],
    ],
  ])('cut a stream where they were not offered: %s', (_, events) => {
    expect(codeOf(() => streamed(answer(), events))).toBe('tool_denied');
  });

  it('are no matter of profiles without rules for tools', () => {
    const context = aCall({ agents: { maxCallsPerTrace: 5 } }, { body: {} });
    expect(createGuardRailsStage().begin?.(context)).toBeUndefined();
  });
});
