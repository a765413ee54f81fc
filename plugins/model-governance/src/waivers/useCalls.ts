import { useApiHolder } from '@backstage/core-plugin-api';
import { modelUsageApiRef } from '@modelhub/backstage-plugin-models-react';
import useAsync from 'react-use/esm/useAsync';

/** Pages of totals that are read of one profile at most. */
const MOST_PAGES = 10;

/**
 * Calls of a profile to a model since the month began, where the usage room is
 * there and tells the one who looks; undefined otherwise.
 */
export function useCalls(
  profiles: string[],
): (profile: string, gatewayId: string) => number | undefined {
  const usage = useApiHolder().get(modelUsageApiRef);
  const wanted = [...new Set(profiles)].sort();
  const { value } = useAsync(async () => {
    const calls = new Map<string, number>();
    if (!usage) return calls;
    await Promise.all(
      wanted.map(async profile => {
        let cursor: string | undefined;
        for (let page = 0; page < MOST_PAGES; page++) {
          const totals = await usage
            .listUsageTotals({ profile, cursor, limit: 200 })
            // Somebody else's profile: what it calls is not theirs to see.
            .catch(() => undefined);
          if (!totals) return;
          if (!cursor) calls.set(profile, 0);
          for (const item of totals.items) {
            const key = `${profile} ${item.model}`;
            calls.set(key, (calls.get(key) ?? 0) + item.calls);
          }
          cursor = totals.nextCursor;
          if (!cursor) return;
        }
      }),
    );
    return calls;
  }, [usage, wanted.join(' ')]);
  return (profile, gatewayId) =>
    value?.has(profile) ? value.get(`${profile} ${gatewayId}`) ?? 0 : undefined;
}
