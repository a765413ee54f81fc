export * from './ModerationService';
export * from './ModerationStore';
