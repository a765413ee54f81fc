import type { JsonObject } from '@backstage/types';

export const text = (description: string): JsonObject => ({
  type: 'string',
  minLength: 1,
  description,
});

export const texts = (description: string): JsonObject => ({
  type: 'array',
  items: { type: 'string', minLength: 1 },
  description,
});

export const choice = (
  values: readonly string[],
  description: string,
): JsonObject => ({
  type: 'string',
  enum: [...values],
  description,
});

export const amount = (description: string): JsonObject => ({
  type: 'number',
  minimum: 0,
  description,
});

export const count = (description: string): JsonObject => ({
  type: 'integer',
  minimum: 0,
  description,
});

export const record = (
  description: string,
  properties: Record<string, JsonObject>,
  required: string[] = [],
): JsonObject => ({ type: 'object', description, required, properties });

export const list = (items: JsonObject, description: string): JsonObject => ({
  type: 'array',
  items,
  description,
});
