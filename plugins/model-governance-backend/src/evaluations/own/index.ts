export * from './AttachedEvaluationService';
export * from './AttachmentStore';
export * from './OwnInputResults';
