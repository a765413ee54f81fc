import { useRouteRef } from '@backstage/core-plugin-api';
import type { Tier } from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceRouteRef } from '../routes';

/** Links into the governance pages. */
export interface GovernanceLinks {
  request(scope: {
    entityRef: string;
    tier?: Tier;
    purpose?: string;
    profile?: string;
  }): string;
  approval(id: string): string;
}

/** Undefined where the governance frontend is not part of the portal. */
export function useGovernanceLinks(): GovernanceLinks | undefined {
  const root = useRouteRef(modelGovernanceRouteRef);
  if (!root) return undefined;
  const base = root().replace(/\/$/, '');
  return {
    request: scope => {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries(scope)) {
        if (value) parameters.set(name, value);
      }
      return `${base}/request?${parameters}`;
    },
    approval: id => `${base}/requests/${encodeURIComponent(id)}`,
  };
}
