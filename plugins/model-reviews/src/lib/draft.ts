import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useState } from 'react';

const PREFIX = 'model-reviews.draft';

/** Browsers may refuse to store anything; then there are no drafts. */
function stored(key: string): unknown {
  try {
    const text = window.localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function store(key: string, value: unknown): void {
  try {
    if (value === undefined) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // What is on the page is still there.
  }
}

/** What a person began to write, kept in this browser for this person alone. */
export interface Draft<T> {
  value: T;
  /** Whether it was begun earlier. */
  restored: boolean;
  set: (value: T) => void;
  /** Back to the beginning, and nothing kept. */
  discard: () => void;
  /** It was sent: nothing is kept, and what is on the page stays. */
  done: () => void;
}

/**
 * A form whose content survives a closed tab.
 *
 * @param user - entity ref; two people may share a browser
 * @param key - of the form
 * @param initial - what it holds when nothing was begun
 * @param isDraft - whether what is stored is of today's shape
 */
export function useDraft<T>(
  user: string,
  key: string,
  initial: () => T,
  isDraft: (value: unknown) => value is T,
): Draft<T> {
  const place = `${PREFIX}:${user}:${key}`;
  const [state, setState] = useState(() => {
    const found = stored(place);
    return isDraft(found)
      ? { value: found, restored: true }
      : { value: initial(), restored: false };
  });
  const set = useCallback(
    (value: T) => {
      store(place, value);
      setState(before => ({ ...before, value }));
    },
    [place],
  );
  return {
    ...state,
    set,
    discard: () => {
      store(place, undefined);
      setState({ value: initial(), restored: false });
    },
    done: () => store(place, undefined),
  };
}

/** Who is signed in; undefined until it is known. */
export function useUserRef(): string | undefined {
  const identity = useApi(identityApiRef);
  const [user, setUser] = useState<string>();
  useEffect(() => {
    let current = true;
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => current && setUser(userEntityRef),
      // Without a name drafts are kept for nobody in particular.
      () => current && setUser(''),
    );
    return () => {
      current = false;
    };
  }, [identity]);
  return user;
}
