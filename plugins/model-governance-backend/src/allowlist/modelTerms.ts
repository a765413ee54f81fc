import type { ModelSpecV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import { fits, type ModelTerms } from './CatalogModels';

const isAmount = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value >= 0;

function pricesOf({ pricing }: Pick<ModelSpecV1alpha1, 'pricing'>) {
  const { currency = 'USD', inputPerMTok, outputPerMTok } = pricing ?? {};
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  const prices = {
    ...(isAmount(inputPerMTok) && { inputPerMTok }),
    ...(isAmount(outputPerMTok) && { outputPerMTok }),
  };
  return Object.keys(prices).length > 0 ? { currency, ...prices } : undefined;
}

/** What an entity says, as far as the format of snapshots takes it; what it does not take counts as unknown. */
export function termsOf(
  spec: Pick<ModelSpecV1alpha1, 'data' | 'pricing'>,
): ModelTerms | undefined {
  const { regions, retentionDays } = spec.data ?? {};
  const pricing = pricesOf(spec);
  const terms = {
    ...(regions?.every(fits) && { regions }),
    // A part of a day is kept on the next day still.
    ...(isAmount(retentionDays) && { retentionDays: Math.ceil(retentionDays) }),
    ...(pricing && { pricing }),
  };
  return Object.keys(terms).length > 0 ? terms : undefined;
}
