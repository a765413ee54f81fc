import {
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import {
  MODEL_KIND,
  RELATION_CONSUMES_MODEL,
  RELATION_DERIVED_FROM,
  RELATION_FEATURES_USED_BY,
  RELATION_HAS_DERIVATIVE,
  RELATION_MODEL_CONSUMED_BY,
  RELATION_SERVED_BY,
  RELATION_SERVES_MODEL,
  RELATION_SUPERSEDED_BY,
  RELATION_SUPERSEDES,
  RELATION_TRAINED_ON,
  RELATION_USED_TO_TRAIN,
  RELATION_USES_FEATURES,
} from './constants';

/**
 * A field that names other entities, and the relations it stands for.
 *
 * @public
 */
export type ModelRelationField = {
  /** The kind that has the field. */
  kind: string;
  /** Dot-separated path, e.g. `spec.owner`. */
  path: string;
  /** Relation from the entity that has the field. */
  relation: string;
  /** Relation back. */
  inverse: string;
  /** Kind of a ref that names none. */
  defaultKind: string;
  /** Namespace of a ref that names none: `default`, or the entity's own. */
  defaultNamespace: 'default' | 'inherit';
  /** Kinds that the field may name. */
  allowedKinds: string[];
  /** Whether the refs end in `@version`, which the relation does without. */
  versioned?: boolean;
};

/**
 * `resource:default/customer-features@v3` as the ref and the version. A name in
 * the catalog has no `@`.
 *
 * @public
 */
export function splitVersionedRef(text: string): {
  ref: string;
  version?: string;
} {
  const [ref, ...version] = text.split('@');
  return version.length > 0 ? { ref, version: version.join('@') } : { ref };
}

/**
 * The fields of a Model that name other entities. People, systems and data
 * live in the `default` namespace unless the ref says otherwise, because the
 * namespace of a model is its provider; other models are looked for next to it.
 *
 * @public
 */
export const MODEL_RELATION_FIELDS: ModelRelationField[] = [
  {
    kind: MODEL_KIND,
    path: 'spec.owner',
    relation: RELATION_OWNED_BY,
    inverse: RELATION_OWNER_OF,
    defaultKind: 'Group',
    defaultNamespace: 'default',
    allowedKinds: ['Group', 'User'],
  },
  {
    kind: MODEL_KIND,
    path: 'spec.system',
    relation: RELATION_PART_OF,
    inverse: RELATION_HAS_PART,
    defaultKind: 'System',
    defaultNamespace: 'default',
    allowedKinds: ['System'],
  },
  {
    kind: MODEL_KIND,
    path: 'spec.baseModel',
    relation: RELATION_DERIVED_FROM,
    inverse: RELATION_HAS_DERIVATIVE,
    defaultKind: MODEL_KIND,
    defaultNamespace: 'inherit',
    allowedKinds: [MODEL_KIND],
  },
  {
    kind: MODEL_KIND,
    path: 'spec.supersededBy',
    relation: RELATION_SUPERSEDED_BY,
    inverse: RELATION_SUPERSEDES,
    defaultKind: MODEL_KIND,
    defaultNamespace: 'inherit',
    allowedKinds: [MODEL_KIND],
  },
  {
    kind: MODEL_KIND,
    path: 'spec.trainedOn',
    relation: RELATION_TRAINED_ON,
    inverse: RELATION_USED_TO_TRAIN,
    defaultKind: 'Resource',
    defaultNamespace: 'default',
    allowedKinds: ['Resource'],
  },
];

/**
 * The fields that a catalog model layer cannot relate by itself: those that
 * this suite adds to built-in kinds (Components say which models they call,
 * APIs which models they serve), and refs with a version.
 *
 * @public
 */
export const MODEL_REFERENCE_FIELDS: ModelRelationField[] = [
  {
    kind: 'Component',
    path: 'spec.consumesModels',
    relation: RELATION_CONSUMES_MODEL,
    inverse: RELATION_MODEL_CONSUMED_BY,
    defaultKind: MODEL_KIND,
    defaultNamespace: 'inherit',
    allowedKinds: [MODEL_KIND],
  },
  {
    kind: 'API',
    path: 'spec.servesModels',
    relation: RELATION_SERVES_MODEL,
    inverse: RELATION_SERVED_BY,
    defaultKind: MODEL_KIND,
    defaultNamespace: 'inherit',
    allowedKinds: [MODEL_KIND],
  },
  {
    kind: MODEL_KIND,
    path: 'spec.features',
    relation: RELATION_USES_FEATURES,
    inverse: RELATION_FEATURES_USED_BY,
    defaultKind: 'Resource',
    defaultNamespace: 'default',
    allowedKinds: ['Resource'],
    versioned: true,
  },
];
