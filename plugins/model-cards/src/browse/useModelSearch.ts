import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import {
  changeSearch,
  formatModelSearch,
  ModelSearch,
  parseModelSearch,
} from './modelSearch';

/** Cursors of the pages before this one, which only this browser tab knows. */
type PagingState = { cursors?: Array<string | undefined> };

export interface ModelSearchControl {
  search: ModelSearch;
  /** Go to another search. `replace` while somebody is still typing. */
  setSearch: (next: ModelSearch, options?: { replace?: boolean }) => void;
  change: (change: Parameters<typeof changeSearch>[1]) => void;
  nextPage: (cursor: string) => void;
  /** To the page before, or to the first one when that is not known. */
  previousPage: () => void;
  firstPage: () => void;
}

/** The search in the URL: shareable, and the back button works. */
export function useModelSearch(): ModelSearchControl {
  const [parameters, setParameters] = useSearchParams();
  const state = useLocation().state as PagingState | undefined;
  const search = useMemo(() => parseModelSearch(parameters), [parameters]);

  const setSearch = useCallback(
    (next: ModelSearch, options?: { replace?: boolean; state?: PagingState }) =>
      setParameters(formatModelSearch(next), options),
    [setParameters],
  );
  const change = useCallback(
    (by: Parameters<typeof changeSearch>[1]) =>
      setSearch(changeSearch(search, by)),
    [search, setSearch],
  );
  const nextPage = useCallback(
    (cursor: string) =>
      setSearch(
        { ...search, cursor, page: search.page + 1 },
        { state: { cursors: [...(state?.cursors ?? []), search.cursor] } },
      ),
    [search, setSearch, state],
  );
  const firstPage = useCallback(
    () => setSearch(changeSearch(search, {})),
    [search, setSearch],
  );
  const previousPage = useCallback(() => {
    const cursors = state?.cursors ?? [];
    const cursor = cursors[cursors.length - 1];
    if (!cursor) {
      firstPage();
      return;
    }
    setSearch(
      { ...search, cursor, page: search.page - 1 },
      { state: { cursors: cursors.slice(0, -1) } },
    );
  }, [search, setSearch, state, firstPage]);

  return { search, setSearch, change, nextPage, previousPage, firstPage };
}
