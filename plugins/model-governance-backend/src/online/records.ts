import type {
  OnlineExperimentInput,
  OnlineExperimentState,
  OnlineModel,
  OnlineResultReference,
  OnlineStop,
} from '@modelhub/backstage-plugin-models-common';
import type { SnapshotExperiment, Tier } from '@modelhub/governance-protocol';

/** What an experiment is; it does not change once it is planned. */
export interface OnlineDefinition
  extends Required<
      Pick<
        OnlineExperimentInput,
        'share' | 'sampling' | 'pinned' | 'scorers' | 'failureMargin' | 'days'
      >
    >,
    Pick<OnlineExperimentInput, 'stopRule' | 'gateways'> {
  profileTitle: string;
  purpose: string;
  tiers: Tier[];
  control: OnlineModel;
  challenger?: OnlineModel;
  /** What the versions are pinned to, for the results. */
  pins: { control: string; challenger?: string };
}

/** An experiment as it is kept. Times are ISO 8601 in UTC. */
export interface OnlineRecord extends OnlineDefinition {
  id: string;
  title: string;
  profile: string;
  state: OnlineExperimentState;
  /** Absent before the start and after the end. */
  salt?: string;
  createdAt: string;
  createdBy: string;
  startsAt?: string;
  endsAt?: string;
  consent?: { at: string; by: string; textHash: string };
  stop?: OnlineStop;
  optedOut: number;
  dropped: number;
  refused: number;
  filedAt?: string;
  results: OnlineResultReference[];
}

export interface OnlineRow {
  id: string;
  title: string;
  profile: string;
  state: OnlineExperimentState;
  definition: string;
  salt: string | null;
  created_at: string;
  created_by: string;
  starts_at: string | null;
  ends_at: string | null;
  consent_at: string | null;
  consent_by: string | null;
  consent_hash: string | null;
  stopped_at: string | null;
  stopped_by: string | null;
  stop_kind: OnlineStop['kind'] | null;
  stop_reason: string | null;
  opted_out: number;
  dropped: number;
  refused: number;
  filed_at: string | null;
  results: string | null;
}

export const toRecord = (row: OnlineRow): OnlineRecord => ({
  ...(JSON.parse(row.definition) as OnlineDefinition),
  id: row.id,
  title: row.title,
  profile: row.profile,
  state: row.state,
  salt: row.salt ?? undefined,
  createdAt: row.created_at,
  createdBy: row.created_by,
  startsAt: row.starts_at ?? undefined,
  endsAt: row.ends_at ?? undefined,
  consent:
    row.consent_at !== null &&
    row.consent_by !== null &&
    row.consent_hash !== null
      ? {
          at: row.consent_at,
          by: row.consent_by,
          textHash: row.consent_hash,
        }
      : undefined,
  stop:
    row.stopped_at !== null && row.stop_kind !== null
      ? {
          at: row.stopped_at,
          kind: row.stop_kind,
          reason: row.stop_reason ?? '',
          ...(row.stopped_by !== null && { by: row.stopped_by }),
        }
      : undefined,
  optedOut: Number(row.opted_out),
  dropped: Number(row.dropped),
  refused: Number(row.refused),
  filedAt: row.filed_at ?? undefined,
  results: row.results === null ? [] : JSON.parse(row.results),
});

/** What gateways get to know of an experiment that runs. */
export function toSnapshot(it: OnlineRecord): SnapshotExperiment | undefined {
  if (!it.salt || !it.startsAt || !it.endsAt) return undefined;
  const model = ({ gatewayId, version }: OnlineModel) => ({
    gatewayId,
    version,
  });
  return {
    id: it.id,
    purpose: it.purpose,
    tiers: it.tiers,
    control: model(it.control),
    ...(it.challenger && { challenger: model(it.challenger) }),
    share: it.share,
    sampling: it.sampling,
    ...(it.pinned && { pinned: true }),
    scorers: it.scorers,
    startsAt: it.startsAt,
    endsAt: it.endsAt,
    salt: it.salt,
    ...(it.gateways && { gateways: it.gateways }),
  };
}
