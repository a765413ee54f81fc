import { isRecord } from '../pack/rules';
import type { Json } from '../pack/types';
import { safeRegex } from '../scorers/text/safeRegex';
import type { AgentCallPattern, ArgumentMatcher } from './types';

/** Whether a value is what a matcher wants. */
export function fits(matcher: ArgumentMatcher, value: unknown): boolean {
  if (isRecord(matcher)) {
    if ('$any' in matcher) return value !== undefined;
    if ('$anyOf' in matcher) {
      const list = matcher.$anyOf;
      return Array.isArray(list) && list.some(it => fits(it as Json, value));
    }
    if ('$regex' in matcher) {
      return (
        ['string', 'number'].includes(typeof value) &&
        safeRegex(String(matcher.$regex)).test(String(value))
      );
    }
    if ('$near' in matcher) {
      const off = Math.abs(Number(matcher.$near) - Number(value));
      return typeof value === 'number' && off <= Number(matcher.within ?? 1e-9);
    }
    return (
      isRecord(value) &&
      Object.keys(value).length === Object.keys(matcher).length &&
      Object.entries(matcher).every(
        ([name, it]) =>
          Object.hasOwn(value, name) && fits(it as Json, value[name]),
      )
    );
  }
  if (Array.isArray(matcher)) {
    return (
      Array.isArray(value) &&
      value.length === matcher.length &&
      matcher.every((it, index) => fits(it, value[index]))
    );
  }
  // What models put around a text says nothing.
  return typeof matcher === 'string' && typeof value === 'string'
    ? matcher.trim() === value.trim()
    : matcher === value;
}

/** Whether the arguments of a call are what is wanted. */
export function argumentsFit(
  wanted: Record<string, ArgumentMatcher> | undefined,
  match: 'exact' | 'subset' | undefined,
  given: unknown,
): boolean {
  if (!wanted) return true;
  if (!isRecord(given)) return false;
  return (
    Object.entries(wanted).every(([name, it]) =>
      fits(it, Object.hasOwn(given, name) ? given[name] : undefined),
    ) &&
    (match !== 'exact' ||
      Object.keys(given).every(name => Object.hasOwn(wanted, name)))
  );
}

export function callFits(
  pattern: AgentCallPattern,
  call: { name: string; arguments: Json },
): boolean {
  return (
    pattern.tool === call.name &&
    argumentsFit(pattern.arguments, pattern.match, call.arguments)
  );
}

/** Whether a value holds what is wanted; other fields may be there. */
export function holds(wanted: Json, value: unknown): boolean {
  if (!isRecord(wanted) || Object.keys(wanted).some(it => it.startsWith('$'))) {
    return fits(wanted, value);
  }
  return (
    isRecord(value) &&
    Object.entries(wanted).every(
      ([name, it]) =>
        Object.hasOwn(value, name) && holds(it as Json, value[name]),
    )
  );
}
