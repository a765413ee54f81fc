import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { performanceSlaGate } from '../performanceSla';
import { costEnvelopeGate, type Budgets } from '../costEnvelope';
import { dataProvenanceGate } from '../dataProvenance';
import { hardwareFitGate } from '../hardwareFit';
import { evaluationGate } from '../evaluation';
import type { PackGateOptions } from '../evaluationPack';
import { fairnessGate } from '../fairness';
import { safetyGate } from '../safety';
import { operationalReadinessGate } from '../operationalReadiness';
import { licenceGate } from './licenceGate';
import { modelCardGate } from './modelCardGate';
import { ownershipGate, type GateOrganisation } from './ownershipGate';

/** The gates that this backend brings itself. */
export function builtInGates(options: {
  organisation: GateOrganisation;
  budgets: Budgets;
  packs: PackGateOptions;
}): ModelGate[] {
  return [
    ownershipGate(options.organisation),
    licenceGate,
    modelCardGate,
    dataProvenanceGate,
    performanceSlaGate,
    evaluationGate(options.packs),
    fairnessGate(options.packs),
    safetyGate(options.packs),
    hardwareFitGate,
    costEnvelopeGate(options.budgets),
    operationalReadinessGate,
  ];
}
