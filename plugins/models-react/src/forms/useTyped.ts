import { useCallback, useEffect, useRef, useState } from 'react';

/** How long somebody does not type before it counts. */
const PAUSE_MS = 300;

/**
 * Text that somebody types, told when the typing pauses. What lives elsewhere,
 * e.g. in the address, wins when somebody else changed it; the echo of what was
 * told does not, since more may have been typed meanwhile.
 *
 * @public
 */
export function useTyped(
  value: string,
  onChange: (value: string) => void,
): {
  typed: string;
  type: (text: string) => void;
  /** Do not wait for the pause. */
  tellNow: () => void;
} {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;

  useEffect(() => {
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);
  const tellNow = useCallback(() => {
    if (typed === told.current) return;
    told.current = typed;
    tell.current(typed);
  }, [typed]);
  useEffect(() => {
    const timer = setTimeout(tellNow, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [tellNow]);

  return { typed, type: setTyped, tellNow };
}
