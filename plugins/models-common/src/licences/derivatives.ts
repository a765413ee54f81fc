import type { LicenceSummary } from './licenceSummary';
import type { LicenceTerms } from './types';

/**
 * A licence of a base model that its derivative's licence does not respect,
 * in plain words.
 *
 * @public
 */
export type LicenceConflict = { base: LicenceTerms; message: string };

/**
 * Where a derivative gives away more than the licence of its base allows.
 *
 * @public
 */
export function licenceConflicts(
  base: LicenceSummary,
  derivative: LicenceSummary,
): LicenceConflict[] {
  return base.licences.flatMap(terms => {
    const message = conflict(terms, derivative);
    return message ? [{ base: terms, message }] : [];
  });
}

function conflict(
  base: LicenceTerms,
  derivative: LicenceSummary,
): string | undefined {
  const inFamily = derivative.licences.some(t => t.family === base.family);
  switch (base.derivatives) {
    case 'same-licence':
      return inFamily
        ? undefined
        : `What is made from a model under ${base.name} stays under it, but this one says ${derivative.name}.`;
    case 'same-restrictions':
      return inFamily ||
        derivative.licences.some(t => t.derivatives === 'same-restrictions')
        ? undefined
        : `The use restrictions of ${base.name} have to be passed on, but ${derivative.name} has none.`;
    case 'non-commercial':
      return derivative.commercialUse === 'no'
        ? undefined
        : `The base is not for commercial use (${base.name}), but ${derivative.name} allows it.`;
    case 'forbidden':
      return `${base.name} forbids to share models that are made from the base.`;
    default:
      return undefined;
  }
}
