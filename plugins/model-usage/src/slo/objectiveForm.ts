import type {
  Objective,
  ObjectiveInput,
  ObjectiveKind,
} from '@modelhub/backstage-plugin-models-common';
import { kinds } from './words';

/** What is in the fields. */
export interface ObjectiveForm {
  kind: ObjectiveKind;
  model: string;
  modelVersion: string;
  /** In per cent. */
  target: string;
  limitMs: string;
  windowDays: string;
  notify: string;
}

const REF = /^(group|user):([^/\s:]+\/)?[^/\s:]+$/i;
const MOST_TOLD = 20;
const LONGEST_MS = 3_600_000;

/** The fields of an objective, or of one that is still to be set. */
export function formOf(
  objective: Objective | undefined,
  usual: Partial<ObjectiveForm> = {},
): ObjectiveForm {
  return {
    kind: objective?.kind ?? 'availability',
    model: objective?.model ?? '',
    modelVersion: objective?.modelVersion ?? '',
    target: objective
      ? String(Number((objective.target * 100).toFixed(4)))
      : '99.9',
    limitMs: objective?.limitMs?.toString() ?? '',
    windowDays: String(objective?.windowDays ?? 28),
    notify: objective?.notify.join('\n') ?? '',
    ...usual,
  };
}

const refsOf = (text: string) => [
  ...new Set(text.split(/[\s,]+/).filter(Boolean)),
];

const numberOf = (text: string) => Number(text.trim().replace(',', '.'));

/** What is wrong with each field; nothing for a field that is still empty. */
export function problemsOf(
  form: ObjectiveForm,
): Partial<Record<keyof ObjectiveForm, string>> {
  const problems: ReturnType<typeof problemsOf> = {};
  const target = numberOf(form.target);
  if (form.target.trim() && !(target >= 90 && target <= 99.99)) {
    problems.target = 'From 90 to 99.99 %.';
  }
  const limit = numberOf(form.limitMs);
  const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= LONGEST_MS;
  if (kinds[form.kind].limit && form.limitMs.trim() && !isLimit) {
    problems.limitMs = 'Whole milliseconds, an hour (3600000) at most.';
  }
  const refs = refsOf(form.notify);
  const wrong = refs.find(ref => !REF.test(ref));
  if (wrong !== undefined) {
    problems.notify = `“${wrong}” is no reference such as group:default/on-call.`;
  } else if (refs.length > MOST_TOLD) {
    problems.notify = `At most ${MOST_TOLD}.`;
  }
  return problems;
}

/** What to send; `undefined` while something is missing or wrong. */
export function inputOf(form: ObjectiveForm): ObjectiveInput | undefined {
  if (Object.keys(problemsOf(form)).length > 0) return undefined;
  const { plane, limit } = kinds[form.kind];
  const model = form.model.trim();
  const version = form.modelVersion.trim();
  if (!form.target.trim()) return undefined;
  if (plane === 'data' && !model) return undefined;
  if (limit && !form.limitMs.trim()) return undefined;
  return {
    kind: form.kind,
    ...(plane === 'data' && { model }),
    ...(plane === 'data' && version && { modelVersion: version }),
    // Per cent with four decimals are parts of a million.
    target: Math.round(numberOf(form.target) * 1e4) / 1e6,
    ...(limit && { limitMs: numberOf(form.limitMs) }),
    windowDays: Number(form.windowDays) as ObjectiveInput['windowDays'],
    notify: refsOf(form.notify),
  };
}
