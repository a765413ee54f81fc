/** The part of OpenAPI v3 that custom resource definitions use. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: string;
}

/** Schemas of kinds, with the parts they share. */
export interface SchemaSet {
  kinds: Record<string, Schema>;
  definitions: Record<string, Schema>;
}

/** Follows references. */
export function resolve(
  schema: Schema | undefined,
  set: SchemaSet,
): Schema | undefined {
  return schema?.$ref
    ? { ...set.definitions[schema.$ref], ...schema, $ref: undefined }
    : schema;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeProblem(schema: Schema, value: unknown): string | undefined {
  if (schema['x-kubernetes-int-or-string']) {
    return typeof value === 'string' || Number.isInteger(value)
      ? undefined
      : 'must be an integer or a string';
  }
  const is: Record<string, boolean> = {
    object: isObject(value),
    array: Array.isArray(value),
    string: typeof value === 'string',
    boolean: typeof value === 'boolean',
    integer: Number.isInteger(value),
    number: typeof value === 'number',
  };
  return schema.type && !is[schema.type]
    ? `must be of type ${schema.type}: "${
        Array.isArray(value) ? 'array' : typeof value
      }"`
    : undefined;
}

function* valueProblems(schema: Schema, value: unknown): Generator<string> {
  if (schema.enum && !schema.enum.includes(value)) {
    yield `Unsupported value: ${JSON.stringify(
      value,
    )}: supported values: ${schema.enum
      .map(entry => JSON.stringify(entry))
      .join(', ')}`;
  }
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum) {
      yield `should be greater than or equal to ${schema.minimum}`;
    }
    if (schema.maximum !== undefined && value > schema.maximum) {
      yield `should be less than or equal to ${schema.maximum}`;
    }
  }
  if (typeof value === 'string') {
    if (schema.pattern && !new RegExp(schema.pattern).test(value)) {
      yield `should match '${schema.pattern}'`;
    }
    if (value.length < (schema.minLength ?? 0)) {
      yield `should be at least ${schema.minLength} chars long`;
    }
    if (value.length > (schema.maxLength ?? Infinity)) {
      yield `may not be more than ${schema.maxLength} chars long`;
    }
    if (schema.format === 'date-time' && Number.isNaN(Date.parse(value))) {
      yield 'must be a date and time';
    }
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) {
      yield `should have at least ${schema.minItems} items`;
    }
    if (value.length > (schema.maxItems ?? Infinity)) {
      yield `should have at most ${schema.maxItems} items`;
    }
  }
}

function* fieldProblems(
  schema: Schema,
  value: Record<string, unknown>,
  path: string,
  set: SchemaSet,
): Generator<string> {
  for (const name of schema.required ?? []) {
    if (value[name] === undefined) {
      yield `${path}.${name}: Required value`;
    }
  }
  const keepsUnknown =
    schema['x-kubernetes-preserve-unknown-fields'] ||
    (schema.type === 'object' &&
      !schema.properties &&
      !schema.additionalProperties);
  for (const [name, field] of Object.entries(value)) {
    const known =
      schema.properties?.[name] ??
      (isObject(schema.additionalProperties)
        ? (schema.additionalProperties as Schema)
        : undefined);
    if (known) {
      yield* problemsOf(known, field, `${path}.${name}`, set);
    } else if (!keepsUnknown && schema.additionalProperties !== true) {
      yield `${path}.${name}: field not declared in schema`;
    }
  }
}

/** What is wrong with a value, as the API server would say it; unknown fields are wrong, too. */
export function* problemsOf(
  given: Schema,
  value: unknown,
  path: string,
  set: SchemaSet,
): Generator<string> {
  const schema = resolve(given, set)!;
  if (schema['x-kubernetes-preserve-unknown-fields'] && !schema.type) {
    return;
  }
  const type = typeProblem(schema, value);
  if (type) {
    yield `${path}: Invalid value: ${type}`;
    return;
  }
  for (const problem of valueProblems(schema, value)) {
    yield `${path}: ${problem}`;
  }
  if (Array.isArray(value) && schema.items) {
    for (const [index, item] of value.entries()) {
      yield* problemsOf(schema.items, item, `${path}[${index}]`, set);
    }
  } else if (isObject(value)) {
    yield* fieldProblems(schema, value, path, set);
  }
}

/** Fills in what the schema says where nothing is written; in place. */
export function fillDefaults(
  given: Schema,
  value: unknown,
  set: SchemaSet,
): void {
  const schema = resolve(given, set)!;
  if (Array.isArray(value) && schema.items) {
    value.forEach(item => fillDefaults(schema.items!, item, set));
  } else if (isObject(value)) {
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      const standard = resolve(field, set)?.default;
      if (value[name] === undefined && standard !== undefined) {
        value[name] = structuredClone(standard);
      }
      if (value[name] !== undefined) {
        fillDefaults(field, value[name], set);
      }
    }
    if (isObject(schema.additionalProperties)) {
      for (const [name, field] of Object.entries(value)) {
        if (!schema.properties?.[name]) {
          fillDefaults(schema.additionalProperties as Schema, field, set);
        }
      }
    }
  }
}
