import type {
  DriftBar,
  DriftEpisode,
  DriftFinding,
  DriftReference,
} from '@modelhub/backstage-plugin-models-common';
import { dateOf } from './DriftAlerts';
import { featureOf, labelOf, type DriftFeature } from './features';
import type { DayRecord } from './judge';
import { inOrder, sumOf, totalOf } from './statistics';
import type { EpisodeRecord, FeatureFinding, ReferenceRecord } from './types';
import { changeText, stateText } from './words';

export const titleOf = (id: string) => featureOf(id)?.title ?? id;

export const toReference = (it: ReferenceRecord): DriftReference => ({
  id: it.id,
  from: dateOf(it.firstDay),
  to: dateOf(it.lastDay),
  setAt: it.setAt,
  setBy: it.setBy,
  reason: it.reason,
});

export const toEpisode = (it: EpisodeRecord): DriftEpisode => ({
  id: it.id,
  begun: dateOf(it.begunDay),
  ...(it.endedAt !== undefined && { ended: it.endedAt }),
  ...(it.endedBecause !== undefined && { endedBecause: it.endedBecause }),
  features: it.features.map(({ id }) => titleOf(id)),
  ...(it.taken !== undefined && { taken: it.taken }),
});

const MOST_BARS = 40;

type Counts = ReadonlyMap<string, number>;

function barsOf(
  { id, ordered }: DriftFeature,
  before: Counts,
  now: Counts,
): DriftBar[] {
  const [a, b] = [totalOf(before), totalOf(now)];
  if (a === 0 && b === 0) return [];
  const values = [...new Set([...before.keys(), ...now.keys()])];
  const bars = (ordered ? inOrder(values) : values).map(value => ({
    value,
    label: labelOf(id, value),
    reference: (before.get(value) ?? 0) / Math.max(1, a),
    now: (now.get(value) ?? 0) / Math.max(1, b),
  }));
  if (ordered) return bars;
  const size = (it: DriftBar) => Math.max(it.reference, it.now);
  return bars
    .sort((x, y) => size(y) - size(x) || (x.value < y.value ? -1 : 1))
    .slice(0, MOST_BARS);
}

/** A finding with what it is about, for people. */
export function toFinding(
  finding: FeatureFinding,
  days: { before: DayRecord[]; now: DayRecord[] },
): DriftFinding {
  const feature = featureOf(finding.id);
  const countsOf = (some: DayRecord[]) =>
    sumOf(
      some.map(({ day, histogram }) => ({
        day,
        counts: histogram.counts(finding.id),
      })),
    );
  const before = countsOf(days.before);
  const now = countsOf(days.now);
  const change = changeText(finding.id, before, now);
  return {
    ...finding,
    title: titleOf(finding.id),
    ordered: feature?.ordered ?? false,
    words: stateText(finding),
    ...(change !== undefined && { change }),
    distribution: feature ? barsOf(feature, before, now) : [],
  };
}
