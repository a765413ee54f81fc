export { FAIRNESS_GATE, fairnessGate } from './fairnessGate';
