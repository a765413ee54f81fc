import { modelLicences } from './modelLicences';
import { openLicences } from './openLicences';
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
  ...providerTerms,
];

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
