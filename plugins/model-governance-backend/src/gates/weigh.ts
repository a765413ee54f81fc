import type { JsonObject } from '@backstage/types';
import type { Finding } from '@modelhub/backstage-plugin-models-common';
import type {
  GateOutcome,
  GateVerdict,
} from '@modelhub/backstage-plugin-models-node';

/** What a finding does to the verdict. */
export type Weight = 'note' | 'warn' | 'needs-evidence' | 'fail';

/** A finding with what it does. */
export interface WeighedFinding {
  weight: Weight;
  finding: Finding;
}

const SEVERITY: Record<Weight, Finding['severity']> = {
  note: 'info',
  warn: 'medium',
  'needs-evidence': 'medium',
  fail: 'high',
};

/** The heaviest first. */
const VERDICTS: Array<[Weight, GateVerdict]> = [
  ['fail', 'fail'],
  ['needs-evidence', 'needs-evidence'],
  ['warn', 'warn'],
  ['note', 'pass'],
];

/** A finding as grave as what it does. */
export const weighed = (
  weight: Weight,
  finding: Omit<Finding, 'severity'>,
): WeighedFinding => ({
  weight,
  finding: { ...finding, severity: SEVERITY[weight] },
});

/** The heaviest finding decides and is the summary; without one that weighs, `fine` is. */
export function outcomeOf(
  findings: WeighedFinding[],
  fine: string,
  evidence: object,
): GateOutcome {
  const order = VERDICTS.map(([weight]) => weight);
  const sorted = [...findings].sort(
    (a, b) => order.indexOf(a.weight) - order.indexOf(b.weight),
  );
  const worst = sorted.find(({ weight }) => weight !== 'note');
  const [, verdict] = VERDICTS.find(([weight]) => weight === worst?.weight) ?? [
    'note',
    'pass' as const,
  ];
  return {
    verdict,
    summary: worst?.finding.message ?? fine,
    findings: sorted.map(({ finding }) => finding),
    evidence: evidence as JsonObject,
  };
}
