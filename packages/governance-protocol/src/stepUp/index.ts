export {
  stepUpChallenge,
  stepUpPayloadHash,
  verifyStepUpEvidence,
} from './stepUp';
export type { StepUpEvidence, StepUpVerification } from './stepUp';
