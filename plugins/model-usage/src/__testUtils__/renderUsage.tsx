import { storageApiRef } from '@backstage/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import {
  ModelGovernanceClient,
  ModelUsageClient,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  modelUsageApiRef,
} from '@modelhub/backstage-plugin-models-react';
import { type ReactElement, useRef } from 'react';
import { Route, Routes } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { rootRouteRef } from '../routes';
import { UsageRoutes } from '../usage/UsageRoutes';
import {
  type FakeBackends,
  FakeSignals,
} from '@modelhub/backstage-plugin-models-react/testUtils';

const llama = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { namespace: 'meta', name: 'llama', title: 'Llama' },
  spec: { gatewayId: 'meta/llama' },
};

/** `usePermission` remembers its answers for the whole page; tests are pages of their own. */
function PermissionsOfThisTest({ children }: { children: ReactElement }) {
  const cache = useRef(new Map());
  return (
    <SWRConfig value={{ provider: () => cache.current }}>{children}</SWRConfig>
  );
}

/** Figures as tables: what pictures look like is tested where they are made. */
const asTables = () => {
  const storage = mockApis.storage();
  const figures = storage.forBucket('modelhub.figures');
  const ids = ['model', 'caller', 'organisation'].flatMap(of =>
    ['calls', 'tokens', 'cost', 'latency'].map(what => `${of}-${what}`),
  );
  for (const id of [
    ...ids,
    'model-callers',
    'model-week',
    'budget-burn',
    'objective-budget',
    'objective-burn',
    'drift-distribution',
    'drift-history',
  ]) {
    figures.set(id, true);
  }
  return storage;
};

/** The views with the real clients over fake backends, and everything permitted unless said otherwise. */
export async function renderUsage(
  at: string,
  options: {
    backends: FakeBackends;
    /** Names of permissions that are refused. */
    denied?: string[];
    /** Shown instead of the views under the page. */
    element?: ReactElement;
    /** False for a portal without the governance frontend. */
    withGovernance?: boolean;
  },
): Promise<{ signals: FakeSignals }> {
  const { backends, denied = [], element, withGovernance = true } = options;
  const signals = new FakeSignals();
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [modelUsageApiRef, new ModelUsageClient(backends)],
        ...(withGovernance
          ? ([
              [modelGovernanceApiRef, new ModelGovernanceClient(backends)],
            ] as const)
          : []),
        [
          permissionApiRef,
          {
            authorize: async ({ permission }) => ({
              result: denied.includes(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            }),
          },
        ],
        [
          catalogApiRef,
          catalogApiMock.mock({
            // The one in memory finds no field whose name has capitals.
            getEntities: async request => {
              const asked = request?.filter as Record<string, string[]>;
              return {
                items: asked['spec.gatewayId'].includes('meta/llama')
                  ? [llama]
                  : [],
              };
            },
            queryEntities: async () => ({
              items: [],
              totalItems: 0,
              pageInfo: {},
            }),
            getEntitiesByRefs: async ({ entityRefs }) => ({
              items: entityRefs.map(() => undefined),
            }),
          }),
        ],
        [signalApiRef, signals],
        [storageApiRef, asTables()],
      ]}
    >
      <PermissionsOfThisTest>
        <Routes>
          <Route path="/model-usage/*" element={element ?? <UsageRoutes />} />
        </Routes>
      </PermissionsOfThisTest>
    </TestApiProvider>,
    {
      routeEntries: [`/model-usage${at}`],
      mountedRoutes: {
        '/model-usage': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return { signals };
}
