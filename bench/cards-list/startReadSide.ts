import {
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import modelCardsPlugin from '@modelhub/backstage-plugin-model-cards-backend';
import { modelReviewReadPermission } from '@modelhub/backstage-plugin-models-common';
import knexFactory, { type Knex } from 'knex';
import { DatabaseModelWriter } from '../../plugins/model-cards-backend/src/database/DatabaseModelWriter';
import { migrationsDir } from '../../plugins/model-cards-backend/src/database/tables';
import { projectModel } from '../../plugins/model-cards-backend/src/projection/projectModel';
import { seedModels, seedRatings } from './seedModels';

/** The read side over HTTP, filled with models. */
export type ReadSide = {
  /** Seconds that it took to store the models. */
  seedSeconds: number;
  url: string;
  /** What the permission policy says from now on. */
  decide: (decision: PolicyDecision) => void;
  stop: () => Promise<void>;
};

async function openPostgres(url: string): Promise<Knex> {
  const name = `bench_${Date.now()}`;
  const admin = knexFactory({ client: 'pg', connection: url });
  await admin.raw(`CREATE DATABASE ${name}`);
  await admin.destroy();
  const target = new URL(url);
  target.pathname = `/${name}`;
  return knexFactory({ client: 'pg', connection: target.href });
}

function openSqlite(): Knex {
  return knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
}

/** Starts the read side on PostgreSQL, or without a URL on SQLite. */
export async function startReadSide(options: {
  models: number;
  postgresUrl?: string;
}): Promise<ReadSide> {
  const knex = options.postgresUrl
    ? await openPostgres(options.postgresUrl)
    : openSqlite();
  await knex.migrate.latest({ directory: migrationsDir });
  const writer = await DatabaseModelWriter.create(knex);
  const started = performance.now();
  await writer.upsert(seedModels(options.models).map(projectModel));
  const refs = await writer.getRefsWithoutRating();
  await writer.setRatings(refs, seedRatings(refs));
  const seedSeconds = (performance.now() - started) / 1000;
  await knex.raw('ANALYZE');

  let decision: PolicyDecision = { result: AuthorizeResult.ALLOW };
  const permissions: PermissionsService = {
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    // Everybody reads reviews; what varies is which models they see.
    authorizeConditional: async requests =>
      requests.map(({ permission }) =>
        permission.name === modelReviewReadPermission.name
          ? { result: AuthorizeResult.ALLOW }
          : decision,
      ),
  };
  const backend = await startTestBackend({
    features: [
      modelCardsPlugin,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => mockServices.scheduler(),
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => mockServices.database({ knex }),
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => permissions,
      }),
    ],
  });
  return {
    seedSeconds,
    url: `http://localhost:${backend.server.port()}/api/model-cards/models`,
    decide: next => {
      decision = next;
    },
    async stop() {
      await backend.stop();
      await knex.destroy();
    },
  };
}
