import type { EndpointState } from '@modelhub/backstage-plugin-models-common';

/** What happens to an endpoint. */
export type EndpointCommand =
  /** The checks said yes. */
  | 'approved'
  /** The checks said no, or say no any more before it was begun. */
  | 'refuse'
  /** There is room for it. */
  | 'admit'
  /** It takes calls. */
  | 'ready'
  /** It lives longer. */
  | 'extend'
  /** Nobody wants it any more, or its time is over. */
  | 'stop'
  /** It cannot go on. */
  | 'fail'
  /** The engine holds nothing of it any more. */
  | 'gone';

/** How an endpoint ends. */
export type EndpointEnd = 'ended' | 'failed' | 'refused';

type Next = EndpointState | 'its-end';

/**
 * Where each command leads; what is not here is not possible. What was begun at
 * an engine ends by `stopping`, so that nothing counts as gone that may hold a
 * GPU.
 */
const TABLE: Record<EndpointState, Partial<Record<EndpointCommand, Next>>> = {
  checking: {
    approved: 'queued',
    refuse: 'refused',
    stop: 'ended',
    fail: 'failed',
  },
  queued: {
    admit: 'starting',
    refuse: 'refused',
    stop: 'ended',
    fail: 'failed',
  },
  starting: {
    ready: 'ready',
    refuse: 'stopping',
    stop: 'stopping',
    fail: 'stopping',
  },
  ready: { extend: 'ready', stop: 'stopping', fail: 'stopping' },
  stopping: { gone: 'its-end' },
  ended: {},
  refused: {},
  failed: {},
};

/** All of them. */
export const ENDPOINT_STATES = Object.keys(TABLE) as EndpointState[];

/** All of them. */
export const ENDPOINT_COMMANDS: EndpointCommand[] = [
  'approved',
  'refuse',
  'admit',
  'ready',
  'extend',
  'stop',
  'fail',
  'gone',
];

/** How a command ends an endpoint, at once or by way of `stopping`. */
const ENDS: Partial<Record<EndpointCommand, EndpointEnd>> = {
  refuse: 'refused',
  stop: 'ended',
  fail: 'failed',
};

/** States in which something may be held at an engine. */
export const HOLDING: EndpointState[] = ['starting', 'ready', 'stopping'];

/** States that nothing leads out of. */
export const LAST: EndpointState[] = ['ended', 'refused', 'failed'];

/** States in which somebody can still want it. */
export const WANTED: EndpointState[] = [
  'checking',
  'queued',
  'starting',
  'ready',
];

/** Where an endpoint stands after a command, and how it ends if it does. */
export interface Transition {
  state: EndpointState;
  endAs?: EndpointEnd;
}

/**
 * The transition, or undefined where the state does not allow the command.
 *
 * @param endAs - how one that is stopping was to end
 */
export function transit(
  state: EndpointState,
  command: EndpointCommand,
  endAs?: EndpointEnd,
): Transition | undefined {
  const next = TABLE[state][command];
  if (next === undefined) return undefined;
  if (next === 'its-end') return { state: endAs ?? 'ended' };
  const end = ENDS[command];
  return end === undefined ? { state: next } : { state: next, endAs: end };
}
