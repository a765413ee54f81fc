import { ServiceUnavailableError } from '@backstage/errors';
import type * as ClientNode from '@kubernetes/client-node';
import {
  FIELD_MANAGER,
  type KubernetesApi,
  type KubernetesList,
  type KubernetesObject,
  type KubernetesResource,
  type ListOptions,
  type WatchEvent,
} from './KubernetesApi';
import { KubernetesError, type KubernetesStatus } from './KubernetesError';
import { defaultApiTimes, type KubernetesApiTimes } from './apiTimes';
import { failureOf, reasonOf } from './failures';
import { linesOf } from './linesOf';
import { pause } from './pause';
import { resourcePath } from './resources';

/** The parts of `@kubernetes/client-node` that are used. */
export type ClientNodeModule = Pick<
  typeof ClientNode,
  'KubeConfig' | 'RequestContext' | 'HttpMethod' | 'IsomorphicFetchHttpLibrary'
>;

interface Call {
  method: 'GET' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: object;
  contentType?: string;
  signal?: AbortSignal;
  isStream?: boolean;
}

interface Opened {
  client: ClientNodeModule;
  config: ClientNode.KubeConfig;
  server: string;
}

interface Connection {
  headers: Record<string, string>;
  dispatcher: ReturnType<ClientNode.RequestContext['getDispatcher']>;
  until: number;
}

const ATTEMPTS = 4;
const PAGE = 500;
const RETRIED = new Set([429, 500, 502, 503, 504]);

/** Speaks to an API server through `@kubernetes/client-node`. */
export class ClientNodeKubernetesApi implements KubernetesApi {
  static create(options: {
    /** Words for messages: which cluster. */
    title: string;
    load: () => Promise<ClientNodeModule>;
    configure: (module: ClientNodeModule) => ClientNode.KubeConfig;
    times?: Partial<KubernetesApiTimes>;
  }): ClientNodeKubernetesApi {
    return new ClientNodeKubernetesApi(options);
  }

  readonly #title: string;
  readonly #times: KubernetesApiTimes;
  readonly #open: () => Promise<Opened>;
  #opened?: Promise<Opened>;
  #connection?: Promise<Connection>;

