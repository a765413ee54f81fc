import type {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  EVERYTHING,
  NOTHING,
  type VisibilityFilter,
} from '../database/ModelStore';

const text = (params: unknown, name: string): string | undefined => {
  const value = (params as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
};

const texts = (params: unknown, name: string): string[] | undefined => {
  const value = (params as Record<string, unknown> | undefined)?.[name];
  return Array.isArray(value) && value.every(item => typeof item === 'string')
    ? value
    : undefined;
};

function field(
  prefix: string,
  params: unknown,
  name: string,
): VisibilityFilter | undefined {
  const key = text(params, name);
  if (key === undefined) {
    return undefined;
  }
  const value = text(params, 'value');
  return {
    key: `${prefix}.${key}`,
    values: value === undefined ? undefined : [value],
  };
}

function translateRule({
  rule,
  params,
}: PermissionCondition): VisibilityFilter | undefined {
  switch (rule) {
    case 'IS_ENTITY_KIND': {
      const kinds = texts(params, 'kinds');
      const isModel = kinds?.some(kind => kind.toLowerCase() === 'model');
      return kinds && (isModel ? EVERYTHING : NOTHING);
    }
    case 'IS_ENTITY_OWNER': {
      const values = texts(params, 'claims');
      return values && { key: 'relations.ownedBy', values };
    }
    case 'HAS_LABEL':
      return field('metadata.labels', params, 'label');
    case 'HAS_ANNOTATION':
      return field('metadata.annotations', params, 'annotation');
    case 'HAS_METADATA':
      return field('metadata', params, 'key');
    case 'HAS_SPEC':
      return field('spec', params, 'key');
    default:
      return undefined;
  }
}

function translateAll(
  criteria: PermissionCriteria<PermissionCondition>[],
): VisibilityFilter[] | undefined {
  const filters = criteria.map(translateConditions);
  return filters.every(filter => filter !== undefined) ? filters : undefined;
}

/**
 * The catalog's conditional decision as a filter over our own rows, or
 * undefined when it has a rule that is not the catalog's own, so that only the
 * catalog can apply it.
 */
export function translateConditions(
  criteria: PermissionCriteria<PermissionCondition>,
): VisibilityFilter | undefined {
  if ('allOf' in criteria) {
    const allOf = translateAll(criteria.allOf);
    return allOf && { allOf };
  }
  if ('anyOf' in criteria) {
    const anyOf = translateAll(criteria.anyOf);
    return anyOf && { anyOf };
  }
  if ('not' in criteria) {
    const not = translateConditions(criteria.not);
    return not && { not };
  }
  return translateRule(criteria);
}
