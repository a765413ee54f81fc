/**
 * Databases and a clock for tests of backends.
 *
 * @packageDocumentation
 */
export * from './testUtils/migrationFaults';
export * from './testUtils/TestClock';
export * from './testUtils/testDatabases';
