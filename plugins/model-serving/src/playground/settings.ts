/** What a person typed; empty means that the model's own value counts. */
export interface SettingsForm {
  temperature: string;
  maxTokens: string;
  topP: string;
  seed: string;
  /** One sequence in a line. */
  stop: string;
}

/** As it is sent; what is left out is the model's own. */
export interface ChatSettings {
  temperature?: number;
  maxTokens?: number;
  topP?: number;
  seed?: number;
  stop?: string[];
}

/** What a settings field takes. */
export const limits = {
  temperature: { least: 0, most: 2, whole: false },
  maxTokens: { least: 1, most: 8192, whole: true },
  topP: { least: 0, most: 1, whole: false },
  seed: { least: 0, most: 2_147_483_647, whole: true },
} as const;

type Field = keyof typeof limits;

/** How many sequences may end an answer: more than four most servers refuse. */
const MOST_STOPS = 4;

/** What a new session begins with. */
export const initialSettings: SettingsForm = {
  temperature: '0.7',
  maxTokens: '512',
  topP: '',
  seed: '',
  stop: '',
};

function numberIn(field: Field, typed: string): number | string | undefined {
  const text = typed.trim();
  if (!text) return undefined;
  const { least, most, whole } = limits[field];
  const value = Number(text);
  if (
    !Number.isFinite(value) ||
    value < least ||
    value > most ||
    (whole && !Number.isInteger(value))
  ) {
    return `Give a ${whole ? 'whole number' : 'number'} from ${least} to ${most.toLocaleString(
      'en-GB',
    )}, or leave it empty.`;
  }
  return value;
}

const stopsOf = (typed: string) =>
  typed.split('\n').filter(line => line.length > 0);

/** What is wrong with what was typed, by field. */
export function settingsProblems(
  form: SettingsForm,
): Partial<Record<keyof SettingsForm, string>> {
  const problems: Partial<Record<keyof SettingsForm, string>> = {};
  for (const field of Object.keys(limits) as Field[]) {
    const value = numberIn(field, form[field]);
    if (typeof value === 'string') problems[field] = value;
  }
  if (stopsOf(form.stop).length > MOST_STOPS) {
    problems.stop = `Give at most ${MOST_STOPS} sequences, one in a line.`;
  }
  return problems;
}

/** The settings to send, of a form without problems. */
export function settingsOf(form: SettingsForm): ChatSettings {
  const settings: ChatSettings = {};
  for (const field of Object.keys(limits) as Field[]) {
    const value = numberIn(field, form[field]);
    if (typeof value === 'number') settings[field] = value;
  }
  const stop = stopsOf(form.stop);
  if (stop.length > 0) settings.stop = stop;
  return settings;
}
