export * from './features';
export * from './GatewayAuthenticator';
export * from './GatewayService';
export * from './GatewayStore';
export * from './GatewayStreams';
export * from './readGatewayConfig';
