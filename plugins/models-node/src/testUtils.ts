/**
 * Databases and a clock for tests of backends, and what every engine has to keep.
 *
 * @packageDocumentation
 */
export * from './testUtils/engineContract';
export * from './testUtils/migrationFaults';
export * from './testUtils/TestClock';
export * from './testUtils/testDatabases';
