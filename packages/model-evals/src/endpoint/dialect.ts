import type { Failure } from './failures';

/** Fields that some servers do not know, or know by another name. */
export interface Dialect {
  limit: 'max_tokens' | 'max_completion_tokens';
  usage: boolean;
  stream: boolean;
  seed: boolean;
  temperature: boolean;
  topP: boolean;
}

export const FULL_DIALECT: Dialect = {
  limit: 'max_tokens',
  usage: true,
  stream: true,
  seed: true,
  temperature: true,
  topP: true,
};

type Change = [
  pattern: RegExp,
  isOpen: (it: Dialect) => boolean,
  to: Partial<Dialect>,
];

/** The first that a refusal names and that was not tried. */
const CHANGES: Change[] = [
  [/stream_options|include_usage/i, it => it.usage, { usage: false }],
  [
    /max_completion_tokens|max_tokens/i,
    it => it.limit === 'max_tokens',
    { limit: 'max_completion_tokens' },
  ],
  [/\bseed\b/i, it => it.seed, { seed: false }],
  [/\btemperature\b/i, it => it.temperature, { temperature: false }],
  [/\btop_p\b/i, it => it.topP, { topP: false }],
  [/\bstream(ing)?\b/i, it => it.stream, { stream: false, usage: false }],
];

/** How to ask instead, where a refusal says which field the server does not take. */
export function adapted(
  dialect: Dialect,
  { reason, message }: Failure,
): Dialect | undefined {
  if (reason !== 'http-400' && reason !== 'http-422') return undefined;
  const change = CHANGES.find(
    ([pattern, isOpen]) => isOpen(dialect) && pattern.test(message),
  );
  return change && { ...dialect, ...change[2] };
}

/** Fields that the server refused, and that are not sent. */
export function notSent(dialect: Dialect): string[] {
  return [
    ...(dialect.seed ? [] : ['seed']),
    ...(dialect.temperature ? [] : ['temperature']),
    ...(dialect.topP ? [] : ['top_p']),
    ...(dialect.stream ? [] : ['stream']),
  ];
}
