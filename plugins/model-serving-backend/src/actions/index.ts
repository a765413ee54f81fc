export * from './registerEndpointActions';
