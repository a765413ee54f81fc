import type { Entity } from '@backstage/catalog-model';
import type { ModelSpecV1alpha1 } from '@modelhub/backstage-plugin-models-common';

export const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

const relation = (type: string, targetRef: string) => ({ type, targetRef });

/** A group with its members, as the catalog relates them. */
export function group(
  name: string,
  options: {
    members?: string[];
    lead?: string;
    parent?: string;
    children?: string[];
  } = {},
): Entity {
  const { members = [], lead, parent, children = [] } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      namespace: 'default',
      ...(lead && {
        annotations: { 'modelhub.dev/lead': `user:default/${lead}` },
      }),
    },
    spec: { type: 'team', children: [] },
    relations: [
      ...members.map(m => relation('hasMember', `user:default/${m}`)),
      ...children.map(c => relation('parentOf', `group:default/${c}`)),
      ...(parent ? [relation('childOf', `group:default/${parent}`)] : []),
    ],
  };
}

export function user(name: string, groups: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: {},
    relations: groups.map(g => relation('memberOf', `group:default/${g}`)),
  };
}

export function model(
  name: string,
  spec: Partial<ModelSpecV1alpha1> = {},
): Entity {
  return {
    apiVersion: 'modelhub.dev/v1alpha1',
    kind: 'Model',
    metadata: { name, namespace: 'meta', description: 'A model.' },
    spec: {
      type: 'llm',
      lifecycle: 'active',
      owner: 'group:default/ml-platform',
      provider: 'meta',
      gatewayId: `meta/${name}`,
      license: { id: 'apache-2.0' },
      useCases: { intended: ['chat'] },
      versions: [
        {
          name: '1.0',
          artifact: { uri: 'hf://meta/x', digest: digest('a') },
        },
        {
          name: '2.0',
          artifact: { uri: 'hf://meta/x', digest: digest('b') },
        },
        { name: 'loose', artifact: { uri: 'hf://meta/x' } },
      ],
      ...spec,
    },
  };
}

/** The people of the demo, as far as these tests need them. */
export function organisation(): Map<string, Entity> {
  const teams: Record<string, { members: string[]; lead: string }> = {
    'ml-platform': { members: ['mel', 'kai', 'priya'], lead: 'priya' },
    security: { members: ['ines', 'tom'], lead: 'ines' },
    legal: { members: ['lara'], lead: 'lara' },
    risk: { members: ['ravi'], lead: 'ravi' },
    'customer-care': { members: ['dana', 'lee'], lead: 'lee' },
  };
  const entities = [
    group('acme', {
      lead: 'nora',
      members: ['nora'],
      children: Object.keys(teams),
    }),
    ...Object.entries(teams).map(([name, team]) =>
      group(name, { ...team, parent: 'acme' }),
    ),
    user('nora', ['acme']),
    ...Object.entries(teams).flatMap(([name, { members }]) =>
      members.map(member => user(member, [name])),
    ),
    model('llama'),
  ];
  return new Map(
    entities.map(entity => [
      `${entity.kind.toLowerCase()}:${entity.metadata.namespace}/${
        entity.metadata.name
      }`,
      entity,
    ]),
  );
}

/** A request for the model of {@link organisation}. */
export const wanted = {
  entityRef: 'model:meta/llama',
  modelVersion: '1.0',
  tier: 'internal',
  purpose: 'support',
  profile: 'care',
  justification: 'Answers to customers are drafted faster.',
  submit: true,
};
