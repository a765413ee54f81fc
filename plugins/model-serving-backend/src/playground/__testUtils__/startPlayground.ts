import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { DemoUpstream, Gateway, readConfig } from '@modelhub/gateway';
import { MODEL_API_VERSION } from '@modelhub/backstage-plugin-models-common';
import type { JsonObject } from '@backstage/types';
import express from 'express';
import type { Knex } from 'knex';
import fs from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { EndpointAccess, Person, UsableEndpoint } from '../../access';
import { createOpenapiRouter } from '../../schema/openapi.generated';
import { createPlayground } from '../createPlayground';
import { addPlaygroundRoutes } from '../router';
import { TestHub } from './TestHub';

/** Waits until something holds; fails with its name when it does not in time. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come: ${what}`);
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
  }
}

/** A hosted model that is approved for the profile `care`. */
export const CHAT = 'model:acme/chat@1.0';
/** What `TestEndpoints` has. */
export const ENDPOINT = 'endpoint:ep-1';

/** One ready endpoint of the team checkout, which the test ends. */
export class TestEndpoints implements EndpointAccess {
  secret = '';
  isReady = true;

  async usable({ refs }: Person): Promise<UsableEndpoint[]> {
    return this.isReady && refs.includes('group:default/checkout')
      ? [this.#endpoint()]
      : [];
  }

  async open(person: Person, id: string) {
    if (!person.refs.includes('group:default/checkout') || id !== 'ep-1') {
      throw new NotFoundError(`You have no endpoint ${id}.`);
    }
    if (!this.isReady) {
      throw new ConflictError('The endpoint has ended. Start another one.');
    }
    return { ...this.#endpoint(), secret: this.secret };
  }

  #endpoint(): UsableEndpoint {
    return {
      id: 'ep-1',
      entityRef: 'model:acme/other',
      title: 'OTHER',
      gatewayId: 'acme/other',
      modelVersion: '1.0',
      model: 'acme/other@1.0',
      team: 'group:default/checkout',
      owner: 'user:default/dana',
      profile: 'care',
      purpose: 'experimentation',
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      perHour: { amount: 3.6, currency: 'USD' },
    };
  }
}

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** A hub, a gateway that follows it, and a provider, all real, on free ports. */
export async function startRig() {
  const hub = await TestHub.create();
  const upstream = await DemoUpstream.create({ port: 0, delayMs: 2 });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'playground-'));
  const file = path.join(folder, 'gateway.yaml');
  fs.writeFileSync(
    file,
    JSON.stringify({
      name: 'gw-1',
      listen: { port: 0 },
      controlPlane: {
        url: hub.url,
        enrolmentToken: 'token',
        stateDir: path.join(folder, 'state'),
      },
      portalUrl: 'https://portal.example',
      usage: { budgets: 'off' },
      providers: [
        {
          name: 'acme',
          match: 'acme/*',
          baseUrl: `http://127.0.0.1:${upstream.port}/v1`,
          stripPrefix: true,
        },
      ],
    }),
  );
  const quiet = () => {};
  const gateway = await Gateway.create(readConfig(file, {}), {
    logger: { info: quiet, warn: quiet, error: quiet },
  });
  const endpoints = new TestEndpoints();
  await eventually('the gateway follows', () => hub.followers > 0);
  await eventually('the gateway knows that there are no budgets', async () => {
    const ready = await fetch(`http://127.0.0.1:${gateway.port}/readyz`);
    const { usage } = (await ready.json()) as {
      usage?: { budgetsKnown: boolean };
    };
    return ready.status === 200 && usage?.budgetsKnown === true;
  });
  hub.grant('acme/chat');
  hub.grant('acme/other');
  hub.grant('acme/closed', 'shop');
  endpoints.secret = hub.addKey('endpoint-key');
  return {
    hub,
    upstream,
    gateway,
    endpoints,
    gatewayUrl: `http://127.0.0.1:${gateway.port}/v1`,
    stop: async () => {
      await gateway.stop();
      await hub.close();
      await upstream.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

const modelEntity = (name: string, spec: JsonObject = {}) => ({
  apiVersion: MODEL_API_VERSION,
  kind: 'Model',
  metadata: { namespace: 'acme', name, title: name.toUpperCase() },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/search',
    provider: 'acme',
    gatewayId: `acme/${name}`,
    versions: [
      {
        name: '1.0',
        artifact: {
          uri: `hf://acme/${name}`,
          format: 'gguf',
          digest: `sha256:${'ab'.repeat(32)}`,
        },
      },
    ],
    ...spec,
  },
});

const errorsAsJson: express.ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const statuses: Record<string, number> = {
    InputError: 400,
    NotAllowedError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    TooManyChats: 429,
    ServiceUnavailableError: 503,
  };
  res
    .status(statuses[error.name] ?? 500)
    .json({ error: { name: error.name, message: error.message } });
};

