import {
  gpuPriceOf,
  parseGpus,
  type EndpointResources,
} from '@modelhub/backstage-plugin-models-common';
import type { EngineSettings } from '../config';

/** What an hour costs, or why nobody knows. */
export interface HourlyPrice {
  /** USD. */
  perHour?: number;
  /** Where it is from, or why it is not known; for people. */
  basis: string;
}

const dollars = (amount: number) => `${Number(amount.toFixed(4))} USD`;

/** What an hour of what one replica takes costs. */
export function hourlyPrice(
  { gpus, gpu }: EndpointResources,
  options: { engine?: EngineSettings; gpuPrices: Record<string, number> },
): HourlyPrice {
  if (gpus === 0) {
    const price = options.engine?.pricePerHour;
    return price === undefined
      ? {
          basis:
            'Not known: it takes no GPU, and no price is configured for the engine.',
        }
      : { perHour: price, basis: `${dollars(price)} an hour, as configured` };
  }
  const set = gpu ? parseGpus(`1x ${gpu}`) : undefined;
  if (!set) {
    return { basis: 'Not known: the engine does not say which GPU it takes.' };
  }
  const price = gpuPriceOf(set.gpu, options.gpuPrices);
  if (!price) {
    return {
      basis: `Not known: there is no price for ${set.gpu.name}. Add it to modelServing.gpuPrices.`,
    };
  }
  const source =
    price.asOf === ''
      ? 'as configured'
      : `list price of ${price.source} as of ${price.asOf}`;
  return {
    perHour: price.perHour * gpus,
    basis: `${gpus}x ${set.gpu.name} at ${dollars(
      price.perHour,
    )} an hour, ${source}`,
  };
}
