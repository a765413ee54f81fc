import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DATA, ROOT } from './paths.mjs';
import { freePort } from './ports.mjs';
import { untilCatalogIsRead } from './demo.mjs';
import { GATEWAY_NAME, enrolmentToken, gatewayServices } from './gateway.mjs';
import { repositories } from './repositories.mjs';
import { backendSecrets } from './secrets.mjs';
import { startService, untilReady } from './service.mjs';

/** Ports of `npm start`. */
export const DEFAULT_PORTS = { portal: 7007, gateway: 4000, upstream: 4010 };

/**
 * Starts the portal and what belongs to it: one or more backends that serve the
 * frontend, the model gateway and the demo upstream. `npm start` and the
 * browser tests use it alike.
 *
 * @param {object} [options]
 * @param {string} [options.data] - folder for databases, keys and run files
 * @param {string} [options.logs] - folder for logs
 * @param {{ host: string, port: number, user: string, password: string }} [options.postgres]
 *   instead of SQLite below the data folder; needed for several replicas
 * @param {number} [options.replicas]
 * @param {{ portal?: number, gateway?: number, upstream?: number }} [options.ports]
 *   free ones when left out
 * @param {string[]} [options.configFiles] - more configuration, loaded last
 * @param {(message: string) => void} [options.say]
 */
export async function startPortal(options = {}) {
  const { data = DATA, postgres, replicas = 1, configFiles = [] } = options;
  const { logs = path.join(data, 'logs'), say = () => {} } = options;
  if (replicas > 1 && !postgres) {
    throw new Error(
      'Several replicas need PostgreSQL: SQLite belongs to one process',
    );
  }
  fs.mkdirSync(path.join(data, 'run'), { recursive: true, mode: 0o700 });

  const services = [];
  const stop = async () => {
    // The gateway first: it follows the backends.
    for (const service of [...services].reverse()) {
      await service.stop();
    }
  };
  try {
    const gatewayPort = options.ports?.gateway ?? (await freePort());
    const upstreamPort = options.ports?.upstream ?? (await freePort());
    const backends = [];
    for (let index = 0; index < replicas; index++) {
      const port =
        index === 0 && options.ports?.portal
          ? options.ports.portal
          : await freePort();
      backends.push({ index, port, url: `http://localhost:${port}` });
    }
    const gatewayUrl = `http://localhost:${gatewayPort}`;
    const upstreamUrl = `http://localhost:${upstreamPort}`;

    const startBackend = async backend => {
      const suffix = replicas > 1 ? `-${backend.index + 1}` : '';
      const configFile = path.join(data, 'run', `app-config${suffix}.yaml`);
      // JSON is YAML.
      fs.writeFileSync(
        configFile,
        JSON.stringify(
          runtimeConfig({
            ...backend,
            name: `model-hub${suffix}`,
            data,
            postgres,
            gatewayUrl,
            upstreamUrl,
            origins: backends.map(other => other.url),
          }),
          undefined,
          2,
        ),
        { mode: 0o600 },
      );
      const service = startService({
        name: `the backend${suffix}`,
        ...backendCommand([configFile, ...configFiles], data),
        logFile: path.join(logs, `backend${suffix}.log`),
      });
      services.push(service);
      await untilReady(
        service,
        `${backend.url}/.backstage/health/v1/readiness`,
      );
      return service;
    };

    say('Starting the backend (about 20 seconds) …');
    const running = [];
    for (const backend of backends) {
      // One after the other: the first one migrates the database.
      running.push({ ...backend, service: await startBackend(backend) });
    }

    say('Waiting for the catalog to read its people and models …');
    await untilCatalogIsRead(backends[0].url);

    for (const service of gatewayServices({
      data,
      gatewayPort,
      upstreamPort,
      controlPlanes: backends.map(({ url }) => url),
    })) {
      say(`Starting ${service.name} …`);
      const started = startService({
        ...service,
        logFile: path.join(logs, service.logName),
      });
      services.push(started);
      await untilReady(started, service.readyUrl);
    }

    return {
      url: backends[0].url,
      gatewayUrl,
      upstreamUrl,
      logs,
      replicas: running,
      services,
      /** Starts a replica that was killed or stopped again, on its port. */
      async restart(index) {
        running[index].service = await startBackend(running[index]);
        return running[index];
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How the CLI starts a backend, without its file watcher. */
function backendCommand(configFiles, data) {
  return {
    cwd: path.join(ROOT, 'packages/backend'),
    args: [
      '--enable-source-maps',
      '--require',
      path.join(
        ROOT,
        'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
      ),
      'src/index',
      ...[
        path.join(ROOT, 'app-config.yaml'),
        path.join(ROOT, 'app-config.demo.yaml'),
        ...configFiles,
      ].flatMap(file => ['--config', file]),
    ],
    env: {
      NODE_ENV: 'development',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
      MODELHUB_REPOSITORIES: repositories(data),
      ...backendSecrets(data),
    },
  };
}

function runtimeConfig({
  name,
  port,
  url,
  data,
  postgres,
  gatewayUrl,
  upstreamUrl,
  origins,
}) {
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      cors: { origin: url },
      database: postgres
        ? {
            client: 'pg',
            connection: {
              host: postgres.host,
              port: postgres.port,
              user: postgres.user,
              password: postgres.password,
              // Tells the replicas apart in the server's own views.
              application_name: name,
              // Takes the place of the folder that the demo's SQLite uses.
              directory: undefined,
            },
          }
        : {
            client: 'better-sqlite3',
            connection: { directory: path.join(data, 'db') },
          },
    },
    modelHub: { gateway: { publicUrl: gatewayUrl } },
    modelServing: {
      gatewayUrl: `${gatewayUrl}/v1`,
      // All replicas of the demo run on this machine, whatever their database.
      local: {
        host: os.hostname(),
        artifactFolders: [path.join(ROOT, 'catalog-info/artifacts')],
        folder: path.join(data, 'serving'),
      },
    },
    modelGovernance: {
      policies: { path: path.join(ROOT, 'policies') },
      // What models of the demo with a file:/// address are read from.
      artifacts: { folder: path.join(ROOT, 'catalog-info/artifacts') },
      webauthn: { rpId: 'localhost', origins },
      // Shared by all replicas, and kept over restarts.
      keys: { secretFile: path.join(data, 'keys', 'secret') },
      gateways: [{ name: GATEWAY_NAME, enrolmentToken: enrolmentToken(data) }],
      // The one model here that answers from weights; the others say what they are told.
      evaluations: {
        endpoints: [
          {
            match: 'acme/ticket-router',
            baseUrl: `${upstreamUrl}/v1`,
            concurrency: 8,
          },
        ],
      },
    },
  };
}
