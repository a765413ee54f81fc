import type {
  AgentRules,
  ProfileSettings,
  Sanitation,
  ToolRule,
} from '@modelhub/backstage-plugin-models-common';

/** A setting that is a number; empty means that there is none. */
export interface NumberSetting {
  name: string;
  label: string;
  helperText: string;
  most: number;
  least?: number;
  /** Parts are allowed. */
  fraction?: boolean;
}

export const limitSettings: NumberSetting[] = [
  {
    name: 'requestsPerMinute',
    label: 'Requests a minute',
    helperText: 'By all keys of the profile together.',
    most: 10_000_000,
  },
  {
    name: 'tokensPerMinute',
    label: 'Tokens a minute',
    helperText: 'Input and output together.',
    most: 10_000_000_000,
  },
  {
    name: 'maxConcurrent',
    label: 'Calls at one time',
    helperText: 'More are refused until one ends.',
    most: 1_000_000,
  },
  {
    name: 'maxPromptTokens',
    label: 'Tokens of a prompt',
    helperText: 'Longer ones are refused before they are sent.',
    most: 100_000_000,
  },
  {
    name: 'maxPromptBytes',
    label: 'Bytes of a prompt',
    helperText: 'Of the whole request, with images and files in it.',
    most: 10_000_000_000,
  },
];

export const callSettings: NumberSetting[] = [
  {
    name: 'cacheSeconds',
    label: 'Repeat answers for seconds',
    helperText:
      'Equal calls get the same answer for so long; never when empty.',
    most: 86_400,
  },
  {
    name: 'contentRetentionDays',
    label: 'Keep prompts for days',
    helperText: 'Nothing of a prompt or an answer is kept when empty.',
    most: 365,
  },
];

export const agentSettings: NumberSetting[] = [
  {
    name: 'maxCallsPerTrace',
    label: 'Calls in a trace',
    helperText: 'A trace is what one task of an agent calls.',
    most: 1_000_000,
  },
  {
    name: 'maxRepeats',
    label: 'Equal calls in a trace',
    helperText: 'More count as a loop.',
    most: 10_000,
  },
  {
    name: 'riskBudgetPerTrace',
    label: 'Risk budget of a trace',
    helperText: 'Tools take from it what their rule says.',
    most: 1_000_000,
    least: 0,
    fraction: true,
  },
  {
    name: 'askSeconds',
    label: 'Wait for a person, in seconds',
    helperText: 'A tool that asks holds its call; 120 when empty.',
    most: 600,
  },
];

const allNumbers = [...limitSettings, ...callSettings, ...agentSettings];

/** Where findings are looked for, and what for: `requests.secrets`. */
export const findings = [
  { name: 'requests.secrets', label: 'Secrets in requests' },
  { name: 'requests.personal-data', label: 'Personal data in requests' },
  { name: 'responses.secrets', label: 'Secrets in answers' },
  { name: 'responses.personal-data', label: 'Personal data in answers' },
] as const;

/** What is in the fields, by name. */
export type SettingsForm = Record<string, string>;

export function formOf(settings: ProfileSettings = {}): SettingsForm {
  const { limits, sanitation, agents, batches, ...rest } = settings;
  const { tools, otherTools, ...guards } = agents ?? {};
  const numbers: Record<string, number | undefined> = {
    ...limits,
    ...guards,
    cacheSeconds: rest.cacheSeconds,
    contentRetentionDays: rest.contentRetentionDays,
  };
  return {
    ...Object.fromEntries(
      allNumbers.map(({ name }) => [name, numbers[name]?.toString() ?? '']),
    ),
    ...Object.fromEntries(
      findings.map(({ name }) => {
        const [where, what] = name.split('.') as ['requests', 'secrets'];
        return [name, sanitation?.[where]?.[what] ?? ''];
      }),
    ),
    batches: batches ? 'yes' : '',
    otherTools: otherTools ?? '',
    tools: (tools ?? [])
      .map(({ match, action, risk }) =>
        [match, action, ...(risk === undefined ? [] : [risk])].join(' '),
      )
      .join('\n'),
  };
}

/** What is wrong with a number, or nothing. */
export function numberProblem(
  { most, least = 1, fraction }: NumberSetting,
  text: string,
): string | undefined {
  if (text.trim() === '') return undefined;
  const value = Number(text);
  const fits =
    (fraction ? Number.isFinite(value) : Number.isSafeInteger(value)) &&
    value >= least &&
    value <= most;
  return fits
    ? undefined
    : `A ${fraction ? '' : 'whole '}number from ${least} to ${most}`;
}

const TOOL = /^([^*\s]*\*?)\s+(allow|deny|ask)(?:\s+(\d+(?:\.\d+)?))?$/;

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);

/** The first line that is no rule for a tool. */
export function toolsProblem(text: string): string | undefined {
  const wrong = linesOf(text).find(line => !TOOL.test(line));
  return (
    wrong &&
    `“${wrong}” is no rule: write a tool, then allow, deny or ask, then its risk`
  );
}

export function hasProblem(form: SettingsForm): boolean {
  return (
    allNumbers.some(one => numberProblem(one, form[one.name])) ||
    toolsProblem(form.tools) !== undefined
  );
}

const toolOf = (line: string): ToolRule => {
  const [, match, action, risk] = TOOL.exec(line)!;
  return {
    match,
    action: action as ToolRule['action'],
    ...(risk !== undefined && { risk: Number(risk) }),
  };
};

const someOf = <T extends object>(value: T): T | undefined =>
  Object.keys(value).length > 0 ? value : undefined;

/** All settings, as the backend takes them; the form has no problem. */
export function settingsOf(form: SettingsForm): ProfileSettings {
  const numbers = (settings: NumberSetting[]) =>
    Object.fromEntries(
      settings
        .filter(({ name }) => form[name].trim() !== '')
        .map(({ name }) => [name, Number(form[name])]),
    );
  const sanitation: Record<string, Record<string, string>> = {};
  for (const { name } of findings) {
    if (!form[name]) continue;
    const [where, what] = name.split('.');
    sanitation[where] = { ...sanitation[where], [what]: form[name] };
  }
  const tools = linesOf(form.tools).map(toolOf);
  const limits = someOf(numbers(limitSettings));
  const agents = someOf<AgentRules>({
    ...numbers(agentSettings),
    ...(tools.length > 0 && { tools }),
    ...(form.otherTools && {
      otherTools: form.otherTools as AgentRules['otherTools'],
    }),
  });
  return {
    ...numbers(callSettings),
    ...(limits && { limits }),
    ...(form.batches && { batches: true }),
    // Sent also when empty: left out, the backend would redact secrets.
    sanitation: sanitation as Sanitation,
    ...(agents && { agents }),
  };
}
