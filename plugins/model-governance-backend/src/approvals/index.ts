export * from './ApprovalService';
export * from './ApprovalStore';
export * from './DatabaseApprovalStore';
export * from './DelegationStore';
export * from './createApprovalsRoom';
