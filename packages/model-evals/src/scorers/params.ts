import type { Json } from '../pack/types';

/** Parameters of a scorer. */
export type Params = Record<string, Json>;

/** What is wrong with one parameter (`must be …`), or nothing. */
export type ParamCheck = (value: Json) => string | undefined;

export const isText = (value: unknown): value is string =>
  typeof value === 'string';

export const isObject = (value: unknown): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `true` or `false`. */
export const aFlag: ParamCheck = value =>
  typeof value === 'boolean' ? undefined : 'must be true or false';

/** A text that says something. */
export const aText: ParamCheck = value =>
  isText(value) && value.trim() !== '' ? undefined : 'must be a text';

/** A list of texts, at least one. */
export const someTexts: ParamCheck = value =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(it => isText(it) && it.trim() !== '')
    ? undefined
    : 'must be a list of texts';

/** A number from `least` to `most`. */
export const aNumber =
  (least: number, most = Number.POSITIVE_INFINITY): ParamCheck =>
  value =>
    typeof value === 'number' && value >= least && value <= most
      ? undefined
      : `must be a number ${
          Number.isFinite(most) ? `from ${least} to ${most}` : `from ${least}`
        }`;

/** A whole number from `least` to `most`. */
export const aCount =
  (least: number, most: number): ParamCheck =>
  value =>
    Number.isSafeInteger(value) &&
    (value as number) >= least &&
    (value as number) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`;

/** One of a few words. */
export const oneOfTexts =
  (...known: string[]): ParamCheck =>
  value =>
    isText(value) && known.includes(value)
      ? undefined
      : `must be one of ${known.join(', ')}`;

/**
 * Makes the `problem` of a scorer: every parameter that it knows is checked, and
 * one that it does not know is a problem too, so that a slip of the pen is not
 * silently the default.
 */
export function paramsProblem(
  type: string,
  checks: Record<string, ParamCheck>,
  further: (params: Params) => string | undefined = () => undefined,
): (params: Params) => string | undefined {
  return params => {
    for (const [name, value] of Object.entries(params)) {
      if (!Object.hasOwn(checks, name)) {
        const known = Object.keys(checks);
        return `params.${name} is unknown; ${type} takes ${
          known.length > 0 ? known.join(', ') : 'none'
        }`;
      }
      const problem = checks[name](value);
      if (problem) return `params.${name} ${problem}`;
    }
    return further(params);
  };
}

/** The parameter where it was given; parameters are checked before. */
export const flagOf = (params: Params, name: string, fallback: boolean) =>
  typeof params[name] === 'boolean' ? (params[name] as boolean) : fallback;

/** Likewise of a number. */
export const numberOf = (params: Params, name: string, fallback: number) =>
  typeof params[name] === 'number' ? (params[name] as number) : fallback;

/** Likewise of a text. */
export const textOf = (params: Params, name: string): string | undefined =>
  isText(params[name]) ? (params[name] as string) : undefined;

/** Likewise of a word of a few. */
export const wordOf = <T extends string>(
  params: Params,
  name: string,
  fallback: T,
): T => (textOf(params, name) ?? fallback) as T;

/** Likewise of a list of texts. */
export const textsOf = (params: Params, name: string): string[] | undefined =>
  Array.isArray(params[name])
    ? (params[name] as Json[]).filter(isText)
    : undefined;
