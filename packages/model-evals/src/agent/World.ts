import { isRecord } from '../pack/rules';
import type { Json } from '../pack/types';

/** Names that reach into objects themselves. */
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

/** The small world of a case: values by path, such as `orders.A1.status`. */
export class World {
  #state: { [name: string]: Json };

  constructor(state: { [name: string]: Json } = {}) {
    this.#state = structuredClone(state);
  }

  get state(): { [name: string]: Json } {
    return structuredClone(this.#state);
  }

  get(path: string): Json | undefined {
    let value: unknown = this.#state;
    for (const name of path.split('.')) {
      if (Array.isArray(value) && /^\d+$/.test(name)) {
        value = value[Number(name)];
      } else if (isRecord(value) && Object.hasOwn(value, name)) {
        value = value[name];
      } else {
        return undefined;
      }
    }
    return structuredClone(value) as Json;
  }

  /** Makes what is not there on the way; a path that leads nowhere sets nothing. */
  set(path: string, value: Json): void {
    const names = path.split('.');
    const last = names.pop()!;
    if ([...names, last].some(name => FORBIDDEN.has(name))) return;
    let at: Record<string, unknown> = this.#state;
    for (const name of names) {
      const next = Object.hasOwn(at, name) ? at[name] : undefined;
      if (isRecord(next)) {
        at = next;
      } else {
        const made: Record<string, unknown> = {};
        at[name] = made;
        at = made;
      }
    }
    at[last] = structuredClone(value);
  }
}

const PLACE = /\{\{\s*(args|state)\.([^}\s]{1,256})\s*\}\}/g;

/**
 * Puts arguments and the world in place of `{{args.x}}` and `{{state.a.b}}`. A
 * text that is nothing but one place becomes the value itself.
 */
export function filled(
  value: Json,
  given: Record<string, unknown>,
  world: World,
): Json {
  const look = (from: string, path: string): Json | undefined =>
    from === 'state'
      ? world.get(path)
      : new World(given as { [name: string]: Json }).get(path);
  if (typeof value === 'string') {
    const whole = new RegExp(`^${PLACE.source}$`).exec(value);
    if (whole) return look(whole[1], whole[2]) ?? '';
    return value.replace(PLACE, (_, from: string, path: string) => {
      const found = look(from, path);
      if (found === undefined) return '';
      return typeof found === 'string' ? found : JSON.stringify(found);
    });
  }
  if (Array.isArray(value)) return value.map(it => filled(it, given, world));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, it]) => [
        name,
        filled(it as Json, given, world),
      ]),
    );
  }
  return value;
}
