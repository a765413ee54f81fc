/**
 * What all Model Hub plugins share: the kinds Model and EvaluationPack, the approval state machine,
 * permissions, and the API types and clients.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './approvals';
export * from './evaluationPack';
export * from './gates';
export * from './generated';
export * from './hardware';
export * from './licences';
export * from './model';
export * from './online';
export * from './permissions';
export * from './pricing';
