import { ConfigReader } from '@backstage/config';
import { matchesPattern, readEvidenceConfig } from './readEvidenceConfig';

const pipeline = {
  claims: { repository: 'acme/evals' },
  models: ['model:meta/*'],
  gates: ['score'],
  owner: 'ml-platform',
};
const read = (evidence: object) =>
  readEvidenceConfig(
    new ConfigReader({
      backend: { baseUrl: 'https://portal/' },
      modelGovernance: { evidence: JSON.parse(JSON.stringify(evidence)) },
    }),
  );
const issuer = (more: object) => ({
  issuers: [
    { issuer: 'https://ci', audience: 'hub', pipelines: [pipeline], ...more },
  ],
});

it('has defaults', () => {
  expect(read({})).toEqual({
    defaultDays: 30,
    maxDays: 180,
    url: 'https://portal/api/model-governance',
    issuers: [],
  });
  expect(read({ tokens: { maxDays: 7 } }).defaultDays).toBe(7);
});

it.each([
  [{ tokens: { maxDays: 0 } }, 'maxDays is an integer from 1'],
  [{ tokens: { maxDays: 7, defaultDays: 8 } }, 'defaultDays is an integer'],
  [issuer({ issuer: 'http://ci.example.com' }), 'only https is believed'],
  [issuer({ issuer: 'ci' }), 'expected an https URL'],
  [issuer({ jwksUri: 'http://else/keys' }), 'only https is believed'],
  [issuer({ pipelines: [{ ...pipeline, claims: {} }] }), 'every pipeline'],
])('refuses %j', (evidence, problem) => {
  expect(() => read(evidence)).toThrow(problem);
});

it('takes an issuer on this machine, and completes the owner', () => {
  expect(read(issuer({ issuer: 'http://127.0.0.1:8080' })).issuers[0]).toEqual(
    expect.objectContaining({
      issuer: 'http://127.0.0.1:8080',
      pipelines: [{ ...pipeline, owner: 'group:default/ml-platform' }],
    }),
  );
});

it.each([
  ['acme/*', 'acme/evals', true],
  ['acme/evals', 'acme/evals-evil', false],
  ['acme.evals', 'acmeXevals', false],
  ['*', '', true],
  ['refs/heads/*', 'refs/pull/1', false],
])('%s means %s: %s', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});
