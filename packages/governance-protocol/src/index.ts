/**
 * The formats that leave the control plane, and how to check them offline.
 *
 * @packageDocumentation
 */
export * from './crypto';
export * from './snapshot';
export * from './decision';
export * from './ledger';
export * from './gatewayProof';
export * from './stepUp';
export * from './usage';
export * from './evidence';
export * from './online';
