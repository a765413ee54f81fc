import type { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import {
  ModelGovernanceClient,
  ModelServingClient,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  modelServingApiRef,
} from '@modelhub/backstage-plugin-models-react';
import {
  type FakeBackends,
  FakeSignals,
} from '@modelhub/backstage-plugin-models-react/testUtils';
import type { ReactElement } from 'react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { rootRouteRef } from '../routes';

const writer: Entity = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { namespace: 'acme', name: 'writer', title: 'Writer' },
  spec: {
    type: 'llm',
    gatewayId: 'acme/writer',
    versions: [{ name: '1.0', artifact: { uri: 'https://a.test/w.gguf' } }],
  },
};

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{`${pathname}${search}`}</output>;
}

/** A view with the real clients over fake backends. */
export async function renderServing(
  element: ReactElement,
  options: { backends: FakeBackends; at?: string; entity?: Entity },
): Promise<{ signals: FakeSignals }> {
  const { backends, at = '/models/evaluate', entity = writer } = options;
  const signals = new FakeSignals();
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [modelServingApiRef, new ModelServingClient(backends)],
        [modelGovernanceApiRef, new ModelGovernanceClient(backends)],
        [signalApiRef, signals],
        [permissionApiRef, mockApis.permission()],
        [
          catalogApiRef,
          catalogApiMock.mock({
            getEntitiesByRefs: async ({ entityRefs }) => ({
              items: entityRefs.map(() => undefined),
            }),
          }),
        ],
      ]}
    >
      <EntityProvider entity={entity}>
        <Routes>
          <Route path="/models/evaluate/*" element={element} />
          <Route path="*" element={element} />
        </Routes>
      </EntityProvider>
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/models/evaluate': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return { signals };
}
