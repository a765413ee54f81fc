import { createHash, randomUUID } from 'node:crypto';
import type { KubernetesResource } from '../../kubernetes/KubernetesApi';
import {
  EVENTS,
  INFERENCE_SERVICES,
  LLM_INFERENCE_SERVICES,
  NODES,
  PODS,
  SERVING_RUNTIMES,
} from '../../kubernetes/resources';
import { isReady } from '../../status/podState';
import type { ObjectStore, StoreEvent } from './ObjectStore';
import { ApiError, sameJson, type StoredObject } from './objects';
import type { PodLogs } from './PodLogs';
import { podStatus, unschedulable, type PodBehaviour } from './pods';
import { ownChanges } from './serverSideApply';
import { schedule } from './Scheduler';
import {
  containersOf,
  trafficOf,
  type Container,
  type MainSpec,
  type Revision,
  type Service,
} from './services';

const MAINS = [INFERENCE_SERVICES, LLM_INFERENCE_SERVICES];
const INITIALIZER = {
  name: 'storage-initializer',
  image: 'kserve/storage-initializer:test',
};

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);

/**
 * Plays KServe's controllers, the scheduler and the kubelets: pods, revisions,
 * conditions and events for the objects of the store, as fast as they come, or
 * as a test says.
 */
export class KServePlayer {
  static create(options: {
    store: ObjectStore;
    logs: PodLogs;
    urlOf?: (object: StoredObject) => string | undefined;
  }): KServePlayer {
    return new KServePlayer(options);
  }

  readonly #store: ObjectStore;
  readonly #logs: PodLogs;
  readonly #urlOf?: (object: StoredObject) => string | undefined;
  readonly #services = new Map<string, Service>();
  readonly #behaviours = new Map<string, PodBehaviour>();
  readonly #queue = new Map<string, [KubernetesResource, StoredObject]>();
  readonly #unsubscribe: () => void;
  #standard: PodBehaviour = 'ready';
  #holdsEnds = false;
  #scheduled?: NodeJS.Immediate;

  private constructor({
    store,
    logs,
    urlOf,
  }: Parameters<typeof KServePlayer.create>[0]) {
    this.#store = store;
    this.#logs = logs;
    this.#urlOf = urlOf;
    this.#unsubscribe = store.subscribe(event => this.#note(event));
  }

  stop(): void {
    this.#unsubscribe();
    clearImmediate(this.#scheduled);
  }

  /** What the pods of a service do from now on; of all without a name. */
  behave(behaviour: PodBehaviour, name?: string): void {
    if (name === undefined) {
      this.#standard = behaviour;
    } else {
      this.#behaviours.set(name, behaviour);
    }
    this.#lookAtAll();
  }

  /** Pods that are to end stay as they are. */
  holdEnds(): void {
    this.#holdsEnds = true;
  }

  /** Pods that are to end do so. */
  letEnd(): void {
    this.#holdsEnds = false;
    this.#lookAtAll();
  }

  #note({ resource, object }: StoreEvent) {
    if (MAINS.includes(resource)) {
      this.#enqueue(resource, object);
    } else if (resource === PODS) {
      this.#enqueue(PODS, object);
      for (const { kind, name } of object.metadata.ownerReferences ?? []) {
        const main = MAINS.find(entry => entry.kind === kind);
        const owner =
          main && this.#store.get(main, name, object.metadata.namespace);
        if (owner) {
          this.#enqueue(main, owner);
        }
      }
    } else if (resource === NODES || resource === SERVING_RUNTIMES) {
      this.#lookAtAll();
    }
  }

