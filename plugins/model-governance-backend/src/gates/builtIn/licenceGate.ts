import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  knownLicences,
  LICENCE_GATE,
  licenceSummary,
  type LicenceEvidence,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import {
  asLicenceParams,
  claimFindings,
  licenceFindings,
  lineageFindings,
} from './licenceFindings';
import { demandsOn } from '../licenceConditions';
import { outcomeOf } from '../weigh';
import { ancestorsOf } from './lineage';
import { paramsValidator } from './validateParams';

/**
 * What the licences of a model and of the models it was made from allow, and
 * what they ask for. Parameters: `unknownLicence` (what an unknown licence
 * does), `lineageConflict`, `requireCommercialUse`,
 * `companyMonthlyActiveUsers`, `companyRegions` (where the company is based),
 * `companyAnnualRevenueUsd`, `conditionalUse` (what a use does that the licence
 * takes under conditions only), `allowedLicences`, `deniedLicences`.
 */
export const licenceGate: ModelGate = {
  id: LICENCE_GATE,
  title: 'Licence',
  description:
    'The licences of the model and of its base models allow the use; what they ask for is listed.',
  factsOnly: true,
  guidance: {
    by: 'owner',
    howTo:
      'Set spec.license.id to an SPDX or Hugging Face licence id, for the model and for what it was made from. The duties that it lists are owed by whoever uses the model.',
  },
  // Another list of licences may give another answer.
  version: `2-${sha256Hex(canonicalJson(knownLicences)).slice(0, 8)}`,
  // Base models change without this one.
  maxAgeSeconds: 3600,
  appliesTo: () => true,
  validateParams: paramsValidator(
    {
      unknownLicence: { enum: ['warn', 'needs-evidence', 'fail'] },
      lineageConflict: { enum: ['warn', 'fail'] },
      requireCommercialUse: { type: 'boolean' },
      companyMonthlyActiveUsers: { type: 'integer', minimum: 0 },
      allowedLicences: { type: 'array', items: { type: 'string' } },
      deniedLicences: { type: 'array', items: { type: 'string' } },
      companyRegions: { type: 'array', items: { type: 'string' } },
      companyAnnualRevenueUsd: { type: 'number', minimum: 0 },
      conditionalUse: { enum: ['note', 'warn', 'fail'] },
    },
    ['unknownLicence'],
  ),
  paramOrder: {
    unknownLicence: ['warn', 'needs-evidence', 'fail'],
    lineageConflict: ['warn', 'fail'],
    requireCommercialUse: [false, true],
    companyMonthlyActiveUsers: 'higher',
    allowedLicences: 'subset',
    deniedLicences: 'superset',
    companyRegions: 'superset',
    companyAnnualRevenueUsd: 'higher',
    conditionalUse: ['note', 'warn', 'fail'],
  },
  cacheKey: ({
    decisionFactsHash,
    tier,
    purpose,
    entity: { metadata, spec },
  }) =>
    sha256Hex(
      canonicalJson([
        decisionFactsHash,
        metadata.title ?? '',
        spec.provider,
        spec.license ?? {},
        spec.modalities ?? {},
        tier,
        purpose.title,
        purpose.uses ?? 'nobody says',
      ]),
    ),
  async evaluate(subject, jsonParams, { getEntities }) {
    const { entity, purpose } = subject;
    const params = asLicenceParams(jsonParams);
    const summary = licenceSummary(entity.spec.license?.id ?? '');
    const ancestors = await ancestorsOf(entity, getEntities);
    const demands = demandsOn(subject, summary, ancestors, params);
    const findings = [
      ...demands.findings,
      ...licenceFindings(summary, params),
      ...claimFindings(entity, summary),
      ...lineageFindings(entity, summary, ancestors, params),
    ];
    const evidence: LicenceEvidence = {
      kind: 'licence',
      licence: entity.spec.license?.id ?? '',
      readAs: summary.licences.map(({ id }) => id),
      names: summary.licences.map(({ name, url }) => ({ name, url })),
      ...(summary.commercialUse && { commercialUse: summary.commercialUse }),
      summary: summary.summary,
      purpose: purpose.title,
      ...(purpose.uses && { uses: purpose.uses }),
      duties: demands.duties,
      limits: demands.limits,
      acceptableUses: summary.acceptableUses,
      lineage: ancestors.map(({ ref, entity: base }) => ({
        ref,
        licence: base?.spec.license?.id ?? '',
      })),
    };
    return outcomeOf(findings, summary.summary, evidence);
  },
};
