/** One entry of `metadata.managedFields`. */
export interface ManagedFieldsEntry {
  manager?: string;
  operation?: string;
  fieldsV1?: Record<string, unknown>;
  [key: string]: unknown;
}

/** The metadata that this module reads or writes. */
export interface ObjectMeta {
  name?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: Array<{
    apiVersion: string;
    kind: string;
    name: string;
    uid: string;
    controller?: boolean;
    blockOwnerDeletion?: boolean;
  }>;
  managedFields?: ManagedFieldsEntry[];
}

/** An object of any kind. */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata?: ObjectMeta;
  [key: string]: unknown;
}

/** A kind as the API server calls it in paths. */
export interface KubernetesResource {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

/** What a list asks for; all pages are fetched. */
export interface ListOptions {
  /** All namespaces without. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** A list with the version at which it was true. */
export interface KubernetesList {
  items: KubernetesObject[];
  resourceVersion: string;
}

/** What a watch says. */
export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
  | { type: 'BOOKMARK'; object: KubernetesObject }
  | { type: 'ERROR'; object: KubernetesObject };

/**
 * What this module asks of an API server of Kubernetes. Failures are
 * {@link KubernetesError}s; a server that does not answer is a
 * `ServiceUnavailableError`.
 */
export interface KubernetesApi {
  /** For example `v1.33.2`. */
  version(): Promise<string>;

  get(
    resource: KubernetesResource,
    name: string,
    namespace?: string,
  ): Promise<KubernetesObject | undefined>;

  list(
    resource: KubernetesResource,
    options?: ListOptions,
  ): Promise<KubernetesList>;

  /** Server-side apply as `model-hub`; `force` takes fields from other managers. */
  apply(
    resource: KubernetesResource,
    object: KubernetesObject,
    options?: { force?: boolean },
  ): Promise<KubernetesObject>;

  /** Nothing happens when it is not there. */
  delete(
    resource: KubernetesResource,
    name: string,
    namespace?: string,
    options?: { propagation?: 'Foreground' | 'Background' },
  ): Promise<void>;

  /** Ends when the server ends it or the signal says so. */
  watch(
    resource: KubernetesResource,
    options: ListOptions & {
      resourceVersion: string;
      timeoutSeconds: number;
      signal: AbortSignal;
    },
  ): AsyncIterable<WatchEvent>;

  /** Lines, oldest first. */
  logs(
    namespace: string,
    pod: string,
    options: {
      container?: string;
      tail: number;
      follow?: boolean;
      signal?: AbortSignal;
    },
  ): AsyncIterable<string>;
}

/** The name that stands for the hub in `metadata.managedFields`. */
export const FIELD_MANAGER = 'model-hub';
