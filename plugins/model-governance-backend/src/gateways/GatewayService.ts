import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  modelGatewayManagePermission,
  type Gateway,
  type PublicKey,
} from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  IdempotencyKeys,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { keyIdOf, sha256Hex } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Guard } from '../access/Guard';
import type { ContentReader, Position } from '../allowlist/ContentReader';
import type { KeyStore } from '../keys';
import type { LedgerStore } from '../ledger';
import type { Outbox } from '../outbox';
import type { GatewayRecord, GatewayStore } from './GatewayStore';

/** A gateway that the configuration lists: it enrols without an invitation. */
export interface DeclaredGateway {
  name: string;
  enrolmentToken: string;
}

interface Deps {
  store: GatewayStore;
  guard: Guard;
  reader: ContentReader;
  keys: KeyStore;
  transactions: Transactions;
  idempotency: IdempotencyKeys;
  ledger: LedgerStore;
  outbox: Outbox;
  clock: Clock;
  declared: DeclaredGateway[];
}

const INVITATION_MS = 3600_000;
const MOST_ALARMS = 20;
const LONGEST_ALARM = 500;

function checkedKey(publicKey: string): string {
  try {
    if (publicKey.includes('PRIVATE')) throw new Error('private');
    keyIdOf(publicKey);
    return publicKey;
  } catch {
    throw new InputError(
      'publicKey has to be the public half of an Ed25519 key as SPKI PEM.',
    );
  }
}

/** Identities of gateways. */
export class GatewayService {
  static create(deps: Deps): GatewayService {
    return new GatewayService(deps);
  }

  readonly #deps: Deps;
  /** Names by hash of their token. */
  readonly #declared: Map<string, string>;

