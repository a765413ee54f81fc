import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { TeamLimit } from '../admission/admit';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SHORTEST_SECRET = 32;

/** What a team may have. */
export interface TeamQuota extends TeamLimit {
  perDay: number;
}

/** What evaluation endpoints may take of an engine. */
export interface EngineSettings {
  gpus?: number;
  endpoints?: number;
  /** USD. */
  pricePerHour?: number;
}

/** `modelServing`, as it was read. */
export interface ServingConfig {
  gatewayUrl?: string;
  endpointSecret?: string;
  storageKey?: string;
  hours: number;
  extendHours: number;
  startMs: number;
  queueMs: number;
  checkMs: number;
  warnMs: number;
  purpose: string;
  keepMs: number;
  quotaOf(team: string): TeamQuota;
  engines: Record<string, EngineSettings>;
  gpuPrices: Record<string, number>;
}

function readNumber(
  config: Config | undefined,
  key: string,
  otherwise: number,
  least = Number.MIN_VALUE,
): number {
  const value = config?.getOptionalNumber(key) ?? otherwise;
  if (Number.isFinite(value) && value >= least) return value;
  throw new InputError(
    `modelServing: ${key} is ${value}. Set it to ${
      least > 0 && least < 1e-9 ? 'more than 0' : `${least} or more`
    }.`,
  );
}

function readSecret(config: Config | undefined, key: string) {
  const secret = config?.getOptionalString(key);
  if (secret !== undefined && secret.length < SHORTEST_SECRET) {
    throw new InputError(
      `modelServing.${key} has ${secret.length} characters. Use ${SHORTEST_SECRET} or more, for example of: openssl rand -base64 48`,
    );
  }
  return secret;
}

function readQuota(
  config: Config | undefined,
  otherwise: TeamQuota,
): TeamQuota {
  return {
    gpus: readNumber(config, 'gpus', otherwise.gpus, 0),
    endpoints: readNumber(config, 'endpoints', otherwise.endpoints, 0),
    perDay: readNumber(config, 'perDay', otherwise.perDay, 0),
  };
}

function readGatewayUrl(config: Config | undefined): string | undefined {
  const text = config?.getOptionalString('gatewayUrl');
  if (text === undefined) return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new InputError(
      `modelServing.gatewayUrl is '${text}'. Set it to an http or https URL such as https://models.acme.example/v1.`,
    );
  }
  return text.replace(/\/+$/, '');
}

const keysOf = (config: Config | undefined) => config?.keys() ?? [];

/** @throws InputError for what nobody can mean */
export function readServingConfig(root: Config): ServingConfig {
  const config = root.getOptionalConfig('modelServing');
  const evaluation = config?.getOptionalConfig('evaluation');
  const quotas = config?.getOptionalConfig('quotas');
  const usual = readQuota(quotas?.getOptionalConfig('default'), {
    gpus: 4,
    endpoints: 4,
    perDay: 40,
  });
  const teams =
    quotas?.getOptional<Record<string, Partial<TeamQuota>>>('teams');
  const engines = config?.getOptionalConfig('engines');
  const prices = config?.getOptionalConfig('gpuPrices');
  const hours = (key: string, otherwise: number) =>
    readNumber(evaluation, key, otherwise) * HOUR_MS;
  return {
    gatewayUrl: readGatewayUrl(config),
    endpointSecret: readSecret(config, 'endpointSecret'),
    storageKey: readSecret(config, 'storageKey'),
    hours: readNumber(evaluation, 'hours', 4),
    extendHours: readNumber(evaluation, 'extendHours', 4),
    startMs: readNumber(evaluation, 'startMinutes', 30) * MINUTE_MS,
    queueMs: hours('queueHours', 12),
    checkMs: hours('checkHours', 24),
    warnMs: readNumber(evaluation, 'warnMinutes', 15) * MINUTE_MS,
    purpose: evaluation?.getOptionalString('purpose') ?? 'experimentation',
    keepMs: hours('keepDays', 90) * 24,
    quotaOf: team => ({ ...usual, ...teams?.[team] }),
    engines: Object.fromEntries(
      keysOf(engines).map(id => {
        const engine = engines!.getConfig(id);
        return [
          id,
          {
            gpus: engine.getOptionalNumber('gpus'),
            endpoints: engine.getOptionalNumber('endpoints'),
            pricePerHour: engine.getOptionalNumber('pricePerHour'),
          },
        ];
      }),
    ),
    gpuPrices: Object.fromEntries(
      keysOf(prices).map(gpu => [gpu, prices!.getNumber(gpu)]),
    ),
  };
}
