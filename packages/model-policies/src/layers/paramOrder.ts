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

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const namesOf = (...objects: JsonObject[]) => [
  ...new Set(objects.flatMap(object => Object.keys(object))),
];

type ObjectOrder = Extract<ParamOrder, { each: unknown } | { fields: unknown }>;

const isObjectOrder = (order: ParamOrder | undefined): order is ObjectOrder =>
  typeof order === 'object' && !Array.isArray(order);

const orderOf = (order: ObjectOrder, name: string): ParamOrder | undefined =>
  'each' in order ? order.each : order.fields[name];

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
      if (isObjectOrder(order)) {
        return (
          isObject(base) &&
          isObject(next) &&
          namesOf(base, next).every(name =>
            isAtLeastAsStrict(orderOf(order, name), base[name], next[name]),
          )
        );
      }
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
  if (isObjectOrder(order) && isObject(a) && isObject(b)) {
    return Object.fromEntries(
      namesOf(a, b).flatMap(name => {
        const [left, right] = [a[name], b[name]];
        if (left === undefined)
          return right === undefined ? [] : [[name, right]];
        return [
          [
            name,
            right === undefined
              ? left
              : strictest(orderOf(order, name), left, right),
          ],
        ];
      }),
    );
  }
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
