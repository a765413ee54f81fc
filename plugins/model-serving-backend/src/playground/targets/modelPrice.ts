import {
  stringifyVersionPin,
  versionPin,
  type ModelEntityV1alpha1,
  type PlaygroundPrice,
} from '@modelhub/backstage-plugin-models-common';

/** Of the model's entity, where it says both. */
export function priceOf({
  spec: { pricing },
}: ModelEntityV1alpha1): PlaygroundPrice | undefined {
  return pricing?.inputPerMTok !== undefined &&
    pricing.outputPerMTok !== undefined
    ? {
        basis: 'tokens',
        currency: pricing.currency ?? 'USD',
        inputPerMTok: pricing.inputPerMTok,
        outputPerMTok: pricing.outputPerMTok,
      }
    : undefined;
}

/** What a version is whatever its name, as approvals at the tier sandbox say it. */
export function pinOf(
  { spec: { versions } }: ModelEntityV1alpha1,
  modelVersion: string,
): string | undefined {
  const version = versions?.find(({ name }) => name === modelVersion);
  if (!version) return undefined;
  const pin = versionPin(version);
  return pin ? stringifyVersionPin(pin) : `unpinned:${version.name}`;
}

/** Those that do not converse. */
const OTHERS = ['embedding', 'reranker', 'speech', 'image-generation'];

export const converses = ({ spec: { type } }: ModelEntityV1alpha1): boolean =>
  !OTHERS.includes(type);
