import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  completeness,
  type Finding,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { paramsValidator } from './validateParams';

function isPresent(entity: ModelEntityV1alpha1, field: string): boolean {
  const value = field
    .split('.')
    .reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      entity,
    );
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== '';
}

/** Whether a card says enough for its tier. Parameters: `minScore` (0–100), `requiredFields`. */
export const modelCardGate: ModelGate = {
  id: 'model-card',
  title: 'Model card',
  description:
    'The card says what the model is for, what it is not, and how it was measured.',
  factsOnly: true,
  guidance: {
    by: 'owner',
    howTo:
      'Complete the card in the file of the model; the completeness on its page says what is missing.',
  },
  version: '1',
  appliesTo: () => true,
  validateParams: paramsValidator({
    minScore: { type: 'number', minimum: 0, maximum: 100 },
    requiredFields: {
      type: 'array',
      items: { type: 'string', pattern: '^(spec|metadata)\\.' },
    },
  }),
  paramOrder: { minScore: 'higher', requiredFields: 'superset' },
  cacheKey: ({ entity }) =>
    sha256Hex(canonicalJson([entity.metadata.description ?? '', entity.spec])),
  async evaluate({ entity }, params) {
    const minScore = Number(params.minScore ?? 0);
    const required = (params.requiredFields ?? []) as string[];
    const { score, missing } = completeness(entity);
    const titles = new Map(missing.map(item => [item.field, item.title]));
    const demanded = required.filter(field => !isPresent(entity, field));
    const finding = (
      field: string,
      severity: Finding['severity'],
    ): Finding => ({
      id: `missing-${field}`,
      severity,
      field,
      message: `The card does not say ${titles.get(field) ?? field}.`,
      howToFix: `Add ${field} to the model's YAML${
        titles.has(field) ? `: ${titles.get(field)}` : ''
      }.`,
    });
    const findings = [
      ...demanded.map(field => finding(field, 'high')),
      ...missing
        .filter(({ field }) => !demanded.includes(field))
        .map(({ field }) =>
          finding(field, score < minScore ? 'medium' : 'info'),
        ),
    ];
    const evidence = { score, minScore, missing: missing.map(m => m.field) };
    if (demanded.length > 0) {
      return {
        verdict: 'fail',
        summary: `The card has to say ${demanded
          .map(field => titles.get(field) ?? field)
          .join(', ')}.`,
        findings,
        evidence,
      };
    }
    return score < minScore
      ? {
          verdict: 'fail',
          summary: `The card is ${score} of 100 complete, and ${minScore} is asked for.`,
          findings,
          evidence,
        }
      : {
          verdict: 'pass',
          summary: `The card is ${score} of 100 complete.`,
          findings,
          evidence,
        };
  },
};
