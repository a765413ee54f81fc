import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DatabaseModelReader } from '../database/DatabaseModelReader';
import { DatabaseModelWriter } from '../database/DatabaseModelWriter';
import {
  EVERYTHING,
  type ModelPageRequest,
  type ModelQuery,
  type VisibilityFilter,
} from '../database/ModelStore';
import { migrationsDir } from '../database/tables';
import { projectModel } from '../projection/projectModel';
import { modelEntity } from './models';

/** Three models that differ in what one looks for. */
export const ENTITIES = [
  modelEntity(
    'alpha',
    {
      tasks: ['text-generation', 'summarization'],
      languages: ['en', 'de'],
      context: { maxTokens: 131072 },
      hardware: { minGpuMemoryGiB: 141 },
      license: { id: 'llama3.3' },
      parameters: 70e9,
    },
    {
      title: 'Alpha Großmodell',
      description: 'Résumés of long documents',
      tags: ['chat'],
      labels: { team: 'Red' },
      annotations: { 'acme.com/zone': 'Secret' },
    },
  ),
  modelEntity('beta', {
    tasks: ['text-generation'],
    context: { maxTokens: 8192 },
    hardware: { minGpuMemoryGiB: 16 },
    owner: 'group:default/other',
    curation: 'official',
    compatibility: { frameworks: ['vllm'] },
  }),
  modelEntity('gamma', {
    type: 'embedding',
    tasks: ['feature-extraction'],
    lifecycle: 'deprecated',
    provider: 'zeta',
  }),
];

export const ALL: ModelQuery = { facets: {} };

/** An index on a database of its own, with {@link ENTITIES} in it before each test. */
export function useIndex(
  databases: TestDatabases,
  databaseId: Parameters<TestDatabases['init']>[0],
) {
  const index = {} as {
    knex: Knex;
    reader: DatabaseModelReader;
    writer: DatabaseModelWriter;
  };

  beforeAll(async () => {
    index.knex = await databases.init(databaseId);
  });
  beforeEach(async () => {
    const { knex } = index;
    await knex.migrate.latest({ directory: migrationsDir });
    index.reader = await DatabaseModelReader.create(knex);
    index.writer = await DatabaseModelWriter.create(knex);
    await index.writer.upsert(ENTITIES.map(projectModel));
  });
  afterEach(async () => {
    await index.knex.migrate.rollback({ directory: migrationsDir }, true);
  });

  /** Names of what a query finds, on its first page. */
  const names = async (
    query: Partial<ModelQuery> = {},
    visible: VisibilityFilter = EVERYTHING,
    request: Partial<ModelPageRequest> = {},
  ) => {
    const { items } = await index.reader.page({ ...ALL, ...query }, visible, {
      sort: 'name',
      order: 'asc',
      limit: 20,
      ...request,
    });
    return items.map(({ row }) => row.name);
  };
  return { index, names };
}
