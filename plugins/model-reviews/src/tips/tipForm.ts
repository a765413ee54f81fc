import type {
  ModelTip,
  ModelTipInput,
  ModelTipKind,
  ModelTipUpdate,
} from '@modelhub/backstage-plugin-models-common';
import { tipKinds } from '../lib/words';

/** What one fills in. */
export interface TipForm {
  kind: ModelTipKind;
  title: string;
  body: string;
  /** JSON, as it is typed. */
  settings: string;
  /** Empty for all. */
  modelVersion: string;
}

/** The backend takes no longer ones. */
export const LONGEST_TITLE = 150;
const SHORTEST_TITLE = 3;
const LONGEST_SETTINGS = 10_000;
const MOST_SETTINGS = 100;

/** The form as it opens. */
export function formOf(tip: ModelTip | undefined, version = ''): TipForm {
  return {
    kind: tip?.kind ?? 'prompt',
    title: tip?.title ?? '',
    body: tip?.body ?? '',
    settings: tip?.settings ? JSON.stringify(tip.settings, undefined, 2) : '',
    modelVersion: tip ? tip.modelVersion ?? '' : version,
  };
}

/** Whether something is such a form; what a browser kept may be of another time. */
export function isTipForm(value: unknown): value is TipForm {
  if (typeof value !== 'object' || value === null) return false;
  const form = value as Partial<Record<keyof TipForm, unknown>>;
  return (
    tipKinds.some(kind => kind.value === form.kind) &&
    [form.title, form.body, form.settings, form.modelVersion].every(
      text => typeof text === 'string',
    )
  );
}

/** The settings, or what is wrong with them. */
export function readSettings(
  text: string,
): { settings?: Record<string, unknown> } | { problem: string } {
  if (!text.trim()) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'This is not JSON. For example: {"temperature": 0.2}' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      problem: 'Write names and values in braces: {"temperature": 0.2}',
    };
  }
  if (Object.keys(value).length > MOST_SETTINGS) {
    return { problem: `At most ${MOST_SETTINGS} settings.` };
  }
  if (JSON.stringify(value).length > LONGEST_SETTINGS) {
    return { problem: `At most ${LONGEST_SETTINGS} characters of settings.` };
  }
  return { settings: value as Record<string, unknown> };
}

/** What has to be corrected before it can be sent. */
export function problemsOf(form: TipForm): { settings?: string } {
  const read = readSettings(form.settings);
  return 'problem' in read ? { settings: read.problem } : {};
}

/** Whether it can be sent. */
export const isComplete = (form: TipForm) =>
  form.title.trim().length >= SHORTEST_TITLE &&
  form.body.trim() !== '' &&
  !problemsOf(form).settings;

function contentOf(form: TipForm) {
  const read = readSettings(form.settings);
  return {
    kind: form.kind,
    title: form.title.trim(),
    body: form.body.trim(),
    settings: 'settings' in read ? read.settings : undefined,
    modelVersion: form.modelVersion || undefined,
  };
}

/** A new tip, alone or with one's review. */
export function inputOf(
  form: TipForm,
  entityRef: string,
  reviewId?: string,
): ModelTipInput {
  return { entityRef, reviewId, ...contentOf(form) };
}

/** A change of the tip that the form began with. */
export function updateOf(
  form: TipForm,
  tip: Pick<ModelTip, 'revision'>,
): ModelTipUpdate {
  return { revision: tip.revision, ...contentOf(form) };
}
