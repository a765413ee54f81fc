import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { administratorToken } from './demo.mjs';
import { ROOT } from './paths.mjs';

const FOLDER = path.join(ROOT, 'packages/model-gateway');

/** The settings of this repository's scripts are none of the gateway's. */
const OWN_ENVIRONMENT = Object.fromEntries(
  ['GATEWAY_PORT', 'GATEWAY_HOST', 'GATEWAY_NAME', 'GATEWAY_STATE_DIR']
    .concat('CONTROL_PLANE_URL', 'PORTAL_URL', 'PINNED_KEY_IDS')
    .map(name => [`MODELHUB_${name}`, undefined]),
);

/**
 * The model gateway and the demo upstream, as services to start after the
 * backends. A gateway without an identity gets an invitation first, as an
 * administrator would give it in the portal.
 *
 * @param {object} options
 * @param {string} options.data
 * @param {number} options.gatewayPort
 * @param {number} options.upstreamPort
 * @param {string[]} options.controlPlanes - base URLs of the backends
 */
export async function gatewayServices(options) {
  const { data, gatewayPort, upstreamPort, controlPlanes } = options;
  if (
    !fs.existsSync(
      path.join(ROOT, 'plugins/model-governance-backend/src/plugin.ts'),
    )
  ) {
    return [];
  }
  const stateDir = path.join(data, 'gateway');
  const configFile = path.join(data, 'run', 'gateway.yaml');
  // JSON is YAML.
  fs.writeFileSync(
    configFile,
    JSON.stringify(
      {
        name: 'demo-gateway',
        listen: { host: '127.0.0.1', port: gatewayPort },
        portalUrl: controlPlanes[0],
        controlPlane: { url: controlPlanes, stateDir },
        providers: [
          {
            name: 'demo',
            match: '*',
            baseUrl: `http://127.0.0.1:${upstreamPort}/v1`,
          },
        ],
      },
      undefined,
      2,
    ),
  );
  const enrolled = fs.existsSync(path.join(stateDir, 'identity.json'));
  return [
    {
      name: 'the demo model server',
      args: [
        path.join(FOLDER, 'bin/modelhub-demo-upstream'),
        ...['--port', String(upstreamPort)],
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
        MODELHUB_ENROLMENT_TOKEN: enrolled
          ? undefined
          : await invitation(controlPlanes[0]),
      },
      logName: 'gateway.log',
      readyUrl: `http://127.0.0.1:${gatewayPort}/readyz`,
    },
  ];
}

async function invitation(url) {
  const token = await administratorToken(url);
  const response = await fetch(
    `${url}/api/model-governance/gateways/invitations`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ name: 'demo-gateway' }),
    },
  );
  if (!response.ok) {
    throw new Error(
      `The gateway could not be enrolled: ${
        response.status
      } ${await response.text()}`,
    );
  }
  return (await response.json()).token;
}
