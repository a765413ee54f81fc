import type { Foundation } from '../foundation';
import type { Organisation } from '../organisation/Organisation';
import { DatabaseAccessStore } from './DatabaseAccessStore';
import { DefaultAccessDirectory } from './DefaultAccessDirectory';
import type { Guard } from './Guard';
import { KeyService } from './KeyService';
import { ScopeService, type AccessDeps } from './ScopeService';

export interface AccessRoom {
  store: DatabaseAccessStore;
  directory: DefaultAccessDirectory;
  scopes: ScopeService;
  keys: KeyService;
}

/** Profiles, purposes and gateway keys. */
export function createAccessRoom(options: {
  foundation: Foundation;
  guard: Guard;
  organisation: Organisation;
}): AccessRoom {
  const { foundation, guard, organisation } = options;
  const store = DatabaseAccessStore.create({
    knex: foundation.transactions.knex,
  });
  const directory = DefaultAccessDirectory.create({ store, organisation });
  const deps: AccessDeps = {
    ...foundation,
    store,
    directory,
    guard,
    organisation,
  };
  return {
    store,
    directory,
    scopes: ScopeService.create(deps),
    keys: KeyService.create(deps),
  };
}
