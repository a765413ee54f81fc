export * from './rules';
export * from './ApprovalAuthorizer';
