import type {
  ApprovalRecord,
  DelegationRecord,
  ApprovalHoldRecord,
  ModelHoldRecord,
  SignOffRecord,
} from './records';

/** A column value as either database gives it back. */
type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

type Codec = 'json' | 'list' | 'boolean';

const codecs: Record<string, Codec> = {
  owner_people: 'json',
  policy_decision: 'json',
  expected_use: 'json',
  evidence_ids: 'json',
  blockers: 'json',
  evidence: 'json',
  waiting_for: 'list',
  second_factor: 'boolean',
};

const toColumn = (property: string) =>
  property.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

const toProperty = (column: string) =>
  column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const listText = (items: string[]) =>
  items.length > 0 ? `,${items.join(',')},` : '';

function encode(codec: Codec | undefined, value: unknown): Value {
  if (value === undefined) return null;
  if (codec === 'json') return JSON.stringify(value);
  if (codec === 'list') return listText(value as string[]);
  return value as Value;
}

function decode(codec: Codec | undefined, value: Value): unknown {
  if (codec === 'json') return JSON.parse(String(value));
  if (codec === 'list') return String(value).split(',').filter(Boolean);
  if (codec === 'boolean') return Boolean(value);
  return value;
}

/** Columns in snake case, JSON as text, absence as NULL. */
export function toRow(
  record:
    | ApprovalRecord
    | SignOffRecord
    | ApprovalHoldRecord
    | ModelHoldRecord
    | DelegationRecord,
): Row {
  return Object.fromEntries(
    Object.entries(record).map(([property, value]) => {
      const column = toColumn(property);
      return [column, encode(codecs[column], value)];
    }),
  );
}

/** The inverse of {@link toRow}. */
export function fromRow<T>(row: Row): T {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(([column, value]) => [
        toProperty(column),
        decode(codecs[column], value),
      ]),
  ) as T;
}

/** Nullable columns of `approvals`, so that an update also clears what is gone. */
export const nullableColumns = [
  'title',
  'pin',
  'digest',
  'provider_model_id',
  'snapshot_date',
  'decision_facts_hash',
  'expected_use',
  'requester_group',
  'lead_group',
  'policy_version',
  'policy_decision',
  'submitted_at',
  'waiting_since',
  'approved_at',
  'expires_at',
  'waived_until',
  'check_deadline_at',
  'absent_since',
  'pending_request_id',
  'superseded_by',
  'reviewed_at',
  'review_verdict',
];
