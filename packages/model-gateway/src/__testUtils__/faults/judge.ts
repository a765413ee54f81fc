import { MAX_AGE_MS, MODELS, REVOCATION_MS } from './world';

/** From when until when a model was approved, by the control plane's answers. */
export interface Approval {
  model: string;
  from: number;
  to: number;
}

/** A call as its client saw it. */
export interface ClientCall {
  mark: string;
  gateway: string;
  model: string;
  sentAt: number;
  endedAt: number;
  /** Absent where there was no answer. */
  status?: number;
  requestId?: string;
  /** Whether the answer came to its end. */
  whole: boolean;
  /** No answer in good time, from a gateway that was there. */
  stuck: boolean;
}

/** A call as an upstream saw it. */
export interface Served {
  at: number;
  model: string;
  mark: string;
  gateway: string;
}

/** When the stream of a gateway began or ended, as the control plane saw it. */
export interface StreamEvent {
  at: number;
  gateway: string;
  event: 'open' | 'close';
}

/** What came to the control plane of one call. */
export interface Ingested {
  batchId: string;
  id: string;
  code?: string;
}

/** All that was written down in a run. */
export interface Evidence {
  calls: ClientCall[];
  served: Served[];
  approvals: Approval[];
  streams: StreamEvent[];
  planeKills: number[];
  gatewayKills: Record<string, number[]>;
  ingested: Ingested[];
}

/** What of it must not be. */
export interface Verdict {
  unapproved: Array<Served & { sinceMs: number }>;
  lost: ClientCall[];
  doubled: string[];
  stuck: ClientCall[];
  /** Answers that ended so shortly before their gateway was killed that their record may be missing. */
  excused: number;
}

/** A record is written in the turn of the event loop in which its call ends. */
const TURN_MS = 100;

/** Judges a run by what clients, upstreams and the control plane wrote down. */
export function judge(evidence: Evidence): Verdict {
  const ids = new Map<string, number>();
  for (const { id } of evidence.ingested) {
    ids.set(id, (ids.get(id) ?? 0) + 1);
  }
  const missing = evidence.calls.filter(
    ({ status, whole, requestId }) =>
      status === 200 && whole && requestId !== undefined && !ids.has(requestId),
  );
  const lost = missing.filter(
    ({ gateway, endedAt }) =>
      !evidence.gatewayKills[gateway].some(
        at => at >= endedAt - TURN_MS && at <= endedAt + TURN_MS,
      ),
  );
  return {
    unapproved: evidence.served.flatMap(served => {
      const sinceMs = unapprovedFor(served, evidence);
      return sinceMs === undefined ? [] : [{ ...served, sinceMs }];
    }),
    lost,
    excused: missing.length - lost.length,
    doubled: [...ids].filter(([, count]) => count > 1).map(([id]) => id),
    stuck: evidence.calls.filter(({ stuck }) => stuck),
  };
}

/** For how long a model that ran had not been approved; nothing where that was right. */
function unapprovedFor(served: Served, evidence: Evidence) {
  const model = `acme/${served.model}`;
  if (model === MODELS.always) {
    return undefined;
  }
  const before = evidence.approvals.filter(
    it => it.model === model && it.from <= served.at,
  );
  const latest = Math.max(...before.map(({ to }) => to), -Infinity);
  const since = served.at - latest;
  const bound = followed(served, evidence) ? REVOCATION_MS : MAX_AGE_MS;
  return since > bound ? since : undefined;
}

/** Whether a gateway followed the control plane all the time before a call. */
function followed({ at, gateway }: Served, evidence: Evidence): boolean {
  const from = at - REVOCATION_MS;
  let opened: number | undefined;
  for (const event of evidence.streams) {
    if (event.gateway === gateway && event.at <= at) {
      opened = event.event === 'open' ? event.at : undefined;
    }
  }
  const killed = [
    ...evidence.planeKills,
    ...(evidence.gatewayKills[gateway] ?? []),
  ];
  return (
    opened !== undefined &&
    opened < from &&
    !killed.some(kill => kill >= opened && kill <= at)
  );
}
