import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { group, model, organisation, user } from '../__testUtils__';
import { CatalogOrganisation } from './CatalogOrganisation';

const over = (entities: Entity[], listed: string[] = []) => {
  const catalog = catalogServiceMock({ entities });
  const reads = jest.spyOn(catalog, 'getEntitiesByRefs');
  return {
    people: CatalogOrganisation.create({
      catalog,
      auth: mockServices.auth(),
      claims: { claimantsOf: async () => listed },
    }),
    reads,
  };
};

const demo = () => over([...organisation().values()]);

it('knows groups through their parents and members through their children', async () => {
  const { people } = demo();
  expect(await people.groupsOf('user:default/dana')).toEqual([
    'group:default/customer-care',
    'group:default/acme',
  ]);
  expect(await people.groupsOf('user:default/none')).toEqual([]);
  const everybody = await people.membersOf(['group:default/acme']);
  expect(everybody).toHaveLength(10);
  expect(everybody).toContain('user:default/nora');
  expect(
    await people.belongsTo('user:default/dana', ['group:default/acme']),
  ).toBe(true);
  expect(
    await people.belongsTo('user:default/dana', ['user:default/dana']),
  ).toBe(true);
  expect(
    await people.belongsTo('user:default/dana', ['group:default/legal']),
  ).toBe(false);
});

it('finds the lead here or above, past those who must not decide', async () => {
  const { people } = demo();
  const care = 'group:default/customer-care';
  expect(await people.leadsOf(care)).toEqual(['user:default/lee']);
  expect(await people.leadsOf(care, ['user:default/lee'])).toEqual([
    'user:default/nora',
  ]);
  expect(await people.leadsOf('group:default/none')).toEqual([]);
  const two = over([
    {
      ...group('a'),
      metadata: {
        name: 'a',
        namespace: 'default',
        annotations: { 'modelhub.dev/lead': 'ann, user:default/bob ,' },
      },
    },
  ]);
  expect(await two.people.leadsOf('group:default/a')).toEqual([
    'user:default/ann',
    'user:default/bob',
  ]);
});

it('does not run in circles', async () => {
  const { people } = over([
    group('a', { parent: 'b', children: ['b'], members: ['ann'] }),
    group('b', { parent: 'a', children: ['a'] }),
    user('ann', ['a']),
  ]);
  expect(await people.leadsOf('group:default/a')).toEqual([]);
  expect(await people.groupsOf('user:default/ann')).toHaveLength(2);
  expect(await people.membersOf(['group:default/b'])).toEqual([
    'user:default/ann',
  ]);
});

it('asks the catalog again each time, once for many', async () => {
  const { people, reads } = demo();
  const refs = ['model:meta/llama', 'user:default/dana', 'user:default/none'];
  expect([...(await people.existing(refs))]).toEqual(refs.slice(0, 2));
  expect(reads).toHaveBeenCalledTimes(1);
  await people.exists('user:default/dana');
  await people.exists('user:default/dana');
  expect(reads).toHaveBeenCalledTimes(3);
});

it('gives models, and nothing that only looks like one', async () => {
  const { people } = over([
    model('llama'),
    { ...model('fake'), apiVersion: 'other.dev/v1' },
  ]);
  expect((await people.model('model:meta/llama'))?.spec.provider).toBe('meta');
  expect(await people.model('model:meta/fake')).toBeUndefined();
  expect(await people.model('model:meta/none')).toBeUndefined();
});

it('believes claims that the catalog confirms, however they are spelt', async () => {
  const { people } = over(
    [
      model('llama'),
      model('twin', { gatewayId: '\uff4deta/LLAMA' }),
      model('gone', { gatewayId: 'meta/renamed' }),
    ],
    ['model:meta/twin', 'model:meta/gone', 'model:meta/none'],
  );
  for (const spelling of ['meta/llama', 'META/Llama', '\uff4deta/llama']) {
    expect(await people.claimantsOf(spelling)).toContain('model:meta/twin');
    expect(await people.claimantsOf(spelling)).not.toContain('model:meta/gone');
  }
});
