import type { Config } from '@backstage/config';
import type { Job } from '../database';
import type { Foundation } from '../foundation';
import type { Organisation } from '../organisation/Organisation';
import type { AccessDeps, AccessStores } from './AccessDeps';
import { DatabaseGatewayKeyStore } from './DatabaseGatewayKeyStore';
import { DatabaseScopeStore } from './DatabaseScopeStore';
import { declareScopes } from './declareScopes';
import { DefaultAccessDirectory } from './DefaultAccessDirectory';
import type { Guard } from './Guard';
import { KeyBindings } from './KeyBindings';
import { KeyMemberWatch } from './KeyMemberWatch';
import { KeyOwnerWatch } from './KeyOwnerWatch';
import { KeyService } from './KeyService';
import { ProfileService } from './ProfileService';
import { PurposeService, type BoundApprovals } from './PurposeService';
import { readKeyConfig } from './readKeyConfig';
import { readScopes } from './readScopes';

export interface AccessRoom {
  stores: AccessStores;
  directory: DefaultAccessDirectory;
  profiles: ProfileService;
  purposes: PurposeService;
  keys: KeyService;
  bindings: KeyBindings;
  /** Adds the profiles and purposes of the configuration that are missing. */
  declare(): Promise<void>;
  jobs: Job[];
}

/** Profiles, purposes and gateway keys. */
export function createAccessRoom(options: {
  foundation: Foundation;
  config: Config;
  guard: Guard;
  organisation: Organisation;
  bound: BoundApprovals;
}): AccessRoom {
  const { foundation, config, guard, organisation } = options;
  const { knex } = foundation.transactions;
  const stores = {
    scopes: DatabaseScopeStore.create({ knex }),
    keys: DatabaseGatewayKeyStore.create({ knex }),
  };
  const directory = DefaultAccessDirectory.create({
    store: stores.scopes,
    organisation,
  });
  const deps: AccessDeps = {
    ...foundation,
    stores,
    directory,
    guard,
    organisation,
  };
  const keyConfig = readKeyConfig(config);
  const owners = KeyOwnerWatch.create(deps, keyConfig);
  const members = KeyMemberWatch.create(deps, keyConfig);
  return {
    stores,
    directory,
    profiles: ProfileService.create(deps),
    purposes: PurposeService.create(deps, options.bound),
    keys: KeyService.create(deps, keyConfig),
    bindings: KeyBindings.create(deps, keyConfig),
    declare: () => declareScopes(deps, readScopes(config)),
    jobs: [
      {
        id: 'model-governance-key-owners',
        frequency: { minutes: 10 },
        timeout: { minutes: 5 },
        run: () => owners.run(),
      },
      {
        id: 'model-governance-key-members',
        frequency: { minutes: 2 },
        timeout: { minutes: 5 },
        run: () => members.run(),
      },
    ],
  };
}
