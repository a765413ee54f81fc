export * from './actionsRegistry';
export * from './registerActions';
