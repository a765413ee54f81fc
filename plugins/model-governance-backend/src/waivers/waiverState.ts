import {
  isFinal,
  type ApprovalState,
} from '@modelhub/backstage-plugin-models-common';

const DAY_MS = 24 * 3600_000;

/** A waiver that ends sooner is shown as ending. */
export const ENDING_DAYS = 14;

export type WaiverState = 'active' | 'ending' | 'ended';

/** Why a waiver does not count any more. */
export type WaiverEnd =
  | 'time'
  | 'early'
  | 'renewed'
  | 'other-question'
  | 'approval-over';

/** Approvals in these states are over, and their waivers with them. */
export const overStates = (
  [
    'rejected',
    'withdrawn',
    'revoked',
    'expired',
    'superseded',
  ] satisfies ApprovalState[]
).filter(isFinal);

export function stateOf(ends: Date, now: Date): WaiverState {
  const left = ends.getTime() - now.getTime();
  if (left <= 0) return 'ended';
  return left <= ENDING_DAYS * DAY_MS ? 'ending' : 'active';
}

/** Whether and why a waiver is over; undefined while it counts. */
export function endOfWaiver(
  waiver: { until: Date; endedHow?: WaiverEnd },
  approval: ApprovalState,
  now: Date,
): WaiverEnd | undefined {
  if (waiver.endedHow) return waiver.endedHow;
  if (waiver.until <= now) return 'time';
  return isFinal(approval) ? 'approval-over' : undefined;
}

/** Whole days that something is old. */
export function ageInDays(since: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS));
}

/** Days before the end at which people are told, the first one first. */
const STAGES = [14, 3, 0];

/**
 * The reminder that is due: the latest stage that was reached and not told. What
 * lives no longer than a stage is not told of it, since it was just given.
 */
export function reminderDue(
  thing: { since: Date; ends: Date; told?: number },
  now: Date,
): number | undefined {
  const { since, ends, told = Infinity } = thing;
  const reached = STAGES.filter(
    days =>
      now.getTime() >= ends.getTime() - days * DAY_MS &&
      (days === 0 || since.getTime() < ends.getTime() - days * DAY_MS),
  );
  const stage = reached.at(-1);
  return stage !== undefined && stage < told ? stage : undefined;
}

/** `in 3 days`, `today`, `is over`. */
export function endsText(ends: Date, now: Date): string {
  const days = Math.ceil((ends.getTime() - now.getTime()) / DAY_MS);
  if (days <= 0) return 'is over';
  return days === 1 ? 'ends within a day' : `ends in ${days} days`;
}
