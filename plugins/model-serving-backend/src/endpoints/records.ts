import type {
  EndpointResources,
  EndpointState,
  EvaluationEndpoint,
} from '@modelhub/backstage-plugin-models-common';
import type { EngineModel } from '@modelhub/backstage-plugin-models-node';
import type { EndpointEnd } from './states';

/** Why an endpoint ended. */
export type EndReason = NonNullable<EvaluationEndpoint['endReason']>;

/** A moment, by the hub's time and as people's clocks showed it. */
export interface Stamp {
  ms: number;
  at: string;
}

/** An evaluation endpoint. */
export interface EndpointRecord {
  pk: number;
  id: string;
  revision: number;
  state: EndpointState;
  entityRef: string;
  title: string;
  gatewayId: string;
  modelVersion: string;
  model: EngineModel;
  team: string;
  ownerWasMember: boolean;
  owner: string;
  profile: string;
  purpose: string;
  engine: string;
  resources: EndpointResources;
  hours: number;
  note?: string;
  approvalId?: string;
  keyId?: string;
  keyState: 'none' | 'issued' | 'revoked';
  /** Sealed. */
  secret?: string;
  url?: string;
  servedModel?: string;
  message?: string;
  progress?: number;
  endAs?: EndpointEnd;
  endReason?: EndReason;
  endedBy?: string;
  /** USD. */
  perHour?: number;
  priceBasis?: string;
  created: Stamp;
  queued?: Stamp;
  started?: Stamp;
  ready?: Stamp;
  stopping?: Stamp;
  ended?: Stamp;
  extendedAt?: string;
  /** By the hub's time. */
  deadline?: number;
  warned: boolean;
  attempts: number;
}

/** As it is in the database. */
export interface EndpointRow {
  pk: number;
  id: string;
  revision: number;
  state: EndpointState;
  entity_ref: string;
  title: string;
  gateway_id: string;
  model_version: string;
  model: string;
  team: string;
  owner_was_member: boolean | number;
  owner: string;
  profile: string;
  purpose: string;
  engine: string;
  gpus: number;
  resources: string;
  hours: number;
  note: string | null;
  approval_id: string | null;
  key_id: string | null;
  key_state: 'none' | 'issued' | 'revoked';
  secret: string | null;
  url: string | null;
  served_model: string | null;
  message: string | null;
  progress: number | null;
  end_as: EndpointEnd | null;
  end_reason: EndReason | null;
  ended_by: string | null;
  per_hour: number | null;
  price_basis: string | null;
  created_at: string;
  created_ms: number;
  queued_at: string | null;
  queued_ms: number | null;
  started_at: string | null;
  started_ms: number | null;
  ready_at: string | null;
  ready_ms: number | null;
  stopping_at: string | null;
  stopping_ms: number | null;
  ended_at: string | null;
  ended_ms: number | null;
  extended_at: string | null;
  deadline_ms: number | null;
  warned: boolean | number;
  attempts: number;
  due_ms: number | null;
  leased_ms: number;
  lessee: string | null;
}

const stamp = (at: string | null, ms: number | null): Stamp | undefined =>
  at === null || ms === null ? undefined : { at, ms };

const some = <T>(value: T | null): T | undefined => value ?? undefined;

export function recordOf(row: EndpointRow): EndpointRecord {
  return {
    pk: row.pk,
    id: row.id,
    revision: row.revision,
    state: row.state,
    entityRef: row.entity_ref,
    title: row.title,
    gatewayId: row.gateway_id,
    modelVersion: row.model_version,
    model: JSON.parse(row.model),
    team: row.team,
    ownerWasMember: Boolean(row.owner_was_member),
    owner: row.owner,
    profile: row.profile,
    purpose: row.purpose,
    engine: row.engine,
    resources: JSON.parse(row.resources),
    hours: row.hours,
    note: some(row.note),
    approvalId: some(row.approval_id),
    keyId: some(row.key_id),
    keyState: row.key_state,
    secret: some(row.secret),
    url: some(row.url),
    servedModel: some(row.served_model),
    message: some(row.message),
    progress: some(row.progress),
    endAs: some(row.end_as),
    endReason: some(row.end_reason),
    endedBy: some(row.ended_by),
    perHour: some(row.per_hour),
    priceBasis: some(row.price_basis),
    created: { at: row.created_at, ms: row.created_ms },
    queued: stamp(row.queued_at, row.queued_ms),
    started: stamp(row.started_at, row.started_ms),
    ready: stamp(row.ready_at, row.ready_ms),
    stopping: stamp(row.stopping_at, row.stopping_ms),
    ended: stamp(row.ended_at, row.ended_ms),
    extendedAt: some(row.extended_at),
    deadline: some(row.deadline_ms),
    warned: Boolean(row.warned),
    attempts: row.attempts,
  };
}
