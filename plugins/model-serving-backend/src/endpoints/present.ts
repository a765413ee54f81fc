import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import type { Place } from '../admission';
import type { HubClock } from '../clock';
import type { ServingConfig } from '../config';
import type { EngineDesk } from '../engines';
import type { Caller } from '../people';
import type { EndpointRecord } from './records';
import { WANTED } from './states';

const HOUR_MS = 3_600_000;

/** Whether the caller started it or is a member of its team. */
export const isOfCaller = (
  { owner, team }: Pick<EndpointRecord, 'owner' | 'team'>,
  { person }: Caller,
): boolean =>
  person !== undefined && (owner === person.ref || person.refs.includes(team));

/** Why somebody cannot extend an endpoint, or undefined for who can. */
export function extendProblem(
  endpoint: EndpointRecord,
  caller: Caller,
): string | undefined {
  if (endpoint.state !== 'ready') {
    return 'Only an endpoint that is ready can be extended.';
  }
  if (endpoint.extendedAt !== undefined) {
    return 'It has been extended already, and that is possible once. Start another one when it has ended.';
  }
  if (!isOfCaller(endpoint, caller)) {
    return 'Only who started it and members of its team extend it.';
  }
  return undefined;
}

/** What callers of the gateway name as `model`. */
export const modelName = ({
  gatewayId,
  modelVersion,
}: Pick<EndpointRecord, 'gatewayId' | 'modelVersion'>): string =>
  `${gatewayId}@${modelVersion}`;

/** USD so far: from when the engine began it until nothing was held any more. */
export function costSoFar(endpoint: EndpointRecord, now: number): number {
  const { perHour = 0, started, ended } = endpoint;
  if (!started) return 0;
  const hours = Math.max(0, (ended?.ms ?? now) - started.ms) / HOUR_MS;
  return Number((perHour * hours).toFixed(4));
}

/** An endpoint as its people see it. */
export function presentEndpoint(
  endpoint: EndpointRecord,
  options: {
    caller: Caller;
    clock: HubClock;
    config: Pick<ServingConfig, 'gatewayUrl'>;
    engines: Pick<EngineDesk, 'title'>;
    place?: Place;
  },
): EvaluationEndpoint {
  const { caller, clock, config, engines, place } = options;
  const problem = extendProblem(endpoint, caller);
  const isOurs = isOfCaller(endpoint, caller);
  const { state, deadline, perHour } = endpoint;
  const hasEnd = state === 'starting' || state === 'ready';
  return {
    id: endpoint.id,
    state,
    message: place?.reason ?? endpoint.message,
    entityRef: endpoint.entityRef,
    title: endpoint.title,
    gatewayId: endpoint.gatewayId,
    modelVersion: endpoint.modelVersion,
    digest: endpoint.model.artifact.digest,
    team: endpoint.team,
    owner: endpoint.owner,
    profile: endpoint.profile,
    purpose: endpoint.purpose,
    tier: 'sandbox',
    engine: { id: endpoint.engine, title: engines.title(endpoint.engine) },
    resources: endpoint.resources,
    note: endpoint.note,
    approvalId: endpoint.approvalId,
    // One that is admitted in this moment is the next.
    queuePosition: place && Math.max(1, place.position),
    progress: endpoint.progress,
    hours: endpoint.hours,
    createdAt: endpoint.created.at,
    queuedAt: endpoint.queued?.at,
    startedAt: endpoint.started?.at,
    readyAt: endpoint.ready?.at,
    endsAt:
      hasEnd && deadline !== undefined
        ? clock.shown(deadline).toISOString()
        : undefined,
    stoppingAt: endpoint.stopping?.at,
    endedAt: endpoint.ended?.at,
    extendedAt: endpoint.extendedAt,
    endReason: endpoint.endReason,
    endedBy: endpoint.endedBy,
    mayExtend: problem === undefined,
    extendReason: problem,
    mayStop: WANTED.includes(state) && (isOurs || caller.managesAll),
    mayRenewKey:
      endpoint.owner === caller.person?.ref &&
      WANTED.includes(state) &&
      endpoint.keyState === 'issued',
    cost: {
      known: perHour !== undefined,
      soFar: { amount: costSoFar(endpoint, clock.now()), currency: 'USD' },
      perHour,
      basis: endpoint.priceBasis,
    },
    connection:
      state === 'ready' && isOurs && config.gatewayUrl !== undefined
        ? {
            gatewayUrl: config.gatewayUrl,
            model: modelName(endpoint),
            keyId: endpoint.keyId,
          }
        : undefined,
  };
}
