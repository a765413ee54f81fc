import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { AccessRules } from '@modelhub/scanner';
import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';

const GIB = 1024 ** 3;
/** What the rest of the machine keeps. */
const FREE_GIB = 2;

/** `modelServing.local`, as it was read. */
export interface LocalConfig {
  /** Name of the machine that runs it; any without. */
  host?: string;
  /** `file:` URIs lie below these; without any they are refused. */
  artifactFolders: string[];
  access: AccessRules;
  /** Holds deployments, their logs, and what was downloaded. */
  folder: string;
  ports: { from: number; to: number };
  maxProcesses: number;
  /** Of all processes together. */
  memoryGiB: number;
  /** Of each process. */
  threads: number;
  contextTokens: number;
  parallel: number;
  /** Instead of the server for GGUF files. */
  command?: string[];
  /** Of artifacts, that the command reads. */
  formats: string[];
  healthPath: string;
}

function readWhole(
  config: Config,
  key: string,
  otherwise: number,
  most: number,
): number {
  const value = config.getOptionalNumber(key) ?? otherwise;
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InputError(
    `modelServing.local.${key} is ${value}. Set it to a whole number from 1 to ${most}.`,
  );
}

function readPorts(config: Config): LocalConfig['ports'] {
  const from = readWhole(config, 'ports.from', 4500, 65_535);
  const to = readWhole(config, 'ports.to', Math.min(from + 99, 65_535), 65_535);
  if (to < from) {
    throw new InputError(
      `modelServing.local.ports go from ${from} to ${to}. Swap them.`,
    );
  }
  return { from, to };
}

/** @throws InputError for what nobody can mean; undefined where the engine is off */
export function readLocalConfig(root: Config): LocalConfig | undefined {
  const config = root.getOptionalConfig('modelServing.local');
  if (!config?.getOptionalBoolean('enabled')) return undefined;
  const command = config.getOptionalStringArray('command');
  if (command && !command.some(part => part.includes('{port}'))) {
    throw new InputError(
      'modelServing.local.command does not say {port}. The program has to listen where the engine looks for it.',
    );
  }
  const memoryGiB =
    config.getOptionalNumber('memoryGiB') ??
    Math.max(1, Math.floor(totalmem() / GIB) - FREE_GIB);
  if (!(memoryGiB > 0)) {
    throw new InputError(
      `modelServing.local.memoryGiB is ${memoryGiB}. Set it to more than 0.`,
    );
  }
  return {
    host: config.getOptionalString('host'),
    artifactFolders: (
      config.getOptionalStringArray('artifactFolders') ?? []
    ).map(folder => path.resolve(folder)),
    access: {
      schemes: ['https', 'hf', 'oci', 's3'],
      hosts: config.getOptionalStringArray('allowedHosts') ?? [],
    },
    folder: path.resolve(
      config.getOptionalString('folder') ?? '.model-serving-local',
    ),
    ports: readPorts(config),
    maxProcesses: readWhole(config, 'maxProcesses', 4, 1000),
    memoryGiB,
    threads: readWhole(
      config,
      'threads',
      Math.max(1, Math.floor(availableParallelism() / 2)),
      1024,
    ),
    contextTokens: readWhole(config, 'contextTokens', 4096, 16_777_216),
    parallel: readWhole(config, 'parallel', 2, 256),
    command,
    formats: config.getOptionalStringArray('formats') ?? ['gguf'],
    healthPath: config.getOptionalString('healthPath') ?? '/health',
  };
}
