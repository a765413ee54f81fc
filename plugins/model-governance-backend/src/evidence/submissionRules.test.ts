import { InputError } from '@backstage/errors';
import type { EvidenceStatement } from '@modelhub/governance-protocol';
import {
  demandFresh,
  demandLive,
  demandScope,
  demandValid,
} from './submissionRules';

const now = new Date('2026-11-02T09:00:00Z');
const at = (minutes: number) =>
  new Date(now.getTime() + minutes * 60_000).toISOString();

const statement: EvidenceStatement = {
  entityRef: 'model:meta/llama',
  modelVersion: '1.0',
  pin: 'sha256:aa',
  gate: 'score',
  nonce: 'n0123456789abcdef',
  issuedAt: at(0),
  predicateType: 'https://example.com/score/v1',
  predicate: { score: 1 },
};
const token = { ...statement, gates: ['score', 'kpi'] };
const gate = {
  evidenceTypes: {
    'https://example.com/score/v1': ({ score }: { score?: unknown }) => {
      if (score !== 1) throw new InputError('score must be 1');
    },
  },
};

it('takes what is meant', () => {
  expect(() => {
    demandLive({ expiresAt: at(1) }, now);
    demandScope(token, statement);
    demandFresh(statement, now);
    demandFresh({ issuedAt: at(-15) }, now);
    demandFresh({ issuedAt: at(2) }, now);
    demandValid(gate, statement);
  }).not.toThrow();
});

it.each<[string, () => void, string]>([
  [
    'a revoked token',
    () => demandLive({ expiresAt: at(1), revokedAt: at(-1) }, now),
    'was revoked',
  ],
  [
    'a token at its end',
    () => demandLive({ expiresAt: at(0) }, now),
    'ended 2026-11-02',
  ],
  [
    'another model',
    () => demandScope(token, { ...statement, entityRef: 'model:meta/other' }),
    'is about model:meta/other',
  ],
  [
    'another version',
    () => demandScope(token, { ...statement, modelVersion: '2.0' }),
    'version 2.0',
  ],
  [
    'other bytes',
    () => demandScope(token, { ...statement, pin: 'sha256:bb' }),
    'other bytes',
  ],
  [
    'another gate',
    () => demandScope(token, { ...statement, gate: 'probe' }),
    "for score, kpi, not for the check 'probe'",
  ],
  [
    'an old statement',
    () => demandFresh({ issuedAt: at(-15.1) }, now),
    'more than 15 minutes ago',
  ],
  [
    'one from the future',
    () => demandFresh({ issuedAt: at(2.1) }, now),
    'in the future',
  ],
  [
    'another type',
    () => demandValid(gate, { ...statement, predicateType: 'https://x.y' }),
    'It takes: https://example.com/score/v1',
  ],
  [
    'a type of every object',
    () => demandValid(gate, { ...statement, predicateType: 'constructor' }),
    'does not take constructor',
  ],
  [
    'a gate that takes nothing',
    () => demandValid({}, statement),
    'nothing from outside',
  ],
  [
    'a predicate in another form',
    () => demandValid(gate, { ...statement, predicate: { score: 2 } }),
    'score must be 1',
  ],
])('refuses %s', (_, demand, problem) => {
  expect(demand).toThrow(problem);
});
