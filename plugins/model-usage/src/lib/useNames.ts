import type {
  AccessProfile,
  GatewayKey,
} from '@modelhub/backstage-plugin-models-common';
import {
  type Live,
  MODEL_GOVERNANCE_SIGNAL,
  modelGovernanceApiRef,
  useLiveRoom,
} from '@modelhub/backstage-plugin-models-react';

/** What governance calls what spends. Without governance things go by their ids. */
export interface Names {
  profiles: AccessProfile[];
  keys: GatewayKey[];
}

/** Access profiles, and the keys that the reader may see. */
export function useNames(): Live<Names> {
  return useLiveRoom(
    modelGovernanceApiRef,
    MODEL_GOVERNANCE_SIGNAL,
    'names',
    async (api, signal) => {
      const [profiles, keys] = await Promise.all([
        api.listAccessProfiles({ signal }),
        api.listKeys({}, { signal }),
      ]);
      return { profiles: profiles.items, keys: keys.items };
    },
  );
}
