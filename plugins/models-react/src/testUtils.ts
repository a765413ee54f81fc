/**
 * The other end of the clients, and signals, for tests of frontends.
 *
 * @packageDocumentation
 */
export * from './testUtils/FakeBackends';
export * from './testUtils/FakeSignals';
