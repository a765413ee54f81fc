import type { ExpectedUse } from '@modelhub/backstage-plugin-models-common';

/** What was typed, as it was typed. */
export interface ExpectedUseText {
  input: string;
  output: string;
  peak: string;
}

export const noExpectedUse: ExpectedUseText = {
  input: '',
  output: '',
  peak: '',
};

/** To start from, for people who do not count in tokens. */
export const examples: Array<{
  id: string;
  title: string;
  about: string;
  use: ExpectedUseText;
}> = [
  {
    id: 'trying',
    title: 'Trying it out',
    about: 'A few people, some hundred questions in a month',
    use: { input: '1m', output: '200k', peak: '1' },
  },
  {
    id: 'team',
    title: 'A team’s assistant',
    about: '20 people, 50 questions a day with a page of text each',
    use: { input: '20m', output: '4m', peak: '5' },
  },
  {
    id: 'product',
    title: 'A feature of a product',
    about: '10,000 requests a day with two pages of text each',
    use: { input: '500m', output: '100m', peak: '40' },
  },
];

const UNITS: Record<string, number> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  bn: 1e9,
  b: 1e9,
};
const MOST = 1e15;

/** `20m`, `1.5 k`, `20 000`, `20,000,000`; undefined where it is no whole amount. */
export function amountOf(text: string): number | undefined {
  const found = /^(\d[\d\s,_]*(?:\.\d+)?)\s*(k|m|bn|b)?$/i.exec(text.trim());
  if (!found) return undefined;
  const figure = Number(found[1].replace(/[\s,_]/g, ''));
  const amount = figure * UNITS[(found[2] ?? '').toLocaleLowerCase('en-US')];
  const whole = Math.round(amount);
  return Math.abs(whole - amount) < 1e-6 && whole <= MOST ? whole : undefined;
}

/** What the text says; undefined while it says nothing, or not enough. */
export function expectedUseOf(text: ExpectedUseText): ExpectedUse | undefined {
  const input = amountOf(text.input);
  const output = amountOf(text.output);
  if (input === undefined || output === undefined) return undefined;
  const peak = amountOf(text.peak);
  return {
    inputTokensPerMonth: input,
    outputTokensPerMonth: output,
    ...(peak && { peakConcurrent: peak }),
  };
}

/** What has to be mended before it can be sent, by part; all of it may stay empty. */
export function expectedUseErrors(
  text: ExpectedUseText,
): Partial<Record<keyof ExpectedUseText, string>> {
  const { input, output, peak } = text;
  if (!input.trim() && !output.trim() && !peak.trim()) return {};
  const need = (value: string, what: string) =>
    amountOf(value) === undefined
      ? `Say how many ${what} you expect as a whole number, such as 20m, or leave the expected use empty.`
      : undefined;
  const atOnce = amountOf(peak);
  return {
    ...(need(input, '') && { input: need(input, 'input tokens') }),
    ...(need(output, '') && { output: need(output, 'output tokens') }),
    ...(peak.trim() &&
      (!atOnce || atOnce > 1e6) && {
        peak: 'Say how many requests run at once as a whole number from 1 on.',
      }),
  };
}
