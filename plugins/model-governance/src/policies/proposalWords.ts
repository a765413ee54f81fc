import type {
  PolicyProposal,
  PolicyReplay,
  ReplayedApproval,
} from '@modelhub/backstage-plugin-models-common';

export const stateWords: Record<PolicyProposal['state'], string> = {
  open: 'Open',
  outdated: 'Outdated',
  activated: 'In force',
  withdrawn: 'Withdrawn',
};

export const effectWords: Record<ReplayedApproval['effect'], string> = {
  ends: 'Ends',
  stricter: 'Stricter',
  looser: 'Looser',
  unchanged: 'Unchanged',
};

export function count(n: number, one: string, more = `${one}s`): string {
  return `${n} ${n === 1 ? one : more}`;
}

/** What a replay comes to, in one sentence. */
export function replaySentence({ approvals, calls }: PolicyReplay): string {
  const { looked, ends, stricter, looser } = approvals;
  if (looked === 0) return 'No approval is live, so none changes.';
  const parts = [
    ...(ends ? [`${count(ends, 'approval')} would end`] : []),
    ...(stricter ? [`${stricter} would get stricter`] : []),
    ...(looser ? [`${looser} would get looser`] : []),
  ];
  const first = parts.length
    ? `Of ${count(looked, 'live approval')}, ${parts.join(', ')}.`
    : `None of ${count(looked, 'live approval')} changes.`;
  if (!calls.known) return `${first} Past calls are not known here.`;
  return `${first} ${
    calls.wouldBeRefused === 0
      ? `None of ${count(calls.looked, 'call')} would have been refused.`
      : `${calls.wouldBeRefused} of ${count(
          calls.looked,
          'call',
        )} would have been refused.`
  }`;
}

/** Enough of a hash to tell two apart. */
export const shortHash = (hash: string) => `${hash.slice(0, 19)}…`;
