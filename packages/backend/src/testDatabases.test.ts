import { TestDatabases } from '@backstage/backend-test-utils';

// TestDatabases leaves out PostgreSQL without a word when it has no server, and
// every store would then be tested on SQLite alone.
describe('the databases of the tests', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it('are SQLite and PostgreSQL; `npm test -- --only unit` starts one', () => {
    expect(databases.eachSupportedId()).toEqual([
      ['SQLITE_3'],
      ['POSTGRES_18'],
    ]);
  });
});
