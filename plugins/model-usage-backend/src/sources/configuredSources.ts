import { InputError } from '@backstage/errors';
import type { Config } from '@backstage/config';
import type { UsageSource } from '@modelhub/backstage-plugin-models-node';
import { LiteLlmSource } from './litellm/LiteLlmSource';
import { CONVENTIONS, type ConventionName } from './prometheus/conventions';
import { PrometheusSource } from './prometheus/PrometheusSource';

/** Names and what they stand for. They hold dots and slashes, so they are values. */
function pairsOf(config: Config, key: string): Record<string, string> {
  const items = config.getOptionalConfigArray(key) ?? [];
  return Object.fromEntries(
    items.map(it => [it.getString('from'), it.getString('to')]),
  );
}

function sinceDaysOf(config: Config, usual: number): number {
  const days = config.getOptionalNumber('sinceDays') ?? usual;
  if (!(days > 0)) {
    throw new InputError(
      'sinceDays of a source in modelUsage.sources must be a number of days above 0.',
    );
  }
  return days;
}

function conventionsOf(config: Config): ConventionName[] {
  const known = Object.keys(CONVENTIONS) as ConventionName[];
  const names = config.getOptionalStringArray('conventions') ?? known;
  const wrong = names.find(name => !known.some(it => it === name));
  if (wrong !== undefined) {
    throw new InputError(
      `modelUsage.sources.prometheus[].conventions names '${wrong}', which is none of ${known.join(
        ', ',
      )}.`,
    );
  }
  return known.filter(name => names.includes(name));
}

/**
 * The sources that `modelUsage.sources` names.
 *
 * @throws InputError for values that mean nothing
 */
export function configuredSources(config: Config): UsageSource[] {
  const sources = config.getOptionalConfig('modelUsage.sources');
  if (!sources) return [];
  const litellm = (sources.getOptionalConfigArray('litellm') ?? []).map(it =>
    LiteLlmSource.create({
      id: it.getOptionalString('id') ?? 'litellm',
      baseUrl: it.getString('baseUrl'),
      apiKey: it.getString('apiKey'),
      models: pairsOf(it, 'models'),
      teams: pairsOf(it, 'teams'),
      sinceDays: sinceDaysOf(it, 30),
    }),
  );
  const prometheus = (sources.getOptionalConfigArray('prometheus') ?? []).map(
    it =>
      PrometheusSource.create({
        id: it.getOptionalString('id') ?? 'prometheus',
        baseUrl: it.getString('baseUrl'),
        token: it.getOptionalString('token'),
        conventions: conventionsOf(it),
        models: pairsOf(it, 'models'),
        sinceDays: sinceDaysOf(it, 1),
      }),
  );
  return [...litellm, ...prometheus];
}
