import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import { TestClock } from '../__testUtils__';
import { gateSubject } from '../gates/__testUtils__/gateSubject';
import { model } from '../gates/__testUtils__/evaluate';
import { Incumbents } from './Incumbents';
import type { ApprovalRecord } from './records';

const subject = gateSubject({
  entityRef: 'model:acme/new',
  pin: 'sha256:new',
  tier: 'internal',
});

const approval = (changes: Partial<ApprovalRecord>) =>
  ({
    entityRef: 'model:acme/new',
    modelVersion: '1',
    pin: 'sha256:one',
    gatewayId: 'acme/new',
    tier: 'internal',
    purpose: 'p',
    profile: 'team',
    ...changes,
  } as ApprovalRecord);

/** Approvals, the newest first, in a catalog. */
async function incumbent(
  serving: ApprovalRecord[],
  models: Record<string, ModelEntityV1alpha1> = {},
  named?: string,
) {
  const asked: object[] = [];
  const found = await Incumbents.create({
    store: {
      serving: async (_, scope) => {
        asked.push(scope);
        return serving;
      },
    },
    organisation: {
      model: async ref => models[ref],
      models: async refs =>
        new Map(refs.flatMap(ref => (models[ref] ? [[ref, models[ref]]] : []))),
    },
    clock: new TestClock(),
  }).of(subject, named);
  expect(asked).toEqual([{ purpose: 'p', profile: 'team' }]);
  return found && [found.entityRef, found.version, found.because];
}

it('is the version of the same model that was approved last', async () => {
  expect(
    await incumbent([
      approval({ modelVersion: '3', pin: 'sha256:three' }),
      approval({ modelVersion: '2', pin: 'sha256:two' }),
    ]),
  ).toEqual([
    'model:acme/new',
    '3',
    'Version 3 of the same model is approved for p and team (internal).',
  ]);
});

it.each<[string, Partial<ApprovalRecord>]>([
  ['what is approved below the tier', { tier: 'sandbox' }],
  ['the same bytes', { pin: subject.pin }],
  ['what has no pin', { pin: undefined }],
  [
    'another model that has nothing to do with it',
    { entityRef: 'model:acme/x' },
  ],
])('is not %s', async (_, changes) => {
  const models = { 'model:acme/x': model({}, 'x') };
  expect(await incumbent([approval(changes)], models)).toBeUndefined();
});

it('covers the tiers below its own', async () => {
  const [, version] =
    (await incumbent([approval({ tier: 'regulated' })])) ?? [];
  expect(version).toBe('1');
});

describe('where no version of the model is approved', () => {
  const old = approval({ entityRef: 'model:acme/old', modelVersion: '7' });

  it('is the model that it supersedes, over several steps', async () => {
    const models = {
      'model:acme/old': model({ supersededBy: 'between' }, 'old'),
      'model:acme/between': model(
        { supersededBy: 'model:acme/new' },
        'between',
      ),
    };
    expect(await incumbent([old], models)).toEqual([
      'model:acme/old',
      '7',
      'The model supersedes model:acme/old, whose version 7 is approved for p and team (internal).',
    ]);
  });

  it('does not follow models that succeed each other in a ring', async () => {
    const models = {
      'model:acme/old': model({ supersededBy: 'other' }, 'old'),
      'model:acme/other': model({ supersededBy: 'old' }, 'other'),
    };
    expect(await incumbent([old], models)).toBeUndefined();
  });

  it('is the one that the policy names: what is approved of it, else its first version with a pin', async () => {
    const versions = [
      { name: 'loose', artifact: { uri: 'hf://a/b' } },
      {
        name: '5',
        artifact: { uri: 'hf://a/b', digest: `sha256:${'e'.repeat(64)}` },
      },
    ];
    const models = { 'model:acme/old': model({ versions }, 'old') };
    const because = 'The policy holds models against model:acme/old.';
    expect(await incumbent([old], models, 'acme/old')).toEqual([
      'model:acme/old',
      '7',
      because,
    ]);
    expect(await incumbent([], models, 'model:acme/old')).toEqual([
      'model:acme/old',
      '5',
      because,
    ]);
    expect(await incumbent([], {}, 'acme/old')).toBeUndefined();
  });
});
