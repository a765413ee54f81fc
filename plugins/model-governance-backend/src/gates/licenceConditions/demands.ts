import {
  licenceDemands,
  licenceSummary,
  type LicenceEvidenceDuty,
  type LicenceEvidenceLimit,
  type LicenceSummary,
  type LicenceUse,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { GateSubject } from '@modelhub/backstage-plugin-models-node';
import type { Ancestor } from '../builtIn/lineage';
import { weighed, type WeighedFinding } from '../weigh';

/** What policies can tell of the company, beside the licence gate's own parameters. */
export interface CompanyParams {
  companyRegions?: string[];
  companyAnnualRevenueUsd?: number;
  conditionalUse?: 'note' | 'warn' | 'fail';
}

/** Text in and text out is no reason to be careful. */
const isMultimodal = ({ spec: { modalities } }: ModelEntityV1alpha1) =>
  [...(modalities?.input ?? []), ...(modalities?.output ?? [])].some(
    one => !['text', 'label', 'vector', 'embedding', 'score'].includes(one),
  );

/** What the licences of a lineage ask of this purpose, and where they end. */
export interface LineageDemands {
  duties: LicenceEvidenceDuty[];
  limits: LicenceEvidenceLimit[];
  findings: WeighedFinding[];
}

/** Holds the licences of a model and of what it was made from against the purpose. */
export function demandsOn(
  { entity, tier, purpose }: Pick<GateSubject, 'entity' | 'tier' | 'purpose'>,
  summary: LicenceSummary,
  ancestors: Ancestor[],
  params: CompanyParams,
): LineageDemands {
  const use: LicenceUse = {
    uses: purpose.uses,
    tier,
    companyRegions: params.companyRegions,
    companyAnnualRevenueUsd: params.companyAnnualRevenueUsd,
    isMultimodal: isMultimodal(entity),
  };
  const bound: Array<{ summary: LicenceSummary; from?: string }> = [
    { summary },
    // Whoever made both may license them as they like.
    ...ancestors
      .filter(
        it => it.entity && it.entity.spec.provider !== entity.spec.provider,
      )
      .map(it => ({
        summary: licenceSummary(it.entity?.spec.license?.id ?? ''),
        from: it.ref,
      })),
  ];
  const duties: LicenceEvidenceDuty[] = [];
  const limits: LicenceEvidenceLimit[] = [];
  const findings: WeighedFinding[] = [];
  for (const { summary: one, from } of bound) {
    const demands = licenceDemands(one, use);
    for (const duty of demands.duties) {
      const isKnown = duties.some(
        it => it.text === duty.text && it.when === duty.when,
      );
      if (!isKnown) duties.push({ ...duty, ...(from && { from }) });
    }
    for (const [n, limit] of demands.limits.entries()) {
      const { applies, rule, text, licence } = limit;
      const conditional = params.conditionalUse ?? 'warn';
      const weight = rule === 'forbidden' ? 'fail' : conditional;
      const hits = applies === 'here';
      limits.push({
        ...(limit.use && { use: limit.use }),
        text,
        licence,
        applies,
        effect: effectOf(hits ? weight : 'note'),
        ...(from && { from }),
      });
      if (!hits) continue;
      findings.push(
        weighed(weight, {
          id: `${from ? `base-${from}-` : ''}limit-${limit.use ?? 'any'}-${
            n + 1
          }`,
          field: from ? 'spec.baseModel' : 'spec.license.id',
          message: `${from ? `${from}: ` : ''}${text}`,
          howToFix:
            rule === 'forbidden'
              ? `Choose another model, or ask the licensor for a licence of your own; ${licence} does not reach this use.`
              : `Read ${licence} with legal, and write down in the reason how the condition is met.`,
          ...(one.urls[0] && { link: one.urls[0] }),
        }),
      );
    }
  }
  return { duties, limits, findings };
}

function effectOf(
  weight: 'note' | 'warn' | 'fail',
): LicenceEvidenceLimit['effect'] {
  if (weight === 'fail') return 'stops';
  return weight === 'warn' ? 'warns' : 'noted';
}
