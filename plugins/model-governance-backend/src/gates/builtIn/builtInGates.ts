import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import type { Organisation } from '../../organisation/Organisation';
import { licenceGate } from './licenceGate';
import { modelCardGate } from './modelCardGate';
import { ownershipGate } from './ownershipGate';

/** The gates that this backend brings itself. */
export function builtInGates(options: {
  organisation: Pick<Organisation, 'exists' | 'membersOf' | 'leadsOf'>;
}): ModelGate[] {
  return [ownershipGate(options.organisation), licenceGate, modelCardGate];
}
