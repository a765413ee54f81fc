/**
 * API refs, hooks, chips and hints that the Model Hub frontends share.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './chips';
export * from './hints';
export * from './hooks';
export * from './page';
export * from './text';
