import type { GateResult } from '@modelhub/backstage-plugin-models-common';
import type { ForeseenGate } from '../gates/Foresight';
import {
  answeredGate,
  countsOf,
  foreseenGate,
  isReady,
  signOffItems,
  type ChecklistPeople,
  type DemandedGate,
} from './items';

const people: ChecklistPeople = {
  caller: 'user:default/dana',
  requester: 'user:default/dana',
  ownerRef: 'group:default/ml-platform',
  ownerPeople: new Set(['user:default/mel']),
  editUrl: 'https://git.example.com/edit',
};

const gate = (more: Partial<DemandedGate> = {}): DemandedGate => ({
  id: 'card',
  title: 'Model card',
  description: 'Says what the model is for.',
  required: true,
  waivableBy: ['lead'],
  takesEvidence: false,
  ...more,
});

const result = (more: Partial<GateResult>): GateResult => ({
  gateId: 'card',
  title: 'Model card',
  required: true,
  status: 'pass',
  attempts: 1,
  ...more,
});

describe('a check that was asked', () => {
  it.each([
    ['pass', 'done'],
    ['warn', 'done'],
    ['fail', 'failing'],
    ['needs-evidence', 'owed'],
    ['error', 'unknown'],
    ['queued', 'running'],
    ['running', 'running'],
    ['waived', 'waived'],
    ['not-applicable', 'not-applicable'],
  ] as const)('%s is %s', (status, state) => {
    expect(answeredGate(gate(), result({ status }), people).state).toBe(state);
  });

  it('says how to make it pass, who owes it, and where', () => {
    const item = answeredGate(
      gate({ guidance: { by: 'owner', howTo: 'Write the card.' } }),
      result({
        status: 'fail',
        findings: [
          {
            id: 'a',
            severity: 'high',
            message: 'x',
            howToFix: 'Say the limits.',
          },
          {
            id: 'b',
            severity: 'high',
            message: 'y',
            howToFix: 'Say the limits.',
          },
        ],
      }),
      { ...people, caller: 'user:default/mel' },
    );
    expect(item).toMatchObject({
      howTo: ['Say the limits.', 'Write the card.'],
      owes: {
        party: 'owner',
        groups: ['group:default/ml-platform'],
        you: true,
      },
      actions: [{ kind: 'edit-model', href: 'https://git.example.com/edit' }],
      waivableBy: ['lead'],
    });
  });

  it('names who waived it, why and until when', () => {
    expect(
      answeredGate(
        gate(),
        result({
          status: 'waived',
          waiver: {
            by: 'user:default/ines',
            reason: 'It is wrong here.',
            until: '2026-12-01T00:00:00.000Z',
          },
        }),
        people,
      ),
    ).toMatchObject({
      doneBy: ['user:default/ines'],
      summary: 'It is wrong here.',
      waivedUntil: '2026-12-01T00:00:00.000Z',
    });
  });
});

describe('a check that nobody asked yet', () => {
  const foreseen = (
    verdict: 'pass' | 'fail' | 'needs-evidence',
    source: 'known' | 'foreseen',
  ): ForeseenGate => ({
    gateId: 'card',
    applies: true,
    answer: { source, verdict, summary: 'Because.', findings: [] },
  });

  it.each([
    ['known to pass', foreseen('pass', 'known'), 'done'],
    ['that would pass now', foreseen('pass', 'foreseen'), 'itself'],
    ['known to fail', foreseen('fail', 'known'), 'failing'],
    ['that would fail now', foreseen('fail', 'foreseen'), 'failing'],
    ['that waits for evidence', foreseen('needs-evidence', 'foreseen'), 'owed'],
    ['without an answer', { gateId: 'card', applies: true }, 'itself'],
    ['that was not looked at', undefined, 'itself'],
    [
      'that does not apply',
      { gateId: 'card', applies: false },
      'not-applicable',
    ],
  ] as const)('%s', (_, answer, state) => {
    expect(foreseenGate(gate(), answer, people).state).toBe(state);
  });

  it('is owed by a pipeline where only that can answer it', () => {
    expect(
      foreseenGate(
        gate({
          takesEvidence: true,
          guidance: { by: 'pipeline', howTo: 'Run the evaluation.' },
        }),
        undefined,
        people,
      ),
    ).toMatchObject({
      state: 'owed',
      owes: { party: 'pipeline', groups: ['group:default/ml-platform'] },
      howTo: ['Run the evaluation.'],
      actions: [{ kind: 'send-evidence' }],
    });
  });
});

describe('a sign-off', () => {
  const items = (
    more: Partial<Parameters<typeof signOffItems>[0]> = {},
    context: Partial<Parameters<typeof signOffItems>[1]> = {},
  ) =>
    signOffItems(
      {
        role: 'security',
        quorum: 1,
        groups: ['group:default/security'],
        people: ['user:default/ines', 'user:default/tom'],
        secondFactor: false,
        ...more,
      },
      { given: [], over: false, withPasskey: new Set(), people, ...context },
    );

  it('is owed by who could sign', () => {
    expect(items()).toMatchObject([
      {
        state: 'owed',
        owes: {
          party: 'signer',
          people: ['user:default/ines', 'user:default/tom'],
        },
      },
    ]);
    expect(items({ people: [] })[0]).toMatchObject({
      owes: { party: 'administrator' },
    });
  });

  it('is done when it was given', () => {
    const given = [{ by: 'user:default/ines', at: '2026-11-02T09:00:00.000Z' }];
    expect(items({ secondFactor: true }, { given })).toMatchObject([
      {
        state: 'done',
        doneBy: ['user:default/ines'],
        at: '2026-11-02T09:00:00.000Z',
      },
    ]);
  });

  it('asks for passkeys that are not there', () => {
    const demand = { secondFactor: true };
    expect(items(demand)[1]).toMatchObject({
      id: 'passkey:security',
      state: 'owed',
      owes: { people: ['user:default/ines', 'user:default/tom'] },
      actions: [{ kind: 'enrol-passkey' }],
    });
    const one = new Set(['user:default/ines']);
    const enough = items(demand, { withPasskey: one })[1];
    expect(enough.state).toBe('done');
    expect(enough.owes).toBeUndefined();
    // Somebody who lacks one hears of it, though others have theirs.
    expect(
      items(demand, {
        withPasskey: one,
        people: { ...people, caller: 'user:default/tom' },
      })[1],
    ).toMatchObject({ state: 'done', owes: { you: true } });
  });
});

it('counts what is required, and is ready when only signatures are left', () => {
  const passing = answeredGate(gate(), result({}), people);
  const advice = answeredGate(
    gate({ required: false }),
    result({ status: 'fail' }),
    people,
  );
  const failing = answeredGate(gate(), result({ status: 'fail' }), people);
  const [owed] = signOffItems(
    {
      role: 'lead',
      quorum: 1,
      groups: [],
      people: ['user:default/lee'],
      secondFactor: false,
    },
    { given: [], over: false, withPasskey: new Set(), people },
  );
  expect(countsOf([passing, advice, failing, owed])).toEqual({
    total: 3,
    done: 1,
    itself: 0,
    owed: 1,
    failing: 1,
  });
  expect(isReady([passing, advice, owed])).toBe(true);
  expect(isReady([passing, failing])).toBe(false);
});
