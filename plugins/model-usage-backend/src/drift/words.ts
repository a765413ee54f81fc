import { beginOfStep, featureOf, type DriftFeatureId } from './features';
import { inOrder, totalOf } from './statistics';
import type { FeatureFinding } from './types';

const percent = (share: number) =>
  `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

const whole = (value: number) => Math.round(value).toLocaleString('en-GB');

type Counts = ReadonlyMap<string, number>;

function medianOf(counts: Counts): string | undefined {
  const half = totalOf(counts) / 2;
  let before = 0;
  for (const value of inOrder(counts.keys())) {
    before += counts.get(value) ?? 0;
    if (before >= half) return value;
  }
  return undefined;
}

const shareOf = (counts: Counts, value: string) =>
  (counts.get(value) ?? 0) / Math.max(1, totalOf(counts));

/** The value whose share changed most. */
function mostMoved(before: Counts, now: Counts): string | undefined {
  const moved = [...new Set([...before.keys(), ...now.keys()])].map(value => ({
    value,
    by: Math.abs(shareOf(now, value) - shareOf(before, value)),
  }));
  return moved.sort((a, b) => b.by - a.by || (a.value < b.value ? -1 : 1))[0]
    ?.value;
}

/** From what to what, in the unit of a feature. */
export function changeText(
  id: DriftFeatureId,
  before: Counts,
  now: Counts,
): string | undefined {
  if (totalOf(before) === 0 || totalOf(now) === 0) return undefined;
  const shares = (value: string) =>
    `${percent(shareOf(before, value))} → ${percent(shareOf(now, value))}`;
  if (id === 'declined') return `${shares('yes')} of the answers`;
  if (id === 'language' || id === 'topic') {
    const value = mostMoved(before, now);
    if (value === undefined) return undefined;
    const name = id === 'topic' ? `group ${Number(value) + 1}` : value;
    return `${name} ${shares(value)} of the prompts`;
  }
  const [old, fresh] = [medianOf(before), medianOf(now)];
  if (old === undefined || fresh === undefined) return undefined;
  const [a, b] = [Number(old), Number(fresh)];
  if (id === 'confidence') return `median about ${a * 10} % → ${b * 10} %`;
  if (id === 'feedback') return `median about ${a * 20} % → ${b * 20} %`;
  const unit = id === 'latency' ? 'ms' : 'tokens';
  return `median about ${whole(beginOfStep(a))} → ${whole(
    beginOfStep(b),
  )} ${unit}`;
}

/** One finding with its numbers. */
export function findingText(
  finding: FeatureFinding,
  change: string | undefined,
): string {
  const { id, psi, ks } = finding;
  const numbers = [
    ...(psi === undefined ? [] : [`PSI ${psi.toFixed(2)}`]),
    ...(ks === undefined ? [] : [`KS ${ks.toFixed(2)}`]),
  ].join(', ');
  return `${featureOf(id)?.title ?? id}: ${
    change === undefined ? '' : `${change} `
  }(${numbers})`;
}

/** What a state means, for people. */
export function stateText(finding: FeatureFinding): string {
  switch (finding.state) {
    case 'changed':
      return 'It differs from the reference by more than chance and its own weeks explain.';
    case 'unsure':
      return 'It looks different, and chance or usual weeks may be why.';
    case 'steady':
      return 'As in the reference.';
    default:
      return 'Too few calls or days to tell.';
  }
}
