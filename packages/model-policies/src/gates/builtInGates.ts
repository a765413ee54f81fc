import documents from './gateDocuments.json';
import { gateOf, type GateDocument } from './paramsValidator';
import type { GateDescription } from '../types';

/**
 * The gates that Model Hub's governance backend brings itself, as policies see
 * them. The list is made from the gates, and a test of the backend compares.
 *
 * @public
 */
export function builtInGateDescriptions(): GateDescription[] {
  return (documents as unknown as GateDocument[]).map(gateOf);
}
