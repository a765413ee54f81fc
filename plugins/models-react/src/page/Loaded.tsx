import { Progress } from '@backstage/core-components';
import type { ReactNode } from 'react';
import { ErrorHint } from '../hints';
import type { RoomQuery } from '../hooks';

/**
 * Loading, failed, forbidden, or there. An answer that is already shown stays
 * when a newer one fails to come, with the failure above it.
 *
 * @public
 */
export function Loaded<T>(props: {
  query: RoomQuery<T>;
  /** Id of the backend's plugin, e.g. `model-usage`. */
  room: string;
  /** What could not be done, e.g. `The queue could not be loaded`. */
  failure: string;
  children: (value: T) => ReactNode;
}) {
  const { query, room, failure, children } = props;
  const failed = query.status !== 'ready' && query.status !== 'loading';
  const error =
    query.status === 'absent'
      ? new Error(
          `The ${room} backend does not answer. Is it installed in this portal?`,
        )
      : query.error;
  return (
    <>
      {failed && (
        <ErrorHint title={failure} error={error} retry={query.retry} />
      )}
      {query.value !== undefined && query.status !== 'forbidden'
        ? children(query.value)
        : query.status === 'loading' && <Progress />}
    </>
  );
}
