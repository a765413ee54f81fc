import { mockServices, TestDatabases } from '@backstage/backend-test-utils';

const loaded = (name: RegExp) =>
  Object.keys(require.cache).filter(file => name.test(file));

// Before the test: what the whole loads declares hooks.
const before = loaded(/node_modules/);
const whole: Record<string, unknown> = jest.requireActual(
  '@backstage/backend-test-utils',
);

it('loads what a file names of the test utilities, and no second copy', () => {
  expect(before.filter(file => /@aws-sdk|@azure|@redis/.test(file))).toEqual(
    [],
  );
  expect(before.length).toBeLessThan(1_000);
  expect(loaded(/node_modules/).length).toBeGreaterThan(before.length);

  expect(whole.TestDatabases).toBe(TestDatabases);
  expect(whole.mockServices).toBe(mockServices);
  expect(mockServices.discovery()).toHaveProperty('getBaseUrl');
});
