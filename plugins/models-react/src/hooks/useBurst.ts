import { useCallback, useEffect, useRef } from 'react';

/** Calls at once, and for all further calls within `ms` once more at its end. */
export function useBurst(call: () => void, ms: number): () => void {
  const latest = useRef(call);
  latest.current = call;
  const burst = useRef<{
    timer: ReturnType<typeof setTimeout>;
    more: boolean;
  }>();
  useEffect(() => () => clearTimeout(burst.current?.timer), []);

  return useCallback(() => {
    if (burst.current) {
      burst.current.more = true;
      return;
    }
    const begin = () => {
      latest.current();
      const timer = setTimeout(() => {
        const again = burst.current?.more;
        burst.current = undefined;
        if (again) begin();
      }, ms);
      burst.current = { timer, more: false };
    };
    begin();
  }, [ms]);
}
