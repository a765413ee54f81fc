import { isObject, resolve, type Schema, type SchemaSet } from './structural';

/** `f:name` of a field, `k:{…}` of an entry of a list that has keys. */
export type FieldPath = string[];

const NOT_MANAGED = new Set([
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'metadata.managedFields',
]);

const METADATA: Schema = {
  type: 'object',
  properties: {
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    annotations: { type: 'object', additionalProperties: { type: 'string' } },
    finalizers: { type: 'array', 'x-kubernetes-list-type': 'atomic' },
    ownerReferences: {
      type: 'array',
      items: { type: 'object' },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['uid'],
    },
  },
};

const entryKey = (item: unknown, keys: string[]) =>
  `k:${JSON.stringify(
    Object.fromEntries(
      keys.map(key => [key, (item as Record<string, unknown>)[key]]),
    ),
  )}`;

const keysOf = (schema: Schema | undefined) =>
  schema?.['x-kubernetes-list-type'] === 'map'
    ? schema['x-kubernetes-list-map-keys']
    : undefined;

/** Paths of all leaves of an object that managers can own. */
export function* leaves(
  given: Schema | undefined,
  value: unknown,
  set: SchemaSet,
  path: FieldPath = [],
): Generator<FieldPath> {
  const dotted = path.map(part => part.slice(2)).join('.');
  if (NOT_MANAGED.has(dotted)) {
    return;
  }
  const schema = dotted === 'metadata' ? METADATA : resolve(given, set);
  const keys = keysOf(schema);
  if (Array.isArray(value) && keys) {
    for (const item of value) {
      const entry = [...path, entryKey(item, keys)];
      yield entry;
      yield* leaves(schema?.items, item, set, entry);
    }
  } else if (
    isObject(value) &&
    Object.keys(value).length > 0 &&
    schema?.['x-kubernetes-map-type'] !== 'atomic'
  ) {
    for (const [name, field] of Object.entries(value)) {
      const known =
        schema?.properties?.[name] ??
        (isObject(schema?.additionalProperties)
          ? (schema.additionalProperties as Schema)
          : undefined);
      yield* leaves(known, field, set, [...path, `f:${name}`]);
    }
  } else {
    yield path;
  }
}

function entryOf(list: unknown[], part: string): number {
  const keys = JSON.parse(part.slice(2)) as Record<string, unknown>;
  return list.findIndex(item =>
    Object.entries(keys).every(
      ([key, value]) => (item as Record<string, unknown>)[key] === value,
    ),
  );
}

/** The value at a path; undefined where there is none. */
export function valueAt(object: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((part, step) => {
    if (step.startsWith('k:')) {
      return Array.isArray(part) ? part[entryOf(part, step)] : undefined;
    }
    return isObject(part) ? part[step.slice(2)] : undefined;
  }, object);
}

/** Writes a value at a path, with what leads there. */
export function writeAt(
  object: Record<string, unknown>,
  path: FieldPath,
  value: unknown,
): void {
  let part: unknown = object;
  path.forEach((step, index) => {
    const isLast = index === path.length - 1;
    const makes = () => (path[index + 1]?.startsWith('k:') ? [] : {});
    if (step.startsWith('k:')) {
      const list = part as unknown[];
      let at = entryOf(list, step);
      if (at === -1) {
        at = list.push(JSON.parse(step.slice(2))) - 1;
      }
      // An entry that is named itself keeps what others have in it.
      part = list[at];
    } else {
      const fields = part as Record<string, unknown>;
      const name = step.slice(2);
      if (isLast) {
        fields[name] = structuredClone(value);
      } else {
        fields[name] ??= makes();
        part = fields[name];
      }
    }
  });
}

/** Removes what is at a path. */
export function removeAt(object: unknown, path: FieldPath): void {
  const holder = valueAt(object, path.slice(0, -1));
  const step = path.at(-1)!;
  if (Array.isArray(holder) && step.startsWith('k:')) {
    const at = entryOf(holder, step);
    if (at !== -1) {
      holder.splice(at, 1);
    }
  } else if (isObject(holder)) {
    delete holder[step.slice(2)];
  }
}

/** `.spec.template.env[name="X"].value`, as messages say it. */
export const pathText = (path: FieldPath): string =>
  path
    .map(step =>
      step.startsWith('k:')
        ? `[${Object.entries(
            JSON.parse(step.slice(2)) as Record<string, unknown>,
          )
            .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
            .join(',')}]`
        : `.${step.slice(2)}`,
    )
    .join('');
