import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type {
  KubernetesObject,
  KubernetesResource,
} from '../../kubernetes/KubernetesApi';
import { NODES } from '../../kubernetes/resources';
import { Faults } from './Faults';
import { KServePlayer } from './KServePlayer';
import { ObjectStore } from './ObjectStore';
import type { StoredObject } from './objects';
import { PodLogs } from './PodLogs';
import { ApiRoutes } from './routes';
import { ownChanges } from './serverSideApply';

/** A node of the cluster. */
export interface TestNode {
  name: string;
  gpus?: number;
  labels?: Record<string, string>;
}

/** How a test API server is started. */
export interface TestKubernetesOptions {
  port?: number;
  /** Key and certificate in PEM; plain HTTP without. */
  tls?: { key: string; cert: string };
  /** What callers have to send as `Authorization: Bearer`. */
  token?: string;
  nodes?: TestNode[];
  /** Root of a server that answers for a model; default is the address inside a cluster. */
  urlOf?: (object: StoredObject) => string | undefined;
  /** Objects a page of a list has at most. */
  pageSize?: number;
}

/**
 * An API server of Kubernetes for tests, with something that plays KServe,
 * scheduler and kubelets: real HTTP, server-side apply with ownership of
 * fields, watches, quotas, finalizers and schemas, and faults on command.
 */
export class TestKubernetes {
  static async start(
    options: TestKubernetesOptions = {},
  ): Promise<TestKubernetes> {
    const server = new TestKubernetes(options);
    await server.#listen(options.port ?? 0);
    return server;
  }

  readonly store = new ObjectStore();
  readonly faults = new Faults();
  readonly logs = new PodLogs();
  readonly kserve: KServePlayer;
  readonly #options: TestKubernetesOptions;
  readonly #routes: ApiRoutes;
  readonly #sockets = new Set<Socket>();
  #server?: http.Server;
  #port = 0;

  private constructor(options: TestKubernetesOptions) {
    this.#options = options;
    this.kserve = KServePlayer.create({
      store: this.store,
      logs: this.logs,
      urlOf: options.urlOf,
    });
    this.#routes = ApiRoutes.create({
      store: this.store,
      faults: this.faults,
      logs: this.logs,
      token: options.token,
      pageSize: options.pageSize,
    });
    for (const node of options.nodes ?? [{ name: 'node-1', gpus: 4 }]) {
      this.addNode(node);
    }
    for (const name of ['default', 'kube-system', 'model-gateway']) {
      this.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
  }

  get url(): string {
    return `${this.#options.tls ? 'https' : 'http'}://127.0.0.1:${this.#port}`;
  }

  /** Requests so far, as `GET /path`. */
  get requests(): readonly string[] {
    return this.#routes.requests;
  }

  /** Watches that are open now. */
  get watches(): number {
    return this.#routes.watches;
  }

  addNode({ name, gpus = 0, labels = {} }: TestNode): void {
    const amounts = {
      cpu: '32',
      memory: '256Gi',
      pods: '110',
      ...(gpus > 0 && { 'nvidia.com/gpu': String(gpus) }),
    };
    this.store.put(NODES, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: { 'kubernetes.io/hostname': name, ...labels },
      },
      spec: {},
      status: {
        allocatable: amounts,
        capacity: amounts,
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    });
  }

  /** Writes an object as somebody else would. */
  create(object: KubernetesObject, manager = 'kubectl-create'): StoredObject {
    const resource = this.resource(object.kind ?? '');
    const stored = structuredClone(object) as StoredObject;
    ownChanges(undefined, stored, manager);
    return this.store.put(resource, stored);
  }

  /** Changes an object as somebody else would, for example with `kubectl edit`. */
  edit(
    resource: KubernetesResource,
    name: string,
    namespace: string | undefined,
    change: (object: StoredObject) => void,
    manager = 'kubectl-edit',
  ): StoredObject {
    const before = this.store.get(resource, name, namespace);
    if (!before) {
      throw new Error(`No ${resource.kind} ${namespace}/${name}`);
    }
    const after = structuredClone(before);
    change(after);
    ownChanges(before, after, manager);
    return this.store.put(resource, after);
  }

  resource(kind: string): KubernetesResource {
    return this.#routes.resourceOf(kind);
  }

  /** Breaks all watches off. */
  dropWatches(): void {
    this.#routes.dropWatches();
  }

  /** Sends a bookmark to all watches. */
  bookmark(): void {
    this.#routes.bookmark();
  }

  /** Nobody answers at the address any more; the cluster itself goes on. */
  async goAway(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) {
      this.#sockets.forEach(socket => socket.destroy());
      server.close();
      await once(server, 'close');
    }
  }

  /** Answers at the same address again. */
  async comeBack(): Promise<void> {
    if (!this.#server) {
      await this.#listen(this.#port);
    }
  }

  async stop(): Promise<void> {
    this.kserve.stop();
    await this.goAway();
  }

  async #listen(port: number): Promise<void> {
    const handle = (
      request: http.IncomingMessage,
      response: http.ServerResponse,
    ) => this.#routes.handle(request, response);
    const server = this.#options.tls
      ? https.createServer(this.#options.tls, handle)
      : http.createServer(handle);
    server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }
}
