import type {
  DriftAction,
  DriftBar,
  DriftFinding,
  DriftVersion,
} from '@modelhub/backstage-plugin-models-common';
import type { ChartBar, Tone } from '@modelhub/backstage-plugin-models-react';

/** How a version or a feature stands. */
export const states: Record<
  DriftVersion['state'],
  { label: string; tone: Tone; explanation: string }
> = {
  changed: {
    label: 'Drifted',
    tone: 'bad',
    explanation:
      'It differs from the reference by more than chance and its own weeks explain.',
  },
  unsure: {
    label: 'May be chance',
    tone: 'caution',
    explanation:
      'It looks different, and chance or usual weeks may be why. Nobody is told.',
  },
  steady: {
    label: 'Steady',
    tone: 'good',
    explanation: 'As in the reference.',
  },
  'too-few': {
    label: 'Too few calls',
    tone: 'neutral',
    explanation: 'There are too few calls or days to tell.',
  },
  collecting: {
    label: 'Collecting',
    tone: 'neutral',
    explanation:
      'It is compared once its reference is complete and a week has passed after it.',
  },
};

/** What is done, as a name. */
export const actions: Record<DriftAction['action'], string> = {
  notify: 'Notify',
  're-evaluate': 'Ask for new evaluations',
  'canary-back': 'End experiments',
  suspend: 'Suspend',
};

export const numberText = (value: number | undefined) =>
  value === undefined ? '–' : value.toFixed(2);

/** Fewer bars than this are shown as they are. */
const MOST_BARS = 10;

/** A share that nobody sees. */
const LEAST_SHARE = 0.005;

const isSeen = ({ reference, now }: DriftBar) =>
  Math.max(reference, now) >= LEAST_SHARE;

/** Neighbours together, under the name of the first. */
function halved(bars: DriftBar[]): DriftBar[] {
  return bars.flatMap((bar, n) => {
    if (n % 2 === 1) return [];
    const next = bars[n + 1];
    return [
      {
        ...bar,
        reference: bar.reference + (next?.reference ?? 0),
        now: bar.now + (next?.now ?? 0),
      },
    ];
  });
}

/** Of each value two bars: in the reference, and now. */
export function distributionBars({
  ordered,
  distribution = [],
}: DriftFinding): ChartBar[] {
  let bars = ordered ? distribution : distribution.filter(isSeen);
  while (ordered && bars.length > MOST_BARS) bars = halved(bars);
  return bars
    .slice(0, MOST_BARS)
    .flatMap(({ value, label, reference, now }) => [
      {
        id: `${value} reference`,
        label: `${label}, reference`,
        value: reference,
      },
      { id: `${value} now`, label: `${label}, now`, value: now },
    ]);
}
