import {
  internalPolicy,
  organisation,
  policyInput,
  testGates,
} from '../__testUtils__';
import { CelConditions } from '../conditions/CelConditions';
import { loadPolicies } from '../layers/loadPolicies';
import { compareDecisions } from './compareDecisions';
import { compareLayers } from './compareLayers';
import { decide } from './decide';

const NOW = new Date('2026-06-01T12:00:00Z');
const load = (internal: string, ...more: string[]) =>
  loadPolicies(
    [
      ...organisation(internal),
      ...more.map((text, i) => ({ file: `more${i}.yaml`, text })),
    ],
    testGates,
    CelConditions.create(),
  );
const base = load(internalPolicy);

describe('what is asked for more or less', () => {
  it.each([
    [
      'minScore: 60',
      'minScore: 80',
      'stricter',
      'Check "Model card": minScore is 80, and was 60.',
    ],
    [
      'minScore: 60',
      'minScore: 40',
      'looser',
      'Check "Model card": minScore is 40, and was 60.',
    ],
    [
      'note: hi',
      'note: ho',
      'changed',
      'Check "Model card": note is ho, and was hi.',
    ],
    [
      'required: true',
      'required: false',
      'looser',
      'Check "Model card" only warns; it was required before.',
    ],
    [
      'by: [lead, legal]',
      'by: [legal]',
      'stricter',
      'Check "Model card" may be waived by legal; before by lead, legal.',
    ],
    [
      'atMostDays: 30',
      'atMostDays: 60',
      'looser',
      'Check "Model card" may be waived for 60 days at most; before for 30 days.',
    ],
    [
      'lead: { quorum: 1 }',
      '',
      'looser',
      'Sign-off by lead is not asked for any more.',
    ],
    [
      'lead: { quorum: 1 }',
      'lead: { quorum: 1 }\n  legal: { quorum: 2, secondFactor: true, groups: [group:default/l] }',
      'stricter',
      'Sign-off by legal is asked for, with a passkey, by 2 people.',
    ],
    [
      'security: { quorum: 1,',
      'security: { quorum: 2,',
      'stricter',
      'Sign-off by security is asked of 2 people, and was of one person.',
    ],
    [
      'security: { quorum: 1,',
      'security: { quorum: 1, secondFactor: true,',
      'stricter',
      'Sign-off by security is confirmed with a passkey.',
    ],
    [
      '[group:default/security, group:default/soc]',
      '[group:default/soc]',
      'stricter',
      'Sign-off by security is for members of group:default/soc; before of group:default/security, group:default/soc.',
    ],
    [
      'expiresAfterDays: 365',
      'expiresAfterDays: 90',
      'stricter',
      'An approval lives for 90 days, and lived for 365 days.',
    ],
    [
      'checkDeadlineHours: 72',
      'checkDeadlineHours: 80',
      'looser',
      'A check may hang for 80 hours, and might for 72.',
    ],
    [
      'snapshotMaxAgeSeconds: 900',
      'snapshotMaxAgeSeconds: 60',
      'stricter',
      'A gateway goes on without news for 60 seconds, and did for 900.',
    ],
    [
      'allowed: true, hours: 48',
      'allowed: false',
      'stricter',
      'No emergency approval is possible any more.',
    ],
  ])('%s → %s', (from, to, effect, text) => {
    const now = load(internalPolicy.replace(from, to));
    const changes = compareDecisions(
      decide(base, policyInput(), NOW),
      decide(now, policyInput(), NOW),
      id => now.gates.get(id),
    );
    expect(changes.map(it => [it.effect, it.text])).toEqual([[effect, text]]);
    expect(compareLayers(base, now)).toEqual([
      { tier: 'internal', items: [{ effect, text }] },
    ]);
  });

  it('is nothing for the same rules', () => {
    expect(compareLayers(base, load(`# new\n${internalPolicy}`))).toEqual([]);
  });

  it('names conditions and refusals by their text', () => {
    const now = load(
      internalPolicy
        .replace('when: model.license ==', 'when: model.license !=')
        .replace(
          'code: region, when: model.hosted',
          'code: place, when: model.hosted',
        ),
    );
    expect(compareLayers(base, now)[0].items).toEqual([
      {
        effect: 'stricter',
        text: 'Refused (place) where model.hosted && model.regions.size() == 0',
      },
      {
        effect: 'looser',
        text: 'No longer refused (region) where model.hosted && model.regions.size() == 0',
      },
      {
        effect: 'changed',
        text: 'gates.ownership.when counts where model.license != "apache-2.0"; before where model.license == "apache-2.0"',
      },
    ]);
  });

  it('says for whom, where not for everybody', () => {
    const shop = 'tier: internal\nscope: { system: system:default/shop }\n';
    const now = load(internalPolicy, `${shop}expiresAfterDays: 90\n`);
    const item = {
      text: 'An approval lives for 90 days, and lived for 365 days.',
      scope: 'system:default/shop',
    };
    expect(compareLayers(base, now)).toEqual([
      { tier: 'internal', items: [{ ...item, effect: 'stricter' }] },
    ]);
    expect(compareLayers(now, base)[0].items).toMatchObject([
      { effect: 'looser', scope: 'system:default/shop' },
    ]);
  });

  it('names exceptions', () => {
    const now = load(
      internalPolicy,
      `tier: internal
scope: { system: system:default/shop }
exception: { name: Pilot, reason: Agreed with legal., by: 'user:default/l', until: 2027-01-31, lifts: { signOffs: [security] } }
`,
    );
    expect(compareLayers(base, now)[0].items).toMatchObject([
      {
        effect: 'looser',
        text: 'Sign-off by security is not asked for any more.',
      },
      { effect: 'looser', text: 'Exception until 2027-01-31: Pilot' },
    ]);
  });
});
