import type {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import type { VisibilityFilter } from '../database/ModelStore';
import { translateConditions } from './conditions';

const rule = (name: string, params?: object) =>
  ({
    rule: name,
    resourceType: 'catalog-entity',
    params,
  } as PermissionCondition);

describe('translateConditions', () => {
  it.each<
    [
      string,
      PermissionCriteria<PermissionCondition>,
      VisibilityFilter | undefined,
    ]
  >([
    [
      'kinds with Model',
      rule('IS_ENTITY_KIND', { kinds: ['API', 'MODEL'] }),
      { allOf: [] },
    ],
    [
      'kinds without Model',
      rule('IS_ENTITY_KIND', { kinds: ['API'] }),
      { anyOf: [] },
    ],
    [
      'owners',
      rule('IS_ENTITY_OWNER', { claims: ['user:default/ann'] }),
      { key: 'relations.ownedBy', values: ['user:default/ann'] },
    ],
    [
      'a label',
      rule('HAS_LABEL', { label: 'team' }),
      { key: 'metadata.labels.team', values: undefined },
    ],
    [
      'a label with value',
      rule('HAS_LABEL', { label: 'team', value: 'red' }),
      { key: 'metadata.labels.team', values: ['red'] },
    ],
    [
      'an annotation',
      rule('HAS_ANNOTATION', { annotation: 'a.b/c', value: 'x' }),
      { key: 'metadata.annotations.a.b/c', values: ['x'] },
    ],
    [
      'metadata',
      rule('HAS_METADATA', { key: 'name', value: '' }),
      { key: 'metadata.name', values: [''] },
    ],
    [
      'spec',
      rule('HAS_SPEC', { key: 'type', value: 'llm' }),
      { key: 'spec.type', values: ['llm'] },
    ],
    ['an unknown rule', rule('IS_MY_OWN', {}), undefined],
    ['a rule without what it needs', rule('HAS_SPEC', {}), undefined],
    [
      'an unknown rule in allOf',
      { allOf: [rule('HAS_SPEC', { key: 'type' }), rule('IS_MY_OWN')] },
      undefined,
    ],
    [
      'an unknown rule in anyOf',
      { anyOf: [rule('IS_MY_OWN'), rule('HAS_SPEC', { key: 'type' })] },
      undefined,
    ],
    ['an unknown rule in not', { not: rule('IS_MY_OWN') }, undefined],
    [
      'all, any and not',
      {
        allOf: [
          { not: rule('HAS_LABEL', { label: 'secret' }) },
          { anyOf: [rule('IS_ENTITY_KIND', { kinds: ['Model'] })] },
        ],
      },
      {
        allOf: [
          { not: { key: 'metadata.labels.secret', values: undefined } },
          { anyOf: [{ allOf: [] }] },
        ],
      },
    ],
  ])('translates %s', (_, criteria, expected) => {
    expect(translateConditions(criteria)).toEqual(expected);
  });
});
