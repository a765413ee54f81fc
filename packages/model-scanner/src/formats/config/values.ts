import type { RuleId } from '../../rules';
import type { Severity } from '../../types';

/** A value of a configuration; nothing where it says null. */
export type ConfigValue =
  | string
  | number
  | boolean
  | undefined
  | ConfigValue[]
  | ConfigObject;

/** An object of a configuration, with where it begins. */
export class ConfigObject extends Map<string, ConfigValue> {
  constructor(readonly at: number) {
    super();
  }

  /** The text that a key has, or nothing where it is none. */
  text(key: string): string | undefined {
    const value = this.get(key);
    return typeof value === 'string' ? value : undefined;
  }

  /** The object that a key has, or nothing where it is none. */
  object(key: string): ConfigObject | undefined {
    const value = this.get(key);
    return value instanceof ConfigObject ? value : undefined;
  }
}

/** So much of an object is copied to see what another value of a key makes of it. */
const MOST_COPIED = 200;

/** An object as it would be by the first of two equal keys. */
export function withValue(
  object: ConfigObject,
  key: string,
  value: ConfigValue,
): ConfigObject {
  const other = new ConfigObject(object.at);
  for (const entry of object) {
    if (other.size >= MOST_COPIED) break;
    other.set(...entry);
  }
  return other.set(key, value);
}

/** Tells of a finding in a configuration. */
export type Tell = (
  rule: RuleId,
  message: string,
  at: number,
  severity?: Severity,
) => void;

const LONGEST_PATH = 200;

/** Every object within a value, with the keys that lead to it. */
export function* objectsIn(
  value: ConfigValue,
): Generator<{ object: ConfigObject; path: string }> {
  const open: Array<[ConfigValue, string]> = [[value, '']];
  while (open.length > 0) {
    const [next, path] = open.pop() as [ConfigValue, string];
    if (next instanceof ConfigObject) {
      yield { object: next, path };
      for (const [key, inner] of next) {
        if (typeof inner === 'object') {
          open.push([inner, joined(path, `.${key}`)]);
        }
      }
    } else if (Array.isArray(next)) {
      next.forEach((inner, i) => {
        if (typeof inner === 'object') {
          open.push([inner, joined(path, `[${i}]`)]);
        }
      });
    }
  }
}

function joined(path: string, step: string) {
  return path.length > LONGEST_PATH ? path : (path + step).replace(/^\./, '');
}

/** A text of a configuration as a report shows it. */
export const shown = (text: string) =>
  JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
