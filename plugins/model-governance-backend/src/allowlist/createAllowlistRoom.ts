import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { AccessRoom } from '../access/createAccessRoom';
import type { Guard } from '../access/Guard';
import type { Job } from '../database';
import type { Foundation } from '../foundation';
import {
  GatewayAuthenticator,
  GatewayService,
  GatewayStore,
  GatewayStreams,
  readGatewayConfig,
} from '../gateways';
import { KeyRotation } from '../keys';
import type { Organisation } from '../organisation/Organisation';
import type { StepUpService } from '../stepUp/StepUpService';
import { AllowlistPublisher } from './AllowlistPublisher';
import { AllowlistService } from './AllowlistService';
import { ContentReader } from './ContentReader';
import type { GrantsSource } from './GrantsSource';
import { ModelListings } from './ModelListings';

export interface AllowlistRoom {
  allowlist: AllowlistService;
  publisher: AllowlistPublisher;
  gateways: GatewayService;
  rotation: KeyRotation;
  authenticator: GatewayAuthenticator;
  jobs: Job[];
}

/** The allowlist, and the gateways that follow it. */
export function createAllowlistRoom(options: {
  foundation: Foundation;
  config: Config;
  logger: LoggerService;
  guard: Guard;
  access: AccessRoom;
  organisation: Organisation;
  grants: GrantsSource;
  stepUp: StepUpService;
}): AllowlistRoom {
  const { foundation, logger, guard, access } = options;
  const { clock, keys, transactions } = foundation;
  const { declared, maxAgeSeconds, heartbeatSeconds } = readGatewayConfig(
    options.config,
  );
  const store = GatewayStore.create({ knex: transactions.knex });
  const listings = ModelListings.create({ ...foundation, ...options });
  const reader = ContentReader.create({
    ...foundation,
    grants: options.grants,
    access: access.stores,
  });
  const publisher = AllowlistPublisher.create({
    reader,
    keys,
    clock,
    logger,
    maxAgeSeconds,
    heartbeatSeconds,
    enrolled: ids => store.enrolled(ids),
    streams: GatewayStreams.create({ store, clock, logger, heartbeatSeconds }),
    touchListings: refs => listings.touch(refs),
  });
  foundation.outbox.onWake(() => publisher.wake());
  return {
    publisher,
    allowlist: AllowlistService.create({
      ...foundation,
      guard,
      publisher,
      gateways: store,
      stepUp: options.stepUp,
    }),
    gateways: GatewayService.create({
      ...foundation,
      store,
      guard,
      reader,
      declared,
    }),
    rotation: KeyRotation.create({
      ...foundation,
      guard,
      stepUp: options.stepUp,
    }),
    authenticator: GatewayAuthenticator.create({ store, clock }),
    jobs: [
      {
        id: 'model-governance-listings',
        frequency: { minutes: 1 },
        timeout: { minutes: 5 },
        run: () => listings.refresh(),
      },
      {
        id: 'model-governance-gateway-prune',
        frequency: { minutes: 10 },
        timeout: { minutes: 2 },
        run: () => store.prune(clock.now().toISOString()),
      },
    ],
  };
}
