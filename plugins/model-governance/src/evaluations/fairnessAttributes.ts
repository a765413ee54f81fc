import type {
  FairnessAttribute,
  FairnessGap,
  FairnessGroup,
  ModelEvaluationDetail,
} from '@modelhub/backstage-plugin-models-common';
import { fromJsonBody } from '../lib/json';

/** A comparison of groups as the API gives it: `FairnessComparison` of the library of evaluations. */
interface Comparison {
  attribute: string;
  metric: string;
  unit: string;
  confidence: number;
  groups: FairnessGroup[];
  gap?: Gap;
  demographicParity?: Gap;
  equalisedOdds?: Gap;
}

type Gap = Required<Pick<FairnessGap, 'value' | 'interval' | 'between'>>;

const gapOf = (
  id: FairnessGap['id'],
  title: string,
  unit: string,
  gap: Gap | undefined,
): FairnessGap => ({
  id,
  title,
  unit,
  standing: gap ? 'met' : 'not-measured',
  ...gap,
});

/** How groups fared in a result. Nothing is asked of the gaps here: a policy does. */
export function fairnessAttributes({
  fairness,
  metrics,
}: Pick<ModelEvaluationDetail, 'fairness' | 'metrics'>): FairnessAttribute[] {
  return fairness.map(value => {
    const it = fromJsonBody<Comparison>(value);
    const title =
      metrics.find(({ name, slice }) => name === it.metric && !slice)?.title ??
      it.metric;
    return {
      attribute: it.attribute,
      metric: it.metric,
      title,
      unit: it.unit,
      confidence: it.confidence,
      groups: it.groups,
      gaps: [
        gapOf('gap', title, it.unit, it.gap),
        ...(it.demographicParity
          ? [
              gapOf(
                'demographic-parity',
                'Demographic parity',
                'ratio',
                it.demographicParity,
              ),
            ]
          : []),
        ...(it.equalisedOdds
          ? [
              gapOf(
                'equalised-odds',
                'Equalised odds',
                'ratio',
                it.equalisedOdds,
              ),
            ]
          : []),
      ],
    };
  });
}