/** A replica of the playground with its HTTP API. */
export async function startPlayground(
  knex: Knex,
  rig: Pick<Rig, 'hub' | 'endpoints' | 'gatewayUrl'>,
  settings: Record<string, number> = {},
) {
  const said: string[] = [];
  const logger = mockServices.logger.mock({
    warn: text => void said.push(text),
    error: text => void said.push(text),
  });
  const playground = await createPlayground({
    auth: mockServices.auth(),
    auditor: mockServices.auditor.mock(),
    catalog: catalogServiceMock({
      entities: [
        modelEntity('chat', {
          pricing: { currency: 'EUR', inputPerMTok: 1000, outputPerMTok: 2000 },
        }),
        modelEntity('other'),
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'User',
          metadata: { namespace: 'default', name: 'dana' },
          spec: {},
          relations: [
            { type: 'memberOf', targetRef: 'group:default/checkout' },
          ],
        },
      ],
    }),
    config: mockServices.rootConfig({
      data: {
        modelServing: {
          gatewayUrl: rig.gatewayUrl,
          storageKey: 'a storage key of the test, long enough',
          playground: settings,
        },
      },
    }),
    database: mockServices.database({ knex, migrations: { skip: true } }),
    endpoints: rig.endpoints,
    governance: rig.hub,
    httpAuth: mockServices.httpAuth(),
    logger,
    permissions: mockServices.permissions.mock({
      authorize: async (requests, { credentials }) =>
        requests.map(() => ({
          result: JSON.stringify(credentials).includes('default/mallory')
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    }),
    signals: { publish: async () => {} },
    userInfo: {
      getUserInfo: async credentials => {
        const { userEntityRef } = credentials.principal as {
          userEntityRef: string;
        };
        return {
          userEntityRef,
          ownershipEntityRefs: userEntityRef.endsWith('/dana')
            ? [userEntityRef, 'group:default/checkout']
            : [userEntityRef],
        };
      },
    },
  });
  const router = createOpenapiRouter({
    readBody: express.json({ limit: '8mb' }),
  });
  addPlaygroundRoutes(router, {
    playground,
    httpAuth: mockServices.httpAuth(),
    auditor: mockServices.auditor.mock(),
  });
  const app = express();
  app.use(router);
  app.use(errorsAsJson);
  const server = await new Promise<Server>(resolve => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = (
    method: string,
    route: string,
    body?: object,
    options: { as?: string; signal?: AbortSignal } = {},
  ) =>
    fetch(`${url}/playground${route}`, {
      method,
      signal: options.signal,
      headers: {
        authorization: mockCredentials.user.header(
          `user:default/${options.as ?? 'dana'}`,
        ),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  return {
    ...playground,
    said,
    call,
    /** The answer as JSON. */
    async json(...args: Parameters<typeof call>) {
      return (await call(...args)).json();
    },
    async stop() {
      await playground.runner.stop();
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

/** Events of a stream. */
export async function eventsOf(
  response: Response,
): Promise<Array<{ event: string; data: Record<string, unknown> }>> {
  const text = await response.text();
  return text.split('\n\n').flatMap(block => {
    const event = /^event: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1];
    return event && data ? [{ event, data: JSON.parse(data) }] : [];
  });
}
