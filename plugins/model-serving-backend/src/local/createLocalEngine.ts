import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { LocalEngine } from './LocalEngine';
import { readLocalConfig, type LocalConfig } from './readLocalConfig';

/**
 * The engine of this machine, where `modelServing.local.enabled` says so.
 * Backends on other machines that share the database have none.
 *
 * @throws InputError where several machines may share the database and no
 * setting says which of them runs models
 */
export async function createLocalEngine(
  root: Config,
  logger: LoggerService,
): Promise<LocalEngine | undefined> {
  const config = readLocalConfig(root);
  if (!config) return undefined;
  const client = root.getOptionalString('backend.database.client');
  const isShared = client !== undefined && !/sqlite/.test(client);
  if (isShared && config.host === undefined) {
    throw new InputError(
      `modelServing.local.enabled: several machines may share this database (${client}), and an address on one is none on another. Set modelServing.local.host to the name of the one machine that runs models, here '${hostname()}', or disable the engine.`,
    );
  }
  if (config.host !== undefined && config.host !== hostname()) {
    logger.info(
      `The local engine runs on ${config.host} and not on ${hostname()}`,
    );
    return undefined;
  }
  return LocalEngine.create({ config, logger, problem: problemOf(config) });
}

/** What is not installed, and how it comes. */
function problemOf({ command }: LocalConfig): string | undefined {
  if (command) return undefined;
  const server = require.resolve('@modelhub/gguf-server/package.json');
  try {
    createRequire(server).resolve('node-llama-cpp');
    return undefined;
  } catch {
    return 'The server for GGUF files needs node-llama-cpp, which is not installed. An administrator adds it to the backend (yarn add node-llama-cpp@3.21.1), or sets modelServing.local.command.';
  }
}
