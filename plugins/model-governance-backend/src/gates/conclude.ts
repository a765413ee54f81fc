import type { GatesConclusion } from './GateService';
import type { AnsweredRow } from './rows';

/** How a gate stands for one approval. */
export type GateStanding =
  | 'pending'
  | 'passed'
  | 'failed'
  | 'error'
  | 'needs-evidence';

const isWaived = (row: AnsweredRow, now: Date) =>
  row.waived_until !== null && Number(row.waived_until) > now.getTime();

export function standingOf(row: AnsweredRow, now: Date): GateStanding {
  return isWaived(row, now) ? 'passed' : unwaived(row);
}

/** As it would stand without a waiver. */
function unwaived(row: AnsweredRow): GateStanding {
  if (!row.applies) return 'passed';
  if (row.status !== 'done') return 'pending';
  switch (row.verdict) {
    case 'pass':
    case 'warn':
      return 'passed';
    case 'fail':
      return 'failed';
    case 'needs-evidence':
      return 'needs-evidence';
    default:
      return 'error';
  }
}

/**
 * What the gates of an approval say together. All answers are waited for, so
 * that people get every finding at once; only required gates count.
 */
export function conclude(rows: AnsweredRow[], now: Date): GatesConclusion {
  const required = rows
    .filter(row => row.required)
    .map(row => ({ row, standing: standingOf(row, now) }));
  if (required.some(({ standing }) => standing === 'pending')) {
    return { status: 'running' };
  }
  const failed = required.filter(({ standing }) => standing === 'failed');
  if (failed.length > 0) {
    return { status: 'failed', gateIds: failed.map(({ row }) => row.gate_id) };
  }
  for (const { row, standing } of required) {
    if (standing === 'error' || standing === 'needs-evidence') {
      return {
        status: 'blocked',
        gateId: row.gate_id,
        kind: standing,
        message: row.summary ?? `Gate ${row.gate_id} gave no answer.`,
      };
    }
  }
  const ends = required
    .filter(({ row }) => isWaived(row, now) && unwaived(row) !== 'passed')
    .map(({ row }) => Number(row.waived_until));
  return {
    status: 'passed',
    ...(ends.length > 0 && {
      until: new Date(Math.min(...ends)).toISOString(),
    }),
  };
}
