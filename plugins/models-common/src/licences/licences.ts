import { modelLicences } from './modelLicences';
import { LICENCE_LIMITS } from './limits';
import { openLicences } from './openLicences';
import { permissiveModelLicences } from './permissiveModelLicences';
import { providerTerms } from './providerTerms';
import type { LicenceTerms } from './types';

/**
 * The licences that Model Hub knows.
 *
 * @public
 */
export const knownLicences: LicenceTerms[] = [
  ...openLicences,
  ...modelLicences,
  ...permissiveModelLicences,
  ...providerTerms,
].map(terms => ({
  ...terms,
  ...(LICENCE_LIMITS[terms.id] && { limits: LICENCE_LIMITS[terms.id] }),
}));

/** Lower case, one kind of separator, no `LicenseRef-`. */
const fold = (id: string) =>
  id
    .trim()
    .toLowerCase()
    .replace(/^licenseref-/, '')
    .replace(/[\s_]+/g, '-');

const byId = new Map<string, LicenceTerms>();
for (const terms of knownLicences) {
  for (const id of [terms.id, ...(terms.aliases ?? [])]) {
    byId.set(fold(id), terms);
  }
}

/**
 * A licence by SPDX id, Hugging Face id or `LicenseRef-…`, in any case. Not for
 * expressions: see {@link licenceSummary}.
 *
 * @public
 */
export function findLicence(id: string): LicenceTerms | undefined {
  return byId.get(fold(id));
}
