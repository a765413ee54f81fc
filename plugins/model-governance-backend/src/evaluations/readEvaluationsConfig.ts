import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { matchesPattern } from '../evidence/readEvidenceConfig';

/** A place where models answer; only what is configured is ever asked. */
export interface ConfiguredEndpoint {
  baseUrl: string;
  apiKey?: string;
  /** Requests at once. */
  concurrency: number;
  timeoutSeconds: number;
}

/** For the models that it serves. */
export interface ModelEndpoint extends ConfiguredEndpoint {
  /** Of `gatewayId` or `gatewayId@version`; `*` stands for any characters. */
  match: string;
  /** What the endpoint calls the model; `{gatewayId}` and `{version}` are put in. */
  model: string;
}

/** A model that scorers ask. */
export interface ScorerEndpoint extends ConfiguredEndpoint {
  model: string;
}

export interface EvaluationsConfig {
  endpoints: ModelEndpoint[];
  judge?: ScorerEndpoint;
  embeddings?: ScorerEndpoint;
  /** Runs at once on one replica. */
  concurrency: number;
  /** How long one attempt may take. */
  timeoutMinutes: number;
  /** How long answers of runs that are over are kept. */
  keepJournalsDays: number;
  quota: {
    /** Runs that a team starts in 24 hours. */
    runsPerDay: number;
    /** Runs of a team that are not over. */
    runsAtOnce: number;
    casesPerRun: number;
  };
}

const KEY = 'modelGovernance.evaluations';

/** Reads `modelGovernance.evaluations`; throws `InputError`. */
export function readEvaluationsConfig(root: Config): EvaluationsConfig {
  const config = root.getOptionalConfig(KEY);
  const count = (name: string, fallback: number, most: number) =>
    whole(config, KEY, name, fallback, most);
  return {
    endpoints: (config?.getOptionalConfigArray('endpoints') ?? []).map(
      (one, place) => {
        const name = `${KEY}.endpoints[${place}]`;
        return {
          ...endpoint(one, name),
          match: one.getString('match'),
          model: one.getOptionalString('model') ?? '{gatewayId}@{version}',
        };
      },
    ),
    judge: scorerEndpoint(config, 'judge'),
    embeddings: scorerEndpoint(config, 'embeddings'),
    concurrency: count('concurrency', 2, 50),
    timeoutMinutes: count('timeoutMinutes', 120, 24 * 60),
    keepJournalsDays: count('keepJournalsDays', 30, 3650),
    quota: {
      runsPerDay: count('quota.runsPerDay', 50, 100_000),
      runsAtOnce: count('quota.runsAtOnce', 5, 1000),
      casesPerRun: count('quota.casesPerRun', 10_000, 10_000),
    },
  };
}

function scorerEndpoint(
  config: Config | undefined,
  name: string,
): ScorerEndpoint | undefined {
  const one = config?.getOptionalConfig(name);
  return (
    one && {
      ...endpoint(one, `${KEY}.${name}`),
      model: one.getString('model'),
    }
  );
}

function endpoint(config: Config, name: string): ConfiguredEndpoint {
  const baseUrl = config.getString('baseUrl');
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new InputError(
      `${name}.baseUrl is '${baseUrl}'; expected a URL such as https://models.example.com/v1.`,
    );
  }
  if (!['http:', 'https:'].includes(url.protocol) || url.username) {
    throw new InputError(
      `${name}.baseUrl must begin with https:// or http:// and hold no password; the key goes into apiKey.`,
    );
  }
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    apiKey: config.getOptionalString('apiKey'),
    concurrency: whole(config, name, 'concurrency', 4, 256),
    timeoutSeconds: whole(config, name, 'timeoutSeconds', 120, 3600),
  };
}

function whole(
  config: Config | undefined,
  where: string,
  name: string,
  fallback: number,
  most: number,
): number {
  const value = config?.getOptionalNumber(name) ?? fallback;
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new InputError(
      `${where}.${name} is ${value}; expected an integer from 1 to ${most}.`,
    );
  }
  return value;
}

/** Where a version answers, and by what name; the first that fits. */
export function endpointFor(
  { endpoints }: Pick<EvaluationsConfig, 'endpoints'>,
  version: { gatewayId: string; modelVersion: string },
): (ModelEndpoint & { model: string }) | undefined {
  const { gatewayId, modelVersion } = version;
  const found = endpoints.find(
    ({ match }) =>
      matchesPattern(match, gatewayId) ||
      matchesPattern(match, `${gatewayId}@${modelVersion}`),
  );
  return (
    found && {
      ...found,
      // A function, so that `$&` in a name is no pattern.
      model: found.model
        .replaceAll('{gatewayId}', () => gatewayId)
        .replaceAll('{version}', () => modelVersion),
    }
  );
}
