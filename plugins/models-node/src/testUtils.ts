/**
 * Databases and a clock for tests of backends.
 *
 * @packageDocumentation
 */
export * from './testUtils/describeMigrations';
export * from './testUtils/TestClock';
export * from './testUtils/testDatabases';
