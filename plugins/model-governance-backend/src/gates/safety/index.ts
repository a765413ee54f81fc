export { SAFETY_GATE, safetyGate } from './safetyGate';
