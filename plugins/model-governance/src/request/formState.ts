import type {
  ApprovalPreview,
  CreateApproval,
  Tier,
} from '@modelhub/backstage-plugin-models-common';

import {
  expectedUseErrors,
  expectedUseOf,
  type ExpectedUseText,
} from './expectedUse';

/** What has been filled in so far. */
export interface RequestForm {
  modelVersion: string;
  tier: Tier | '';
  purpose: string;
  profile: string;
  requesterGroup: string;
  justification: string;
  expectedUse: ExpectedUseText;
}

export interface FieldError {
  field: string;
  message: string;
}

/** Ids of the inputs, for the links of the error summary. */
export const fieldIds = {
  modelVersion: 'request-version',
  tier: 'request-tier-sandbox',
  purpose: 'request-purpose',
  profile: 'request-profile',
  justification: 'request-justification',
  useInput: 'request-use-input',
  useOutput: 'request-use-output',
  usePeak: 'request-use-peak',
} as const;

export const MIN_JUSTIFICATION = 10;

/** What is missing before the form can be sent. */
export function formErrors(form: RequestForm): FieldError[] {
  const errors: FieldError[] = [];
  const need = (condition: boolean, field: string, message: string) => {
    if (!condition) errors.push({ field, message });
  };
  need(
    Boolean(form.modelVersion),
    fieldIds.modelVersion,
    'Choose the version that you want to use.',
  );
  need(Boolean(form.tier), fieldIds.tier, 'Choose where it will run.');
  need(
    Boolean(form.purpose),
    fieldIds.purpose,
    'Choose what you want to use it for.',
  );
  need(
    Boolean(form.profile),
    fieldIds.profile,
    'Choose who will call it: the access profile.',
  );
  need(
    form.justification.trim().length >= MIN_JUSTIFICATION,
    fieldIds.justification,
    `Say in at least ${MIN_JUSTIFICATION} characters why you need it.`,
  );
  const use = expectedUseErrors(form.expectedUse);
  need(!use.input, fieldIds.useInput, use.input ?? '');
  need(!use.output, fieldIds.useOutput, use.output ?? '');
  need(!use.peak, fieldIds.usePeak, use.peak ?? '');
  return errors;
}

/** The version to start with: the wanted one, else the first that is pinned, else the first. */
export function firstVersion(
  versions: ApprovalPreview['versions'],
  wanted: string | undefined,
): string {
  const named = versions.find(version => version.name === wanted);
  return (
    named?.name ??
    versions.find(version => version.pinned)?.name ??
    versions[0]?.name ??
    ''
  );
}

/**
 * Problems worth showing now: that purpose or profile are missing is no news
 * while they are still being chosen.
 */
export function problemsNow(
  preview: ApprovalPreview | undefined,
  form: RequestForm,
): ApprovalPreview['problems'] {
  const scoped = Boolean(form.purpose && form.profile);
  return (preview?.problems ?? []).filter(
    problem => scoped || problem.code !== 'scope-missing',
  );
}

/** The request body. Call only without {@link formErrors}. */
export function toBody(entityRef: string, form: RequestForm): CreateApproval {
  const expectedUse = expectedUseOf(form.expectedUse);
  return {
    entityRef,
    modelVersion: form.modelVersion,
    tier: form.tier as Tier,
    purpose: form.purpose,
    profile: form.profile,
    justification: form.justification.trim(),
    ...(expectedUse && { expectedUse }),
    ...(form.requesterGroup && { requesterGroup: form.requesterGroup }),
    submit: true,
  };
}
