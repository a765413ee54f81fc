export * from './createEvidenceRoom';
export type { EvidenceApprovals } from './EvidenceDeps';
export { MAX_BODY_BYTES } from './bodyLimit';
export type { EvidenceBundles } from './EvidenceBundles';
export { HUB_REF } from './HubSubmissions';
export type { HubSubmissions } from './HubSubmissions';
export type { SubmissionService } from './SubmissionService';
export { SubmissionStore } from './SubmissionStore';
export type { TokenService } from './TokenService';
