import type { KubernetesObject } from '../kubernetes/KubernetesApi';

/** What keeps a pod from serving. */
export interface Problem {
  reason: string;
  /** For people. */
  message: string;
  /** Waiting does not help. */
  isFinal: boolean;
}

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  terminated?: { reason?: string; exitCode?: number; message?: string };
  running?: object;
}

interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

interface PodView {
  spec?: {
    nodeName?: string;
    containers?: Array<{
      resources?: { requests?: Record<string, string | number> };
    }>;
  };
  status?: {
    phase?: string;
    conditions?: Array<{
      type: string;
      status: string;
      reason?: string;
      message?: string;
    }>;
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

const view = (pod: KubernetesObject) => pod as PodView;

const condition = (pod: KubernetesObject, type: string) =>
  view(pod).status?.conditions?.find(entry => entry.type === type);

/** Whether a pod still holds anything. */
export const isAlive = (pod: KubernetesObject): boolean =>
  !['Succeeded', 'Failed'].includes(view(pod).status?.phase ?? 'Pending');

export const isReady = (pod: KubernetesObject): boolean =>
  isAlive(pod) &&
  pod.metadata?.deletionTimestamp === undefined &&
  condition(pod, 'Ready')?.status === 'True';

/** GPUs that a pod holds on a node; a pod that waits for a node holds none. */
export function gpusHeld(
  pod: KubernetesObject,
  resources: ReadonlySet<string>,
): number {
  const { spec } = view(pod);
  if (!spec?.nodeName || !isAlive(pod)) {
    return 0;
  }
  return (spec.containers ?? [])
    .flatMap(({ resources: wanted }) => Object.entries(wanted?.requests ?? {}))
    .filter(([name]) => resources.has(name))
    .reduce((sum, [, amount]) => sum + Number(amount), 0);
}

/** How far a pod has come, 0 to 1: a node, its files, its server, its answer. */
export function progressOf(pod: KubernetesObject): number {
  const { spec, status } = view(pod);
  const init = status?.initContainerStatuses ?? [];
  const steps = [
    Boolean(spec?.nodeName),
    init.every(({ state }) => state?.terminated?.exitCode === 0) &&
      (status?.containerStatuses ?? []).length > 0,
    (status?.containerStatuses ?? []).some(({ state }) => state?.running),
    isReady(pod),
  ];
  const reached = steps.indexOf(false);
  return (reached === -1 ? steps.length : reached) / steps.length;
}

const NEVER_THERE =
  /not found|manifest unknown|unauthorized|denied|invalid reference/i;
const CRASHES = 3;

function imageProblem({ name, state }: ContainerStatus): Problem | undefined {
  const reason = state?.waiting?.reason;
  if (
    !reason ||
    !['ImagePullBackOff', 'ErrImagePull', 'InvalidImageName'].includes(reason)
  ) {
    return undefined;
  }
  const message = state?.waiting?.message ?? '';
  return {
    reason,
    message: `The image of ${name} cannot be pulled (${
      message || reason
    }); check its name and the cluster's access to the registry`,
    isFinal: reason === 'InvalidImageName' || NEVER_THERE.test(message),
  };
}

function crashProblem(status: ContainerStatus): Problem | undefined {
  const ended = status.state?.terminated ?? status.lastState?.terminated;
  const restarts = status.restartCount ?? 0;
  if (!ended || ended.exitCode === 0) {
    return undefined;
  }
  const isLoop = status.state?.waiting?.reason === 'CrashLoopBackOff';
  if (ended.reason === 'OOMKilled') {
    return {
      reason: 'OOMKilled',
      message: `${status.name} needed more main memory than it was given and was ended; use a smaller version or ask for more memory`,
      isFinal: isLoop || restarts >= CRASHES,
    };
  }
  if (status.name === 'storage-initializer') {
    return {
      reason: 'ModelNotFetched',
      message: `The model could not be fetched (exit code ${ended.exitCode}${
        ended.message ? `: ${ended.message.trim()}` : ''
      }); look at the logs, and check its address, the storage's credentials and the namespace's egress`,
      isFinal: restarts >= CRASHES,
    };
  }
  return isLoop || restarts > 0
    ? {
        reason: 'CrashLoopBackOff',
        message: `${status.name} ended ${
          restarts === 1 ? 'once' : `${Math.max(restarts, 1)} times`
        } with exit code ${ended.exitCode}; look at its logs`,
        isFinal: restarts >= CRASHES,
      }
    : undefined;
}

/** What keeps a pod from serving; the most telling first. */
export function podProblem(pod: KubernetesObject): Problem | undefined {
  const { status } = view(pod);
  const scheduled = condition(pod, 'PodScheduled');
  if (scheduled?.status === 'False') {
    return {
      reason: scheduled.reason ?? 'Unschedulable',
      message: `No node can take it now: ${
        scheduled.message ?? 'the scheduler gave no reason'
      }`,
      isFinal: false,
    };
  }
  const containers = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ];
  for (const container of containers) {
    const problem = imageProblem(container) ?? crashProblem(container);
    if (problem) {
      return problem;
    }
    const waiting = container.state?.waiting;
    if (
      waiting?.reason === 'CreateContainerConfigError' ||
      waiting?.reason === 'CreateContainerError'
    ) {
      return {
        reason: waiting.reason,
        message: `${container.name} cannot be made: ${
          waiting.message ?? waiting.reason
        }`,
        isFinal: false,
      };
    }
  }
  if (status?.phase === 'Failed') {
    return {
      reason: 'PodFailed',
      message: 'A pod was ended by its node; a new one takes its place',
      isFinal: false,
    };
  }
  return undefined;
}
