import type { JsonObject } from '@backstage/types';
import {
  findLicence,
  licenceConflicts,
  licenceSummary,
  type LicenceSummary,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import { weighed, type Weight, type WeighedFinding } from '../weigh';
import type { CompanyParams } from '../licenceConditions';
import type { Ancestor } from './lineage';

/** What the licence gate can be told by a policy. */
export interface LicenceParams extends CompanyParams {
  unknownLicence: 'warn' | 'needs-evidence' | 'fail';
  lineageConflict?: 'warn' | 'fail';
  requireCommercialUse?: boolean;
  companyMonthlyActiveUsers?: number;
  allowedLicences?: string[];
  deniedLicences?: string[];
}

const idOf = (id: string) => findLicence(id)?.id ?? id;
const millions = (n: number) => `${n / 1_000_000} million`;

/** What one licence means for a company, wherever it stands in the lineage. */
export function licenceFindings(
  summary: LicenceSummary,
  params: LicenceParams,
  from?: string,
): WeighedFinding[] {
  const where = from ? `${from}: ` : '';
  const at = from ? { id: `base-${from}-` } : { id: '' };
  const field = from ? 'spec.baseModel' : 'spec.license.id';
  const link = summary.urls[0];
  const findings: WeighedFinding[] = [];
  const add = (weight: Weight, id: string, message: string, howToFix: string) =>
    findings.push(
      weighed(weight, {
        id: `${at.id}${id}`,
        field,
        message: `${where}${message}`,
        howToFix,
        ...(link && { link }),
      }),
    );

  if (!summary.known) {
    add(
      params.unknownLicence,
      'licence-unknown',
      `Nobody has written down what the licence ${summary.unknown.join(
        ', ',
      )} asks.`,
      'Set spec.license.id to an SPDX or Hugging Face licence id. For a contract of your own ask legal for a waiver.',
    );
  }
  if (params.requireCommercialUse && summary.commercialUse === 'no') {
    add(
      'fail',
      'not-commercial',
      `${summary.name} does not allow commercial use.`,
      'Choose another model, or get a commercial licence and ask legal for a waiver.',
    );
  }
  const users = params.companyMonthlyActiveUsers;
  if (summary.userThreshold !== undefined && users !== undefined) {
    if (users > summary.userThreshold) {
      add(
        'fail',
        'too-many-users',
        `${summary.name} ends at ${millions(
          summary.userThreshold,
        )} monthly active users, and the company has ${millions(users)}.`,
        'Ask the licensor for a licence of your own.',
      );
    }
  }
  if (!from) findings.push(...listFindings(summary, params));
  for (const [i, duty] of summary.duties.entries()) {
    findings.push(
      weighed('note', {
        id: `${at.id}duty-${duty.when}-${i + 1}`,
        field,
        message: `${where}${duty.text}`,
        ...(link && { link }),
      }),
    );
  }
  return findings;
}

function listFindings(
  summary: LicenceSummary,
  { allowedLicences, deniedLicences = [] }: LicenceParams,
): WeighedFinding[] {
  const denied = deniedLicences.map(idOf);
  const allowed = allowedLicences?.map(idOf);
  return summary.licences
    .filter(
      ({ id }) => denied.includes(id) || (allowed && !allowed.includes(id)),
    )
    .map(({ id, name, url }) =>
      weighed('fail', {
        id: `licence-refused-${id}`,
        field: 'spec.license.id',
        message: `The policy does not take ${name}.`,
        howToFix: 'Choose another model, or ask legal for a waiver.',
        link: url,
      }),
    );
}

const FREEDOM = ['no', 'conditional', 'yes'];

/** Where the YAML says something else than the licence does; the licence counts. */
export function claimFindings(
  entity: ModelEntityV1alpha1,
  summary: LicenceSummary,
): WeighedFinding[] {
  const claim = entity.spec.license;
  const findings: WeighedFinding[] = [];
  const { commercialUse, userThreshold } = summary;
  if (
    claim?.commercialUse &&
    commercialUse &&
    claim.commercialUse !== commercialUse
  ) {
    const freer =
      FREEDOM.indexOf(claim.commercialUse) > FREEDOM.indexOf(commercialUse);
    findings.push(
      weighed(freer ? 'warn' : 'note', {
        id: 'claim-commercial-use',
        field: 'spec.license.commercialUse',
        message: `The card says commercial use: ${claim.commercialUse}; ${summary.name} says ${commercialUse}. The licence counts.`,
        howToFix: `Set spec.license.commercialUse to ${commercialUse}.`,
        link: summary.urls[0],
      }),
    );
  }
  if (
    claim?.userThreshold !== undefined &&
    claim.userThreshold !== userThreshold &&
    summary.known
  ) {
    findings.push(
      weighed('warn', {
        id: 'claim-user-threshold',
        field: 'spec.license.userThreshold',
        message: `The card says ${claim.userThreshold} monthly active users; ${
          summary.name
        } says ${userThreshold ?? 'nothing'}. The licence counts.`,
        howToFix: 'Correct spec.license.userThreshold or remove it.',
        link: summary.urls[0],
      }),
    );
  }
  return findings;
}

/** What travels down from the models that this one was made from. */
export function lineageFindings(
  entity: ModelEntityV1alpha1,
  summary: LicenceSummary,
  ancestors: Ancestor[],
  params: LicenceParams,
): WeighedFinding[] {
  return ancestors.flatMap(({ ref, entity: base }) => {
    if (!base) {
      return [
        weighed('warn', {
          id: `base-${ref}-missing`,
          field: 'spec.baseModel',
          message: `${ref} is not in the catalog, so nobody knows what its licence asks of this model.`,
          howToFix: `Register ${ref} with its licence.`,
        }),
      ];
    }
    const baseSummary = licenceSummary(base.spec.license?.id ?? '');
    // Whoever made both may license them as they like.
    const sameMaker = base.spec.provider === entity.spec.provider;
    const conflicts = licenceConflicts(baseSummary, summary).map(
      ({ base: terms, message }) =>
        weighed(sameMaker ? 'note' : params.lineageConflict ?? 'warn', {
          id: `base-${ref}-conflict-${terms.id}`,
          field: 'spec.license.id',
          message: `${ref}: ${message}`,
          howToFix: `Correct spec.license.id; the model may be used only as ${terms.name} allows.`,
          link: terms.url,
        }),
    );
    const prefixes = sameMaker ? [] : nameFindings(entity, baseSummary, ref);
    const inherited = sameMaker
      ? []
      : licenceFindings(baseSummary, params, ref);
    return [...conflicts, ...prefixes, ...inherited];
  });
}

function nameFindings(
  entity: ModelEntityV1alpha1,
  base: LicenceSummary,
  ref: string,
): WeighedFinding[] {
  const name = `${entity.metadata.title ?? ''} ${entity.metadata.name}`;
  return base.licences
    .filter(
      ({ namePrefix }) =>
        namePrefix && !name.toLowerCase().includes(namePrefix.toLowerCase()),
    )
    .map(({ id, name: licence, namePrefix, url }) =>
      weighed('warn', {
        id: `base-${ref}-name-${id}`,
        field: 'metadata.name',
        message: `${licence} asks that the name of a model made from ${ref} begins with "${namePrefix}".`,
        howToFix: 'Rename the model before it is handed on.',
        link: url,
      }),
    );
}

export const asLicenceParams = (params: JsonObject) =>
  params as unknown as LicenceParams;
