type Value = unknown;

const isPlain = (value: Value): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Paths of the fields that differ, sorted, such as `limits.tokensPerMinute`.
 * Lists are one value; a field that is undefined is not there.
 */
export function changedFields(before: Value, after: Value): string[] {
  if (!isPlain(before) && !isPlain(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [''];
  }
  const from = isPlain(before) ? before : {};
  const to = isPlain(after) ? after : {};
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names.flatMap(name =>
    changedFields(from[name], to[name]).map(path =>
      path === '' ? name : `${name}.${path}`,
    ),
  );
}
