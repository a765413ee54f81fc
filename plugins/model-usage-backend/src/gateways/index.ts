export * from './GatewayAuthenticator';
export * from './GatewayKeys';
