import {
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  actionsRegistryServiceMock,
  type MockActionsRegistry,
} from '@backstage/backend-test-utils/alpha';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  ModelGovernanceClient,
  modelReviewReadPermission,
  ModelReviewsClient,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceServiceRef,
  modelReviewsServiceRef,
} from '@modelhub/backstage-plugin-models-node';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import type { Knex } from 'knex';
import modelCardsPlugin from '..';

/** What surrounds the plugin in a test, and may be changed while it runs. */
export type Surroundings = {
  entities: Entity[];
  /** What the permission policy says about reading entities. */
  decision: PolicyDecision;
  /** What it says about everything else. */
  mayRefresh: boolean;
  /** Answers of the governance backend by path; anything else is a 404. */
  governance: Record<string, (body: unknown) => unknown>;
  /** The same of the reviews backend. */
  reviews: Record<string, (body: unknown) => unknown>;
  mayReadReviews: boolean;
  /** Which entities the catalog shows to users. */
  isShown: (entityRef: string) => boolean;
  /** Called as a sweep begins to read the catalog; the sweep waits for it. */
  onSweep: () => Promise<void>;
  /** Called with the refs of what a sweep fetches. */
  onFetch: (entityRefs: string[]) => void;
  /** Channels that pages were told on. */
  told: string[];
};

/** The running plugin. */
export type ModelCardsBackend = {
  backend: TestBackend;
  actions: MockActionsRegistry;
  /** Runs a sweep to its end. */
  sweep: (options?: { rebuild?: boolean }) => Promise<void>;
};

/** Defaults: everything is allowed, nothing is there. */
export function surroundings(values: Partial<Surroundings> = {}): Surroundings {
  return {
    entities: [],
    decision: { result: AuthorizeResult.ALLOW },
    mayRefresh: true,
    governance: {},
    reviews: {},
    mayReadReviews: true,
    isShown: () => true,
    onSweep: async () => {},
    onFetch: () => {},
    told: [],
    ...values,
  };
}

function catalogOf(around: Surroundings) {
  const client = () => catalogServiceMock({ entities: around.entities });
  return catalogServiceMock.mock({
    async *streamEntities(request) {
      await around.onSweep();
      yield* client().streamEntities(request);
    },
    getEntityByRef: ref => client().getEntityByRef(ref),
    getEntitiesByRefs: async (request, options) => {
      const { items } = await client().getEntitiesByRefs(request);
      const isUser =
        options &&
        'credentials' in options &&
        (options.credentials.principal as { type?: string }).type === 'user';
      if (!isUser) around.onFetch(request.entityRefs);
      return {
        items: items.map((item, index) =>
          isUser && !around.isShown(request.entityRefs[index])
            ? undefined
            : item,
        ),
      };
    },
  });
}

function permissionsOf(around: Surroundings): PermissionsService {
  return mockServices.permissions.mock({
    authorizeConditional: async requests =>
      requests.map(({ permission }) => {
        if (permission.name !== modelReviewReadPermission.name) {
          return around.decision;
        }
        return {
          result: around.mayReadReviews
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
        };
      }),
    authorize: async requests =>
      requests.map(() => ({
        result: around.mayRefresh
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      })),
  }) as unknown as PermissionsService;
}

/**
 * The plugin in a test backend, on the given database. With `sweepEveryMs` the
 * real scheduler runs the sweeps, as it would on each of several replicas.
 */
export async function startModelCards(
  knex: Knex,
  around: Surroundings,
  options: { sweepEveryMs?: number } = {},
): Promise<ModelCardsBackend> {
  const actions = actionsRegistryServiceMock();
  const scheduler = mockServices.scheduler();
  const roomThat = (answers: 'governance' | 'reviews') => ({
    discoveryApi: { getBaseUrl: async () => `http://${answers}` },
    fetchApi: {
      fetch: async (url: string | URL | Request, init?: RequestInit) => {
        const path = new URL(String(url)).pathname;
        const answer = around[answers][path];
        return answer
          ? Response.json(
              answer(init?.body ? JSON.parse(String(init.body)) : undefined),
            )
          : Response.json({}, { status: 404 });
      },
    },
  });
  const governance = new ModelGovernanceClient(roomThat('governance'));
  const reviews = new ModelReviewsClient(roomThat('reviews'));

  const backend = await startTestBackend({
    features: [
      modelCardsPlugin,
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => mockServices.database({ knex }),
      }),
      options.sweepEveryMs
        ? schedulerServiceFactory
        : createServiceFactory({
            service: coreServices.scheduler,
            deps: {},
            factory: () => scheduler,
          }),
      ...(options.sweepEveryMs
        ? [
            mockServices.rootConfig.factory({
              data: {
                modelCards: {
                  sweep: { frequency: { milliseconds: options.sweepEveryMs } },
                },
              },
            }),
          ]
        : []),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => permissionsOf(around),
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalogOf(around),
      }),
      createServiceFactory({
        service: modelGovernanceServiceRef,
        deps: {},
        factory: () => governance,
      }),
      createServiceFactory({
        service: modelReviewsServiceRef,
        deps: {},
        factory: () => reviews,
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async ({ channel }) => void around.told.push(channel),
        }),
      }),
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
    ],
  });
  return {
    backend,
    actions,
    sweep: ({ rebuild } = {}) =>
      scheduler.triggerTask(
        rebuild ? 'model-cards-rebuild' : 'model-cards-sweep',
      ),
  };
}
