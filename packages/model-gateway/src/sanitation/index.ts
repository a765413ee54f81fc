export { createSanitationStage } from './createSanitationStage';
export type { FindingReport } from './createSanitationStage';
export type { Detector, Finding } from './Detector';
export { createPersonalDataDetector } from './personalData';
export { createSecretsDetector } from './secrets';
export { SentBodies } from './SentBodies';
