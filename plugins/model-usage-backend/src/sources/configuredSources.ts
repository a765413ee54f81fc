import { InputError } from '@backstage/errors';
import type { Config } from '@backstage/config';
import type { UsageSource } from '@modelhub/backstage-plugin-models-node';
import { LiteLlmSource } from './litellm/LiteLlmSource';

const DEFAULT_SINCE_DAYS = 30;

/** Names and what they stand for. They hold dots and slashes, so they are values. */
function pairsOf(config: Config, key: string): Record<string, string> {
  const items = config.getOptionalConfigArray(key) ?? [];
  return Object.fromEntries(
    items.map(it => [it.getString('from'), it.getString('to')]),
  );
}

/**
 * The sources that `modelUsage.sources` names.
 *
 * @throws InputError for a number of days that is none
 */
export function configuredSources(config: Config): UsageSource[] {
  const sources = config.getOptionalConfig('modelUsage.sources');
  if (!sources) return [];
  const litellm = (sources.getOptionalConfigArray('litellm') ?? []).map(it => {
    const sinceDays = it.getOptionalNumber('sinceDays') ?? DEFAULT_SINCE_DAYS;
    if (!(sinceDays > 0)) {
      throw new InputError(
        'modelUsage.sources.litellm[].sinceDays must be a number of days above 0.',
      );
    }
    return LiteLlmSource.create({
      id: it.getOptionalString('id') ?? 'litellm',
      baseUrl: it.getString('baseUrl'),
      apiKey: it.getString('apiKey'),
      models: pairsOf(it, 'models'),
      teams: pairsOf(it, 'teams'),
      sinceDays,
    });
  });
  return litellm;
}
