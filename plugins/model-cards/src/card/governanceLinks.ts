import { useRouteRef } from '@backstage/core-plugin-api';
import type { Tier } from '@modelhub/backstage-plugin-models-common';
import { approvalRouteRef, requestAccessRouteRef } from '../routes';

/**
 * Links into the governance pages; each is undefined where the governance
 * frontend is not part of the portal.
 */
export interface GovernanceLinks {
  request?: (scope: {
    entityRef: string;
    tier?: Tier;
    purpose?: string;
    profile?: string;
  }) => string;
  approval?: (id: string) => string;
}

export function useGovernanceLinks(): GovernanceLinks {
  const requestRoute = useRouteRef(requestAccessRouteRef);
  const approvalRoute = useRouteRef(approvalRouteRef);
  return {
    request:
      requestRoute &&
      (scope => {
        const parameters = new URLSearchParams();
        for (const [name, value] of Object.entries(scope)) {
          if (value) parameters.set(name, value);
        }
        return `${requestRoute()}?${parameters}`;
      }),
    approval: approvalRoute && (id => approvalRoute({ id })),
  };
}
