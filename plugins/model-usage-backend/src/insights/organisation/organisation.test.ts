import type { Grant } from '@modelhub/backstage-plugin-models-common';
import type { CatalogModel } from '../access';
import { adoptionOf } from './adoption';
import { familiesOf } from './DuplicateService';
import { lastUses } from './WasteService';

const model = (
  name: string,
  owner: string,
  base: string,
  tasks: string[],
): CatalogModel => ({
  entityRef: `model:acme/${name}`,
  gatewayId: `acme/${name}`,
  owners: [`group:default/${owner}`],
  tasks,
  related: type => (type === 'derivedFrom' ? [`model:meta/${base}`] : []),
});

describe('models made twice', () => {
  it('are those of several teams with one base and a task in common', () => {
    const families = familiesOf([
      model('a', 'care', 'llama', ['summarization', 'chat']),
      model('b', 'shop', 'llama', ['summarization', 'chat']),
      model('c', 'lab', 'llama', ['chat', 'translation']),
      model('d', 'care', 'mistral', ['chat']),
      model('e', 'care', 'mistral', ['chat']),
      model('f', 'shop', 'qwen', ['chat']),
    ]);
    expect(
      families.map(it => [
        it.baseModel,
        it.tasks,
        it.models.map(({ gatewayId }) => gatewayId),
      ]),
    ).toEqual([
      ['model:meta/llama', ['summarization'], ['acme/a', 'acme/b']],
      ['model:meta/llama', ['chat'], ['acme/a', 'acme/b', 'acme/c']],
    ]);
  });

  it('come once with all their tasks', () => {
    const [family, ...more] = familiesOf([
      model('a', 'care', 'llama', ['summarization', 'chat']),
      model('b', 'shop', 'llama', ['chat', 'summarization']),
    ]);
    expect(more).toEqual([]);
    expect(family.tasks).toEqual(['chat', 'summarization']);
  });
});

describe('an approval', () => {
  const grant = (fields: Partial<Grant>): Grant => ({
    approvalId: 'a',
    kind: 'standard',
    entityRef: 'model:acme/a',
    gatewayId: 'acme/a',
    modelVersion: '1.0',
    tier: 'internal',
    purpose: 'support',
    profile: 'care',
    approvedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2027-01-01T00:00:00.000Z',
    ...fields,
  });
  const use = { model: 'acme/a', profile: 'care', tier: 'internal' };

  it('is used by its profile at its tier or below', () => {
    const grants = [
      grant({ approvalId: 'same' }),
      grant({ approvalId: 'above', tier: 'regulated' }),
      grant({ approvalId: 'below', tier: 'sandbox' }),
      grant({ approvalId: 'others', profile: 'shop' }),
      grant({ approvalId: 'another', gatewayId: 'acme/b' }),
    ];
    const uses = [
      { ...use, day: '2026-11-03' },
      { ...use, day: '2026-11-05' },
      { ...use, profile: 'lab', day: '2026-11-09' },
    ];
    expect([...lastUses(grants, uses)]).toEqual([
      ['same', '2026-11-05'],
      ['above', '2026-11-05'],
    ]);
  });
});

describe('adoption', () => {
  it('counts teams, models and pairs week by week, and what is new', () => {
    const weeks = adoptionOf(
      [
        { caller: 'a', model: 'x', weeks: 0b011n },
        { caller: 'a', model: 'y', weeks: 0b100n },
        { caller: 'b', model: 'x', weeks: 0b110n },
        { caller: 'b', model: 'x', weeks: 0b010n },
        { caller: '', model: 'z', weeks: 0b001n },
      ],
      3,
      { caller: name => name === 'a', model: name => name === 'z' },
    );
    expect(
      weeks.map(it => [
        it.activeTeams,
        it.newTeams,
        it.activeModels,
        it.newModels,
        it.pairs,
      ]),
    ).toEqual([
      [1, 0, 2, 1, 1],
      [2, 1, 1, 0, 2],
      [2, 0, 2, 1, 2],
    ]);
  });
});
