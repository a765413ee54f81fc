import { useCallback, useRef, useState } from 'react';
import { isUncertain } from '../api';
import { Attempt } from './Attempt';

/**
 * What was sent, kept while it is uncertain whether it arrived: the same
 * answer of a passkey may be sent again, a new one would be another body.
 */
interface Sent<B> {
  fingerprint: string;
  body: B;
}

/**
 * Send something that must happen once. A second call while the first is under
 * way does nothing; a retry of the same body carries the same idempotency key.
 *
 * @public
 */
export function useSubmission<T>() {
  const attempt = useRef(new Attempt());
  const sent = useRef<Sent<unknown>>();
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = useCallback(
    async <B extends object, C extends object = B>(options: {
      body: B;
      /** Complete the body, e.g. with a passkey's answer. Not asked again for an uncertain retry. */
      complete?: (body: B) => Promise<C>;
      send: (body: C, idempotencyKey: string) => Promise<T>;
    }): Promise<T | undefined> => {
      if (underWay.current) return undefined;
      underWay.current = true;
      setBusy(true);
      setError(undefined);
      const fingerprint = JSON.stringify(options.body);
      try {
        if (sent.current?.fingerprint !== fingerprint) {
          sent.current = undefined;
          const body = await (options.complete?.(options.body) ?? options.body);
          sent.current = { fingerprint, body };
        }
        const { body } = sent.current as Sent<C>;
        const answer = await options.send(body, attempt.current.keyFor(body));
        attempt.current.done();
        sent.current = undefined;
        return answer;
      } catch (cause) {
        if (!isUncertain(cause)) sent.current = undefined;
        setError(cause);
        return undefined;
      } finally {
        underWay.current = false;
        setBusy(false);
      }
    },
    [],
  );

  const reset = useCallback(() => setError(undefined), []);
  return { submit, busy, error, reset };
}
