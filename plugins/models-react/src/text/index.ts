export * from './LicenceText';
export * from './ModelLink';
export * from './RelativeTime';
