import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  modelGatewayManagePermission,
  modelKeyIssuePermission,
  type GatewayKey,
  type IssuedKey,
} from '@modelhub/backstage-plugin-models-common';
import { sha256Hex } from '@modelhub/governance-protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import { withoutHash, type KeyRecord } from './DatabaseAccessStore';
import type { Principal } from './Guard';
import type { AccessDeps } from './ScopeService';

const DAY_MS = 24 * 3600_000;

export interface IssueKeyInput {
  name: string;
  profile: string;
  purpose: string;
  tier: GatewayKey['tier'];
  owner?: string;
  expiresInDays?: number;
  requestsPerMinute?: number;
}

/** Gateway keys: `mh_` and 43 base64url characters, of which only the hash is kept. */
export class KeyService {
  static create(deps: AccessDeps): KeyService {
    return new KeyService(deps);
  }

  readonly #deps: AccessDeps;

  private constructor(deps: AccessDeps) {
    this.#deps = deps;
  }

  async list(
    credentials: BackstageCredentials,
    filter: { profile?: string },
  ): Promise<GatewayKey[]> {
    const { guard, store, organisation } = this.#deps;
    const principal = guard.principal(credentials);
    const all = await guard.may(credentials, modelGatewayManagePermission);
    const owners = all
      ? undefined
      : [
          principal.ref,
          ...(principal.kind === 'user'
            ? await organisation.groupsOf(principal.ref)
            : []),
        ];
    return (await store.keys({ ...filter, owners })).map(withoutHash);
  }

  async issue(
    credentials: BackstageCredentials,
    input: IssueKeyInput,
    idempotencyKey?: string,
  ): Promise<IssuedKey> {
    const { guard, store, idempotency, ledger, outbox, clock } = this.#deps;
    const principal = guard.principal(credentials);
    const owner = await this.#owner(principal, input);
    await this.#authorize(credentials, principal, { ...input, owner });

    let secret: string | undefined;
    const key = await idempotency.run(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'key.issue', input },
      },
      async tx => {
        const now = clock.now();
        secret = `mh_${randomBytes(32).toString('base64url')}`;
        const record: KeyRecord = {
          id: randomUUID(),
          name: input.name,
          hint: secret.slice(-4),
          hash: sha256Hex(secret),
          profile: input.profile,
          purpose: input.purpose,
          tier: input.tier,
          owner,
          issuedBy: principal.ref,
          createdAt: now.toISOString(),
          expiresAt:
            input.expiresInDays === undefined
              ? undefined
              : new Date(
                  now.getTime() + input.expiresInDays * DAY_MS,
                ).toISOString(),
          requestsPerMinute: input.requestsPerMinute,
        };
        await store.addKey(tx, record);
        const [event] = await ledger.append(tx, [
          {
            actor: principal.actor,
            subject: `key:${record.id}`,
            type: 'key.issued',
            payload: {
              profile: record.profile,
              purpose: record.purpose,
              tier: record.tier,
              ...(record.expiresAt && { expiresAt: record.expiresAt }),
              ...(!owner.startsWith('user:') && { owner }),
            },
            ...(owner.startsWith('user:') && { people: { owner } }),
          },
        ]);
        await outbox.add(tx, [
          { topic: 'allowlist', payload: { seq: event.seq } },
        ]);
        return withoutHash(record);
      },
    );
    outbox.wake();
    // A replay did not make one.
    return { ...key, ...(secret && { secret }) };
  }

  async revoke(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<GatewayKey> {
    const { guard, store, organisation, idempotency, ledger, outbox, clock } =
      this.#deps;
    const principal = guard.principal(credentials);
    const key = await store.key(id);
    const mine =
      key !== undefined &&
      (key.issuedBy === principal.ref ||
        (principal.kind === 'user' &&
          (await organisation.belongsTo(principal.ref, [key.owner]))));
    if (
      !mine &&
      !(await guard.may(credentials, modelGatewayManagePermission))
    ) {
      throw new NotFoundError(`You have no key ${id}.`);
    }
    const revoked = await idempotency.run(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'key.revoke', id },
      },
      async tx => {
        if (await store.revokeKey(tx, id, clock.now().toISOString())) {
          const [event] = await ledger.append(tx, [
            {
              actor: principal.actor,
              subject: `key:${id}`,
              type: 'key.revoked',
              payload: {},
            },
          ]);
          await outbox.add(tx, [
            { topic: 'allowlist', payload: { seq: event.seq } },
          ]);
        }
        const after = await store.key(id, tx);
        if (!after) throw new NotFoundError(`There is no key ${id}.`);
        return withoutHash(after);
      },
    );
    outbox.wake();
    return revoked;
  }

  async #owner(principal: Principal, input: IssueKeyInput): Promise<string> {
    if (input.owner === undefined) {
      if (principal.kind === 'user') return principal.ref;
      throw new InputError(
        'A service has to say who owns the key: send owner, a group or component of the catalog.',
      );
    }
    let owner: string;
    try {
      owner = stringifyEntityRef(parseEntityRef(input.owner));
    } catch {
      throw new InputError(
        `owner '${input.owner}' is not an entity reference such as component:default/checkout.`,
      );
    }
    if (!(await this.#deps.organisation.exists(owner))) {
      throw new InputError(
        `owner '${owner}' is not in the catalog. Choose a group or component that is.`,
      );
    }
    return owner;
  }

  async #authorize(
    credentials: BackstageCredentials,
    principal: Principal,
    input: IssueKeyInput & { owner: string },
  ): Promise<void> {
    const { guard, store, organisation } = this.#deps;
    const [profile, purpose] = await Promise.all([
      store.profile(input.profile),
      store.purpose(input.purpose),
    ]);
    if (!profile) {
      throw new InputError(
        `There is no access profile '${input.profile}'. GET /access-profiles lists them.`,
      );
    }
    if (!purpose) {
      throw new InputError(
        `There is no purpose '${input.purpose}'. GET /purposes lists them.`,
      );
    }
    if (await guard.may(credentials, modelGatewayManagePermission)) return;
    await guard.demand(credentials, modelKeyIssuePermission);
    const member =
      principal.kind === 'user' &&
      (await organisation.belongsTo(principal.ref, profile.members));
    if (!member) {
      throw new NotAllowedError(
        `You are not a member of access profile '${profile.id}'. Ask one of its members for a key, or its owner to add your group.`,
      );
    }
    // A key in another person's name would outlive what the issuer may do.
    const ownsIt =
      input.owner === principal.ref ||
      (parseEntityRef(input.owner).kind !== 'user' &&
        (profile.members.includes(input.owner) ||
          (await organisation.belongsTo(principal.ref, [input.owner]))));
    if (!ownsIt) {
      throw new NotAllowedError(
        `You issue keys for yourself, your groups, and groups and components of the profile, not for ${input.owner}.`,
      );
    }
  }
}
