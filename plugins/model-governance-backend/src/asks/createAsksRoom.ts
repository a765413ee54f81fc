import type {
  AuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Guard } from '../access';
import type { Job } from '../database';
import type { Foundation } from '../foundation';
import type { Organisation } from '../organisation';
import { AskAuthorizer, type ModelAskRuleset } from './AskAuthorizer';
import type { AskService } from './AskService';
import { AskStore } from './AskStore';
import { AskWaiters } from './AskWaiters';
import { DefaultAskService } from './DefaultAskService';
import type { AskDeps, AskDirectory } from './deps';
import { GatewayAsks } from './GatewayAsks';

export interface AsksRoom {
  asks: AskService;
  gatewayAsks: GatewayAsks;
  jobs: Job[];
}

/** Questions of held calls, put by gateways and decided by people. */
export function createAsksRoom(options: {
  foundation: Foundation;
  config: Config;
  auth: AuthService;
  guard: Guard;
  organisation: Organisation;
  directory: AskDirectory;
  permissions: PermissionsService;
  store: AskStore;
  ruleset: ModelAskRuleset;
}): AsksRoom {
  const { foundation, config, permissions, ruleset, store } = options;
  const deps: AskDeps = {
    ...foundation,
    store,
    waiters: AskWaiters.create({ find: ids => store.byIds(ids) }),
    authorizer: AskAuthorizer.create({ permissions, ruleset }),
    directory: options.directory,
    auth: options.auth,
    guard: options.guard,
    organisation: options.organisation,
    managers:
      config.getOptionalStringArray('modelGovernance.asks.managers') ?? [],
  };
  const gatewayAsks = GatewayAsks.create(deps);
  return {
    asks: DefaultAskService.create(deps),
    gatewayAsks,
    jobs: [
      {
        id: 'model-governance-asks-expire',
        frequency: { seconds: 30 },
        timeout: { minutes: 2 },
        run: () => gatewayAsks.expire(),
      },
    ],
  };
}
