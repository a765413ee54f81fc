/** From when until when something might be used, by the control plane's answers. */
export interface Permit {
  /** A model, or the name of a secret. */
  what: string;
  from: number;
  to: number;
}

/** A call as its client saw it. */
export interface ClientCall {
  mark: string;
  gateway: string;
  model: string;
  credential: string;
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

/** When a gateway began or ceased to follow the control plane. */
export interface StreamEvent {
  at: number;
  gateway: string;
  event: 'open' | 'close';
}

/** What came to the control plane of one call. */
export interface Ingested {
  id: string;
  status: number;
  attempts: number;
  code?: string;
  /** The mark of the call; absent for refusals that were added up. */
  trace?: string;
}

/** All that was written down in a run. */
export interface Evidence {
  calls: ClientCall[];
  served: Served[];
  permits: Permit[];
  streams: StreamEvent[];
  planeKills: number[];
  gatewayKills: Record<string, number[]>;
  ingested: Ingested[];
  bounds: {
    /** How soon a revocation holds at a gateway that follows the control plane. */
    revocationMs: number;
    /** A snapshot is too old to decide by after so long. */
    maxAgeMs: number;
  };
}

/** What of it must not be. */
export interface Verdict {
  unapproved: Array<Served & { what: string; sinceMs: number }>;
  /** Whole answers, and calls at an upstream, that no record tells of. */
  lost: Array<ClientCall | Served>;
  doubled: string[];
  /** Records of calls that no upstream saw. */
  invented: Ingested[];
  stuck: ClientCall[];
  /** So shortly before their gateway was killed that their record may be missing. */
  excused: number;
  /** For how long after revocations calls still came, at gateways that followed. */
  revocations: number[];
}

/** A record is written in the turn of the event loop in which its call ends. */
const TURN_MS = 100;

/** Judges a run by what clients, upstreams and the control plane wrote down. */
export function judge(evidence: Evidence): Verdict {
  const calls = new Map(evidence.calls.map(call => [call.mark, call]));
  const late = evidence.served.flatMap(served => {
    const { credential } = calls.get(served.mark) ?? {};
    return [`acme/${served.model}`, credential ?? 'nobody'].flatMap(what => {
      const sinceMs = withoutPermit(what, served, evidence);
      return sinceMs > 0 ? [{ ...served, what, sinceMs }] : [];
    });
  });
  return {
    unapproved: late.filter(it => it.sinceMs > boundOf(it, evidence)),
    ...judgeRecords(evidence),
    stuck: evidence.calls.filter(({ stuck }) => stuck),
    revocations: late
      .filter(it => Number.isFinite(it.sinceMs) && followed(it, evidence))
      .map(({ sinceMs }) => sinceMs)
      .sort((a, b) => a - b),
  };
}

function judgeRecords(
  evidence: Evidence,
): Pick<Verdict, 'lost' | 'excused' | 'doubled' | 'invented'> {
  const { ingested, served, gatewayKills } = evidence;
  const ids = countsOf(ingested.map(({ id }) => id));
  const traces = countsOf(
    ingested.filter(it => it.attempts > 0).map(({ trace }) => trace ?? ''),
  );
  const marks = new Set(served.map(({ mark }) => mark));
  const missing: Array<[ClientCall | Served, number]> = [
    ...evidence.calls
      .filter(
        ({ status, whole, requestId }) =>
          status === 200 &&
          whole &&
          requestId !== undefined &&
          !ids.has(requestId),
      )
      .map((call): [ClientCall, number] => [call, call.endedAt]),
    ...served
      .filter(({ mark }) => !traces.has(mark))
      .map((it): [Served, number] => [it, it.at]),
  ];
  const lost = missing.filter(
    ([{ gateway }, at]) =>
      !gatewayKills[gateway].some(kill => Math.abs(kill - at) <= TURN_MS),
  );
  return {
    lost: lost.map(([it]) => it),
    excused: missing.length - lost.length,
    doubled: [...ids, ...traces]
      .filter(([, count]) => count > 1)
      .map(([id]) => id),
    invented: ingested.filter(
      ({ status, attempts, trace }) =>
        status === 200 && attempts > 0 && !marks.has(trace ?? ''),
    ),
  };
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** For how long something that was used had not been permitted, in milliseconds. */
function withoutPermit(
  what: string,
  { at }: Served,
  { permits }: Evidence,
): number {
  const ends = permits
    .filter(it => it.what === what && it.from <= at)
    .map(({ to }) => to);
  return at - Math.max(...ends, -Infinity);
}

function boundOf(served: Served, evidence: Evidence): number {
  const { revocationMs, maxAgeMs } = evidence.bounds;
  return followed(served, evidence) ? revocationMs : maxAgeMs;
}

/** Whether a gateway followed the control plane all the time before a call. */
function followed({ at, gateway }: Served, evidence: Evidence): boolean {
  const from = at - evidence.bounds.revocationMs;
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
