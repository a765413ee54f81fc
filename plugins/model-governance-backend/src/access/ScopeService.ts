import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  modelAccessManagePermission,
  type AccessProfile,
  type AccessProfileInput,
  type Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { Clock, Transactions } from '../database';
import type { Idempotency } from '../idempotency';
import type { LedgerActor, LedgerStore } from '../ledger';
import type { Organisation } from '../organisation/Organisation';
import type { Outbox } from '../outbox';
import type { DatabaseAccessStore } from './DatabaseAccessStore';
import type { DefaultAccessDirectory } from './DefaultAccessDirectory';
import type { Guard } from './Guard';

/** What the services of this room share. */
export interface AccessDeps {
  store: DatabaseAccessStore;
  directory: DefaultAccessDirectory;
  guard: Guard;
  organisation: Organisation;
  transactions: Transactions;
  idempotency: Idempotency;
  ledger: LedgerStore;
  outbox: Outbox;
  clock: Clock;
}

const isUser = (ref: string) => ref.startsWith('user:');

function canonicalRef(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `'${ref}' is not an entity reference such as group:default/checkout.`,
    );
  }
}

/** Profiles and purposes: who may call, and what for. */
export class ScopeService {
  static create(deps: AccessDeps): ScopeService {
    return new ScopeService(deps);
  }

  readonly #deps: AccessDeps;

  private constructor(deps: AccessDeps) {
    this.#deps = deps;
  }

  async listProfiles(
    credentials: BackstageCredentials,
  ): Promise<AccessProfile[]> {
    const { store, directory, guard } = this.#deps;
    const { kind, ref } = guard.principal(credentials);
    const profiles = await store.profiles();
    const mine = kind === 'user' ? await directory.profilesOf(ref) : undefined;
    return profiles.map(profile => ({
      ...profile,
      mine: mine?.has(profile.id) ?? false,
    }));
  }

  async listPurposes(credentials: BackstageCredentials): Promise<Purpose[]> {
    this.#deps.guard.principal(credentials);
    return this.#deps.store.purposes();
  }

  async createProfile(
    credentials: BackstageCredentials,
    input: AccessProfileInput,
    idempotencyKey?: string,
  ): Promise<AccessProfile> {
    const { guard, store } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelAccessManagePermission,
    );
    const profile = await this.#checkedProfile(input);
    return this.#write(
      principal.ref,
      idempotencyKey,
      { command: 'profile.create', input },
      async (tx, now) => {
        if (!(await store.addProfile(tx, profile, now))) {
          throw new ConflictError(
            `There is an access profile '${profile.id}' already. Change it, or choose another id.`,
          );
        }
        await this.#recordProfile(tx, principal.actor, 'created', profile);
        return profile;
      },
    );
  }

  async updateProfile(
    credentials: BackstageCredentials,
    id: string,
    input: AccessProfileInput,
    idempotencyKey?: string,
  ): Promise<AccessProfile> {
    const { guard, store } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelAccessManagePermission,
    );
    if (input.id !== id) {
      throw new InputError(
        `The id of a profile does not change: send '${id}', not '${input.id}'.`,
      );
    }
    const before = await store.profile(id);
    const profile = await this.#checkedProfile(input, before);
    return this.#write(
      principal.ref,
      idempotencyKey,
      { command: 'profile.update', input },
      async (tx, now) => {
        if (!(await store.changeProfile(tx, profile, now))) {
          throw new NotFoundError(
            `There is no access profile '${id}'. Create it first.`,
          );
        }
        await this.#recordProfile(tx, principal.actor, 'updated', profile);
        return profile;
      },
    );
  }

  async createPurpose(
    credentials: BackstageCredentials,
    purpose: Purpose,
    idempotencyKey?: string,
  ): Promise<Purpose> {
    const { guard, store } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelAccessManagePermission,
    );
    return this.#write(
      principal.ref,
      idempotencyKey,
      { command: 'purpose.create', purpose },
      async (tx, now) => {
        if (!(await store.addPurpose(tx, purpose, now))) {
          throw new ConflictError(
            `There is a purpose '${purpose.id}' already. Choose another id.`,
          );
        }
        await this.#recordPurpose(tx, principal.actor, purpose);
        return purpose;
      },
    );
  }

  /** Add what the configuration declares and is not there yet. */
  async declare(declared: {
    profiles: AccessProfile[];
    purposes: Purpose[];
  }): Promise<void> {
    const { transactions, store, clock, outbox } = this.#deps;
    const system: LedgerActor = { kind: 'system' };
    await transactions.run(async tx => {
      const now = clock.now().toISOString();
      for (const purpose of declared.purposes) {
        if (await store.addPurpose(tx, purpose, now)) {
          await this.#recordPurpose(tx, system, purpose);
        }
      }
      for (const input of declared.profiles) {
        const profile = {
          ...input,
          members: input.members.map(canonicalRef),
        };
        if (await store.addProfile(tx, profile, now)) {
          await this.#recordProfile(tx, system, 'created', profile);
        }
      }
    });
    outbox.wake();
  }

  async #checkedProfile(
    input: AccessProfileInput,
    before?: AccessProfile,
  ): Promise<AccessProfile> {
    const members = [...new Set(input.members.map(canonicalRef))].sort();
    const owner =
      input.owner === undefined ? undefined : canonicalRef(input.owner);
    const { organisation } = this.#deps;
    for (const ref of [...members, ...(owner ? [owner] : [])]) {
      if (!before?.members.includes(ref) && !(await organisation.exists(ref))) {
        throw new InputError(
          `'${ref}' is not in the catalog. Members and owners are catalog entities.`,
        );
      }
    }
    return {
      ...input,
      owner,
      members,
      enforcement: input.enforcement ?? before?.enforcement ?? 'enforce',
    };
  }

  async #write<T extends object>(
    caller: string,
    key: string | undefined,
    request: object,
    work: (tx: Knex.Transaction, now: string) => Promise<T>,
  ): Promise<T> {
    const { idempotency, outbox, clock } = this.#deps;
    const answer = await idempotency.run({ caller, key, request }, tx =>
      work(tx, clock.now().toISOString()),
    );
    outbox.wake();
    return answer;
  }

  async #recordProfile(
    tx: Knex.Transaction,
    actor: LedgerActor,
    what: 'created' | 'updated',
    profile: AccessProfile,
  ): Promise<void> {
    const { ledger, outbox } = this.#deps;
    const users = profile.members.filter(isUser);
    const [event] = await ledger.append(tx, [
      {
        actor,
        subject: `profile:${profile.id}`,
        type: `profile.${what}`,
        payload: {
          enforcement: profile.enforcement,
          members: profile.members.filter(ref => !isUser(ref)),
        },
        people: Object.fromEntries(
          users.map((ref, n) => [`member${n + 1}`, ref]),
        ),
      },
    ]);
    await outbox.add(tx, [{ topic: 'allowlist', payload: { seq: event.seq } }]);
  }

  async #recordPurpose(
    tx: Knex.Transaction,
    actor: LedgerActor,
    purpose: Purpose,
  ): Promise<void> {
    await this.#deps.ledger.append(tx, [
      {
        actor,
        subject: `purpose:${purpose.id}`,
        type: 'purpose.created',
        payload: {
          dataClasses: purpose.dataClasses,
          regions: purpose.regions,
        },
      },
    ]);
  }
}
