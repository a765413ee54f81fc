import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import {
  type Clock,
  IdempotencyKeys,
  openDatabase,
  systemClock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { migrationsDirectory, type Job } from './database';
import { DatabaseKeyStore, readKeySecret, type KeyStore } from './keys';
import { DatabaseLedgerStore, type LedgerStore } from './ledger';
import { DatabaseOutbox } from './outbox';

/** What every room stands on. */
export interface Foundation {
  clock: Clock;
  transactions: Transactions;
  keys: KeyStore;
  ledger: LedgerStore;
  outbox: DatabaseOutbox;
  idempotency: IdempotencyKeys;
  jobs: Job[];
}

/** Opens the database and what all rooms share in it. */
export async function createFoundation(options: {
  database: DatabaseService;
  config: Config;
  logger: LoggerService;
  clock?: Clock;
}): Promise<Foundation> {
  const { config, logger, clock = systemClock } = options;
  const secret = readKeySecret({
    config,
    logger,
    nodeEnv: process.env.NODE_ENV,
  });
  const knex = await openDatabase(options.database, migrationsDirectory);
  const transactions = Transactions.create({ knex });
  const keys = DatabaseKeyStore.create({ transactions, clock, secret });
  const ledger = DatabaseLedgerStore.create({ transactions, keys, clock });
  const idempotency = IdempotencyKeys.create({ knex, clock });
  return {
    clock,
    transactions,
    keys,
    ledger,
    outbox: DatabaseOutbox.create({ clock }),
    idempotency,
    jobs: [
      {
        id: 'model-governance-ledger-checkpoint',
        frequency: { minutes: 5 },
        timeout: { minutes: 2 },
        run: async () => {
          await ledger.checkpoint();
        },
      },
      {
        id: 'model-governance-idempotency-prune',
        frequency: { hours: 6 },
        timeout: { minutes: 5 },
        run: () => idempotency.prune(),
      },
    ],
  };
}
