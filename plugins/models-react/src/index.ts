/**
 * API refs, hooks, chips, hints, tables and forms that the Model Hub frontends
 * share.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './charts';
export * from './chips';
export * from './forms';
export * from './hints';
export * from './hooks';
export * from './page';
export * from './tables';
export * from './text';
