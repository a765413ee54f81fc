import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

/** A container before or beside the model: a transformer or an explainer. */
export interface Companion {
  image: string;
  args?: string[];
  env?: Record<string, string>;
  cpu: number;
  memoryGiB: number;
  minReplicas?: number;
  maxReplicas?: number;
}

/** `DeploymentRequest.settings` as this engine reads them. */
export interface KServeSettings {
  /** Added to the server's. */
  args?: string[];
  env?: Record<string, string>;
  /** Share of calls for this version while the one before takes the rest. */
  canaryPercent?: number;
  scaleMetric?: 'concurrency' | 'rps' | 'cpu' | 'memory';
  scaleTarget?: number;
  transformer?: Companion;
  explainer?: Companion;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fail(key: string, what: string): never {
  throw new InputError(`settings.${key} has to be ${what}`);
}

function strings(key: string, value: unknown): string[] {
  return Array.isArray(value) && value.every(v => typeof v === 'string')
    ? (value as string[])
    : fail(key, 'a list of texts');
}

function env(key: string, value: unknown): Record<string, string> {
  return isObject(value) &&
    Object.entries(value).every(
      ([name, v]) =>
        /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && typeof v === 'string',
    )
    ? (value as Record<string, string>)
    : fail(key, 'an object of texts by names of environment variables');
}

function number(
  key: string,
  value: unknown,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  return typeof value === 'number' && value >= least && value <= most
    ? value
    : fail(
        key,
        most < Number.MAX_SAFE_INTEGER
          ? `a number from ${least} to ${most}`
          : `a number of ${least} or more`,
      );
}

function refuseOthers(
  prefix: string,
  value: JsonObject,
  known: readonly string[],
) {
  const other = Object.keys(value).find(key => !known.includes(key));
  if (other) {
    throw new InputError(
      `settings.${prefix}${other} is not known to KServe's engine; it takes ${known.join(
        ', ',
      )}`,
    );
  }
}

function companion(key: string, value: unknown): Companion {
  if (!isObject(value) || typeof value.image !== 'string' || !value.image) {
    fail(key, 'an object with an image');
  }
  refuseOthers(`${key}.`, value, [
    'image',
    'args',
    'env',
    'cpu',
    'memoryGiB',
    'minReplicas',
    'maxReplicas',
  ]);
  return {
    image: value.image,
    cpu: number(`${key}.cpu`, value.cpu ?? 1, 0.1),
    memoryGiB: number(`${key}.memoryGiB`, value.memoryGiB ?? 2, 0.1),
    ...(value.args !== undefined && {
      args: strings(`${key}.args`, value.args),
    }),
    ...(value.env !== undefined && { env: env(`${key}.env`, value.env) }),
    ...(value.minReplicas !== undefined && {
      minReplicas: number(`${key}.minReplicas`, value.minReplicas, 0),
    }),
    ...(value.maxReplicas !== undefined && {
      maxReplicas: number(`${key}.maxReplicas`, value.maxReplicas, 1),
    }),
  };
}

const METRICS = ['concurrency', 'rps', 'cpu', 'memory'] as const;

/**
 * Reads the settings of a request.
 *
 * @throws InputError that names the key which is wrong or unknown.
 */
export function readSettings(value: JsonObject = {}): KServeSettings {
  refuseOthers('', value, [
    'args',
    'env',
    'canaryPercent',
    'scaleMetric',
    'scaleTarget',
    'transformer',
    'explainer',
  ]);
  const metric = METRICS.find(known => known === value.scaleMetric);
  if (value.scaleMetric !== undefined && !metric) {
    fail('scaleMetric', METRICS.join(', '));
  }
  return {
    ...(value.args !== undefined && { args: strings('args', value.args) }),
    ...(value.env !== undefined && { env: env('env', value.env) }),
    ...(value.canaryPercent !== undefined && {
      canaryPercent: number('canaryPercent', value.canaryPercent, 0, 100),
    }),
    ...(metric && { scaleMetric: metric }),
    ...(value.scaleTarget !== undefined && {
      scaleTarget: number('scaleTarget', value.scaleTarget, 1),
    }),
    ...(value.transformer !== undefined && {
      transformer: companion('transformer', value.transformer),
    }),
    ...(value.explainer !== undefined && {
      explainer: companion('explainer', value.explainer),
    }),
  };
}
