import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Guard } from '../access';
import type { Foundation } from '../foundation';
import type { Organisation } from '../organisation/Organisation';
import { DefaultStepUpService } from './DefaultStepUpService';
import { PasskeyService } from './PasskeyService';
import { PasskeyStore } from './PasskeyStore';
import { readWebAuthnConfig } from './readWebAuthnConfig';

/** Wires passkeys and the confirmations that they give. */
export function createStepUpRoom(options: {
  foundation: Foundation;
  guard: Guard;
  config: Config;
  organisation: Pick<Organisation, 'exists'>;
  logger?: LoggerService;
}) {
  const { foundation, guard, config, organisation, logger } = options;
  const deps = {
    ...foundation,
    guard,
    logger,
    store: PasskeyStore.create(),
    relyingParty: readWebAuthnConfig(config),
  };
  const service = DefaultStepUpService.create(deps);
  const passkeys = PasskeyService.create({
    ...deps,
    stepUp: service,
    organisation,
  });
  return {
    service,
    passkeys,
    /** Of these users, those who have a passkey. */
    withPasskey: (userRefs: string[]) =>
      deps.store.usersWith(foundation.transactions.knex, userRefs),
  };
}
