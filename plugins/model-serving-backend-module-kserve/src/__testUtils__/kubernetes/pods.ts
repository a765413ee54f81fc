import type { StoredObject } from './objects';

/** What a pod's server does after it was scheduled. */
export type PodBehaviour =
  /** Fetches, starts and answers at once. */
  | 'ready'
  /** Stays at fetching the model until it is told otherwise. */
  | 'hold'
  | 'image-pull'
  | 'image-missing'
  | 'out-of-memory'
  | 'crash'
  | 'unfetched';

interface ContainerSpec {
  name: string;
  image?: string;
}

const ran = { terminated: { exitCode: 0, reason: 'Completed' } };

const initStatus = (image: string, state: object, restartCount = 0) => ({
  name: 'storage-initializer',
  image,
  imageID: '',
  ready: 'terminated' in state,
  restartCount,
  state,
});

function containerState(
  behaviour: PodBehaviour,
  image: string,
): { state: object; lastState?: object; restartCount: number } {
  switch (behaviour) {
    case 'image-pull':
    case 'image-missing':
      return {
        restartCount: 0,
        state: {
          waiting: {
            reason: 'ImagePullBackOff',
            message: `Back-off pulling image "${image}"${
              behaviour === 'image-missing'
                ? ': ErrImagePull: manifest unknown'
                : ''
            }`,
          },
        },
      };
    case 'out-of-memory':
      return {
        restartCount: 3,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      };
    case 'crash':
      return {
        restartCount: 4,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
        lastState: { terminated: { exitCode: 1, reason: 'Error' } },
      };
    case 'ready':
      return {
        restartCount: 0,
        state: { running: { startedAt: new Date().toISOString() } },
      };
    default:
      return {
        restartCount: 0,
        state: { waiting: { reason: 'PodInitializing' } },
      };
  }
}

function fetchingState(behaviour: PodBehaviour): object {
  if (behaviour === 'hold') {
    return { running: { startedAt: new Date().toISOString() } };
  }
  return behaviour === 'unfetched'
    ? { terminated: { exitCode: 1, message: '404 from the hub' } }
    : ran;
}

/** The status that a kubelet writes for a pod on its node. */
export function podStatus(
  pod: StoredObject,
  behaviour: PodBehaviour,
): Record<string, unknown> {
  const { containers, initContainers } = pod.spec as {
    containers: ContainerSpec[];
    initContainers?: ContainerSpec[];
  };
  const isReady = behaviour === 'ready';
  const fetching = fetchingState(behaviour);
  return {
    phase: isReady ? 'Running' : 'Pending',
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: isReady ? 'True' : 'False' },
    ],
    initContainerStatuses: (initContainers ?? []).map(({ image = '' }) =>
      initStatus(image, fetching, behaviour === 'unfetched' ? 3 : 0),
    ),
    containerStatuses: containers.map(({ name, image = '' }) => ({
      name,
      image,
      imageID: '',
      ready: isReady,
      started: isReady,
      ...containerState(behaviour, image),
    })),
  };
}

/** The status of a pod that no node takes. */
export const unschedulable = (message: string): Record<string, unknown> => ({
  phase: 'Pending',
  conditions: [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
    },
  ],
});
