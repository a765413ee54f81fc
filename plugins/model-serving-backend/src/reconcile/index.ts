export * from './EngineViews';
export * from './looks';
export * from './Orphans';
export * from './Reconciler';
export * from './WorkStore';
