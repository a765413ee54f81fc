import type {
  AdvisoriesEvidence,
  ArtifactSignatureEvidence,
  CostEnvelopeEvidence,
  DataBoundaryEvidence,
  DataProvenanceEvidence,
  EvaluationEvidence,
  FairnessEvidence,
  GateResult,
  HardwareFitEvidence,
  KpiEvidence,
  OperationalReadinessEvidence,
  PerformanceSlaEvidence,
  SafetyEvidence,
} from '@modelhub/backstage-plugin-models-common';
import type { ComponentType } from 'react';
import { AdvisoriesView } from '../advisories/AdvisoriesView';
import { ArtifactScanView } from '../artifactScan/ArtifactScanView';
import { scanEvidenceOf } from '../artifactScan/words';
import { ArtifactSignatureView } from '../artifactSignature/ArtifactSignatureView';
import { CostEnvelopeView } from '../costEnvelope/CostEnvelopeView';
import { DataBoundaryView } from '../dataBoundary/DataBoundaryView';
import { DataProvenanceView } from '../dataProvenance/DataProvenanceView';
import { FindingsList } from '../FindingsList';
import { EvaluationView } from '../evaluation/EvaluationView';
import { FairnessView } from '../fairness/FairnessView';
import { HardwareFitView } from '../hardwareFit/HardwareFitView';
import { KpiView } from '../kpi/KpiView';
import { LicenceView } from '../licenceConditions/LicenceView';
import { OperationalReadinessView } from '../operationalReadiness/OperationalReadinessView';
import { PerformanceSlaView } from '../performanceSla/PerformanceSlaView';
import { SafetyView } from '../safety/SafetyView';

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

/** A view by what it shows; its `kind` was looked at before. */
function viewOf<T>(
  View: ComponentType<{ evidence: T }>,
  showsFindings?: boolean,
): EvidenceView {
  return {
    View: ({ gate }) => <View evidence={gate.evidence as T} />,
    showsFindings,
  };
}

/** Findings that only say again what a view of packs shows with its command. */
const SHOWN_BY_PACKS = /^(missing|not-measured|set-aside)-/;

function packsView<T>(View: ComponentType<{ evidence: T }>): EvidenceView {
  return {
    View: ({ gate }) => (
      <>
        <View evidence={gate.evidence as T} />
        <FindingsList
          findings={(gate.findings ?? []).filter(
            ({ id }) => !SHOWN_BY_PACKS.test(id),
          )}
        />
      </>
    ),
    showsFindings: true,
  };
}

/** By the evidence's own `kind`. */
const views: Record<string, EvidenceView> = {
  advisories: viewOf<AdvisoriesEvidence>(AdvisoriesView),
  'artifact-scan': { View: ArtifactScan, showsFindings: true },
  'artifact-signature': viewOf<ArtifactSignatureEvidence>(
    ArtifactSignatureView,
  ),
  'cost-envelope': viewOf<CostEnvelopeEvidence>(CostEnvelopeView),
  'data-boundary': viewOf<DataBoundaryEvidence>(DataBoundaryView),
  'data-provenance': viewOf<DataProvenanceEvidence>(DataProvenanceView),
  evaluation: packsView<EvaluationEvidence>(EvaluationView),
  fairness: packsView<FairnessEvidence>(FairnessView),
  'hardware-fit': viewOf<HardwareFitEvidence>(HardwareFitView),
  kpi: viewOf<KpiEvidence>(KpiView),
  licence: { View: LicenceView, showsFindings: true },
  'operational-readiness': viewOf<OperationalReadinessEvidence>(
    OperationalReadinessView,
    true,
  ),
  'performance-sla': viewOf<PerformanceSlaEvidence>(PerformanceSlaView),
  safety: packsView<SafetyEvidence>(SafetyView),
};

/** The view for what a gate left; undefined where its evidence is shown as it is. */
export function evidenceViewOf(gate: GateResult): EvidenceView | undefined {
  const kind: unknown = gate.evidence?.kind;
  return typeof kind === 'string' && Object.hasOwn(views, kind)
    ? views[kind]
    : undefined;
}
