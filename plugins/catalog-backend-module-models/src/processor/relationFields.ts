import {
  type CompoundEntityRef,
  DEFAULT_NAMESPACE,
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  type CatalogProcessorRelationResult,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  type ModelRelationField,
  splitVersionedRef,
} from '@modelhub/backstage-plugin-models-common';

function valueAt(entity: Entity, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[key]
          : undefined,
      entity,
    );
}

function parseRef(
  entity: Entity,
  field: ModelRelationField,
  value: unknown,
): CompoundEntityRef {
  if (typeof value !== 'string') {
    throw new InputError(
      `${
        field.path
      } must be an entity reference or a list of them, such as "${field.defaultKind.toLowerCase()}:default/name"; got ${JSON.stringify(
        value,
      )}`,
    );
  }
  let ref: CompoundEntityRef;
  try {
    const text = field.versioned ? splitVersionedRef(value).ref : value;
    ref = parseEntityRef(text, {
      defaultKind: field.defaultKind,
      defaultNamespace:
        field.defaultNamespace === 'default'
          ? DEFAULT_NAMESPACE
          : entity.metadata.namespace ?? DEFAULT_NAMESPACE,
    });
  } catch {
    throw new InputError(
      `${field.path} has "${value}", which is not an entity reference; write [kind:][namespace/]name`,
    );
  }
  const kind = ref.kind.toLocaleLowerCase('en-US');
  if (!field.allowedKinds.some(allowed => allowed.toLowerCase() === kind)) {
    throw new InputError(
      `${field.path} has "${value}", which names a ${
        ref.kind
      }; it must name a ${field.allowedKinds.join(' or ')}`,
    );
  }
  return ref;
}

/**
 * The entities that a field names.
 *
 * @throws InputError that names the field, when a value is no entity reference
 * or names a kind that does not belong there.
 */
export function readRelationField(
  entity: Entity,
  field: ModelRelationField,
): CompoundEntityRef[] {
  const value = valueAt(entity, field.path);
  if (value === undefined || value === null) {
    return [];
  }
  return (Array.isArray(value) ? value : [value]).map(item =>
    parseRef(entity, field, item),
  );
}

/** The relations, both ways, that the fields of an entity stand for. */
export function relationsOf(
  entity: Entity,
  fields: ModelRelationField[],
): CatalogProcessorRelationResult[] {
  const self = getCompoundEntityRef(entity);
  return fields
    .filter(({ kind }) => kind === entity.kind)
    .flatMap(field =>
      readRelationField(entity, field).flatMap(target => [
        processingResult.relation({
          source: self,
          type: field.relation,
          target,
        }),
        processingResult.relation({
          source: target,
          type: field.inverse,
          target: self,
        }),
      ]),
    ) as CatalogProcessorRelationResult[];
}
