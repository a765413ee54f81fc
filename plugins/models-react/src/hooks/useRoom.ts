import { ApiRef, useApiHolder } from '@backstage/core-plugin-api';
import {
  DependencyList,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { isNotAllowed, isRoomMissing } from '../api';

/**
 * The API of another room (governance, cards, …), or undefined when its
 * frontend is not part of this portal.
 *
 * @public
 */
export function useRoom<T>(apiRef: ApiRef<T>): T | undefined {
  return useApiHolder().get(apiRef);
}

/**
 * What came of a {@link useRoomQuery}.
 *
 * - `absent`: the room is not installed, frontend or backend. Show nothing.
 * - `forbidden`: the caller may not read this.
 * - `loading` keeps the last value while a new one is on its way.
 *
 * @public
 */
export type RoomQuery<T> = {
  status: 'loading' | 'ready' | 'absent' | 'forbidden' | 'error';
  value?: T;
  error?: Error;
  /** Ask again. */
  retry: () => void;
};

type Settled<T> = Omit<RoomQuery<T>, 'retry'>;

/** The same array as long as its members are the same. */
function useStable(deps: DependencyList): DependencyList {
  const stable = useRef(deps);
  const same =
    stable.current.length === deps.length &&
    stable.current.every((value, index) => Object.is(value, deps[index]));
  if (!same) stable.current = deps;
  return stable.current;
}

/**
 * Ask another room for something, and know the difference between "no answer
 * yet", "not installed here", "not for you" and "broken".
 *
 * @remarks
 *
 * `query` is called again when `deps` change or `retry` is called; the call
 * that is under way is aborted, and its answer never overtakes a newer one.
 *
 * @public
 */
export function useRoomQuery<A, T>(
  apiRef: ApiRef<A>,
  query: (api: A, signal: AbortSignal) => Promise<T>,
  deps: DependencyList,
): RoomQuery<T> {
  const api = useRoom(apiRef);
  const [settled, setSettled] = useState<Settled<T>>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(query);
  // The caller says when to ask again; the query itself is new at each render.
  latest.current = query;
  const question = useStable(deps);

  useEffect(() => {
    if (!api) {
      setSettled({ status: 'absent' });
      return undefined;
    }
    const controller = new AbortController();
    setSettled(previous => ({ status: 'loading', value: previous.value }));
    latest.current(api, controller.signal).then(
      value => {
        if (!controller.signal.aborted) setSettled({ status: 'ready', value });
      },
      cause => {
        if (controller.signal.aborted) return;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        if (isRoomMissing(error)) setSettled({ status: 'absent', error });
        else if (isNotAllowed(error))
          setSettled({ status: 'forbidden', error });
        else setSettled({ status: 'error', error });
      },
    );
    return () => controller.abort();
  }, [api, attempt, question]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return { ...settled, retry };
}

/**
 * Whether a room is part of this portal: `undefined` until a first call has
 * told.
 *
 * @public
 */
export function isRoomInstalled(
  query: RoomQuery<unknown>,
): boolean | undefined {
  if (query.status === 'loading') return query.value ? true : undefined;
  return query.status !== 'absent';
}
