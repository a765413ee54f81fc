import type {
  BudgetInput,
  BudgetKind,
  Spending,
} from '@modelhub/backstage-plugin-models-common';

/** What is in the fields. */
export interface BudgetForm {
  kind: BudgetKind;
  subject: string;
  amount: string;
  currency: string;
  notify: string;
}

const MOST = 1_000_000_000;
const REF = /^(group|user):([^/\s:]+\/)?[^/\s:]+$/i;
const MOST_TOLD = 20;

/** The fields for a subject, or for one that is still to be chosen. */
export function formOf(
  of: Pick<Spending, 'kind' | 'subject' | 'budget' | 'costs'> | undefined,
  usualCurrency: string,
): BudgetForm {
  const { budget } = of ?? {};
  return {
    kind: of?.kind ?? 'profile',
    subject: of?.subject ?? '',
    amount: budget?.amount.toString() ?? '',
    currency: budget?.currency ?? of?.costs[0]?.currency ?? usualCurrency,
    notify: budget?.notify.join('\n') ?? '',
  };
}

/** `care` and `team-a/care` are taken for groups. */
export function teamRef(text: string): string {
  const given = text.trim();
  if (given.includes(':')) return given.toLowerCase();
  return (
    given.includes('/') ? `group:${given}` : `group:default/${given}`
  ).toLowerCase();
}

const refsOf = (text: string) => [
  ...new Set(text.split(/[\s,]+/).filter(Boolean)),
];

/** What is wrong with each field; nothing for a field that is still empty. */
export function problemsOf(
  form: BudgetForm,
): Partial<Record<'subject' | 'amount' | 'currency' | 'notify', string>> {
  const amount = Number(form.amount);
  const wrong = refsOf(form.notify).filter(ref => !REF.test(ref));
  return {
    ...(form.kind === 'team' &&
      form.subject.trim() !== '' &&
      !/^group:/.test(teamRef(form.subject)) && {
        subject: 'A team is a group, such as group:default/checkout',
      }),
    ...(form.amount.trim() !== '' &&
      !(amount >= 0 && amount <= MOST) && {
        amount: `A number from 0 to ${MOST.toLocaleString('en-GB')}`,
      }),
    ...(form.currency !== '' &&
      !/^[A-Z]{3}$/.test(form.currency) && {
        currency: 'Three capital letters, such as EUR',
      }),
    ...(wrong.length > 0 && {
      notify: `Not a group or user: ${wrong.join(', ')}`,
    }),
    ...(refsOf(form.notify).length > MOST_TOLD && {
      notify: `At most ${MOST_TOLD}; name a group instead`,
    }),
  };
}

export function isComplete(form: BudgetForm): boolean {
  return (
    form.subject.trim() !== '' &&
    form.amount.trim() !== '' &&
    form.currency !== '' &&
    Object.keys(problemsOf(form)).length === 0
  );
}

/** What the backend takes; the form is complete. */
export function inputOf(form: BudgetForm): {
  kind: BudgetKind;
  subject: string;
  budget: BudgetInput;
} {
  return {
    kind: form.kind,
    subject: form.kind === 'team' ? teamRef(form.subject) : form.subject.trim(),
    budget: {
      amount: Number(form.amount),
      currency: form.currency,
      notify: refsOf(form.notify),
    },
  };
}
