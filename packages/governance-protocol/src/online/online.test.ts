import { assignOnline } from './assign';
import { onlineBatchProblem } from './structure';
import type { OnlineBatch, OnlineSample } from './types';

const experiment = {
  salt: '0123456789abcdef0123456789abcdef',
  share: 0.2,
  challenger: { gatewayId: 'acme/new', version: '1' },
};
const id = '11111111-2222-4333-8444-555555555555';

const sample: OnlineSample = {
  id,
  experiment: id,
  arm: 'control',
  at: '2026-11-02T09:00:00.000Z',
  bucket: 127,
  outcome: 'scored',
  scores: { is_json: 1, chars: null },
  latencyMs: 12.5,
};
const batch: OnlineBatch = {
  batchId: id,
  samples: [sample],
  tallies: [{ experiment: id, arm: 'control', bucket: 0, calls: 2, failed: 1 }],
  notes: [{ experiment: id, optedOut: 1, dropped: 0, refused: 0 }],
};

describe('assignOnline', () => {
  it('gives its share of callers the challenger, each always the same', () => {
    const callers = Array.from({ length: 5_000 }, (_, n) => `key\nuser-${n}`);
    const given = callers.map(caller => assignOnline(experiment, caller));
    expect(callers.map(caller => assignOnline(experiment, caller))).toEqual(
      given,
    );
    const theirs = given.filter(({ arm }) => arm === 'challenger');
    // Four standard errors about a fifth.
    expect(Math.abs(theirs.length / 5_000 - 0.2)).toBeLessThan(0.023);
    // Groups are those of both arms: one says nothing about the other.
    expect(new Set(theirs.map(({ bucket }) => bucket)).size).toBe(128);
  });

  it('gives nobody a challenger that there is not, and others with another salt', () => {
    const callers = Array.from({ length: 200 }, (_, n) => `user-${n}`);
    const arms = (more: object) =>
      callers.map(it => assignOnline({ ...experiment, ...more }, it).arm);
    expect(new Set(arms({ challenger: undefined }))).toEqual(
      new Set(['control']),
    );
    expect(new Set(arms({ share: 0 }))).toEqual(new Set(['control']));
    expect(arms({ salt: 'f'.repeat(32) })).not.toEqual(arms({}));
  });
});

it('takes a batch of numbers', () => {
  expect(onlineBatchProblem(batch)).toBeUndefined();
});

it.each<[string, object, RegExp]>([
  ['content', { samples: [{ ...sample, answer: 'x' }] }, /unknown field/],
  [
    'a text as a score',
    { samples: [{ ...sample, scores: { a: 'x' } }] },
    /number/,
  ],
  [
    'a sentence as a metric',
    { samples: [{ ...sample, scores: { 'Hi you': 1 } }] },
    /name/,
  ],
  [
    'a group that there is not',
    { samples: [{ ...sample, bucket: 128 }] },
    /bucket/,
  ],
  ['half a group', { samples: [{ ...sample, bucket: 0.5 }] }, /bucket/],
  ['a sample twice', { samples: [sample, sample] }, /twice/],
  ['too many samples', { samples: new Array(151).fill(sample) }, /at most 150/],
  [
    'more failures than calls',
    { tallies: [{ ...batch.tallies[0], failed: 3 }] },
    /part of calls/,
  ],
  ['no id', { batchId: 'x' }, /UUID/],
])('refuses %s', (_, more, problem) => {
  expect(onlineBatchProblem({ ...batch, ...more })).toMatch(problem);
});
