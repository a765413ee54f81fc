import type { GateResult } from '@modelhub/backstage-plugin-models-common';
import type { ComponentType } from 'react';
import { ArtifactScanView } from '../artifactScan/ArtifactScanView';
import { scanEvidenceOf } from '../artifactScan/words';

/** How people want to see the evidence of a gate. */
export interface EvidenceView {
  View: ComponentType<{ gate: GateResult }>;
  /** The view shows the findings too. */
  showsFindings?: boolean;
}

function ArtifactScan({ gate }: { gate: GateResult }) {
  const evidence = scanEvidenceOf(gate);
  return evidence ? <ArtifactScanView evidence={evidence} /> : undefined;
}

/** By the evidence's own `kind`. */
const views: Record<string, EvidenceView> = {
  'artifact-scan': { View: ArtifactScan, showsFindings: true },
};

/** The view for what a gate left; undefined where its evidence is shown as it is. */
export function evidenceViewOf(gate: GateResult): EvidenceView | undefined {
  const kind: unknown = gate.evidence?.kind;
  return typeof kind === 'string' && Object.hasOwn(views, kind)
    ? views[kind]
    : undefined;
}
