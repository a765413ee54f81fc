import { useState } from 'react';

/**
 * Back and forth through a cursor-paged list; a new key starts at the front.
 *
 * @public
 */
export function usePages(key: string) {
  const [state, setState] = useState<{ key: string; cursors: string[] }>({
    key,
    cursors: [],
  });
  const cursors = state.key === key ? state.cursors : [];
  return {
    cursor: cursors[cursors.length - 1] as string | undefined,
    isFirst: cursors.length === 0,
    next: (cursor: string) => setState({ key, cursors: [...cursors, cursor] }),
    previous: () => setState({ key, cursors: cursors.slice(0, -1) }),
  };
}
