export { EVALUATION_GATE, evaluationGate } from './evaluationGate';
