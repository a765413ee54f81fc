export * from './catalogEntities';
export * from './databases';
export * from './portal';
export * from './TestClock';
export * from './TestOrganisation';
export * from './startRooms';
export * from './openStream';
