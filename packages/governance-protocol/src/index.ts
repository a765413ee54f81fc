/**
 * The formats that leave the control plane, and how to check them offline.
 *
 * @packageDocumentation
 */
export * from './snapshot';
export * from './ledger';
