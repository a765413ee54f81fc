import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const FOLDER = path.join(ROOT, 'packages/model-gateway');

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
  if (!fs.existsSync(path.join(FOLDER, 'bin/modelhub-gateway'))) {
    return [];
  }
  return [];
}
