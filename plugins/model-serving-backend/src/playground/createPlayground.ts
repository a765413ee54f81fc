import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import {
  ChangeSignal,
  IdempotencyKeys,
  SecretBox,
  systemClock,
  Transactions,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import { randomUUID } from 'node:crypto';
import type { EndpointAccess } from '../access';
import { readServingConfig } from '../config';
import { SERVING_TOPIC } from '../news';
import { Callers } from '../people';
import type { Job } from '../servingRooms';
import { AnswerStore } from './batches/AnswerStore';
import { BatchExecution } from './batches/BatchExecution';
import { BatchFiling } from './batches/BatchFiling';
import { BatchRunner } from './batches/BatchRunner';
import { BatchRunStore } from './batches/BatchRunStore';
import { BatchService } from './batches/BatchService';
import { BatchStore } from './batches/BatchStore';
import { BatchTables } from './batches/BatchTables';
import { ChatLimits } from './chat/ChatLimits';
import { ChatService } from './chat/ChatService';
import { GatewayCalls } from './gateway/GatewayCalls';
import { KeyStore } from './keys/KeyStore';
import { PlaygroundKeys } from './keys/PlaygroundKeys';
import { People } from './People';
import { readPlaygroundConfig } from './readPlaygroundConfig';
import type { PlaygroundDesk } from './router';
import { TargetList } from './targets/TargetList';
import { TargetService } from './targets/TargetService';

/** What is asked of governance, always as the person. */
export type PlaygroundGovernance = Pick<
  ModelGovernanceClient,
  | 'attachEvaluation'
  | 'checkAccess'
  | 'fileModelEvaluation'
  | 'getAllowlist'
  | 'issueKey'
  | 'listAccessProfiles'
  | 'revokeKey'
  | 'rotateKey'
>;

export interface PlaygroundOptions {
  auth: AuthService;
  auditor: AuditorService;
  catalog: CatalogService;
  /** The machine's own by default. */
  clock?: Clock;
  config: RootConfigService;
  /** Ready endpoints, and the secrets of their keys. */
  endpoints: EndpointAccess;
  governance: PlaygroundGovernance;
  httpAuth: HttpAuthService;
  /** With the tables of this plugin. */
  database: DatabaseService;
  logger: LoggerService;
  signals: SignalsService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
}

export interface Playground extends PlaygroundDesk {
  runner: BatchRunner;
  jobs: Job[];
}

/** Wires the playground: targets, chats, files and batches. */
export async function createPlayground(
  options: PlaygroundOptions,
): Promise<Playground> {
  const { clock = systemClock, logger } = options;
  const knex = await options.database.getClient();
  const signal = ChangeSignal.create({ ...options, channel: SERVING_TOPIC });
  const config = readPlaygroundConfig(
    options.config,
    readServingConfig(options.config),
  );
  const { purpose, storageKey, limits } = config;
  const transactions = Transactions.create({ knex });
  const people = People.create({
    ...options,
    callers: Callers.create(options),
  });
  const calls = GatewayCalls.create({
    gatewayUrl: config.gatewayUrl,
    timeoutMs: config.answerTimeoutMs,
  });
  const keys = PlaygroundKeys.create({
    ...options,
    clock,
    store: KeyStore.create({ knex }),
    purpose,
    known: secret => calls.knows(secret),
    box: storageKey
      ? SecretBox.create(storageKey, 'modelhub playground keys at rest')
      : undefined,
  });
  const targets = TargetService.create({ ...options, keys, purpose });
  const batches = BatchStore.create({ knex });
  const runs = BatchRunStore.create({ knex, clock, owner: randomUUID() });
  const answers = AnswerStore.create({ transactions, runs });
  const runner = BatchRunner.create({
    runs,
    execution: BatchExecution.create({
      batches,
      answers,
      people,
      targets,
      calls,
      config,
    }),
    logger,
    changed: () => signal.changed(),
    concurrency: config.runsAtOnce,
    timeoutMs: config.runTimeoutMs,
  });
  const batchService = BatchService.create({
    people,
    targets,
    batches,
    runs,
    tables: BatchTables.create({ batches, runs, answers }),
    filing: BatchFiling.create({
      runs,
      targets,
      governance: options.governance,
    }),
    transactions,
    idempotency: IdempotencyKeys.create({ knex, clock }),
    clock,
    config,
    wake: () => {
      runner.wake();
      signal.changed();
    },
  });
  return {
    limits,
    people,
    chat: ChatService.create({
      people,
      targets,
      calls,
      limits: ChatLimits.create({
        clock,
        atOnce: limits.chatsAtOnce,
        perMinute: limits.chatsPerMinute,
      }),
      config,
    }),
    targetList: TargetList.create({
      ...options,
      people,
      targets,
      keys,
      calls,
      config,
    }),
    batches: batchService,
    runner,
    jobs: [
      {
        id: 'model-serving-playground',
        frequency: { minutes: 15 },
        timeout: { minutes: 10 },
        run: async () => {
          await batchService.eraseOld();
          await keys.prune();
        },
      },
    ],
  };
}
