import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterConfig } from '../config/ClusterConfig';
import type {
  KubernetesApi,
  KubernetesObject,
  KubernetesResource,
} from '../kubernetes/KubernetesApi';
import { KubernetesError } from '../kubernetes/KubernetesError';
import {
  INFERENCE_SERVICES,
  LLM_INFERENCE_SERVICES,
  NETWORK_POLICIES,
  PODS,
  SECRETS,
} from '../kubernetes/resources';
import { supportingObjects } from '../manifests/deploymentObjects';
import { LABELS, MANAGER, teamNamespace } from '../manifests/names';
import { teamObjects, type Manifest } from '../manifests/teamObjects';
import type { Workload } from '../manifests/workload';
import { applyOurs } from './applyOurs';

const TEAM_AGE = 5 * 60_000;
const ATTEMPTS = 4;

/** The hub's objects on one cluster. */
export class ClusterObjects {
  static create(options: {
    cluster: ClusterConfig;
    api: KubernetesApi;
    logger: LoggerService;
    now: () => number;
  }): ClusterObjects {
    return new ClusterObjects(options);
  }

  /** The kind that KServe runs here. */
  readonly mainResource: KubernetesResource;
  readonly #cluster: ClusterConfig;
  readonly #api: KubernetesApi;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #teams = new Map<string, { at: number; text: string }>();

  private constructor({
    cluster,
    api,
    logger,
    now,
  }: Parameters<typeof ClusterObjects.create>[0]) {
    this.#cluster = cluster;
    this.#api = api;
    this.#logger = logger;
    this.#now = now;
    this.mainResource =
      cluster.runtime === 'InferenceService'
        ? INFERENCE_SERVICES
        : LLM_INFERENCE_SERVICES;
  }

  /** Label selector of one deployment, or of all. */
  selector(id?: string): string {
    return [
      `${LABELS.managedBy}=${MANAGER}`,
      `${LABELS.cluster}=${this.#cluster.id}`,
      id === undefined ? LABELS.id : `${LABELS.id}=${id}`,
    ].join(',');
  }

  async main(id: string): Promise<KubernetesObject | undefined> {
    const { items } = await this.#api.list(this.mainResource, {
      labelSelector: this.selector(id),
    });
    return items[0];
  }

  /** Where a deployment lies, as long as anything of it is there. */
  async namespaceOf(id: string): Promise<string | undefined> {
    for (const resource of [this.mainResource, PODS]) {
      const { items } = await this.#api.list(resource, {
        labelSelector: this.selector(id),
      });
      if (items[0]) {
        return items[0].metadata?.namespace;
      }
    }
    return undefined;
  }

  /** Applies one object; again when another write was first. */
  async apply(manifest: Manifest): Promise<KubernetesObject> {
    return this.retryStale(() => this.applyOnce(manifest));
  }

  /** Applies one object; with a version in it, only to that one. */
  async applyOnce(manifest: Manifest): Promise<KubernetesObject> {
    return applyOurs(
      { api: this.#api, title: this.#cluster.title, logger: this.#logger },
      manifest,
    );
  }

  /** Does something again while another write was first. */
  async retryStale<T>(attemptOnce: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptOnce();
      } catch (error) {
        const isStale = error instanceof KubernetesError && error.isStale;
        if (!isStale || attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  /** What a team needs before its first model; looked at again every five minutes. */
  async prepareTeam(team: string): Promise<void> {
    const manifests = teamObjects(this.#cluster, team);
    const namespace = teamNamespace(this.#cluster.namespacePrefix, team);
    const text = JSON.stringify(manifests);
    const known = this.#teams.get(namespace);
    if (known?.text === text && this.#now() - known.at < TEAM_AGE) {
      return;
    }
    for (const manifest of manifests) {
      await this.apply(manifest);
    }
    this.#teams.set(namespace, { at: this.#now(), text });
  }

  /**
   * Applies what a deployment needs beside its main object. With an owner,
   * Kubernetes removes it together with that, whoever removes it.
   */
  async support(
    workload: Workload,
    token: string,
    owner?: KubernetesObject,
  ): Promise<void> {
    const { apiVersion, kind } = this.mainResource;
    const { name = '', uid = '' } = owner?.metadata ?? {};
    for (const { resource, object } of supportingObjects(workload, token)) {
      const isOwned = Boolean(owner && object.metadata?.labels?.[LABELS.id]);
      await this.apply({
        resource,
        object: {
          ...object,
          metadata: {
            ...object.metadata,
            ...(isOwned && {
              ownerReferences: [{ apiVersion, kind, name, uid }],
            }),
          },
        },
      });
    }
  }

  /** Removes a deployment with all that belongs to it, pods last. */
  async remove(id: string): Promise<void> {
    const labelSelector = this.selector(id);
    const mains = await this.#api.list(this.mainResource, { labelSelector });
    await this.#deleteAll(this.mainResource, mains.items, 'Foreground');
    for (const resource of [SECRETS, NETWORK_POLICIES]) {
      const { items } = await this.#api.list(resource, { labelSelector });
      await this.#deleteAll(resource, items, 'Background');
    }
    if (mains.items.length === 0) {
      // Pods that nobody owns any more hold GPUs all the same.
      const pods = await this.#api.list(PODS, { labelSelector });
      await this.#deleteAll(
        PODS,
        pods.items.filter(
          ({ metadata }) => metadata?.deletionTimestamp === undefined,
        ),
        'Background',
      );
    }
  }

  async #deleteAll(
    resource: KubernetesResource,
    objects: KubernetesObject[],
    propagation: 'Foreground' | 'Background',
  ): Promise<void> {
    for (const { metadata } of objects) {
      await this.#api.delete(
        resource,
        metadata?.name ?? '',
        metadata?.namespace,
        { propagation },
      );
    }
  }
}
