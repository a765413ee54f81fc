import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue, ParamOrder } from '../types';

/**
 * @public
 */
export type ParamOrders = Record<string, ParamOrder>;

const list = (value: JsonValue | undefined) =>
  Array.isArray(value) ? value : [];

const within = (inner: JsonValue[], outer: JsonValue[]) =>
  inner.every(x => outer.some(y => isDeepStrictEqual(x, y)));

/**
 * Whether `next` is at least as strict as `base`.
 *
 * @public
 */
export function isAtLeastAsStrict(
  order: ParamOrder | undefined,
  base: JsonValue | undefined,
  next: JsonValue | undefined,
): boolean {
  if (isDeepStrictEqual(base, next)) return true;
  if (base === undefined) return order !== undefined;
  if (next === undefined) return false;
  switch (order) {
    case 'higher':
      return Number(next) >= Number(base);
    case 'lower':
      return Number(next) <= Number(base);
    case 'superset':
      return within(list(base), list(next));
    case 'subset':
      return within(list(next), list(base));
    case undefined:
      return false;
    default:
      return (
        order.some(step => step === next) &&
        order.findIndex(step => step === next) >=
          order.findIndex(step => step === base)
      );
  }
}

function strictest(
  order: ParamOrder | undefined,
  a: JsonValue,
  b: JsonValue,
): JsonValue {
  switch (order) {
    case 'superset':
      return [...list(a), ...list(b).filter(x => !within([x], list(a)))];
    case 'subset':
      return list(a).filter(x => within([x], list(b)));
    default:
      return isAtLeastAsStrict(order, a, b) ? b : a;
  }
}

/** The stricter of both, parameter by parameter. */
export function strictestParams(
  orders: ParamOrders,
  a: JsonObject,
  b: JsonObject,
): JsonObject {
  const merged: JsonObject = { ...a };
  for (const [name, value] of Object.entries(b)) {
    if (value === undefined) continue;
    const other = merged[name];
    merged[name] =
      other === undefined ? value : strictest(orders[name], other, value);
  }
  return merged;
}