  private constructor(deps: Deps) {
    this.#deps = deps;
    this.#declared = new Map(
      deps.declared.map(({ name, enrolmentToken }) => [
        sha256Hex(enrolmentToken),
        name,
      ]),
    );
  }

  async invite(
    credentials: BackstageCredentials,
    name: string,
    idempotencyKey?: string,
  ): Promise<{ token: string; expiresAt: string }> {
    const { guard, store, ledger, idempotency, clock } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelGatewayManagePermission,
    );
    let token: string | undefined;
    const { expiresAt } = await idempotency.run(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'gateway.invite', name },
      },
      async tx => {
        if (await store.liveByName(tx, name)) {
          throw new ConflictError(
            `A gateway '${name}' is enrolled. Remove it first, or choose another name.`,
          );
        }
        const now = clock.now();
        token = randomBytes(32).toString('base64url');
        const invitation = {
          id: randomUUID(),
          name,
          token_hash: sha256Hex(token),
          invited_by: principal.ref,
          created_at: now.toISOString(),
          expires_at: new Date(now.getTime() + INVITATION_MS).toISOString(),
          used_at: null,
        };
        await store.addInvitation(tx, invitation);
        await ledger.append(tx, [
          {
            actor: principal.actor,
            subject: `gateway-invitation:${invitation.id}`,
            type: 'gateway.invited',
            payload: { name, expiresAt: invitation.expires_at },
          },
        ]);
        return { expiresAt: invitation.expires_at };
      },
    );
    if (token === undefined) {
      throw new ConflictError(
        'The token of this invitation was shown once. Invite again with a new Idempotency-Key.',
      );
    }
    return { token, expiresAt };
  }

  /** Needs no credentials but the token. */
  async enrol(input: {
    token: string;
    name: string;
    publicKey: string;
  }): Promise<{ gatewayId: string; signingKeys: PublicKey[] }> {
    const { transactions, keys, outbox } = this.#deps;
    const { name } = input;
    const publicKey = checkedKey(input.publicKey);
    const tokenHash = sha256Hex(input.token);
    // Makes the keys, so that the gateway can pin them.
    await keys.active('snapshot');
    const gatewayId = await transactions.run(tx =>
      this.#declared.get(tokenHash) === name
        ? this.#enrolDeclared(tx, { name, publicKey, tokenHash })
        : this.#enrolInvited(tx, { name, publicKey, tokenHash }),
    );
    outbox.wake();
    const known = await keys.publicKeys();
    return {
      gatewayId,
      signingKeys: known.filter(({ state }) => state !== 'retired'),
    };
  }

  async list(credentials: BackstageCredentials): Promise<Gateway[]> {
    const { guard, store, reader, clock } = this.#deps;
    await guard.demand(credentials, modelGatewayManagePermission);
    const [gateways, head] = await Promise.all([
      store.list(),
      reader.position(),
    ]);
    return gateways.map(gateway => present(gateway, head, clock.now()));
  }

  /**
   * The public half of a gateway's identity, for other backends.
   *
   * @throws NotFoundError for one that is not enrolled or was removed
   */
  async identity(
    id: string,
  ): Promise<{ id: string; name: string; publicKey: string }> {
    const gateway = await this.#deps.store.live(id);
    if (!gateway) {
      throw new NotFoundError(`There is no enrolled gateway ${id}.`);
    }
    return { id, name: gateway.name, publicKey: gateway.publicKey };
  }

  /** A gateway says what it holds. */
  async report(
    gateway: GatewayRecord,
    status: { epoch: number; version: number; alarms?: string[] },
  ): Promise<void> {
    if (status.epoch < 0 || status.version < 0) {
      throw new InputError('epoch and version are not negative.');
    }
    await this.#deps.store.report(gateway.id, {
      epoch: status.epoch,
      version: status.version,
      alarms: (status.alarms ?? [])
        .slice(0, MOST_ALARMS)
        .map(alarm => alarm.slice(0, LONGEST_ALARM)),
      at: this.#deps.clock.now().toISOString(),
    });
  }

  async remove(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<void> {
    const { guard, store, ledger, idempotency, outbox, clock } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelGatewayManagePermission,
    );
    await idempotency.run(
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'gateway.remove', id },
      },
      async tx => {
        const gateway = await store.live(id, tx);
        if (
          !gateway ||
          !(await store.remove(tx, id, clock.now().toISOString()))
        ) {
          throw new NotFoundError(`There is no enrolled gateway ${id}.`);
        }
        const [event] = await ledger.append(tx, [
          {
            actor: principal.actor,
            subject: `gateway:${id}`,
            type: 'gateway.removed',
            payload: { name: gateway.name },
          },
        ]);
        await outbox.add(tx, [
          { topic: 'allowlist', payload: { seq: event.seq } },
        ]);
        return {};
      },
    );
    outbox.wake();
  }

  async signingKeys(): Promise<PublicKey[]> {
    return this.#deps.keys.publicKeys();
  }

  async #enrolInvited(
    tx: Knex.Transaction,
    input: { name: string; publicKey: string; tokenHash: string },
  ): Promise<string> {
    const { store, clock } = this.#deps;
    const now = clock.now().toISOString();
    if (!(await store.useInvitation(tx, { ...input, now }))) {
      throw new AuthenticationError(
        'There is no open invitation for this token and name. An invitation is good for one enrolment within an hour: ask for a new one.',
      );
    }
    return this.#add(tx, input);
  }

  /** The listed token is good as long as it is listed and the gateway was not removed. */
  async #enrolDeclared(
    tx: Knex.Transaction,
    input: { name: string; publicKey: string; tokenHash: string },
  ): Promise<string> {
    const { store, clock } = this.#deps;
    if (await store.wasRemoved(tx, input.tokenHash)) {
      throw new NotAllowedError(
        `Gateway '${input.name}' was removed. Set another enrolmentToken in modelGovernance.gateways to let it enrol again.`,
      );
    }
    const known = await store.liveByName(tx, input.name);
    if (!known) return this.#add(tx, input);
    if (known.publicKey !== input.publicKey) {
      await store.changeKey(tx, known.id, {
        ...input,
        enrolledAt: clock.now().toISOString(),
      });
      await this.#record(tx, 'gateway.re-enrolled', known.id, input);
    }
    return known.id;
  }

  async #add(
    tx: Knex.Transaction,
    input: { name: string; publicKey: string; tokenHash: string },
  ): Promise<string> {
    const { store, clock } = this.#deps;
    const id = randomUUID();
    const enrolledAt = clock.now().toISOString();
    if (!(await store.add(tx, { ...input, id, enrolledAt }))) {
      throw new ConflictError(
        `A gateway '${input.name}' is enrolled. Remove it first, or choose another name.`,
      );
    }
    await this.#record(tx, 'gateway.enrolled', id, input);
    return id;
  }

  async #record(
    tx: Knex.Transaction,
    type: string,
    id: string,
    { name, publicKey }: { name: string; publicKey: string },
  ): Promise<void> {
    await this.#deps.ledger.append(tx, [
      {
        actor: { kind: 'service', name: `gateway:${id}` },
        subject: `gateway:${id}`,
        type,
        payload: { name, keyId: keyIdOf(publicKey) },
      },
    ]);
  }
}

/** A gateway as people see it, with how far it is behind. */
export function present(
  gateway: GatewayRecord,
  head: Position,
  now: Date,
): Gateway {
  const { id, name, enrolledAt, lastSeenAt, epoch, version, removedAt } =
    gateway;
  const { streamUntil } = gateway;
  const sameEpoch = epoch === head.epoch && version !== undefined;
  const alarms = [...gateway.alarms];
  if (!removedAt && epoch !== undefined && version !== undefined) {
    const ahead =
      epoch > head.epoch || (epoch === head.epoch && version > head.version);
    if (ahead) {
      alarms.push(
        `It holds epoch ${epoch}, version ${version}, but this database is at epoch ${head.epoch}, version ${head.version}: was it restored? Raise the epoch after checking what was lost.`,
      );
    }
  }
  return {
    id,
    name,
    enrolledAt,
    connected:
      removedAt === undefined &&
      streamUntil !== undefined &&
      Date.parse(streamUntil) > now.getTime(),
    lastSeenAt,
    epoch,
    version,
    removedAt,
    alarms,
    behind: sameEpoch ? Math.max(head.version - version, 0) : undefined,
  };
}
