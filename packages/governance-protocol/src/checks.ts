/** Says what is wrong with a value, or nothing. */
export type Check = (value: unknown) => string | undefined;

/** A check for each field, so that a new field cannot be forgotten here. */
export type Shape<T> = { [K in keyof Required<T>]: Check };

const LONGEST_TEXT = 2048;

/** What nearly every text consists of; it is far quicker to test for. */
const PRINTABLE_ASCII = /^[ -~]*$/;

export const text: Check = value =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= LONGEST_TEXT &&
  (PRINTABLE_ASCII.test(value) || !/\p{Cc}/u.test(value))
    ? undefined
    : `must be a text of 1 to ${LONGEST_TEXT} characters without control characters`;

/** Any characters, line ends too: only its length is looked at. */
export const textUpTo =
  (longest: number): Check =>
  value =>
    typeof value === 'string' && value.length > 0 && value.length <= longest
      ? undefined
      : `must be a text of 1 to ${longest} characters`;

export const matching =
  (pattern: RegExp, words: string): Check =>
  value =>
    typeof value === 'string' && pattern.test(value)
      ? undefined
      : `must be ${words}`;

export const oneOf =
  (values: readonly string[]): Check =>
  value =>
    typeof value === 'string' && values.includes(value)
      ? undefined
      : `must be one of ${values.join(', ')}`;

export const count =
  (least: number): Check =>
  value =>
    Number.isSafeInteger(value) && (value as number) >= least
      ? undefined
      : `must be an integer of at least ${least}`;

export const amount: Check = value =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? undefined
    : 'must be a number of at least 0';

export const flag: Check = value =>
  typeof value === 'boolean' ? undefined : 'must be true or false';

export const moment: Check = value =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(
    value,
  ) &&
  !Number.isNaN(Date.parse(value))
    ? undefined
    : 'must be an ISO 8601 date';

export const optional =
  (check: Check): Check =>
  value =>
    value === undefined ? undefined : check(value);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const step = (name: string | number) =>
  typeof name === 'number' ? `[${name}]` : `.${name}`;

export const at = (name: string | number, problem: string) =>
  problem.startsWith('.') || problem.startsWith('[')
    ? `${step(name)}${problem}`
    : `${step(name)} ${problem}`;

export const record = (shape: Record<string, Check>): Check => {
  const names = new Set(Object.keys(shape));
  const checks = Object.entries(shape);
  return value => {
    if (!isRecord(value)) {
      return 'must be an object';
    }
    for (const name of Object.keys(value)) {
      if (!names.has(name)) {
        return `has an unknown field '${name}'`;
      }
    }
    for (const [name, check] of checks) {
      const problem = check(value[name]);
      if (problem) {
        return at(name, problem);
      }
    }
    return undefined;
  };
};

export const listOf =
  (check: Check): Check =>
  value => {
    if (!Array.isArray(value)) {
      return 'must be a list';
    }
    for (let index = 0; index < value.length; index++) {
      const problem = check(value[index]);
      if (problem) {
        return at(index, problem);
      }
    }
    return undefined;
  };

/** A list in strictly ascending order of the id, which also makes ids unique. */
export const sortedBy =
  (idOf: (item: unknown) => string, check: Check): Check =>
  value => {
    if (!Array.isArray(value)) {
      return 'must be a list';
    }
    let previous: string | undefined;
    for (let index = 0; index < value.length; index++) {
      const problem = check(value[index]);
      if (problem) {
        return at(index, problem);
      }
      const id = idOf(value[index]);
      if (previous !== undefined && previous >= id) {
        return at(index, `must come in order and once: '${id}'`);
      }
      previous = id;
    }
    return undefined;
  };
