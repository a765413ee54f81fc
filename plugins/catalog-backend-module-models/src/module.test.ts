import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import catalogModuleModels from '.';

jest.setTimeout(60_000);

const model = (name: string, spec: object = {}): Entity => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { name, namespace: 'acme' },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml',
    provider: 'acme',
    gatewayId: `acme/${name}`,
    ...spec,
  },
});

const builtIn = (kind: string, name: string, spec: object): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name },
  spec: { lifecycle: 'production', owner: 'ml', ...spec },
});

const pack = (name: string, spec: object = {}): Entity => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'EvaluationPack',
  metadata: { name, namespace: 'acme' },
  spec: {
    type: 'quality',
    version: '1.0.0',
    lifecycle: 'active',
    owner: 'ml',
    task: 'chat',
    scorers: [{ name: 'label', type: 'classification' }],
    cases: './cases.jsonl',
    ...spec,
  },
});

const component = (name: string, consumesModels: unknown) =>
  builtIn('Component', name, { type: 'service', consumesModels });

const ENTITIES = [
  model('base', { supersededBy: 'tuned' }),
  model('tuned', {
    owner: 'ml',
    system: 'platform',
    baseModel: 'base',
    trainedOn: ['corpus'],
    features: ['customer-features@v3', 'resource:default/customer-features@v4'],
  }),
  builtIn('Group', 'ml', { type: 'team', children: [] }),
  builtIn('System', 'platform', {}),
  builtIn('Resource', 'corpus', { type: 'dataset' }),
  builtIn('Resource', 'customer-features', { type: 'features' }),
  component('app', ['model:acme/tuned', 'model:acme/base']),
  builtIn('API', 'gateway', {
    type: 'openapi',
    definition: 'x',
    servesModels: ['model:acme/tuned'],
  }),
  model('no-owner', { owner: undefined }),
  model('odd-type', { type: 'oracle' }),
  model('odd-version', { versions: [{ name: 1 }] }),
  model('odd-digest', {
    versions: [{ name: '1', artifact: { uri: 'hf://a/b', digest: 'md5:1' } }],
  }),
  model('odd-base', { baseModel: 'component:default/app' }),
  model('odd-ref', { trainedOn: ['a:b:c'] }),
  model('odd-features', { features: ['api:default/gateway@v1'] }),
  pack('tickets', { system: 'platform' }),
  pack('odd-version', { version: '2' }),
  pack('odd-scorers', { scorers: [] }),
  pack('odd-template', { request: { template: 'Sort {{text}}.' } }),
  pack('odd-bounds', { criteria: [{ metric: 'label' }] }),
  pack('odd-owner', { owner: 'system:default/platform' }),
  component('odd-list', [7]),
  component('odd-kind', 'api:default/gateway'),
];

function describeErrors(errors: unknown[]): string {
  return errors
    .map(error => {
      const { message, cause } = error as { message: string; cause?: unknown };
      return cause ? `${message}; ${describeErrors([cause])}` : message;
    })
    .join('; ');
}

function probe(errors: Map<string, string>) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'probe',
    register(env) {
      env.registerInit({
        deps: {
          processing: catalogProcessingExtensionPoint,
          events: eventsServiceRef,
        },
        async init({ processing, events }) {
          await events.subscribe({
            id: 'probe',
            topics: ['experimental.catalog.errors'],
            async onEvent({ eventPayload }) {
              const failure = eventPayload as {
                entity: string;
                errors: unknown[];
              };
              errors.set(failure.entity, describeErrors(failure.errors));
            },
          });
          const annotations = {
            'backstage.io/managed-by-location': 'url:http://x/y',
            'backstage.io/managed-by-origin-location': 'url:http://x/y',
          };
          processing.addEntityProvider({
            getProviderName: () => 'probe',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: ENTITIES.map(entity => ({
                  locationKey: 'probe',
                  entity: {
                    ...entity,
                    metadata: { ...entity.metadata, annotations },
                  },
                })),
              }),
          });
        },
      });
    },
  });
}

