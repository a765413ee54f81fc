import {
  onlineConsentText,
  type OnlineExperimentInput,
} from '@modelhub/backstage-plugin-models-common';

type Scorer = NonNullable<OnlineExperimentInput['scorers']>[number];

/** What somebody types into the form. */
export interface PlanFields {
  title: string;
  profile: string;
  purpose: string;
  control: string;
  challenger: string;
  /** In percent. */
  share: string;
  /** In percent. */
  sampling: string;
  days: string;
  /** Types of scorers that need nothing more. */
  plain: Array<'length' | 'refusal' | 'repetition'>;
  pattern: string;
  schema: string;
  stopMetric: string;
  margin: string;
}

export const EMPTY_PLAN: PlanFields = {
  title: '',
  profile: '',
  purpose: '',
  control: '',
  challenger: '',
  share: '10',
  sampling: '100',
  days: '14',
  plain: ['length', 'refusal'],
  pattern: '',
  schema: '',
  stopMetric: '',
  margin: '',
};

/** A number within bounds; nothing where it is none. */
export function numberIn(
  text: string,
  [least, most]: [number, number],
): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && value >= least && value <= most
    ? value
    : undefined;
}

export function scorersOf({ plain, pattern, schema }: PlanFields): Scorer[] {
  return [
    ...plain.map((type): Scorer => ({ metric: type, type })),
    ...(pattern.trim()
      ? [{ metric: 'pattern', type: 'regex' as const, pattern: pattern.trim() }]
      : []),
    ...(schema.trim()
      ? [
          {
            metric: 'json',
            type: 'json-schema' as const,
            schema: schema.trim(),
          },
        ]
      : []),
  ];
}

/** Whether the schema that was typed is JSON at all. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** By field, what is wrong with it; empty where the plan can be sent. */
export function problemsOf(
  it: PlanFields,
): Partial<Record<keyof PlanFields, string>> {
  const hasChallenger = it.challenger.trim() !== '';
  const problems: Partial<Record<keyof PlanFields, string>> = {};
  if (!it.title.trim()) problems.title = 'Say what you want to find out.';
  if (!it.profile) problems.profile = 'Choose whose calls take part.';
  if (!it.purpose) problems.purpose = 'Choose what the calls are for.';
  if (!it.control.trim()) problems.control = 'Name the model that is called.';
  if (hasChallenger && numberIn(it.share, [0.01, 50]) === undefined) {
    problems.share = 'More than 0, and 50 at most.';
  }
  if (numberIn(it.sampling, [0.01, 100]) === undefined) {
    problems.sampling = 'More than 0, and 100 at most.';
  }
  const days = numberIn(it.days, [1, 30]);
  if (days === undefined || !Number.isInteger(days)) {
    problems.days = 'A whole number from 1 to 30.';
  }
  if (it.schema.trim() && !isJson(it.schema)) {
    problems.schema = 'This is no JSON.';
  }
  if (
    hasChallenger &&
    it.stopMetric &&
    numberIn(it.margin, [0, Infinity]) === undefined
  ) {
    problems.margin = 'A number of 0 or more, in the unit of the metric.';
  }
  return problems;
}

/** What is sent; only of fields without problems. */
export function planOf(it: PlanFields): OnlineExperimentInput {
  const challenger = it.challenger.trim();
  return {
    title: it.title.trim(),
    profile: it.profile,
    purpose: it.purpose,
    control: it.control.trim(),
    ...(challenger && {
      challenger,
      share: (numberIn(it.share, [0, 50]) ?? 0) / 100,
    }),
    sampling: (numberIn(it.sampling, [0, 100]) ?? 100) / 100,
    scorers: scorersOf(it),
    ...(challenger &&
      it.stopMetric && {
        stopRule: {
          metric: it.stopMetric,
          margin: numberIn(it.margin, [0, Infinity]) ?? 0,
        },
      }),
    days: numberIn(it.days, [1, 30]) ?? 14,
  };
}

/** What the owner will be asked, as far as it can be said before it is sent. */
export function previewOf(it: PlanFields, profileTitle: string): string {
  const { control, challenger, share, sampling, days } = planOf(it);
  const named = (model: string) => {
    const at = model.lastIndexOf('@');
    return at > 0
      ? { gatewayId: model.slice(0, at), version: model.slice(at + 1) }
      : { gatewayId: model, version: 'newest allowed' };
  };
  return onlineConsentText({
    title: it.title.trim() || '…',
    profileTitle: profileTitle || '…',
    purpose: it.purpose || '…',
    tiers: ['sandbox', 'internal', 'customer-facing'],
    control: named(control || '…'),
    ...(challenger && { challenger: named(challenger) }),
    share: share ?? 0,
    sampling,
    pinned: false,
    scorers: scorersOf(it),
    days,
  });
}
