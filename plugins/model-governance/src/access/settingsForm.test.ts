import type { ProfileSettings } from '@modelhub/backstage-plugin-models-common';
import {
  formOf,
  hasProblem,
  limitSettings,
  numberProblem,
  settingsOf,
  toolsProblem,
} from './settingsForm';

const full: ProfileSettings = {
  limits: {
    requestsPerMinute: 60,
    tokensPerMinute: 1000,
    maxConcurrent: 4,
    maxPromptTokens: 800,
    maxPromptBytes: 65_536,
  },
  batches: true,
  cacheSeconds: 300,
  contentRetentionDays: 30,
  sanitation: {
    requests: { secrets: 'refuse', 'personal-data': 'redact' },
    responses: { secrets: 'report' },
  },
  agents: {
    maxCallsPerTrace: 50,
    riskBudgetPerTrace: 0.5,
    maxRepeats: 3,
    tools: [
      { match: 'shell', action: 'ask', risk: 1.5 },
      { match: '*', action: 'deny' },
    ],
    otherTools: 'allow',
    askSeconds: 60,
  },
};

it('loses nothing between settings and fields', () => {
  expect(settingsOf(formOf(full))).toEqual(full);
  expect(hasProblem(formOf(full))).toBe(false);
});

it('says that nothing is looked for, instead of leaving it out', () => {
  expect(settingsOf(formOf())).toEqual({ sanitation: {} });
});

it.each([
  ['', ''],
  ['5', ''],
  ['0', 'A whole number from 1 to 10000000'],
  ['1.5', 'A whole number from 1 to 10000000'],
  ['x', 'A whole number from 1 to 10000000'],
])('judges the limit "%s": %s', (text, problem) => {
  expect(numberProblem(limitSettings[0], text) ?? '').toBe(problem);
  expect(hasProblem({ ...formOf(full), requestsPerMinute: text })).toBe(
    problem !== '',
  );
});

it.each([
  ['shell ask 5\n\n mail* allow', ''],
  ['shell', '“shell” is no rule'],
  ['a deny\nshell maybe', '“shell maybe” is no rule'],
  ['sh*ll deny', '“sh*ll deny” is no rule'],
])('judges the tools "%s": %s', (text, problem) => {
  expect((toolsProblem(text) ?? '').split(':')[0]).toBe(problem);
});
