/**
 * How sure one wants to be, and how much work it may be.
 *
 * @public
 */
export interface ResamplingOptions {
  /** Level of intervals, 0 to 1. Default 0.95. */
  confidence?: number;
  /** Samples of the bootstrap. Default 2000. */
  resamples?: number;
  /** Default 1. The same seed gives the same numbers. */
  seed?: number;
}

/**
 * A number that is made of how many items there are of each kind, as F1 is of
 * cases that were said to be this and are that. Samples of the items need only
 * be counted then.
 *
 * @public
 */
export interface CountedStatistic {
  /** Of each item: 0 or more, less than `size`. */
  kinds: ArrayLike<number>;
  /** How many kinds there are. */
  size: number;
  /** By kind, how many items; keeps nothing of it. Undefined where it says nothing. */
  of(counts: ArrayLike<number>): number | undefined;
}

/**
 * A candidate beside the incumbent, on the cases that both answered. Differences
 * are candidate minus incumbent, turned so that a negative one is a loss, also
 * of metrics of which less is better.
 *
 * @public
 */
export interface MetricComparison {
  metric: string;
  /** Cases that both have scored. */
  pairs: number;
  /** Cases that only one of them has scored: they do not count. */
  unpaired?: number;
  /**
   * What was compared: `cases`, the means of the scores; `labels`, the metric
   * made anew of what was right and what was said; `case-means`, the means of
   * the scores of a metric that is more than their mean.
   */
  basis?: 'cases' | 'labels' | 'case-means';
  candidate: number;
  incumbent: number;
  /** Which way is better. */
  direction: 'higher' | 'lower';
  unit: string;
  /** Negative: the candidate is worse. */
  difference: number;
  /** Of the difference, two-sided: by a paired bootstrap; of scores of 0 and 1 Tango's. */
  interval: [number, number];
  confidence: number;
  /** How much worse may be, 0 or more, in the metric's unit. */
  margin: number;
  /** One-sided: how likely so large a loss is if the candidate is worse by the margin at most. */
  pValue: number;
  /** Where several metrics were compared at once: the same after Holm's correction, and what the standing goes by. */
  adjustedPValue?: number;
  /**
   * `worse`: significantly worse by more than the margin; `not-worse`: shown to
   * be within the margin; `better`: significantly better; `unclear`: too few
   * cases to say.
   */
  standing: 'worse' | 'unclear' | 'not-worse' | 'better';
}

/** One group of people, or of cases, in a comparison. @public */
export interface GroupMeasure {
  group: string;
  samples: number;
  value?: number;
  interval?: [number, number];
  /** Of classifications with a positive label. Shares of 0 to 1. */
  selectionRate?: number;
  truePositiveRate?: number;
  falsePositiveRate?: number;
  /** It has too few cases to be compared. */
  isTooSmall?: boolean;
}

/** The largest difference between two groups. @public */
export interface GroupGap {
  value: number;
  interval: [number, number];
  /** The groups that it lies between: the one with more first. */
  between: [string, string];
}

/**
 * How differently a model treats the groups of an attribute.
 *
 * @public
 */
export interface FairnessComparison {
  attribute: string;
  metric: string;
  unit: string;
  confidence: number;
  groups: GroupMeasure[];
  /** Scored cases that say nothing of the attribute: they are in no group. */
  unassigned?: number;
  /** Of the metric; absent where fewer than two groups are large enough. */
  gap?: GroupGap;
  /** Largest difference of selection rates. */
  demographicParity?: GroupGap;
  /** The larger of the differences of true and of false positive rates. */
  equalisedOdds?: GroupGap;
}
