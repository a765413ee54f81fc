export { dataProvenanceGate } from './dataProvenanceGate';
