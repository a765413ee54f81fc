import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { licenceGate } from './licenceGate';
import { modelCardGate } from './modelCardGate';
import { ownershipGate, type GateOrganisation } from './ownershipGate';

/** The gates that this backend brings itself. */
export function builtInGates(options: {
  organisation: GateOrganisation;
}): ModelGate[] {
  return [ownershipGate(options.organisation), licenceGate, modelCardGate];
}
