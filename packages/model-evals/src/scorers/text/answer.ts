import type { EvaluationCase, Json } from '../../pack/types';
import type { ScoreInput } from '../types';
import { textOf, type ParamCheck, type Params } from '../params';
import { aPattern, safeRegex } from './safeRegex';

/** The parameter that every scorer of texts has. */
export const EXTRACT: Record<string, ParamCheck> = { extract: aPattern };

/**
 * The part of an answer that counts: of `extract`'s last match the first group,
 * or the whole match where it has none. Nothing where it does not match.
 */
export function extracted(text: string, params: Params): string | undefined {
  const pattern = textOf(params, 'extract');
  if (pattern === undefined) return text;
  const match = safeRegex(pattern).findAll(text).at(-1);
  return (
    match && (match.slice(1).find(group => group !== undefined) ?? match[0])
  );
}

/** What the first answer says, as far as it counts; empty where nothing does. */
export const answerText = ({ answers, params }: ScoreInput): string =>
  extracted(answers[0]?.text ?? '', params) ?? '';

const scalar = (value: Json): string | undefined =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean'
    ? String(value)
    : undefined;

/** The texts that are all right; none where the case expects something else. */
export function referencesOf({ expected }: EvaluationCase): string[] {
  if (expected === undefined) return [];
  return (Array.isArray(expected) ? expected : [expected]).flatMap(
    it => scalar(it) ?? [],
  );
}

/** What a case lacks for a scorer that compares with texts. */
export function referenceProblem(it: EvaluationCase): string | undefined {
  if (it.expected === undefined) return 'expected is missing';
  const wanted = Array.isArray(it.expected) ? it.expected.length : 1;
  return wanted > 0 && referencesOf(it).length === wanted
    ? undefined
    : 'expected must be a text, or a list of texts that are all right';
}

/** In quotes, in one line, at most so long. */
export function quoted(text: string, most = 120): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line === '') return 'nothing';
  const letters = [...line];
  return `“${
    letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : line
  }”`;
}

/** What was expected, and what came. */
export const mismatch = (references: string[], text: string) =>
  `Expected ${references
    .slice(0, 3)
    .map(it => quoted(it, 80))
    .join(' or ')}, got ${quoted(text)}.`;