async function eventually<T>(read: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await read();
    if (value !== undefined) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error('It did not happen within 30 seconds');
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe.each(['layer', 'processor'])('the kinds as a %s', registration => {
  const errors = new Map<string, string>();
  let backend: TestBackend;

  const get = async (ref: string): Promise<Entity | undefined> => {
    const [kind, rest] = ref.split(':');
    const response = await fetch(
      `http://localhost:${backend.server.port()}/api/catalog/entities/by-name/${kind}/${rest}`,
    );
    return response.ok ? response.json() : undefined;
  };

  const withRelations = (ref: string, count: number) =>
    eventually(async () => {
      const entity = await get(ref);
      return (entity?.relations?.length ?? 0) >= count ? entity : undefined;
    });

  const relations = (entity: Entity) =>
    entity.relations?.map(r => `${r.type} ${r.targetRef}`).sort();

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleModels,
        probe(errors),
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:0' },
            catalog: { models: { registration } },
          },
        }),
      ],
    });
  });

  afterAll(() => backend.stop());

  it('relates a model to what its fields name', async () => {
    const tuned = await withRelations('model:acme/tuned', 8);
    expect(relations(tuned)).toEqual([
      'derivedFrom model:acme/base',
      'modelConsumedBy component:default/app',
      'ownedBy group:default/ml',
      'partOf system:default/platform',
      'servedBy api:default/gateway',
      'supersedes model:acme/base',
      'trainedOn resource:default/corpus',
      'usesFeatures resource:default/customer-features',
    ]);
  });

  it.each([
    [
      'model:acme/base',
      4,
      [
        'hasDerivative model:acme/tuned',
        'modelConsumedBy component:default/app',
        'ownedBy group:default/ml',
        'supersededBy model:acme/tuned',
      ],
    ],
    [
      'system:default/platform',
      3,
      ['hasPart evaluationpack:acme/tickets', 'hasPart model:acme/tuned'],
    ],
    ['resource:default/corpus', 2, ['usedToTrain model:acme/tuned']],
    [
      'resource:default/customer-features',
      2,
      ['featuresUsedBy model:acme/tuned'],
    ],
    ['api:default/gateway', 2, ['servesModel model:acme/tuned']],
    [
      'component:default/app',
      3,
      [
        'consumesModel model:acme/base',
        'consumesModel model:acme/tuned',
        'ownedBy group:default/ml',
      ],
    ],
    [
      'group:default/ml',
      7,
      [
        'ownerOf evaluationpack:acme/tickets',
        'ownerOf model:acme/base',
        'ownerOf model:acme/tuned',
      ],
    ],
  ])('relates back to %s', async (ref, count, expected) => {
    const entity = await withRelations(ref, count);
    expect(relations(entity)).toEqual(expect.arrayContaining(expected));
  });

  it('relates an evaluation pack to its owner and its system', async () => {
    const tickets = await withRelations('evaluationpack:acme/tickets', 2);
    expect(relations(tickets)).toEqual([
      'ownedBy group:default/ml',
      'partOf system:default/platform',
    ]);
    expect(tickets.metadata.annotations).not.toHaveProperty([
      'rhdh.io/ai-asset-category',
    ]);
  });

  it('marks models for other AI plugins, and nothing else', async () => {
    const base = await withRelations('model:acme/base', 1);
    expect(base.metadata.annotations).toMatchObject({
      'rhdh.io/ai-asset-category': 'ai-model',
    });
    const app = await withRelations('component:default/app', 1);
    expect(app.metadata.annotations).not.toHaveProperty([
      'rhdh.io/ai-asset-category',
    ]);
  });

  it.each([
    ['model:acme/no-owner', /spec must have required property 'owner'/],
    ['model:acme/odd-type', /spec\/type must be equal to one of/],
    ['model:acme/odd-version', /spec\/versions\/0\/name must be string/],
    ['model:acme/odd-digest', /spec\/versions\/0\/artifact\/digest must match/],
    ['model:acme/odd-base', /spec\.baseModel .* must name a Model/],
    ['model:acme/odd-ref', /spec\.trainedOn has "a:b:c"/],
    [
      'model:acme/odd-features',
      /spec\.features has "api:default\/gateway@v1", which names a api/,
    ],
    ['evaluationpack:acme/odd-version', /spec\/version must match pattern/],
    [
      'evaluationpack:acme/odd-scorers',
      /spec\/scorers must NOT have fewer than 1 items/,
    ],
    [
      'evaluationpack:acme/odd-template',
      /spec\/request\/template must match pattern/,
    ],
    [
      'evaluationpack:acme/odd-bounds',
      /spec\.criteria\[0\] has neither atLeast nor atMost/,
    ],
    [
      'evaluationpack:acme/odd-owner',
      /spec\.owner has "system:default\/platform".* must name a Group or User/,
    ],
    ['component:default/odd-list', /spec\.consumesModels must be .* got 7/],
    ['component:default/odd-kind', /spec\.consumesModels .* names a api/],
  ])('refuses %s and names the field', async (ref, message) => {
    const error = await eventually(async () => errors.get(ref));
    expect(error).toMatch(message);
    await expect(get(ref)).resolves.toBeUndefined();
  });
});

it('refuses a registration that does not exist', async () => {
  await expect(
    startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleModels,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:0' },
            catalog: { models: { registration: 'magic' } },
          },
        }),
      ],
    }),
  ).rejects.toThrow(/"magic"; set it to "layer" or "processor"/);
});
