import { identityApiRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  type PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import { type ReactElement, useRef } from 'react';
import { Route, Routes } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { rootRouteRef } from '../routes';
import type { FakeBackend } from './FakeBackend';
import { FakeSignals } from '@modelhub/backstage-plugin-models-react/testUtils';

/** `usePermission` remembers its answers for the whole page; tests are pages of their own. */
function PermissionsOfThisTest({ children }: { children: ReactElement }) {
  const cache = useRef(new Map());
  return (
    <SWRConfig value={{ provider: () => cache.current }}>{children}</SWRConfig>
  );
}

/** Render with the real client over a fake backend, and everything permitted unless said otherwise. */
export async function renderGovernance(
  element: ReactElement,
  options: {
    backend: FakeBackend;
    /** Where the element is mounted, and the address that is open. */
    path?: string;
    at?: string;
    /** Names of permissions that are refused. */
    denied?: string[];
    /** False for a portal without signals. */
    withSignals?: boolean;
  },
): Promise<{ signals: FakeSignals }> {
  const { backend, path = '/*', at = '/', denied = [] } = options;
  const signals = new FakeSignals();
  const permissions: PermissionApi = {
    authorize: async request => ({
      result: denied.includes(request.permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    }),
  };
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [modelGovernanceApiRef, new ModelGovernanceClient(backend)],
        [permissionApiRef, permissions],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/dana',
            ownershipEntityRefs: [
              'user:default/dana',
              'group:default/checkout',
              'group:default/acme',
            ],
          }),
        ],
        ...(options.withSignals === false
          ? []
          : ([[signalApiRef, signals]] as const)),
      ]}
    >
      <PermissionsOfThisTest>
        <Routes>
          <Route path={path} element={element} />
          <Route
            path="/governance/approvals/:id"
            element={<div>The page of the approval</div>}
          />
        </Routes>
      </PermissionsOfThisTest>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/governance': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return { signals };
}
