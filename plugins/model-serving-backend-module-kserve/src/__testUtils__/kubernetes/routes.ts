import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KubernetesResource } from '../../kubernetes/KubernetesApi';
import type { Faults } from './Faults';
import { RESOURCES } from './kinds';
import type { ObjectStore, StoreEvent } from './ObjectStore';
import {
  ApiError,
  matchesFields,
  matchesLabels,
  statusObject,
  type StoredObject,
} from './objects';
import type { PodLogs } from './PodLogs';
import { bodyOf, discover, merged } from './requests';
import { applyObject, ownChanges } from './serverSideApply';

interface Target {
  resource: KubernetesResource;
  namespace?: string;
  name?: string;
  subresource?: string;
}

interface OpenWatch {
  response: ServerResponse;
  sendBookmark: () => void;
}

const PATH =
  /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+)(?=\/[a-z]))?\/([a-z]+)(?:\/([^/]+))?(?:\/([a-z]+))?$/;

/** What the API server answers by path and method. */
export class ApiRoutes {
  static create(options: {
    store: ObjectStore;
    faults: Faults;
    logs: PodLogs;
    token?: string;
    pageSize?: number;
  }): ApiRoutes {
    return new ApiRoutes(options);
  }

  readonly requests: string[] = [];
  readonly #store: ObjectStore;
  readonly #faults: Faults;
  readonly #logs: PodLogs;
  readonly #token?: string;
  readonly #pageSize: number;
  readonly #watches = new Set<OpenWatch>();

  private constructor({
    store,
    faults,
    logs,
    token,
    pageSize = 500,
  }: Parameters<typeof ApiRoutes.create>[0]) {
    this.#store = store;
    this.#faults = faults;
    this.#logs = logs;
    this.#token = token;
    this.#pageSize = pageSize;
  }

  get watches(): number {
    return this.#watches.size;
  }

  resourceOf(kind: string): KubernetesResource {
    const found = RESOURCES.find(resource => resource.kind === kind);
    if (!found) {
      throw new Error(`The test API server does not know ${kind}`);
    }
    return found;
  }

  dropWatches(): void {
    this.#watches.forEach(({ response }) => response.destroy());
  }

