import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Filters that live in the address, so that they survive a reload and can be
 * shared.
 *
 * @public
 */
export function useUrlFilters<K extends string>(
  names: readonly K[],
): [Partial<Record<K, string>>, (changes: Partial<Record<K, string>>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const values: Partial<Record<K, string>> = {};
  for (const name of names) values[name] = parameters.get(name) ?? undefined;
  const set = useCallback(
    (changes: Partial<Record<K, string>>) =>
      setParameters(
        previous => {
          const next = new URLSearchParams(previous);
          for (const [name, value] of Object.entries(changes)) {
            if (typeof value === 'string' && value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return [values, set];
}
