/**
 * How to read a metric of an experiment with live calls.
 *
 * @public
 */
export interface OnlineMeasure {
  title: string;
  unit: string;
  direction: 'higher' | 'lower';
  /** Values are 0 or 1, or between. */
  isShare: boolean;
}

const measure = (
  title: string,
  unit: string,
  direction: 'higher' | 'lower',
  isShare = false,
): OnlineMeasure => ({ title, unit, direction, isShare });

/**
 * Metrics that every experiment has, whatever it scores.
 *
 * @public
 */
export const ONLINE_MEASURES: Readonly<Record<string, OnlineMeasure>> = {
  failed: measure('Failed calls', 'ratio', 'lower', true),
  latency: measure('Latency', 'ms', 'lower'),
  ttft: measure('Time to first token', 'ms', 'lower'),
  output_tokens: measure('Tokens of an answer', 'tokens', 'lower'),
  cost: measure('Cost of a call', 'currency', 'lower'),
};

/**
 * Metrics of scorers, by their type.
 *
 * @public
 */
export const ONLINE_SCORERS: Readonly<Record<string, OnlineMeasure>> = {
  length: measure('Length of an answer', 'characters', 'lower'),
  refusal: measure('Refusals', 'ratio', 'lower', true),
  regex: measure('Answers that hold the pattern', 'ratio', 'higher', true),
  'json-schema': measure(
    'Answers that fit the JSON schema',
    'ratio',
    'higher',
    true,
  ),
  repetition: measure('Repetition', 'ratio', 'lower', true),
};

/**
 * How to read a metric of an experiment; undefined where it has no such metric.
 *
 * @public
 */
export function onlineMeasureOf(
  scorers: ReadonlyArray<{
    metric: string;
    type: string;
    direction?: 'higher' | 'lower';
  }>,
  metric: string,
): OnlineMeasure | undefined {
  if (Object.hasOwn(ONLINE_MEASURES, metric)) return ONLINE_MEASURES[metric];
  const scorer = scorers.find(it => it.metric === metric);
  const known = scorer && ONLINE_SCORERS[scorer.type];
  return known && { ...known, direction: scorer.direction ?? known.direction };
}
