export * from './createStepUpRoom';
export * from './DefaultStepUpService';
export * from './PasskeyService';
export * from './StepUpService';
