import { Loaded as SharedLoaded } from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import type { Live } from '../hooks/useLive';

/** An answer of the governance backend: loading, failed, forbidden, or there. */
export function Loaded<T>(props: {
  query: Live<T>;
  /** What could not be done, e.g. `The queue could not be loaded`. */
  failure: string;
  children: (value: T) => ReactNode;
}) {
  return <SharedLoaded room="model-governance" {...props} />;
}
