export * from './ApprovalService';
export * from './ApprovalStore';
export * from './DatabaseApprovalStore';
export * from './DelegationStore';
export * from './boundApprovals';
export * from './createApprovalsRoom';
export * from './Incumbents';
export * from './PackNews';
