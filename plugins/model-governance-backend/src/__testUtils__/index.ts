export { TestClock } from '@modelhub/backstage-plugin-models-node/testUtils';
export * from './catalogEntities';
export * from './databases';
export * from './portal';

export * from './TestOrganisation';
export * from './startRooms';
export * from './openStream';
