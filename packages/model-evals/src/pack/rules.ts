/** Way to a field: `['spec', 'scorers', 0, 'type']`. */
export type Path = Array<string | number>;

export type Tell = (path: Path, message: string) => void;

/** Tells everything that is wrong with a value. */
export type Rule = (value: unknown, path: Path, tell: Tell) => void;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `spec.scorers[0].type` */
export const formatPath = (path: Path): string =>
  path
    .map((name, index) => {
      if (typeof name === 'number') return `[${name}]`;
      return index === 0 ? name : `.${name}`;
    })
    .join('');

export const anything: Rule = () => {};

export const must =
  (isRight: (value: unknown) => boolean, words: string): Rule =>
  (value, path, tell) => {
    if (!isRight(value)) tell(path, `must be ${words}`);
  };

/** Line breaks and tabs are fine, other control characters are not. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

export const text = (most = 2048): Rule =>
  must(
    value =>
      typeof value === 'string' &&
      value.trim().length > 0 &&
      value.length <= most &&
      !CONTROL.test(value),
    `a text of 1 to ${most} characters without control characters`,
  );

export const matching = (pattern: RegExp, words: string): Rule =>
  must(value => typeof value === 'string' && pattern.test(value), words);

export const oneOf = (values: readonly string[]): Rule =>
  must(
    value => typeof value === 'string' && values.includes(value),
    `one of ${values.join(', ')}`,
  );

export const number = (least: number, most: number): Rule =>
  must(
    value => typeof value === 'number' && value >= least && value <= most,
    `a number of ${least} to ${most}`,
  );

export const finite: Rule = must(
  value => typeof value === 'number' && Number.isFinite(value),
  'a number',
);

export const whole = (least: number, most: number): Rule =>
  must(
    value =>
      Number.isSafeInteger(value) &&
      (value as number) >= least &&
      (value as number) <= most,
    `a whole number of ${least} to ${most}`,
  );

export const flag: Rule = must(
  value => typeof value === 'boolean',
  'true or false',
);

export const optional =
  (rule: Rule): Rule =>
  (value, path, tell) => {
    if (value !== undefined) rule(value, path, tell);
  };

/** A record of these fields; an unknown one is wrong. */
export const record =
  (fields: Record<string, Rule>): Rule =>
  (value, path, tell) => {
    if (!isRecord(value)) {
      tell(path, 'must be an object');
      return;
    }
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(fields, name)) {
        tell(
          [...path, name],
          `is not known here; known are ${Object.keys(fields).join(', ')}`,
        );
      }
    }
    for (const [name, rule] of Object.entries(fields)) {
      const field = Object.hasOwn(value, name) ? value[name] : undefined;
      rule(field, [...path, name], tell);
    }
  };

/** Any names that fit, each with a value that fits. */
export const mapOf =
  (isName: RegExp, words: string, rule: Rule): Rule =>
  (value, path, tell) => {
    if (!isRecord(value)) {
      tell(path, 'must be an object');
      return;
    }
    for (const [name, item] of Object.entries(value)) {
      if (!isName.test(name))
        tell([...path, name], `must be named by ${words}`);
      rule(item, [...path, name], tell);
    }
  };

export const jsonObject: Rule = must(isRecord, 'an object');

export const listOf =
  (rule: Rule, least: number, most: number): Rule =>
  (value, path, tell) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      tell(path, `must be a list of ${least} to ${most}`);
      return;
    }
    value.forEach((item, index) => rule(item, [...path, index], tell));
  };
