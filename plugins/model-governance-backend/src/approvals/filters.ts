import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { ApprovalFilter } from '../permissions/rules';
import type { ApprovalQuery, SignerPersona } from './ApprovalStore';

const columns = {
  requester: 'approvals.requester',
  ownerRef: 'approvals.owner_ref',
  tier: 'approvals.tier',
  state: 'approvals.state',
} as const;

/** `approvals.waiting_for` names the role of the signer row. */
const roleIsAwaited = "approvals.waiting_for LIKE '%,' || s.role || ',%'";

function applyFilter(builder: Knex.QueryBuilder, filter: ApprovalFilter): void {
  const { property, values } = filter;
  if (property !== 'awaited') {
    builder.whereIn(columns[property], values);
    return;
  }
  builder.whereExists(query =>
    query
      .select('s.role')
      .from('approval_signers as s')
      .whereRaw('s.approval_id = approvals.id')
      .whereRaw(roleIsAwaited)
      .whereIn('s.claim', values),
  );
}

/** Conditions of a permission decision as SQL. */
export function applyPermission(
  builder: Knex.QueryBuilder,
  criteria: PermissionCriteria<ApprovalFilter>,
): void {
  if (isAndCriteria(criteria)) {
    for (const part of criteria.allOf) {
      builder.andWhere(nested => applyPermission(nested, part));
    }
  } else if (isOrCriteria(criteria)) {
    for (const part of criteria.anyOf) {
      builder.orWhere(nested => applyPermission(nested, part));
    }
  } else if (isNotCriteria(criteria)) {
    builder.whereNot(nested => applyPermission(nested, criteria.not));
  } else {
    applyFilter(builder, criteria);
  }
}

/** Requests that wait for a role which the persona holds, and for which they are not already counted. */
function applyPersona(builder: Knex.QueryBuilder, persona: SignerPersona) {
  const { ref, groups, leads, role } = persona;
  builder
    .whereNot('approvals.requester', ref)
    .whereNotExists(query =>
      query
        .select('o.id')
        .from('approval_sign_offs as o')
        .whereRaw('o.approval_id = approvals.id')
        .whereNull('o.void_at')
        .where(same => same.where('o.by', ref).orWhere('o.on_behalf_of', ref)),
    )
    .where(either => {
      if (!role || role === 'lead') {
        either.orWhere(lead => {
          lead
            .where('approvals.waiting_for', 'like', '%,lead,%')
            .where(pairs => {
              for (const { leadGroup, requester } of leads) {
                pairs.orWhere({
                  'approvals.lead_group': leadGroup,
                  'approvals.requester': requester,
                });
              }
              if (leads.length === 0) pairs.whereRaw('1 = 0');
            });
        });
      }
      either.orWhere(independent =>
        independent
          .whereNotIn('approvals.owner_ref', [ref, ...groups])
          .whereExists(query => {
            query
              .select('s.role')
              .from('approval_signers as s')
              .whereRaw('s.approval_id = approvals.id')
              .whereRaw(roleIsAwaited)
              .whereNot('s.role', 'lead')
              .whereIn('s.claim', groups);
            if (role) query.where('s.role', role);
          }),
      );
    });
}

/** Everything of a query except order and page. */
export function applyQuery(
  builder: Knex.QueryBuilder,
  query: ApprovalQuery,
): void {
  const { permission, signableBy } = query;
  if (query.state) builder.whereIn('approvals.state', query.state);
  if (query.tier) builder.whereIn('approvals.tier', query.tier);
  if (query.entityRefs) {
    builder.whereIn('approvals.entity_ref', query.entityRefs);
  }
  if (query.requester) builder.where('approvals.requester', query.requester);
  if (query.role) {
    builder
      .where('approvals.state', 'in-review')
      .where('approvals.waiting_for', 'like', `%,${query.role},%`);
  }
  if (permission) builder.andWhere(part => applyPermission(part, permission));
  if (signableBy) {
    builder
      .where('approvals.state', 'in-review')
      .whereNot('approvals.requester', signableBy.me)
      .where(any => {
        for (const persona of signableBy.personas) {
          any.orWhere(one => applyPersona(one, persona));
        }
      });
  }
}

interface Position {
  key: string;
  id: string;
}

/** The sort key of each order. */
const orders = {
  newest: { key: 'approvals.created_at', direction: 'desc' },
  oldest: { key: 'approvals.created_at', direction: 'asc' },
  'waiting-longest': {
    key: 'COALESCE(approvals.waiting_since, approvals.updated_at)',
    direction: 'asc',
  },
} as const;

type Order = keyof typeof orders;

export function orderOf(order: Order = 'newest') {
  return { name: order, ...orders[order] };
}

export function encodeCursor(order: Order, position: Position): string {
  return Buffer.from(
    JSON.stringify([order, position.key, position.id]),
  ).toString('base64url');
}

/** Throws `InputError` for a cursor of another list. */
export function decodeCursor(order: Order, cursor: string): Position {
  try {
    const [from, key, id] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (from === order && typeof key === 'string' && typeof id === 'string') {
      return { key, id };
    }
  } catch {
    // Falls through to the message below.
  }
  throw new InputError(
    'This cursor belongs to another list. Start again without a cursor.',
  );
}
