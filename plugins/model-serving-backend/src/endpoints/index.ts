export * from './Choices';
export * from './EndpointChanges';
export * from './EndpointService';
export * from './EndpointStore';
export * from './KeptEndpoints';
export * from './Previews';
export * from './Starter';
