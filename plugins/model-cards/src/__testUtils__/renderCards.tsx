import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import {
  ModelCardsClient,
  ModelEntityV1alpha1,
  ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelCardsApiRef,
  modelGovernanceApiRef,
} from '@modelhub/backstage-plugin-models-react';
import type { JsonObject } from '@backstage/types';
import type { ReactElement } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import {
  approvalRouteRef,
  requestAccessRouteRef,
  rootRouteRef,
} from '../routes';
import type { FakeBackends } from './FakeBackends';

function Address() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <output aria-label="address">{`${pathname}${search}`}</output>
      <button type="button" onClick={() => navigate(-1)}>
        browser back
      </button>
    </>
  );
}

/** Render with the real clients over fake backends. */
export async function renderCards(
  element: ReactElement,
  options: {
    backends: FakeBackends;
    at?: string;
    entity?: ModelEntityV1alpha1;
    /** False for a portal without the governance frontend. */
    withGovernance?: boolean;
    /** For a portal with signals: who listens to a channel. */
    listeners?: Map<string, (message: JsonObject) => void>;
  },
) {
  const { backends, at = '/models', entity, listeners } = options;
  const { withGovernance = true } = options;
  const client = {
    discoveryApi: mockApis.discovery(),
    fetchApi: { fetch: backends.fetch as typeof fetch },
  };
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [modelCardsApiRef, new ModelCardsClient(client)],
        ...(listeners
          ? ([
              [
                signalApiRef,
                {
                  subscribe: (
                    channel: string,
                    onMessage: (message: JsonObject) => void,
                  ) => {
                    listeners.set(channel, onMessage);
                    return {
                      unsubscribe: () => void listeners.delete(channel),
                    };
                  },
                },
              ],
            ] as const)
          : []),
        ...(withGovernance
          ? ([
              [modelGovernanceApiRef, new ModelGovernanceClient(client)],
            ] as const)
          : []),
      ]}
    >
      {entity ? (
        <EntityProvider entity={entity}>{element}</EntityProvider>
      ) : (
        element
      )}
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/all-models': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        ...(withGovernance && {
          '/governance/request': requestAccessRouteRef,
          '/governance/approvals/:id': approvalRouteRef,
        }),
      },
    },
  );
}
