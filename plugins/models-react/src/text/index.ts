export * from './CopyButton';
export * from './LicenceText';
export * from './ModelLink';
export * from './RelativeTime';
