import { randomUUID } from 'node:crypto';
import type { KubernetesResource } from '../../kubernetes/KubernetesApi';
import { admit, RESOURCES } from './kinds';
import { ApiError, sameJson, type StoredObject } from './objects';
import { admitToQuota } from './quota';

/** Something that happened to an object. */
export interface StoreEvent {
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: KubernetesResource;
  object: StoredObject;
  /** As it was, where it was there. */
  before?: StoredObject;
}

interface Entry {
  resource: KubernetesResource;
  object: StoredObject;
}

const wire = (object: StoredObject) =>
  JSON.parse(JSON.stringify(object)) as StoredObject;

const FOREGROUND = 'foregroundDeletion';

/** What etcd, admission and the garbage collector are together. */
export class ObjectStore {
  readonly #objects = new Map<string, Entry>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  #history: StoreEvent[] = [];
  #version = 1;
  #compacted = 0;

  /** The version of the last change. */
  get version(): number {
    return this.#version;
  }

  /** Versions up to here cannot be watched from any more. */
  get compacted(): number {
    return this.#compacted;
  }

  #key(resource: KubernetesResource, name: string, namespace = '') {
    return `${resource.apiVersion}/${resource.plural}/${namespace}/${name}`;
  }

  get(
    resource: KubernetesResource,
    name: string,
    namespace?: string,
  ): StoredObject | undefined {
    return this.#objects.get(this.#key(resource, name, namespace))?.object;
  }

  list(resource: KubernetesResource, namespace?: string): StoredObject[] {
    return [...this.#objects.values()]
      .filter(
        entry =>
          entry.resource === resource &&
          (namespace === undefined ||
            entry.object.metadata.namespace === namespace),
      )
      .map(({ object }) => object);
  }

  /** Stores an object as it now is; unchanged ones keep their version. */
  put(resource: KubernetesResource, given: StoredObject): StoredObject {
    const { name, namespace } = given.metadata;
    const before = this.get(resource, name, namespace);
    // As it would come over a wire: nothing is there and undefined.
    const object = wire(given);
    const asked = given.metadata.resourceVersion;
    if (
      before &&
      asked !== undefined &&
      asked !== before.metadata.resourceVersion
    ) {
      throw new ApiError({
        code: 409,
        reason: 'Conflict',
        message: `Operation cannot be fulfilled on ${resource.plural} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
      });
    }
    if (
      resource.namespaced &&
      !this.get(RESOURCES[0], namespace ?? '', undefined)
    ) {
      throw ApiError.notFound('namespaces', namespace ?? '');
    }
    admit(object);
    if (!before) {
      admitToQuota(object, resource.plural, this.#inNamespace(namespace));
      object.metadata.uid = randomUUID();
      object.metadata.creationTimestamp = new Date().toISOString();
      object.metadata.generation = 1;
    } else {
      object.metadata.uid = before.metadata.uid;
      object.metadata.creationTimestamp = before.metadata.creationTimestamp;
      object.metadata.deletionTimestamp = before.metadata.deletionTimestamp;
      object.metadata.generation =
        (before.metadata.generation ?? 1) +
        (sameJson(before.spec, object.spec) ? 0 : 1);
      object.metadata.resourceVersion = before.metadata.resourceVersion;
      if (sameJson(before, object)) {
        return before;
      }
    }
    this.#write(resource, wire(object), before);
    this.#removeIfFinished(resource, object);
    return this.get(resource, name, namespace) ?? object;
  }

  /** Begins the end of an object; what has finalizers or a grace period stays until they are done. */
  delete(
    resource: KubernetesResource,
    name: string,
    namespace?: string,
    propagation: string = 'Background',
  ): StoredObject {
    const before = this.get(resource, name, namespace);
    if (!before) {
      throw ApiError.notFound(resource.plural, name);
    }
    if (before.metadata.deletionTimestamp) {
      return before;
    }
    const object = structuredClone(before);
    const finalizers = [
      ...(object.metadata.finalizers ?? []),
      ...(propagation === 'Foreground' ? [FOREGROUND] : []),
    ];
    const isGraceful = finalizers.length > 0 || resource.plural === 'pods';
    if (isGraceful) {
      object.metadata.deletionTimestamp = new Date().toISOString();
      if (finalizers.length > 0) {
        object.metadata.finalizers = finalizers;
      }
      this.#write(resource, object, before);
    } else {
      this.#erase(resource, object);
    }
    for (const entry of this.#dependents(object)) {
      this.delete(
        entry.resource,
        entry.object.metadata.name,
        entry.object.metadata.namespace,
      );
    }
    this.#removeIfFinished(resource, object);
    return object;
  }

  /** Takes an object away at once, as a kubelet does with a pod that has ended. */
  remove(resource: KubernetesResource, object: StoredObject): void {
    const { name, namespace } = object.metadata;
    const present = this.get(resource, name, namespace);
    if (present?.metadata.uid === object.metadata.uid && present) {
      this.#erase(resource, present);
    }
  }

  /** Forgets what happened until now: watches from before get 410. */
  compact(): void {
    this.#history = [];
    this.#compacted = this.#version;
  }

  /** What happened after a version, oldest first. */
  since(version: number): StoreEvent[] {
    return this.#history.filter(event => event.version > version);
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #inNamespace(namespace: string | undefined) {
    return [...this.#objects.values()]
      .filter(({ object }) => object.metadata.namespace === namespace)
      .map(({ object, resource }) => ({ object, plural: resource.plural }));
  }

  #dependents({ metadata }: StoredObject): Entry[] {
    return [...this.#objects.values()].filter(({ object }) =>
      object.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid),
    );
  }

  #removeIfFinished(resource: KubernetesResource, object: StoredObject) {
    const { name, namespace } = object.metadata;
    const present = this.get(resource, name, namespace);
    if (!present?.metadata.deletionTimestamp || resource.plural === 'pods') {
      return;
    }
    const left = (present.metadata.finalizers ?? []).filter(
      finalizer =>
        finalizer !== FOREGROUND || this.#dependents(present).length > 0,
    );
    if (left.length === 0) {
      this.#erase(resource, present);
    }
  }

  #erase(resource: KubernetesResource, object: StoredObject) {
    const { name, namespace, ownerReferences = [] } = object.metadata;
    this.#objects.delete(this.#key(resource, name, namespace));
    this.#tell({ type: 'DELETED', resource, object: this.#versioned(object) });
    const owners = new Set(ownerReferences.map(({ uid }) => uid));
    for (const owner of [...this.#objects.values()]) {
      if (owners.has(owner.object.metadata.uid ?? '')) {
        this.#removeIfFinished(owner.resource, owner.object);
      }
    }
  }

  #write(
    resource: KubernetesResource,
    object: StoredObject,
    before: StoredObject | undefined,
  ) {
    const { name, namespace } = object.metadata;
    const stored = this.#versioned(object);
    this.#objects.set(this.#key(resource, name, namespace), {
      resource,
      object: stored,
    });
    this.#tell({
      type: before ? 'MODIFIED' : 'ADDED',
      resource,
      object: stored,
      ...(before && { before }),
    });
  }

  #versioned(object: StoredObject): StoredObject {
    this.#version += 1;
    const copy = structuredClone(object);
    copy.metadata.resourceVersion = String(this.#version);
    return copy;
  }

  #tell(change: Omit<StoreEvent, 'version'>) {
    const event = { ...change, version: this.#version };
    this.#history.push(event);
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }
}
