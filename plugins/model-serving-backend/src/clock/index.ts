export * from './HubClock';
