import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  DeploymentEngine,
  DeploymentEvent,
  DeploymentRequest,
  DeploymentStatus,
  EngineHealth,
  EngineModel,
} from '@modelhub/backstage-plugin-models-node';
import type { ClusterConfig } from '../config/ClusterConfig';
import type {
  KubernetesApi,
  KubernetesObject,
} from '../kubernetes/KubernetesApi';
import { KubernetesError } from '../kubernetes/KubernetesError';
import { ListWatch, type WatchTimes } from '../kubernetes/ListWatch';
import { EVENTS, PODS } from '../kubernetes/resources';
import { mainObject } from '../manifests/deploymentObjects';
import { LABELS } from '../manifests/names';
import { runtimeChoice } from '../manifests/runtimeChoice';
import { readSettings } from '../manifests/settings';
import { storageAddress } from '../manifests/storageUri';
import type { KeptRequest, Workload } from '../manifests/workload';
import { deploymentEvents } from '../status/events';
import { keptRequest, readStatus } from '../status/readStatus';
import { inWords } from './applyOurs';
import { Availability } from './Availability';
import { ClusterObjects } from './ClusterObjects';
import { fitOnCluster } from './fit';
import { countGpus } from './GpuCount';
import { podLogs } from './podLogs';

const HEALTH_AGE = 10_000;

/** Runs models on one cluster with KServe. */
export class KServeEngine implements DeploymentEngine {
  static create(options: {
    cluster: ClusterConfig;
    api: KubernetesApi;
    logger: LoggerService;
    now?: () => number;
    availability?: Availability;
    watchTimes?: Partial<WatchTimes>;
  }): KServeEngine {
    return new KServeEngine(options);
  }

  readonly id: string;
  readonly title: string;
  readonly hasGpus: boolean;
  readonly #cluster: ClusterConfig;
  readonly #api: KubernetesApi;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #availability: Availability;
  readonly #watchTimes?: Partial<WatchTimes>;
  readonly #objects: ClusterObjects;
  #health?: { at: number; answer: Promise<EngineHealth> };

  private constructor({
    cluster,
    api,
    logger,
    now = Date.now,
    availability,
    watchTimes,
  }: Parameters<typeof KServeEngine.create>[0]) {
    this.id = cluster.id;
    this.title = cluster.title;
    this.hasGpus = cluster.gpus.length > 0;
    this.#cluster = cluster;
    this.#api = api;
    this.#logger = logger;
    this.#now = now;
    this.#availability = availability ?? Availability.create({ now });
    this.#watchTimes = watchTimes;
    this.#objects = ClusterObjects.create({ cluster, api, logger, now });
  }