  #lookAtAll() {
    for (const resource of [...MAINS, PODS]) {
      this.#store.list(resource).forEach(object => {
        this.#enqueue(resource, object);
      });
    }
  }

  #enqueue(resource: KubernetesResource, object: StoredObject) {
    const { namespace, name } = object.metadata;
    this.#queue.set(`${resource.plural}/${namespace}/${name}`, [
      resource,
      object,
    ]);
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = undefined;
      const due = [...this.#queue.values()];
      this.#queue.clear();
      for (const [kind, { metadata }] of due) {
        const live = this.#store.get(kind, metadata.name, metadata.namespace);
        if (live && kind === PODS) {
          this.#playKubelet(live);
        } else if (live) {
          this.#playController(kind, live);
        } else if (kind !== PODS) {
          this.#services.delete(`${metadata.namespace}/${metadata.name}`);
        }
      }
    });
  }

  #write(
    resource: KubernetesResource,
    object: StoredObject,
    change: (copy: StoredObject) => void,
  ) {
    const copy = structuredClone(object);
    change(copy);
    ownChanges(object, copy, 'kserve-controller');
    delete copy.metadata.resourceVersion;
    this.#store.put(resource, copy);
  }

  #playKubelet(pod: StoredObject) {
    const spec = pod.spec as { nodeName?: string };
    if (pod.metadata.deletionTimestamp) {
      if (!this.#holdsEnds) {
        this.#store.remove(PODS, pod);
        this.#lookAtAll();
      }
      return;
    }
    if (!spec.nodeName) {
      const place = schedule(this.#store, pod);
      if ('node' in place) {
        this.#write(PODS, pod, copy => {
          (copy.spec as { nodeName?: string }).nodeName = place.node;
        });
      } else {
        this.#write(PODS, pod, copy => {
          copy.status = unschedulable(place.message);
        });
      }
      return;
    }
    const owner = pod.metadata.ownerReferences?.[0]?.name ?? '';
    const behaviour = this.#behaviours.get(owner) ?? this.#standard;
    const known = pod.metadata.annotations?.['test/behaviour'];
    if (known !== behaviour) {
      this.#write(PODS, pod, copy => {
        copy.metadata.annotations = {
          ...copy.metadata.annotations,
          'test/behaviour': behaviour,
        };
        copy.status = podStatus(copy, behaviour);
      });
      if (behaviour === 'ready') {
        const { name, namespace = '' } = pod.metadata;
        const [container] = (pod.spec as { containers: Container[] })
          .containers;
        this.#logs.write(
          namespace,
          name,
          container.name,
          'Loading weights',
          'Application startup complete.',
        );
      }
    }
  }

  #playController(resource: KubernetesResource, main: StoredObject) {
    if (main.metadata.deletionTimestamp) {
      return;
    }
    const { name, namespace } = main.metadata;
    const key = `${namespace}/${name}`;
    const service = this.#services.get(key) ?? { revisions: [] };
    this.#services.set(key, service);
    const spec = main.spec as MainSpec;
    const containers = containersOf(this.#store, resource, main);
    if (!containers) {
      this.#writeStatus(resource, main, service, 'RuntimeNotRecognized');
      return;
    }
    const nodeSelector =
      spec.predictor?.nodeSelector ?? spec.template?.nodeSelector;
    const hash = hashOf([containers, nodeSelector]);
    if (service.revisions.at(-1)?.hash !== hash) {
      const number = String(service.revisions.length + 1).padStart(5, '0');
      service.revisions.push({
        name:
          resource === INFERENCE_SERVICES
            ? `${name}-predictor-${number}`
            : `${name}-kserve-${hash}`,
        hash,
        containers,
        ...(nodeSelector && { nodeSelector }),
      });
    }
    const wanted = spec.predictor?.minReplicas ?? spec.replicas ?? 1;
    const latest = service.revisions.at(-1)!;
    const isCanary = spec.predictor?.canaryTrafficPercent !== undefined;
    const live = service.revisions.filter(
      revision =>
        revision === latest ||
        revision.name === service.rolledOut ||
        (!service.rolledOut && revision === service.revisions.at(-2)),
    );
    for (const revision of service.revisions) {
      const pods = this.#podsOf(main, revision);
      const isReplaced =
        revision !== latest &&
        !isCanary &&
        this.#podsOf(main, latest).filter(isReady).length >= wanted;
      const target = live.includes(revision) && !isReplaced ? wanted : 0;
      for (let missing = target - pods.length; missing > 0; missing -= 1) {
        if (!this.#makePod(resource, main, revision)) {
          break;
        }
      }
      for (const pod of pods.slice(target)) {
        this.#store.delete(PODS, pod.metadata.name, namespace);
      }
    }
    this.#writeStatus(resource, main, service);
  }

  #podsOf(main: StoredObject, revision: Revision): StoredObject[] {
    return this.#store
      .list(PODS, main.metadata.namespace)
      .filter(
        ({ metadata }) =>
          metadata.deletionTimestamp === undefined &&
          metadata.ownerReferences?.[0]?.uid === main.metadata.uid &&
          metadata.labels?.['serving.knative.dev/revision'] === revision.name,
      );
  }

  #makePod(
    resource: KubernetesResource,
    main: StoredObject,
    revision: Revision,
  ): boolean {
    const { name, namespace, uid = '' } = main.metadata;
    const spec = main.spec as MainSpec;
    try {
      this.#store.put(PODS, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `${revision.name}-${randomUUID().slice(0, 5)}`,
          namespace,
          labels: {
            ...(spec.predictor?.labels ?? spec.labels),
            'serving.kserve.io/inferenceservice': name,
            'serving.knative.dev/revision': revision.name,
          },
          ownerReferences: [
            {
              apiVersion: resource.apiVersion,
              kind: resource.kind,
              name,
              uid,
              controller: true,
              blockOwnerDeletion: true,
            },
          ],
        },
        spec: {
          ...(revision.nodeSelector && {
            nodeSelector: revision.nodeSelector,
          }),
          initContainers: [INITIALIZER],
          containers: revision.containers,
        },
      });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      this.#warn(main, `${revision.name}-deployment`, error.message);
      return false;
    }
    return true;
  }

  #warn(main: StoredObject, replicaSet: string, reason: string) {
    const { namespace } = main.metadata;
    const message = `Error creating: ${reason}`;
    const now = new Date().toISOString();
    const name = `${replicaSet}.${hashOf(reason.replace(/^\S+ \S+/, ''))}`;
    if (this.#store.get(EVENTS, name, namespace)) {
      return;
    }
    this.#store.put(EVENTS, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: { kind: 'ReplicaSet', namespace, name: replicaSet },
      type: 'Warning',
      reason: 'FailedCreate',
      message,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
    });
  }

  #writeStatus(
    resource: KubernetesResource,
    main: StoredObject,
    service: Service,
    failure?: string,
  ) {
    const { name, namespace, generation } = main.metadata;
    const spec = main.spec as MainSpec;
    const wanted = spec.predictor?.minReplicas ?? spec.replicas ?? 1;
    const latest = service.revisions.at(-1);
    const isLatestReady =
      latest !== undefined &&
      this.#podsOf(main, latest).filter(isReady).length >= wanted;
    const percent = spec.predictor?.canaryTrafficPercent ?? 100;
    const before = service.revisions.find(
      revision => revision.name === service.rolledOut,
    );
    if (isLatestReady && percent === 100) {
      service.rolledOut = latest.name;
    }
    const traffic = trafficOf(latest, before, isLatestReady, percent);
    const isAnswering = traffic.length > 0 && !failure;
    const word = isAnswering ? 'True' : 'False';
    const host = `${name}-predictor.${namespace}.svc.cluster.local`;
    const url = this.#urlOf?.(main) ?? `http://${host}`;
    const condition = (type: string) => ({
      type,
      status: word,
      ...(failure && {
        reason: failure,
        message: `the runtime of ${name} is not there`,
      }),
    });
    const isLlm = resource === LLM_INFERENCE_SERVICES;
    const status = {
      observedGeneration: generation,
      conditions: [
        condition(isLlm ? 'WorkloadsReady' : 'PredictorReady'),
        condition('Ready'),
      ],
      ...(isAnswering && { url }),
      ...(isAnswering &&
        (isLlm ? { addresses: [{ url }] } : { address: { url } })),
      ...(!isLlm && {
        components: {
          predictor: {
            ...(latest && { latestCreatedRevision: latest.name }),
            ...(isLatestReady && { latestReadyRevision: latest.name }),
            ...(service.rolledOut && {
              latestRolledoutRevision: service.rolledOut,
            }),
            traffic,
          },
        },
        modelStatus: {
          transitionStatus: isAnswering ? 'UpToDate' : 'InProgress',
          states: {
            activeModelState: isAnswering ? 'Loaded' : 'Pending',
            targetModelState: isLatestReady ? 'Loaded' : 'Loading',
          },
        },
      }),
    };
    if (!sameJson(main.status, status)) {
      this.#write(resource, main, copy => {
        copy.status = status;
      });
    }
  }
}
