export * from './CopyButton';
export * from './LicenceText';
export * from './ModelLink';
export * from './Person';
export * from './RelativeTime';
export * from './Stars';
