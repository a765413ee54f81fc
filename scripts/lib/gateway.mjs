import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { endpointSecret, keptSecret } from './secrets.mjs';

const FOLDER = path.join(ROOT, 'packages/model-gateway');

/** How the demo's gateway is called in the portal. */
export const GATEWAY_NAME = 'demo-gateway';

/** Weights that the demo upstream really runs. */
const ARTIFACTS = path.join(ROOT, 'catalog-info/artifacts');

/** Of these models the upstream has several versions, and answers with the one that was asked. */
function versionsOfDemoModels() {
  const model = 'acme/ticket-router';
  const versions = fs
    .readdirSync(path.join(ARTIFACTS, model), { withFileTypes: true })
    .filter(entry => entry.isDirectory());
  return Object.fromEntries(
    versions.map(({ name }) => [`${model}@${name}`, `${model}@${name}`]),
  );
}

/** The settings of this repository's scripts are none of the gateway's. */
const OWN_ENVIRONMENT = Object.fromEntries(
  ['GATEWAY_PORT', 'GATEWAY_HOST', 'GATEWAY_NAME', 'GATEWAY_STATE_DIR']
    .concat('CONTROL_PLANE_URL', 'PORTAL_URL', 'PINNED_KEY_IDS')
    .map(name => [`MODELHUB_${name}`, undefined]),
);

/** What the backends and the gateway know of each other before it enrols. */
export function enrolmentToken(data) {
  return keptSecret(data, 'gateway-enrolment-token');
}

/**
 * The model gateway and the demo upstream, as services to start after the
 * backends.
 *
 * @param {object} options
 * @param {string} options.data
 * @param {number} options.gatewayPort
 * @param {number} options.upstreamPort
 * @param {string[]} options.controlPlanes - base URLs of the backends
 */
export function gatewayServices(options) {
  const { data, gatewayPort, upstreamPort, controlPlanes } = options;
  const configFile = path.join(data, 'run', 'gateway.yaml');
  // JSON is YAML.
  fs.writeFileSync(
    configFile,
    JSON.stringify(
      {
        name: GATEWAY_NAME,
        listen: { host: '127.0.0.1', port: gatewayPort },
        portalUrl: controlPlanes[0],
        controlPlane: {
          url: controlPlanes,
          stateDir: path.join(data, 'gateway'),
        },
        providers: [
          {
            name: 'demo',
            match: '*',
            baseUrl: `http://127.0.0.1:${upstreamPort}/v1`,
            models: versionsOfDemoModels(),
          },
        ],
        // What runs on this machine for an afternoon.
        endpoints: { allowedHosts: ['127.0.0.1'] },
      },
      undefined,
      2,
    ),
  );
  return [
    {
      name: 'the demo model server',
      args: [
        path.join(FOLDER, 'bin/modelhub-demo-upstream'),
        ...['--port', String(upstreamPort), '--artifacts', ARTIFACTS],
      ],
      cwd: ROOT,
      logName: 'upstream.log',
      readyUrl: `http://127.0.0.1:${upstreamPort}/v1/models`,
    },
    {
      name: 'the model gateway',
      args: [path.join(FOLDER, 'bin/modelhub-gateway'), '--config', configFile],
      cwd: ROOT,
      env: {
        ...OWN_ENVIRONMENT,
        MODELHUB_ENROLMENT_TOKEN: enrolmentToken(data),
        ...endpointSecret(data),
      },
      logName: 'gateway.log',
      readyUrl: `http://127.0.0.1:${gatewayPort}/readyz`,
    },
  ];
}
