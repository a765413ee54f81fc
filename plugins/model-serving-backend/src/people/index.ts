export * from './Callers';
export * from './Memberships';
