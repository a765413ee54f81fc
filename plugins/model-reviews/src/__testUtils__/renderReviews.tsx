import type { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { ModelReviewsClient } from '@modelhub/backstage-plugin-models-common';
import { modelReviewsApiRef } from '@modelhub/backstage-plugin-models-react';
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
  spec: { type: 'llm', gatewayId: 'acme/writer' },
};

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{`${pathname}${search}`}</output>;
}

/** A view with the real client over fake backends. */
export async function renderReviews(
  element: ReactElement,
  options: { backends: FakeBackends; at?: string; entity?: Entity },
): Promise<{ signals: FakeSignals }> {
  const { backends, at = '/', entity = writer } = options;
  const signals = new FakeSignals();
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [modelReviewsApiRef, new ModelReviewsClient(backends)],
        [signalApiRef, signals],
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
          <Route path="/model-reviews/*" element={element} />
          <Route path="*" element={element} />
        </Routes>
      </EntityProvider>
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/model-reviews': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return { signals };
}
