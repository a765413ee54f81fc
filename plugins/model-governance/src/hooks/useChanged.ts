import { useEffect, useRef } from 'react';

/** Call back when a value differs from the one before; not for the first. */
export function useChanged(value: unknown, onChange: () => void): void {
  const previous = useRef(value);
  useEffect(() => {
    if (previous.current === value) return;
    previous.current = value;
    onChange();
  }, [value, onChange]);
}
