import type {
  Objective,
  ObjectiveAlert,
  ObjectiveKind,
  ObjectiveState,
  ObjectiveTerms,
} from '@modelhub/backstage-plugin-models-common';
import {
  countText,
  durationText,
  type Tone,
} from '@modelhub/backstage-plugin-models-react';

/** What kinds are called, and what counts. */
export const kinds: Record<
  ObjectiveKind,
  { plane: Objective['plane']; label: string; good: string; limit?: string }
> = {
  availability: {
    plane: 'data',
    label: 'Availability',
    good: 'Calls that reached the model and were not answered with a server error, with 429, or too late.',
  },
  latency: {
    plane: 'data',
    label: 'Latency',
    good: 'Answers that were complete within the limit. Errors and answers of the cache do not count.',
    limit: 'Complete within (ms)',
  },
  'time-to-first-token': {
    plane: 'data',
    label: 'Time to first token',
    good: 'Answers that began within the limit. Errors and answers of the cache do not count.',
    limit: 'Begun within (ms)',
  },
  'gateway-availability': {
    plane: 'control',
    label: 'Gateway availability',
    good: 'Calls that gateways could serve. A refusal is an answer, and so is an error of a model.',
  },
  'snapshot-age': {
    plane: 'control',
    label: 'Age of the allowlist at gateways',
    good: 'Looks at each gateway, once a minute, that find it following the allowlist within the limit.',
    limit: 'Not older than (ms)',
  },
  'ingest-lag': {
    plane: 'control',
    label: 'Delay of usage records',
    good: 'Records that reach the portal within the limit after their call.',
    limit: 'Here within (ms)',
  },
  'approval-service': {
    plane: 'control',
    label: 'Approval service',
    good: 'Questions, one a minute, that the approval service answers within the limit.',
    limit: 'Answered within (ms)',
  },
};

export const kindsOf = (plane: Objective['plane']): ObjectiveKind[] =>
  (Object.keys(kinds) as ObjectiveKind[]).filter(
    kind => kinds[kind].plane === plane,
  );

export const states: Record<
  ObjectiveState,
  { label: string; tone: Tone; explanation: string }
> = {
  burning: {
    label: 'Burning',
    tone: 'bad',
    explanation: 'The error budget burns so fast that somebody was called.',
  },
  missed: {
    label: 'Missed',
    tone: 'bad',
    explanation: 'More failed in the window than the objective allows.',
  },
  'at-risk': {
    label: 'At risk',
    tone: 'caution',
    explanation:
      'Less than a quarter of the error budget is left, or it burns faster than it may.',
  },
  kept: {
    label: 'Kept',
    tone: 'good',
    explanation: 'At least a quarter of the error budget is left.',
  },
  'no-events': {
    label: 'Nothing yet',
    tone: 'neutral',
    explanation: 'Nothing happened in the window that could be counted.',
  },
};

export const isState = (text: string | undefined): text is ObjectiveState =>
  text !== undefined && text in states;

/** `99.9 %`, with the digits that tell objectives apart. */
export function shareText(share: number): string {
  const percent = share * 100;
  const digits = percent > 99 && percent < 100 ? 3 : 1;
  return `${Number(percent.toFixed(digits))} %`;
}

/** `99.9 % within 2 s, over 28 days` */
export function termsText(
  it: Pick<ObjectiveTerms, 'target' | 'limitMs' | 'windowDays'>,
): string {
  const within =
    it.limitMs === undefined ? '' : ` within ${durationText(it.limitMs)}`;
  return `${shareText(it.target)}${within}, over ${it.windowDays} days`;
}

/** `Latency of Llama 1.0`, `Approval service` */
export function nameOf(
  it: Pick<Objective, 'kind' | 'model' | 'modelVersion' | 'title'>,
): string {
  const { label } = kinds[it.kind];
  if (it.model === undefined) return label;
  const version = it.modelVersion === undefined ? '' : ` ${it.modelVersion}`;
  return `${label} of ${it.title ?? it.model}${version}`;
}

/** `1.4 times`, `21 times` */
export const timesText = (burn: number): string =>
  `${burn < 10 ? Number(burn.toFixed(1)) : countText(Math.round(burn))} times`;

/** How fast a budget burns, in words. */
export function burnText(burn: number): string {
  if (burn === 0) return 'Not burning';
  if (burn < 0.05) return 'Hardly burning';
  if (burn >= 0.95 && burn < 1.05) return 'As fast as it may';
  return `${timesText(burn)} as fast as it may`;
}

export function leftText(left: number | undefined): string {
  if (left === undefined) return 'Nothing to count yet';
  if (left >= 0) return `${Math.floor(left * 100)} % left`;
  return `Overspent: ${timesText(1 - left)} what may fail`;
}

export const severities: Record<ObjectiveAlert['severity'], string> = {
  page: 'Somebody has to look now',
  ticket: 'For the next working day',
};

export const rules: Record<ObjectiveAlert['rule'], string> = {
  fast: 'at least 14.4 times as fast as it may, over an hour and five minutes',
  slow: 'at least 6 times as fast as it may, over six hours and half an hour',
  steady: 'faster than it may, over three days and six hours',
};

/** `22 Nov 2026, 18:40 UTC` */
export function momentText(iso: string): string {
  const day = new Date(iso).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${day}, ${iso.slice(11, 16)} UTC`;
}

export const eventsText = (events: number, good: number): string =>
  events === 0
    ? 'none'
    : `${countText(events - good)} of ${countText(events)} failed`;
