export * from './GatewayAuthenticator';
export * from './GatewayService';
export * from './GatewayStore';
export * from './readGatewayConfig';
