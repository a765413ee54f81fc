import type { CommandFacts } from '../endpoints/EndpointChanges';
import type { NewEvent, RowChanges } from '../endpoints/EndpointStore';
import type { EndpointCommand } from '../endpoints/states';
import type { Notice } from '@modelhub/backstage-plugin-models-node';

/** What a look at an endpoint leads to. */
export type Outcome =
  | { command: EndpointCommand; facts: CommandFacts }
  | {
      /** Until the next look, in ms. */
      waitMs: number;
      /** What else is known of it now; written where it differs. */
      changes?: RowChanges;
      event?: Omit<NewEvent, 'at'>;
      notice?: Notice;
    };

/** Looks again later, with another message for people. */
export const wait = (
  waitMs: number,
  message?: string,
  changes: RowChanges = {},
): Outcome => ({
  waitMs,
  changes: { ...changes, ...(message !== undefined && { message }) },
});

/** The same again after a while that grows. */
export const backOffMs = (
  attempts: number,
  firstMs: number,
  longestMs: number,
): number => Math.min(firstMs * 1.6 ** Math.min(attempts, 20), longestMs);
