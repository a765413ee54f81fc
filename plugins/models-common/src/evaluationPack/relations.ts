import {
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import type { ModelRelationField } from '../model';
import { EVALUATION_PACK_KIND } from './constants';

/**
 * The fields of an EvaluationPack that name other entities. People and systems
 * live in the `default` namespace unless the ref says otherwise.
 *
 * @public
 */
export const EVALUATION_PACK_RELATION_FIELDS: ModelRelationField[] = [
  {
    kind: EVALUATION_PACK_KIND,
    path: 'spec.owner',
    relation: RELATION_OWNED_BY,
    inverse: RELATION_OWNER_OF,
    defaultKind: 'Group',
    defaultNamespace: 'default',
    allowedKinds: ['Group', 'User'],
  },
  {
    kind: EVALUATION_PACK_KIND,
    path: 'spec.system',
    relation: RELATION_PART_OF,
    inverse: RELATION_HAS_PART,
    defaultKind: 'System',
    defaultNamespace: 'default',
    allowedKinds: ['System'],
  },
];
