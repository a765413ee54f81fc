import type { OnlineTrial } from '../online/types';
import { detached } from '../text/detached';
import { Admission, CallContext, CallTarget, Caller, RouteName } from './types';

const EMPTY = Buffer.alloc(0);

/** What the pipeline knows of one call; stages see it as a {@link CallContext}. */
export class CallState implements CallContext {
  readonly id: string;
  readonly route: RouteName;
  readonly startedAt: number;
  readonly trace: string | undefined;
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
  caller: Caller;
  model = '';
  body: Record<string, unknown> | undefined;
  raw: Buffer = EMPTY;
  promptBytes = 0;
  streamed = false;
  trial: OnlineTrial | undefined;
  admission: Admission = { gatewayId: '' };
  target: CallTarget | undefined;
  attempts = 0;
  /** For how long providers were waited for, in milliseconds. */
  upstreamMs = 0;
  clientGone = false;
  #gone: AbortController | undefined;

  constructor(entry: {
    id: string;
    route: RouteName;
    startedAt: number;
    trace: string | undefined;
    traceparent?: string | undefined;
    tracestate?: string | undefined;
    caller: Caller;
  }) {
    this.id = entry.id;
    this.route = entry.route;
    this.startedAt = entry.startedAt;
    this.trace = entry.trace;
    this.traceparent = entry.traceparent;
    this.tracestate = entry.tracestate;
    this.caller = entry.caller;
  }

  get signal(): AbortSignal {
    if (!this.#gone) {
      this.#gone = new AbortController();
      if (this.clientGone) {
        this.#gone.abort();
      }
    }
    return this.#gone.signal;
  }

  /** The caller went away. */
  leave(): void {
    this.clientGone = true;
    this.#gone?.abort();
  }
}

const TRACE = /^[A-Za-z0-9._:-]{1,128}$/;
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-/;

/** The trace that a call belongs to, by its headers. */
export function traceOf(
  own: string | string[] | undefined,
  traceparent: string | string[] | undefined,
): string | undefined {
  if (typeof own === 'string') {
    return TRACE.test(own) ? detached(own) : undefined;
  }
  const trace =
    typeof traceparent === 'string'
      ? TRACEPARENT.exec(traceparent)?.[1]
      : undefined;
  // Traces are remembered longer than the head that named them.
  return trace && detached(trace);
}
