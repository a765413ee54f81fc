import {
  coreServices,
  createServiceFactory,
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestDatabaseId,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import modelGovernancePlugin from '@modelhub/backstage-plugin-model-governance-backend';
import scaffolderModuleModels from '..';
import { ENTITY } from './governance';

const user = (name: string, group: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: {},
  relations: [{ type: 'memberOf', targetRef: `group:default/${group}` }],
});

const group = (name: string, members: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [] },
  relations: members.map(member => ({
    type: 'hasMember',
    targetRef: `user:default/${member}`,
  })),
});

const model: Entity = {
  ...ENTITY,
  metadata: { ...ENTITY.metadata, description: 'A tiny model for greetings.' },
  spec: {
    ...ENTITY.spec,
    license: { id: 'apache-2.0' },
    useCases: { intended: ['chat'] },
  },
};

const modelRef = stringifyEntityRef(model);

const userOf = (credentials: BackstageCredentials) =>
  (credentials as BackstageCredentials<{ userEntityRef?: string }>).principal
    .userEntityRef;

/** Ann and Ben see the model, Cara does not. */
function catalog() {
  const all = catalogServiceMock({
    entities: [
      model,
      group('ml', ['ann', 'cara']),
      group('web', ['ben']),
      user('ann', 'ml'),
      user('ben', 'web'),
      user('cara', 'ml'),
    ],
  });
  const isHidden = (ref: unknown, options: object | undefined) =>
    ref === modelRef &&
    userOf((options as { credentials: BackstageCredentials }).credentials) ===
      'user:default/cara';
  return catalogServiceMock.mock({
    getEntities: (...args) => all.getEntities(...args),
    getEntityByRef: async (ref, options) =>
      isHidden(ref, options) ? undefined : all.getEntityByRef(ref, options),
    getEntitiesByRefs: async (request, options) => {
      const { items } = await all.getEntitiesByRefs(request, options);
      return {
        items: items.map((item, n) =>
          isHidden(request.entityRefs[n], options) ? undefined : item,
        ),
      };
    },
  });
}

/** Nobody but Ann has a permission of the hub. */
const permissions: PermissionsService = {
  authorize: async (requests, { credentials }) =>
    requests.map(({ permission }) => ({
      result: result(permission.name, credentials),
    })),
  authorizeConditional: async (requests, { credentials }) =>
    requests.map(({ permission }) => ({
      result: result(permission.name, credentials),
    })),
};

function result(
  name: string,
  credentials: BackstageCredentials,
): AuthorizeResult.ALLOW | AuthorizeResult.DENY {
  return name.startsWith('model.') && userOf(credentials) !== 'user:default/ann'
    ? AuthorizeResult.DENY
    : AuthorizeResult.ALLOW;
}

/** The scaffolder and the governance backend, as they are in a portal. */
export async function startRealPortal(
  databases: TestDatabases,
  databaseId: TestDatabaseId,
) {
  const knex = await databases.init(databaseId);
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleModels,
      modelGovernancePlugin,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:7007' },
          backend: { baseUrl: 'http://localhost:0' },
          modelGovernance: {
            purposes: [{ id: 'support', dataClasses: ['internal'] }],
            profiles: [
              { id: 'ml', members: ['group:default/ml'] },
              { id: 'web', members: ['group:default/web'] },
            ],
          },
        },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: { plugin: coreServices.pluginMetadata },
        factory: async ({ plugin }) => ({
          getClient: async () =>
            plugin.getId() === 'model-governance'
              ? knex
              : databases.init('SQLITE_3'),
        }),
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: catalog,
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => permissions,
      }),
    ],
  });
  const url = `http://localhost:${backend.server.port()}/api`;
  const send = async (name: string, path: string, sent?: object) => {
    const response = await fetch(`${url}${path}`, {
      method: sent ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        authorization: mockCredentials.user.header(`user:default/${name}`),
      },
      body: sent && JSON.stringify(sent),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    modelRef,
    send,
    stop: () => backend.stop(),
    /** Runs a template of the one step. */
    runTemplate: (name: string, input: object) =>
      send(name, '/scaffolder/v2/dry-run', {
        template: {
          apiVersion: 'scaffolder.backstage.io/v1beta3',
          kind: 'Template',
          metadata: { name: 'one-step' },
          spec: {
            type: 'service',
            steps: [
              {
                id: 'approved',
                name: 'Approved?',
                action: 'model:approval:require',
                input: { entityRef: modelRef, tier: 'sandbox', ...input },
              },
            ],
            output: {
              text: [{ content: '${{ steps.approved.output.approvalId }}' }],
            },
          },
        },
        values: {},
        secrets: {},
        directoryContents: [],
      }),
  };
}
