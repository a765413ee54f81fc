import type {
  CheckRecord,
  CheckState,
  EpisodeRecord,
  ReferenceRecord,
} from './types';

export interface ReferenceRow {
  id: string;
  hash: string;
  first_day: number;
  last_day: number;
  set_at: string;
  set_by: string;
  reason: string;
}

export const toReference = (it: ReferenceRecord): ReferenceRow => ({
  id: it.id,
  hash: it.hash,
  first_day: it.firstDay,
  last_day: it.lastDay,
  set_at: it.setAt,
  set_by: it.setBy,
  reason: it.reason,
});

export const fromReference = (row: ReferenceRow): ReferenceRecord => ({
  id: row.id,
  hash: row.hash,
  firstDay: row.first_day,
  lastDay: row.last_day,
  setAt: row.set_at,
  setBy: row.set_by,
  reason: row.reason,
});

export interface CheckRow {
  hash: string;
  day: number;
  reference_id: string;
  state: string;
  features: string;
}

export const toCheck = (it: CheckRecord): CheckRow => ({
  hash: it.hash,
  day: it.day,
  reference_id: it.referenceId,
  state: it.state,
  features: JSON.stringify(it.features),
});

export const fromCheck = (row: CheckRow): CheckRecord => ({
  hash: row.hash,
  day: row.day,
  referenceId: row.reference_id,
  state: row.state as CheckState,
  features: JSON.parse(row.features),
});

export interface EpisodeRow {
  id: string;
  hash: string;
  begun_day: number;
  last_day: number;
  begun_at: string;
  ended_at: string | null;
  ended_because: string | null;
  features: string;
  taken: string | null;
  acted_at: string | null;
  told_at: string | null;
  leased_until: string | null;
}

export const fromEpisode = (row: EpisodeRow): EpisodeRecord => ({
  id: row.id,
  hash: row.hash,
  begunDay: row.begun_day,
  lastDay: row.last_day,
  begunAt: row.begun_at,
  endedAt: row.ended_at ?? undefined,
  endedBecause: (row.ended_because ??
    undefined) as EpisodeRecord['endedBecause'],
  features: JSON.parse(row.features),
  taken: row.taken === null ? undefined : JSON.parse(row.taken),
  actedAt: row.acted_at ?? undefined,
  toldAt: row.told_at ?? undefined,
});
