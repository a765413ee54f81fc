import type {
  DeploymentPhase,
  DeploymentStatus,
} from '@modelhub/backstage-plugin-models-node';
import type { ClusterConfig } from '../config/ClusterConfig';
import type { KubernetesObject } from '../kubernetes/KubernetesApi';
import { ANNOTATIONS, LABELS } from '../manifests/names';
import type { KeptRequest } from '../manifests/workload';
import {
  gpusHeld,
  isAlive,
  isReady,
  podProblem,
  progressOf,
  type Problem,
} from './podState';
import { eventProblem } from './events';
import { addressOf } from './address';

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

interface MainView {
  spec?: { predictor?: { canaryTrafficPercent?: number } };
  status?: {
    conditions?: Condition[];
    observedGeneration?: number;
    components?: {
      predictor?: {
        latestReadyRevision?: string;
        traffic?: Array<{ revisionName?: string; percent?: number }>;
      };
    };
    modelStatus?: {
      transitionStatus?: string;
      lastFailureInfo?: { reason?: string; message?: string };
    };
  };
}

/** What of a deployment lies in a cluster. */
export interface Observed {
  id: string;
  object?: KubernetesObject;
  pods: KubernetesObject[];
  /** Of the namespace; none where nobody asked. */
  events?: KubernetesObject[];
}

/** The request that an object was made from; undefined where it cannot be read. */
export function keptRequest(
  object: KubernetesObject | undefined,
): KeptRequest | undefined {
  const text = object?.metadata?.annotations?.[ANNOTATIONS.request];
  try {
    return text ? (JSON.parse(text) as KeptRequest) : undefined;
  } catch {
    return undefined;
  }
}

function mainProblem(main: MainView): Problem | undefined {
  const { modelStatus, conditions = [] } = main.status ?? {};
  const failure = modelStatus?.lastFailureInfo;
  const transition = modelStatus?.transitionStatus;
  if (transition === 'InvalidSpec' || transition === 'BlockedByFailedLoad') {
    return {
      reason: failure?.reason ?? transition,
      message: failure?.message ?? 'KServe could not load the model',
      isFinal: true,
    };
  }
  const failed = conditions.find(
    ({ type, status, message }) =>
      type !== 'Ready' && status === 'False' && Boolean(message),
  );
  return failed
    ? {
        reason: failed.reason ?? failed.type,
        message: `KServe waits: ${failed.message}`,
        isFinal: false,
      }
    : undefined;
}

function revisionsOf(
  main: MainView,
): DeploymentStatus['revisions'] | undefined {
  const predictor = main.status?.components?.predictor;
  const traffic = (predictor?.traffic ?? []).filter(
    ({ revisionName }) => revisionName,
  );
  return traffic.length === 0
    ? undefined
    : traffic
        .map(({ revisionName, percent }) => ({
          name: revisionName!,
          percent: percent ?? 0,
          ready: true,
        }))
        .sort((a, b) => b.name.localeCompare(a.name));
}

function phaseOf(
  isAnswering: boolean,
  counts: { wanted: number; ready: number; all: number },
  problem: Problem | undefined,
): DeploymentPhase {
  if (isAnswering) {
    return problem?.isFinal || counts.ready < counts.wanted
      ? 'degraded'
      : 'ready';
  }
  if (problem?.isFinal) {
    return 'failed';
  }
  const waitsForRoom =
    counts.all === 0 ||
    problem?.reason === 'Unschedulable' ||
    problem?.reason === 'QuotaExceeded';
  return waitsForRoom ? 'pending' : 'starting';
}

const PENDING_WORDS = {
  pending: 'Waiting for a place on the cluster',
  starting: 'The model is being fetched and loaded',
} as const;

/** What the engine says of a deployment; pure. */
export function readStatus(
  cluster: ClusterConfig,
  { id, object, pods, events = [] }: Observed,
): DeploymentStatus {
  const alive = pods.filter(isAlive);
  const gpuResources = new Set([
    'nvidia.com/gpu',
    ...cluster.gpus.map(({ resource }) => resource),
  ]);
  const gpus = pods.reduce((sum, pod) => sum + gpusHeld(pod, gpuResources), 0);
  const request = keptRequest(object);
  const anything = object ?? alive[0];
  const labels = anything?.metadata?.labels ?? {};
  const annotations = anything?.metadata?.annotations ?? {};
  const kind = labels[LABELS.kind];
  const about = {
    id,
    gpus,
    ...(annotations[ANNOTATIONS.team] && {
      team: annotations[ANNOTATIONS.team],
    }),
    ...((kind === 'evaluation' || kind === 'deployment') && { kind }),
    ...(annotations[ANNOTATIONS.expiresAt] && {
      expiresAt: annotations[ANNOTATIONS.expiresAt],
    }),
  } satisfies Partial<DeploymentStatus>;

  if (!object || object.metadata?.deletionTimestamp) {
    const isGone = !object && alive.length === 0;
    return {
      ...about,
      phase: isGone ? 'gone' : 'stopping',
      replicas: { wanted: 0, ready: pods.filter(isReady).length },
      ...(!isGone && {
        message:
          alive.length > 0
            ? `${alive.length} pod${alive.length === 1 ? '' : 's'} still end${
                alive.length === 1 ? 's' : ''
              }`
            : 'Kubernetes is removing what belonged to it',
      }),
    };
  }

  const main = object as MainView;
  const isSeen =
    (main.status?.observedGeneration ?? object.metadata?.generation) ===
    object.metadata?.generation;
  const isAnswering =
    main.status?.conditions?.find(({ type }) => type === 'Ready')?.status ===
    'True';
  const ready = alive.filter(isReady).length;
  const wanted = request?.replicas.min ?? 1;
  const problem =
    alive.map(podProblem).find(found => found?.isFinal) ??
    alive.map(podProblem).find(found => found !== undefined) ??
    (isAnswering ? undefined : eventProblem(id, events)) ??
    mainProblem(main);
  const phase = phaseOf(
    isAnswering && (isSeen || ready > 0),
    { wanted, ready, all: alive.length },
    problem,
  );
  const revisions = revisionsOf(main);
  const url = isAnswering ? addressOf(cluster, object) : undefined;
  const isWaiting = phase === 'pending' || phase === 'starting';
  return {
    ...about,
    phase,
    replicas: { wanted, ready },
    ...(url && { url }),
    ...(url && request && { servedModel: request.model.gatewayId }),
    ...(revisions && { revisions }),
    ...(phase !== 'ready' &&
      (problem
        ? { reason: problem.reason, message: problem.message }
        : isWaiting && { message: PENDING_WORDS[phase] })),
    ...(phase === 'degraded' &&
      !problem && { message: `${ready} of ${wanted} replicas answer` }),
    ...(isWaiting && {
      progress: Math.max(0, ...alive.map(progressOf)),
    }),
  };
}