  fit(model: EngineModel, kind: DeploymentRequest['kind']) {
    return fitOnCluster(this.#cluster, model, kind);
  }

  async health(): Promise<EngineHealth> {
    if (!this.#health || this.#now() - this.#health.at > HEALTH_AGE) {
      this.#health = { at: this.#now(), answer: this.#askHealth() };
    }
    return this.#health.answer;
  }

  async provision(request: DeploymentRequest): Promise<DeploymentStatus> {
    const { token, ...kept } = request;
    const workload = this.#workload(kept);
    const main = mainObject(workload);
    return this.#ask(async () => {
      const present = await this.#objects.main(request.id);
      if (present?.metadata?.deletionTimestamp) {
        throw new ConflictError(
          `${request.id} is being stopped on ${this.title}; use another id`,
        );
      }
      await this.#objects.prepareTeam(request.team);
      await this.#objects.support(workload, token, present);
      const object = await this.#objects.apply(main);
      if (!present) {
        await this.#objects.support(workload, token, object);
      }
      return this.#read(request.id, object);
    });
  }

  async status(id: string): Promise<DeploymentStatus> {
    return this.#ask(async () => this.#read(id, await this.#objects.main(id)));
  }

  async list(): Promise<DeploymentStatus[]> {
    return this.#ask(async () => {
      const labelSelector = this.#objects.selector();
      const [objects, pods] = await Promise.all([
        this.#api.list(this.#objects.mainResource, { labelSelector }),
        this.#api.list(PODS, { labelSelector }),
      ]);
      const byId = new Map<
        string,
        { object?: KubernetesObject; pods: KubernetesObject[] }
      >();
      const entry = (object: KubernetesObject) => {
        const id = object.metadata?.labels?.[LABELS.id] ?? '';
        const found = byId.get(id) ?? { pods: [] };
        byId.set(id, found);
        return found;
      };
      for (const object of objects.items) {
        entry(object).object = object;
      }
      for (const pod of pods.items) {
        entry(pod).pods.push(pod);
      }
      return [...byId]
        .map(([id, observed]) => readStatus(this.#cluster, { id, ...observed }))
        .filter(({ phase }) => phase !== 'gone');
    });
  }

  async watch(
    onChange: (id: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const tell = (object: KubernetesObject) => {
      const id = object.metadata?.labels?.[LABELS.id];
      if (id) {
        onChange(id);
      }
    };
    await Promise.all(
      [this.#objects.mainResource, PODS].map(resource =>
        ListWatch.create({
          api: this.#api,
          resource,
          labelSelector: this.#objects.selector(),
          onChange: tell,
          logger: this.#logger,
          times: this.#watchTimes,
        }).run(signal),
      ),
    );
  }

  async scale(
    id: string,
    replicas: { min: number; max: number },
  ): Promise<void> {
    if (!(replicas.min >= 0 && replicas.max >= Math.max(1, replicas.min))) {
      throw new InputError(
        `Replicas from ${replicas.min} to ${replicas.max} make no sense; use 0 or more for the least and 1 or more for the most`,
      );
    }
    if (
      replicas.min === 0 &&
      this.#cluster.runtime === 'InferenceService' &&
      this.#cluster.deploymentMode !== 'Knative'
    ) {
      throw new InputError(
        `${this.title} runs models without Knative and cannot scale them to nothing; use 1 or more, or stop it`,
      );
    }
    await this.#change(id, request => ({ ...request, replicas }));
  }

  async setCanary(id: string, percent: number): Promise<void> {
    if (!(percent >= 0 && percent <= 100)) {
      throw new InputError(
        `A canary takes 0 to 100 percent, and not ${percent}`,
      );
    }
    this.#requireRevisions();
    await this.#change(id, request => ({
      ...request,
      settings: { ...request.settings, canaryPercent: percent },
    }));
  }

  async promote(id: string): Promise<void> {
    this.#requireRevisions();
    await this.#change(id, ({ settings, ...request }) => {
      const { canaryPercent: _, ...rest } = settings ?? {};
      return { ...request, settings: rest };
    });
  }

  async rollBack(id: string): Promise<void> {
    await this.setCanary(id, 0);
  }

  async stop(id: string): Promise<void> {
    await this.#ask(() => this.#objects.remove(id));
  }

  async events(id: string): Promise<DeploymentEvent[]> {
    return this.#ask(async () => {
      const namespace = await this.#objects.namespaceOf(id);
      if (!namespace) {
        return [];
      }
      const { items } = await this.#api.list(EVENTS, { namespace });
      return deploymentEvents(id, items);
    });
  }

  async *logs(
    id: string,
    options: { tail: number; follow?: boolean; signal?: AbortSignal },
  ): AsyncIterable<string> {
    const { items } = await this.#ask(() =>
      this.#api.list(PODS, { labelSelector: this.#objects.selector(id) }),
    );
    yield* podLogs(this.#api, items, options);
  }

  /** One question to the cluster, in words when it goes wrong. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await this.#availability.run(question);
    } catch (error) {
      throw error instanceof KubernetesError
        ? inWords(error, this.#objects.mainResource.plural, this.title)
        : error;
    }
  }

  async #askHealth(): Promise<EngineHealth> {
    try {
      const gpus = await this.#ask(async () => {
        await this.#api.version();
        return this.hasGpus ? countGpus(this.#api, this.#cluster) : undefined;
      });
      return {
        state: 'up',
        since: this.#availability.since,
        ...(gpus && { gpus }),
      };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) {
        throw error;
      }
      this.#health = undefined;
      return {
        state: 'away',
        message: error.message,
        since: this.#availability.since,
      };
    }
  }

  #workload(request: KeptRequest): Workload {
    const { kind, model } = request;
    const choice = runtimeChoice(model, kind);
    const address = storageAddress(model, this.#cluster.storage);
    const problem =
      ('reason' in choice && choice.reason) ||
      ('reason' in address && address.reason);
    if ('reason' in choice || 'reason' in address) {
      throw new InputError(String(problem));
    }
    const settings = readSettings(request.settings);
    if (settings.canaryPercent !== undefined) {
      this.#requireRevisions();
    }
    return {
      cluster: this.#cluster,
      request,
      settings,
      runtime: choice.runtime,
      address,
    };
  }

  #requireRevisions() {
    if (
      this.#cluster.runtime !== 'InferenceService' ||
      this.#cluster.deploymentMode !== 'Knative'
    ) {
      throw new InputError(
        `${this.title} has no revisions to share calls between; canaries need an InferenceService in the deploymentMode Knative`,
      );
    }
  }

  async #read(
    id: string,
    object: KubernetesObject | undefined,
  ): Promise<DeploymentStatus> {
    const { items: pods } = await this.#api.list(PODS, {
      labelSelector: this.#objects.selector(id),
    });
    const status = readStatus(this.#cluster, { id, object, pods });
    if (status.phase !== 'pending' || pods.length > 0) {
      return status;
    }
    // Without pods only the events can tell why.
    const { items: events } = await this.#api.list(EVENTS, {
      namespace: object?.metadata?.namespace,
    });
    return readStatus(this.#cluster, { id, object, pods, events });
  }

  /** Changes a part of what was asked for, on what the cluster has now. */
  async #change(
    id: string,
    change: (request: KeptRequest) => KeptRequest,
  ): Promise<void> {
    await this.#ask(() =>
      this.#objects.retryStale(async () => {
        const present = await this.#objects.main(id);
        const request = keptRequest(present);
        if (!present || !request || present.metadata?.deletionTimestamp) {
          throw new NotFoundError(
            `${id} does not run on ${this.title}; look at the list of deployments`,
          );
        }
        const { resource, object } = mainObject(
          this.#workload(change(request)),
        );
        const { resourceVersion } = present.metadata ?? {};
        await this.#objects.applyOnce({
          resource,
          object: {
            ...object,
            metadata: { ...object.metadata, resourceVersion },
          },
        });
      }),
    );
  }
}
