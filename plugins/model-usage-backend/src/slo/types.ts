import type {
  ObjectiveKind,
  ObjectivePlane,
  ObjectiveState,
} from '@modelhub/backstage-plugin-models-common';
import type { BurnRule, Severity } from './maths';

/** What has to be kept. */
export interface Terms {
  /** Good ones of a million. */
  targetPpm: number;
  /** Milliseconds; 0 for kinds without a limit. */
  limitMs: number;
  windowDays: number;
  /** Entity refs that hear of alerts besides the owners. */
  notify: string[];
}

/** What an objective is about. */
export interface Aim {
  plane: ObjectivePlane;
  kind: ObjectiveKind;
  /** Gateway id; empty for the control plane. */
  model: string;
  /** Empty for all versions. */
  modelVersion: string;
}

export interface ObjectiveRecord extends Aim, Terms {
  id: string;
  /** Tier whose default it is, or `control-plane`. */
  defaultOf?: string;
  version: number;
  updatedBy: string;
  updatedAt: string;
  /** As last looked at. */
  state: ObjectiveState;
  /** As last looked at; absent without events. */
  budgetLeft?: number;
}

export interface ChangeRecord {
  objectiveId: string;
  at: string;
  by: string;
  action: 'set' | 'changed' | 'removed';
  reason?: string;
  before?: Terms;
  after?: Terms;
}

export interface EpisodeRecord {
  id: string;
  objectiveId: string;
  severity: Severity;
  rule: BurnRule['id'];
  openedAt: string;
  burntAt: string;
  closedAt?: string;
  peakBurn: number;
  /** When it opened. */
  budgetLeft: number;
  exhaustsAt?: string;
  /** Whether people heard of it: not of a ticket while a page is open. */
  told: boolean;
}

/** Who changes what nobody set. */
export const BY_DEFAULT = 'default';

const CONTROL: ObjectiveKind[] = [
  'gateway-availability',
  'snapshot-age',
  'ingest-lag',
  'approval-service',
];

export const planeOf = (kind: ObjectiveKind): ObjectivePlane =>
  CONTROL.includes(kind) ? 'control' : 'data';

/** Whether something is good by how long it takes. */
export const hasLimit = (kind: ObjectiveKind): boolean =>
  kind !== 'availability' && kind !== 'gateway-availability';

export const targetOf = ({ targetPpm }: Pick<Terms, 'targetPpm'>): number =>
  targetPpm / 1e6;