  private constructor({
    title,
    load,
    configure,
    times,
  }: Parameters<typeof ClientNodeKubernetesApi.create>[0]) {
    this.#title = title;
    this.#times = { ...defaultApiTimes, ...times };
    this.#open = async () => {
      const client = await load();
      const config = configure(client);
      const server = config.getCurrentCluster()?.server;
      if (!server) {
        throw new ServiceUnavailableError(
          `No API server is configured for ${title}; check modelServing.kserve.clusters`,
        );
      }
      return { client, config, server: server.replace(/\/+$/, '') };
    };
  }

  async version() {
    const { gitVersion } = await this.#json<{ gitVersion?: string }>({
      method: 'GET',
      path: '/version',
    });
    return gitVersion ?? 'unknown';
  }

  async get(resource: KubernetesResource, name: string, namespace?: string) {
    try {
      return await this.#json<KubernetesObject>({
        method: 'GET',
        path: resourcePath(resource, namespace, name),
      });
    } catch (error) {
      if (error instanceof KubernetesError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async list(
    resource: KubernetesResource,
    options: ListOptions = {},
  ): Promise<KubernetesList> {
    const items: KubernetesObject[] = [];
    let next: string | undefined;
    let restarts = 0;
    for (;;) {
      try {
        const page = await this.#json<{
          items?: KubernetesObject[];
          metadata?: { resourceVersion?: string; continue?: string };
        }>({
          method: 'GET',
          path: resourcePath(resource, options.namespace),
          query: {
            labelSelector: options.labelSelector,
            fieldSelector: options.fieldSelector,
            limit: PAGE,
            continue: next,
          },
        });
        items.push(...(page.items ?? []));
        next = page.metadata?.continue;
        if (!next) {
          return {
            items,
            resourceVersion: page.metadata?.resourceVersion ?? '',
          };
        }
      } catch (error) {
        const isExpired =
          error instanceof KubernetesError && error.status === 410;
        if (!isExpired || !next || restarts === 3) {
          throw error;
        }
        restarts += 1;
        items.length = 0;
        next = undefined;
      }
    }
  }

  async apply(
    resource: KubernetesResource,
    object: KubernetesObject,
    options: { force?: boolean } = {},
  ) {
    const { name, namespace } = object.metadata ?? {};
    return this.#json<KubernetesObject>({
      method: 'PATCH',
      path: resourcePath(resource, namespace, name),
      query: {
        fieldManager: FIELD_MANAGER,
        fieldValidation: 'Strict',
        force: options.force || undefined,
      },
      contentType: 'application/apply-patch+yaml',
      body: {
        ...object,
        apiVersion: resource.apiVersion,
        kind: resource.kind,
      },
    });
  }

  async delete(
    resource: KubernetesResource,
    name: string,
    namespace?: string,
    options: { propagation?: 'Foreground' | 'Background' } = {},
  ) {
    try {
      await this.#json({
        method: 'DELETE',
        path: resourcePath(resource, namespace, name),
        query: { propagationPolicy: options.propagation ?? 'Background' },
      });
    } catch (error) {
      if (!(error instanceof KubernetesError) || error.status !== 404) {
        throw error;
      }
    }
  }

  async *watch(
    resource: KubernetesResource,
    options: ListOptions & {
      resourceVersion: string;
      timeoutSeconds: number;
      signal: AbortSignal;
    },
  ): AsyncIterable<WatchEvent> {
    // A connection that died without a word is given up some time after the
    // server would have ended it.
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout((options.timeoutSeconds + 30) * 1000),
    ]);
    const lines = this.#lines({
      path: resourcePath(resource, options.namespace),
      query: {
        watch: true,
        allowWatchBookmarks: true,
        labelSelector: options.labelSelector,
        fieldSelector: options.fieldSelector,
        resourceVersion: options.resourceVersion,
        timeoutSeconds: options.timeoutSeconds,
      },
      signal,
    });
    for await (const line of lines) {
      const event = JSON.parse(line) as WatchEvent;
      if (event.type === 'ERROR') {
        const status = event.object as KubernetesStatus;
        throw new KubernetesError(status.code ?? 500, status);
      }
      yield event;
    }
  }

  logs(
    namespace: string,
    pod: string,
    options: {
      container?: string;
      tail: number;
      follow?: boolean;
      signal?: AbortSignal;
    },
  ): AsyncIterable<string> {
    return this.#lines({
      path: `/api/v1/namespaces/${encodeURIComponent(
        namespace,
      )}/pods/${encodeURIComponent(pod)}/log`,
      query: {
        container: options.container,
        tailLines: options.tail,
        follow: options.follow || undefined,
      },
      signal:
        options.signal ??
        (options.follow
          ? undefined
          : AbortSignal.timeout(this.#times.requestTimeout)),
    });
  }

  async *#lines(call: Omit<Call, 'method'>): AsyncIterable<string> {
    const response = await this.#send({
      ...call,
      method: 'GET',
      isStream: true,
    });
    const stream = response.body.stream();
    if (stream) {
      yield* linesOf(stream, call.signal);
    }
  }

  async #json<T>(call: Call): Promise<T> {
    const response = await this.#send(call);
    const text = await this.#answered(() => response.body.text());
    return (text ? JSON.parse(text) : {}) as T;
  }

  /** One request with its retries; everything that is sent may be sent twice. */
  async #send(call: Call): Promise<ClientNode.ResponseContext> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#attempt(call);
      const status = response.httpStatusCode;
      if (status >= 200 && status < 300) {
        return response;
      }
      const failure = await this.#answered(() => failureOf(response));
      const isLast = attempt === ATTEMPTS;
      if (status === 401 && attempt === 1) {
        this.#connection = undefined;
      } else if (!RETRIED.has(status) || isLast) {
        if (status >= 500 || status === 429) {
          throw new ServiceUnavailableError(
            `${this.#title} answered ${status}: ${failure.message}`,
          );
        }
        throw failure;
      } else {
        await pause(this.#delay(attempt, response), call.signal);
      }
    }
  }

  #delay(attempt: number, response: ClientNode.ResponseContext): number {
    const seconds = Number(response.headers['retry-after']);
    return Number.isFinite(seconds) && seconds > 0
      ? Math.min(seconds * 1000, this.#times.longestRetryAfter)
      : this.#times.retryDelay * 2 ** (attempt - 1);
  }

  async #attempt(call: Call): Promise<ClientNode.ResponseContext> {
    const { client, server } = await this.#load();
    const url = new URL(server + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    return this.#answered(async () => {
      const { headers, dispatcher } = await this.#connected();
      const context = new client.RequestContext(
        url.toString(),
        client.HttpMethod[call.method],
      );
      for (const [name, value] of Object.entries(headers)) {
        context.setHeaderParam(name, value);
      }
      context.setHeaderParam('Accept', 'application/json, */*');
      if (dispatcher) {
        context.setDispatcher(dispatcher);
      }
      if (call.body) {
        context.setHeaderParam(
          'Content-Type',
          call.contentType ?? 'application/json',
        );
        context.setBody(JSON.stringify(call.body));
      }
      const signals = [
        ...(call.signal ? [call.signal] : []),
        ...(call.isStream
          ? []
          : [AbortSignal.timeout(this.#times.requestTimeout)]),
      ];
      if (signals.length > 0) {
        context.setSignal(AbortSignal.any(signals));
      }
      return new client.IsomorphicFetchHttpLibrary().send(context).toPromise();
    }, call.signal);
  }

  /** Says in words of this product that nothing came back. */
  async #answered<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (signal?.aborted) {
        throw error;
      }
      throw new ServiceUnavailableError(
        `${this.#title} does not answer (${reasonOf(
          error,
        )}); check that its API server can be reached from the portal and that the credentials are valid`,
        error,
      );
    }
  }

  /** Loads the client and the cluster's configuration once. */
  #load(): Promise<Opened> {
    this.#opened ??= this.#open().catch(error => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  /**
   * Credentials and a pool of connections. The client makes a new pool for
   * each request, so it is asked once a minute only; a pool that is replaced
   * closes when its last stream ends.
   */
  async #connected(): Promise<Connection> {
    const present = await this.#connection?.catch(() => undefined);
    if (present && present.until > Date.now()) {
      return present;
    }
    this.#connection = this.#authenticate();
    const connection = await this.#connection;
    if (present?.dispatcher && present.dispatcher !== connection.dispatcher) {
      present.dispatcher.close().catch(() => {});
    }
    return connection;
  }

  async #authenticate(): Promise<Connection> {
    const { client, config, server } = await this.#load();
    const context = new client.RequestContext(server, client.HttpMethod.GET);
    await config.applySecurityAuthentication(context);
    return {
      // A token file may end with a line break, which no header may have.
      headers: Object.fromEntries(
        Object.entries<string>(context.getHeaders()).map(([name, value]) => [
          name,
          value.trim(),
        ]),
      ),
      dispatcher: context.getDispatcher(),
      until: Date.now() + this.#times.credentialsAge,
    };
  }
}
