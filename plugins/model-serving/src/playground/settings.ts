import type { PlaygroundSettings } from '@modelhub/backstage-plugin-models-common';

/** What a person typed; empty means that the model's own value counts. */
export interface SettingsForm {
  temperature: string;
  maxTokens: string;
  topP: string;
  seed: string;
  /** One sequence in a line. */
  stop: string;
}

type Field = 'temperature' | 'maxTokens' | 'topP' | 'seed';

const fields: Field[] = ['temperature', 'maxTokens', 'topP', 'seed'];

/** How many sequences may end an answer. */
const MOST_STOPS = 4;

/** What a new session begins with. */
export const initialSettings: SettingsForm = {
  temperature: '0.7',
  maxTokens: '256',
  topP: '',
  seed: '',
  stop: '',
};

interface Limit {
  isIn: (value: number) => boolean;
  problem: string;
}

const orEmpty = 'or leave it empty';

function limitOf(field: Field, answerTokens: number): Limit {
  switch (field) {
    case 'temperature':
      return {
        isIn: value => value >= 0 && value <= 2,
        problem: `Give a number from 0 to 2, ${orEmpty}.`,
      };
    case 'topP':
      return {
        isIn: value => value > 0 && value <= 1,
        problem: `Give a number above 0 and up to 1, ${orEmpty}.`,
      };
    case 'seed':
      return {
        isIn: value =>
          Number.isInteger(value) && value >= 0 && value <= 2_147_483_647,
        problem: `Give a whole number up to 2,147,483,647, ${orEmpty}.`,
      };
    default:
      return {
        isIn: value =>
          Number.isInteger(value) && value >= 1 && value <= answerTokens,
        problem: `Give a whole number from 1 to ${answerTokens.toLocaleString(
          'en-GB',
        )}, ${orEmpty}.`,
      };
  }
}

const stopsOf = (typed: string) =>
  typed.split('\n').filter(line => line.length > 0);

/**
 * What is wrong with what was typed, by field.
 *
 * @param answerTokens - most that an answer may have here
 */
export function settingsProblems(
  form: SettingsForm,
  answerTokens: number,
): Partial<Record<keyof SettingsForm, string>> {
  const problems: Partial<Record<keyof SettingsForm, string>> = {};
  for (const field of fields) {
    const typed = form[field].trim();
    const { isIn, problem } = limitOf(field, answerTokens);
    if (typed && !isIn(Number(typed))) problems[field] = problem;
  }
  const stops = stopsOf(form.stop);
  if (stops.length > MOST_STOPS || stops.some(({ length }) => length > 100)) {
    problems.stop = `Give at most ${MOST_STOPS} sequences of up to 100 characters, one in a line.`;
  }
  return problems;
}

/** The settings to send, of a form without problems. */
export function settingsOf(form: SettingsForm): PlaygroundSettings {
  const settings: PlaygroundSettings = {};
  for (const field of fields) {
    const typed = form[field].trim();
    if (typed) settings[field] = Number(typed);
  }
  const stop = stopsOf(form.stop);
  if (stop.length > 0) settings.stop = stop;
  return settings;
}
