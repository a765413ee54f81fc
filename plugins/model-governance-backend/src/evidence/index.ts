export * from './SubmissionStore';
