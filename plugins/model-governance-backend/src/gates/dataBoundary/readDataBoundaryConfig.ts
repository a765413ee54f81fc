import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { DataFacts } from './facts';

export interface DataBoundaryConfig {
  /** Of models that the organisation runs itself. */
  selfHosted?: DataFacts;
  /** By provider, lower case: what was agreed with it. */
  providers: Record<string, DataFacts>;
}

const WHERE = 'modelGovernance.dataBoundary';
const TRAINS = ['no', 'yes', 'opt-out'] as const;

function factsOf(config: Config, where: string): DataFacts {
  const days = config.getOptionalNumber('retentionDays');
  if (days !== undefined && (!Number.isInteger(days) || days < 0)) {
    throw new InputError(
      `${where}: retentionDays ${days} is not a number of whole days.`,
    );
  }
  const trains = config.getOptionalString('trainsOnInputs');
  const trainsOnInputs = TRAINS.find(it => it === trains);
  if (trains !== undefined && trainsOnInputs === undefined) {
    throw new InputError(
      `${where}: trainsOnInputs '${trains}' is none of ${TRAINS.join(', ')}.`,
    );
  }
  const asOf = config.getOptionalString('asOf');
  if (asOf !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(asOf)) {
    throw new InputError(`${where}: asOf '${asOf}' is no day, YYYY-MM-DD.`);
  }
  return {
    regions: config
      .getOptionalStringArray('regions')
      ?.map(region => region.toLowerCase()),
    retentionDays: days,
    trainsOnInputs,
    url: config.getOptionalString('source'),
    asOf,
  };
}

/** What the organisation agreed with providers, and knows of its own machines. */
export function readDataBoundaryConfig(config: Config): DataBoundaryConfig {
  const own = config.getOptionalConfig(WHERE);
  const selfHosted = own?.getOptionalConfig('selfHosted');
  const providers = own?.getOptionalConfigArray('providers') ?? [];
  return {
    ...(selfHosted && {
      selfHosted: factsOf(selfHosted, `${WHERE}.selfHosted`),
    }),
    providers: Object.fromEntries(
      providers.map(provider => {
        const id = provider.getString('id').toLowerCase();
        return [id, factsOf(provider, `${WHERE}.providers, '${id}'`)];
      }),
    ),
  };
}
