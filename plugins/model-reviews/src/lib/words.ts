import type {
  ModelContributionKind,
  ModelReviewReportReason,
  ModelReviewStars,
  ModelTipKind,
} from '@modelhub/backstage-plugin-models-common';

/** One thing that a model gets stars for. */
export type Aspect = keyof Required<ModelReviewStars>;

/** In the order in which people read them, with the question behind each. */
export const aspects: Array<{ id: Aspect; label: string; question: string }> = [
  {
    id: 'quality',
    label: 'Quality',
    question: 'Are its answers good enough for what you do?',
  },
  { id: 'speed', label: 'Speed', question: 'Is it fast enough?' },
  {
    id: 'cost',
    label: 'Value',
    question: 'Is it worth what it costs? Five stars are good value.',
  },
  {
    id: 'ease',
    label: 'Ease of use',
    question: 'Does it do what you want without long prompts and repairs?',
  },
];

/** What one to five stars mean. */
export const starNames = ['Poor', 'Fair', 'Good', 'Very good', 'Excellent'];

/** `1 star`, `4 stars`. */
export const starsText = (stars: number) =>
  `${stars} ${stars === 1 ? 'star' : 'stars'}`;

/** `1 review`, `3 reviews`. */
export const countText = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

/** Of a model that has no versions. */
export const NO_VERSION = '*';

/** `Version 1.0`, or nothing for a model that has none. */
export const versionText = (version: string | undefined) =>
  version && version !== NO_VERSION ? `Version ${version}` : undefined;

/** As in "this review". */
export const kindText: Record<ModelContributionKind, string> = {
  review: 'review',
  reply: 'reply',
  tip: 'tip',
  question: 'question',
  answer: 'answer',
};

/** What a tip is about. */
export const tipKinds: Array<{ value: ModelTipKind; label: string }> = [
  { value: 'prompt', label: 'Prompt' },
  { value: 'preprocessing', label: 'Preprocessing' },
  { value: 'settings', label: 'Settings' },
];

/** Why somebody reports something. */
export const reportReasons: Array<{
  value: ModelReviewReportReason;
  label: string;
}> = [
  { value: 'confidential', label: 'It tells something confidential' },
  { value: 'personal-data', label: 'It contains personal data' },
  { value: 'abuse', label: 'It insults or harasses somebody' },
  { value: 'spam', label: 'It is advertising or has nothing to do with it' },
  { value: 'wrong', label: 'It is wrong' },
  { value: 'other', label: 'Something else' },
];
