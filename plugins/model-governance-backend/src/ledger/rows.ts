import { canonicalJson, type LedgerEvent } from '@modelhub/governance-protocol';
import { createHash } from 'node:crypto';

export interface EventRow {
  /** PostgreSQL gives bigint as text. */
  seq: number | string;
  at: string;
  actor: string;
  subject: string;
  type: string;
  payload: string;
  prev_hash: string;
  hash: string;
  entity_ref: string | null;
  approval_id: string | null;
  affects_standing: boolean | number;
}

export interface PersonRow {
  pseudonym: string;
  ref: string;
}

export interface TextRow {
  seq: number | string;
  salt: string;
  text: string;
}

export const eventColumns: Array<keyof EventRow> = [
  'seq',
  'at',
  'actor',
  'subject',
  'type',
  'payload',
  'prev_hash',
  'hash',
  'entity_ref',
  'approval_id',
];

export function toEvent(row: EventRow): LedgerEvent {
  return {
    seq: Number(row.seq),
    at: row.at,
    actor: row.actor,
    subject: row.subject,
    type: row.type,
    payload: JSON.parse(row.payload),
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}

export function toRow(
  event: LedgerEvent,
  links: { entityRef?: string; approvalId?: string; affectsStanding?: boolean },
): EventRow {
  return {
    seq: event.seq,
    at: event.at,
    actor: event.actor,
    subject: event.subject,
    type: event.type,
    payload: canonicalJson(event.payload),
    prev_hash: event.prevHash,
    hash: event.hash,
    entity_ref: links.entityRef ?? null,
    approval_id: links.approvalId ?? null,
    affects_standing: links.affectsStanding ?? false,
  };
}

/** Salted, so that an erased text cannot be guessed from its hash. */
export function textHash(salt: string, text: string): string {
  const hex = createHash('sha256').update(`${salt}\n${text}`).digest('hex');
  return `sha256:${hex}`;
}

/** Every pseudonym in a payload or actor. */
export function pseudonymsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return value.startsWith('person:') ? [value] : [];
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(pseudonymsIn)
    : [];
}
