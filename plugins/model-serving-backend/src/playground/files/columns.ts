import type { PlaygroundColumns } from '@modelhub/backstage-plugin-models-common';

const NAMES: Record<keyof PlaygroundColumns, string[]> = {
  prompt: [
    'prompt',
    'input',
    'question',
    'instruction',
    'query',
    'messages',
    'user',
    'text',
  ],
  expected: [
    'expected',
    'expectedanswer',
    'expectedoutput',
    'answer',
    'target',
    'ideal',
    'reference',
    'output',
    'label',
    'completion',
    'response',
  ],
  system: ['system', 'systemprompt', 'context'],
  slice: ['slice', 'category', 'group', 'segment', 'topic', 'language'],
};

const plain = (name: string) =>
  name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Which columns are probably meant for what; nothing where no prompt is to be seen. */
export function guessColumns(columns: string[]): PlaygroundColumns | undefined {
  const find = (use: keyof PlaygroundColumns) => {
    for (const name of NAMES[use]) {
      const found = columns.find(column => plain(column) === name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const prompt =
    find('prompt') ?? (columns.length === 1 ? columns[0] : undefined);
  if (prompt === undefined) return undefined;
  const others = (['expected', 'system', 'slice'] as const).flatMap(use => {
    const found = find(use);
    return found === undefined || found === prompt ? [] : [[use, found]];
  });
  return { prompt, ...Object.fromEntries(others) };
}
