import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { Knex } from 'knex';
import { matchWords } from '../database';
import type { ModelReviewFilter } from '../permissions';
import { useCaseKey, type Kind } from './records';

export type Criteria = PermissionCriteria<ModelReviewFilter>;

/** What a caller may see of contributions, whatever the model. */
export interface Sight {
  me: string | undefined;
  /** Undefined for nothing; without criteria everything. */
  readable: { criteria?: Criteria } | undefined;
  moderated: { criteria?: Criteria } | undefined;
}

export interface Filter {
  kinds: Kind[];
  entityRefs?: string[];
  author?: string;
  parentIds?: string[];
  modelVersion?: string;
  useCase?: string;
  verified?: boolean;
  tipKind?: string;
  answered?: boolean;
  q?: string;
}

const columns = {
  author: 'author',
  entityRef: 'entity_ref',
  kind: 'kind',
} as const;

export function applyCriteria(
  builder: Knex.QueryBuilder,
  criteria: Criteria,
): void {
  if (isAndCriteria(criteria)) {
    for (const part of criteria.allOf) {
      builder.where(nested => applyCriteria(nested, part));
    }
  } else if (isOrCriteria(criteria)) {
    for (const part of criteria.anyOf) {
      builder.orWhere(nested => applyCriteria(nested, part));
    }
  } else if (isNotCriteria(criteria)) {
    builder.whereNot(nested => applyCriteria(nested, criteria.not));
  } else {
    builder.whereIn(columns[criteria.property], criteria.values);
  }
}

/** Keeps what is published, and what is hidden for who may see it. */
export function applySight(builder: Knex.QueryBuilder, sight: Sight): void {
  const { me, readable, moderated } = sight;
  builder.whereNull('withdrawn_at');
  if (!readable) {
    builder.whereRaw('1 = 0');
    return;
  }
  const { criteria } = readable;
  if (criteria) builder.where(nested => applyCriteria(nested, criteria));
  builder.where(nested => {
    nested.whereNull('hidden_at');
    if (me !== undefined) nested.orWhere({ author: me });
    if (moderated?.criteria) {
      const { criteria: covered } = moderated;
      nested.orWhere(more => applyCriteria(more, covered));
    } else if (moderated) {
      nested.orWhereNotNull('hidden_at');
    }
  });
}

export function applyFilter(
  builder: Knex.QueryBuilder,
  knex: Knex,
  filter: Omit<Filter, 'kinds'>,
): void {
  const { entityRefs, author, parentIds, modelVersion, useCase } = filter;
  if (entityRefs) builder.whereIn('entity_ref', entityRefs);
  if (author !== undefined) builder.where({ author });
  if (parentIds) builder.whereIn('parent_id', parentIds);
  if (modelVersion !== undefined) {
    builder.where({ model_version: modelVersion });
  }
  if (useCase !== undefined)
    builder.where({ use_case_key: useCaseKey(useCase) });
  if (filter.verified) builder.where({ verified: true });
  if (filter.tipKind !== undefined) builder.where({ tip_kind: filter.tipKind });
  if (filter.answered === true) builder.whereNotNull('accepted_id');
  if (filter.answered === false) builder.whereNull('accepted_id');
  if (filter.q !== undefined) matchWords(builder, knex, filter.q);
}
