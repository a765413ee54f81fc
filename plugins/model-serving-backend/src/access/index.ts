export * from './EndpointAccess';
