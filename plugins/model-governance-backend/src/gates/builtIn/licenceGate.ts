import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  knownLicences,
  licenceSummary,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import {
  asLicenceParams,
  claimFindings,
  licenceFindings,
  lineageFindings,
} from './licenceFindings';
import { outcomeOf } from '../weigh';
import { ancestorsOf } from './lineage';
import { paramsValidator } from './validateParams';

/**
 * What the licences of a model and of the models it was made from allow, and
 * what they ask for. Parameters: `unknownLicence` (what an unknown licence
 * does), `lineageConflict`, `requireCommercialUse`,
 * `companyMonthlyActiveUsers`, `allowedLicences`, `deniedLicences`.
 */
export const licenceGate: ModelGate = {
  id: 'licence',
  title: 'Licence',
  description:
    'The licences of the model and of its base models allow the use; what they ask for is listed.',
  factsOnly: true,
  guidance: {
    by: 'owner',
    howTo:
      'Name the licence in spec.license.id as SPDX or Hugging Face does, and the base model in spec.baseModel.',
  },
  // Another list of licences may give another answer.
  version: `1-${sha256Hex(canonicalJson(knownLicences)).slice(0, 8)}`,
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
  },
  cacheKey: ({ decisionFactsHash, entity: { metadata, spec } }) =>
    sha256Hex(
      canonicalJson([
        decisionFactsHash,
        metadata.title ?? '',
        spec.provider,
        spec.license ?? {},
      ]),
    ),
  async evaluate({ entity }, jsonParams, { getEntities }) {
    const params = asLicenceParams(jsonParams);
    const summary = licenceSummary(entity.spec.license?.id ?? '');
    const ancestors = await ancestorsOf(entity, getEntities);
    const findings = [
      ...licenceFindings(summary, params),
      ...claimFindings(entity, summary),
      ...lineageFindings(entity, summary, ancestors, params),
    ];
    return outcomeOf(findings, summary.summary, {
      licence: entity.spec.license?.id ?? '',
      readAs: summary.licences.map(({ id }) => id),
      ...(summary.commercialUse && { commercialUse: summary.commercialUse }),
      lineage: ancestors.map(({ ref, entity: base }) => ({
        ref,
        licence: base?.spec.license?.id ?? '',
      })),
    });
  },
};