  bookmark(): void {
    this.#watches.forEach(({ sendBookmark }) => sendBookmark());
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    this.requests.push(`${method} ${url}`);
    try {
      const fault = this.#faults.take(method, url);
      if (fault?.hangs) {
        return;
      }
      if (fault?.drops) {
        request.destroy();
        return;
      }
      if (fault?.status) {
        throw new ApiError(
          {
            code: fault.status,
            reason: fault.reason ?? 'InternalError',
            message: fault.message ?? `a fault of the test: ${fault.status}`,
          },
          fault.retryAfter !== undefined
            ? { 'retry-after': String(fault.retryAfter) }
            : {},
        );
      }
      if (
        this.#token &&
        request.headers.authorization !== `Bearer ${this.#token}`
      ) {
        throw new ApiError({
          code: 401,
          reason: 'Unauthorized',
          message: 'Unauthorized',
        });
      }
      await this.#route(
        method,
        new URL(url, 'http://local'),
        request,
        response,
      );
    } catch (error) {
      const body =
        error instanceof ApiError
          ? error.body
          : {
              code: 500,
              reason: 'InternalError',
              message: `the test API server failed: ${(error as Error).stack}`,
            };
      const headers = error instanceof ApiError ? error.headers : {};
      response.writeHead(body.code, {
        'content-type': 'application/json',
        ...headers,
      });
      response.end(JSON.stringify(statusObject(body)));
    }
  }

  async #route(
    method: string,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const send = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const query = url.searchParams;
    if (['/readyz', '/livez', '/healthz'].includes(url.pathname)) {
      response.end('ok');
      return;
    }
    if (url.pathname === '/version') {
      send({ major: '1', minor: '36', gitVersion: 'v1.36.0-test' });
      return;
    }
    const discovered = discover(url.pathname);
    if (discovered) {
      send(discovered);
      return;
    }
    const target = this.#target(url.pathname);
    const { resource, namespace, name, subresource } = target;
    if (subresource === 'log' && resource.plural === 'pods') {
      this.#sendLog(target, query, response);
    } else if (method === 'GET' && name) {
      send(this.#required(target));
    } else if (method === 'GET' && query.get('watch') === 'true') {
      this.#watch(target, query, response);
    } else if (method === 'GET') {
      send(this.#page(target, query));
    } else if (method === 'POST') {
      const body = await bodyOf(request);
      body.metadata.namespace ??= namespace!;
      if (this.#store.get(resource, body.metadata.name, namespace)) {
        throw new ApiError({
          code: 409,
          reason: 'AlreadyExists',
          message: `${resource.plural} "${body.metadata.name}" already exists`,
        });
      }
      ownChanges(undefined, body, query.get('fieldManager') ?? 'unknown');
      send(this.#store.put(resource, body), 201);
    } else if (method === 'PUT' && name) {
      const before = this.#required(target);
      const body = await bodyOf(request);
      body.metadata.managedFields = structuredClone(
        before.metadata.managedFields,
      );
      ownChanges(before, body, query.get('fieldManager') ?? 'unknown');
      send(this.#store.put(resource, body));
    } else if (method === 'PATCH' && name) {
      await this.#patch(target, query, request, send);
    } else if (method === 'DELETE' && name) {
      await bodyOf(request);
      const policy = query.get('propagationPolicy') ?? undefined;
      send(this.#store.delete(resource, name, namespace, policy));
    } else {
      throw new ApiError({
        code: 405,
        reason: 'MethodNotAllowed',
        message:
          'the server does not allow this method on the requested resource',
      });
    }
  }

  async #patch(
    { resource, namespace, name }: Target,
    query: URLSearchParams,
    request: IncomingMessage,
    send: (body: unknown, status?: number) => void,
  ): Promise<void> {
    const type = request.headers['content-type'] ?? '';
    const body = await bodyOf(request);
    const live = this.#store.get(resource, name!, namespace);
    const manager = query.get('fieldManager');
    if (type.startsWith('application/apply-patch')) {
      if (!manager) {
        throw new ApiError({
          code: 400,
          reason: 'BadRequest',
          message: 'fieldManager is required for apply patch',
        });
      }
      if (body.metadata?.name !== name) {
        throw new ApiError({
          code: 400,
          reason: 'BadRequest',
          message: `the name of the object (${body.metadata?.name}) does not match the name on the URL (${name})`,
        });
      }
      const { resourceVersion } = body.metadata;
      const result = applyObject(
        live,
        { ...body, metadata: { ...body.metadata, namespace } },
        manager,
        query.get('force') === 'true',
      );
      if (resourceVersion) {
        result.metadata.resourceVersion = resourceVersion;
      }
      send(this.#store.put(resource, result), live ? 200 : 201);
      return;
    }
    if (!type.startsWith('application/merge-patch+json')) {
      throw new ApiError({
        code: 415,
        reason: 'UnsupportedMediaType',
        message: `the body of the request was in an unknown format: ${type}`,
      });
    }
    if (!live) {
      throw ApiError.notFound(resource.plural, name!);
    }
    const after = merged(live, body) as StoredObject;
    after.metadata.managedFields = structuredClone(live.metadata.managedFields);
    ownChanges(live, after, manager ?? 'unknown');
    send(this.#store.put(resource, after));
  }

  #target(path: string): Target {
    const [, core, group, namespace, plural, name, subresource] =
      PATH.exec(path) ?? [];
    const resource = RESOURCES.find(
      entry => entry.apiVersion === (core ?? group) && entry.plural === plural,
    );
    if (!resource) {
      throw new ApiError({
        code: 404,
        reason: 'NotFound',
        message: 'the server could not find the requested resource',
      });
    }
    return { resource, namespace, name, subresource };
  }

  #required({ resource, name, namespace }: Target): StoredObject {
    const found = this.#store.get(resource, name!, namespace);
    if (!found) {
      throw ApiError.notFound(resource.plural, name!);
    }
    return found;
  }

  #page({ resource, namespace }: Target, query: URLSearchParams): object {
    const limit = Math.min(
      Number(query.get('limit') ?? this.#pageSize),
      this.#pageSize,
    );
    const next = query.get('continue');
    const [version, offset] = next
      ? (JSON.parse(Buffer.from(next, 'base64url').toString()) as number[])
      : [this.#store.version, 0];
    if (version < this.#store.compacted) {
      throw ApiError.expired(
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
      );
    }
    const all = this.#store
      .list(resource, namespace)
      .filter(
        object =>
          matchesLabels(object.metadata.labels, query.get('labelSelector')) &&
          matchesFields(object, query.get('fieldSelector')),
      );
    const end = offset + limit;
    return {
      kind: `${resource.kind}List`,
      apiVersion: resource.apiVersion,
      metadata: {
        resourceVersion: String(version),
        ...(end < all.length && {
          continue: Buffer.from(JSON.stringify([version, end])).toString(
            'base64url',
          ),
        }),
      },
      items: all.slice(offset, end),
    };
  }

  #watch(
    { resource, namespace }: Target,
    query: URLSearchParams,
    response: ServerResponse,
  ): void {
    const from = Number(query.get('resourceVersion') ?? this.#store.version);
    response.writeHead(200, { 'content-type': 'application/json' });
    const write = (type: string, object: object) =>
      response.write(`${JSON.stringify({ type, object })}\n`);
    if (from < this.#store.compacted) {
      write(
        'ERROR',
        statusObject({
          code: 410,
          reason: 'Expired',
          message: `too old resource version: ${from} (${
            this.#store.compacted + 1
          })`,
        }),
      );
      response.end();
      return;
    }
    const matches = (object: StoredObject | undefined) =>
      object !== undefined &&
      matchesLabels(object.metadata.labels, query.get('labelSelector')) &&
      matchesFields(object, query.get('fieldSelector'));
    const tell = (event: StoreEvent) => {
      if (
        event.resource !== resource ||
        (namespace && event.object.metadata.namespace !== namespace)
      ) {
        return;
      }
      const was = matches(event.before);
      if (event.type !== 'MODIFIED' || was === matches(event.object)) {
        if (matches(event.object)) {
          write(event.type, event.object);
        }
      } else {
        write(was ? 'DELETED' : 'ADDED', event.object);
      }
    };
    this.#store.since(from).forEach(tell);
    const unsubscribe = this.#store.subscribe(tell);
    const sendBookmark = () =>
      write('BOOKMARK', {
        kind: resource.kind,
        apiVersion: resource.apiVersion,
        metadata: { resourceVersion: String(this.#store.version) },
      });
    const seconds = Number(query.get('timeoutSeconds') ?? 1800);
    const timer = setTimeout(() => {
      sendBookmark();
      response.end();
    }, seconds * 1000);
    const open = { response, sendBookmark };
    this.#watches.add(open);
    response.flushHeaders();
    response.on('close', () => {
      clearTimeout(timer);
      unsubscribe();
      this.#watches.delete(open);
    });
  }

  #sendLog(
    target: Target,
    query: URLSearchParams,
    response: ServerResponse,
  ): void {
    const pod = this.#required({ ...target, subresource: undefined });
    const containers =
      (pod.spec as { containers?: Array<{ name: string }> }).containers ?? [];
    const container = query.get('container') ?? containers[0]?.name;
    const address = [target.namespace!, target.name!, container] as const;
    const lines = this.#logs.read(...address);
    const tail = Number(query.get('tailLines') ?? lines.length);
    response.writeHead(200, { 'content-type': 'text/plain' });
    const write = (line: string) => response.write(`${line}\n`);
    lines.slice(Math.max(0, lines.length - tail)).forEach(write);
    if (query.get('follow') !== 'true') {
      response.end();
      return;
    }
    response.flushHeaders();
    const unfollow = this.#logs.follow(...address, write);
    response.on('close', unfollow);
  }
}
