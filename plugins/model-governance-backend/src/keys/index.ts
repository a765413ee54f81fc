export * from './KeyStore';
export * from './DatabaseKeyStore';
export * from './readKeySecret';
export * from './KeyRotation';
