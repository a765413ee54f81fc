import { ResponseError } from '@backstage/errors';
import type {
  BudgetBurn,
  CallerKind,
} from '@modelhub/backstage-plugin-models-common';
import {
  isRoomMissing,
  type Live,
} from '@modelhub/backstage-plugin-models-react';
import { useUsage } from '../lib/useUsage';

/** A team, a component or an access profile. */
export interface Caller {
  kind: CallerKind;
  name: string;
}

/** How a month burns; `undefined` within where there is no budget. */
export function useBurn(
  { kind, name }: Caller,
  month?: string,
): Live<{ burn?: BudgetBurn }> {
  return useUsage(`burn ${kind} ${name} ${month}`, async (api, signal) => {
    try {
      const request = { callerKind: kind, caller: name, month };
      return { burn: await api.getBudgetBurn(request, { signal }) };
    } catch (error) {
      if (
        error instanceof ResponseError &&
        error.response.status === 404 &&
        !isRoomMissing(error)
      ) {
        return {};
      }
      throw error;
    }
  });
}
