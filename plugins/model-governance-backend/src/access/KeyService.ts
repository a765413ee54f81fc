import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  GatewayKey,
  IssuedKey,
  KeyExpiry,
  UsageLimits,
} from '@modelhub/backstage-plugin-models-common';
import { sha256Hex } from '@modelhub/governance-protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import { write, type AccessDeps } from './AccessDeps';
import type { KeyRecord } from './DatabaseGatewayKeyStore';
import { KeyAuthority } from './KeyAuthority';
import { recordKey } from './keyEvents';
import { presentKey } from './presentKey';
import type { KeyConfig } from './readKeyConfig';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const DEFAULT_OVERLAP_HOURS = 24;
/** Of the key of an evaluation endpoint, whose end revokes it much sooner. */
const DEFAULT_ENDPOINT_HOURS = 12;

export interface IssueKeyInput {
  name: string;
  profile: string;
  purpose: string;
  tier: GatewayKey['tier'];
  owner?: string;
  expiresInDays?: number;
  limits?: UsageLimits;
  /** Id of the evaluation endpoint that the key is to open, and nothing else. */
  endpoint?: string;
  expiresInHours?: number;
}

export interface RotateKeyInput {
  overlapHours?: number;
  expiresInDays?: number;
}

function newSecret() {
  const secret = `mh_${randomBytes(32).toString('base64url')}`;
  return { secret, hash: sha256Hex(secret), hint: secret.slice(-4) };
}

const later = (now: Date, ms: number) =>
  new Date(now.getTime() + ms).toISOString();

/** Gateway keys: `mh_` and 43 base64url characters, of which only the hash is kept. */
export class KeyService {
  static create(deps: AccessDeps, config: KeyConfig): KeyService {
    return new KeyService(deps, config);
  }

  readonly #deps: AccessDeps;
  readonly #config: KeyConfig;
  readonly #authority: KeyAuthority;

  private constructor(deps: AccessDeps, config: KeyConfig) {
    this.#deps = deps;
    this.#config = config;
    this.#authority = KeyAuthority.create(deps);
  }

  async list(
    credentials: BackstageCredentials,
    filter: { profile?: string },
  ): Promise<{
    items: GatewayKey[];
    endpointKeys: GatewayKey[];
    expiry: KeyExpiry;
  }> {
    const { guard, stores, organisation, clock } = this.#deps;
    const { defaultDays, maxDays } = this.#config;
    const principal = guard.principal(credentials);
    const owners = (await this.#authority.managesAll(credentials))
      ? undefined
      : [
          principal.ref,
          ...(principal.kind === 'user'
            ? await organisation.groupsOf(principal.ref)
            : []),
        ];
    const [keys, ofEndpoints] = await Promise.all([
      stores.keys.list({ ...filter, owners }),
      stores.keys.list({
        ...filter,
        owners,
        ofEndpointsAt: clock.now().toISOString(),
      }),
    ]);
    return {
      items: keys.map(key => this.#present(key)),
      endpointKeys: ofEndpoints.map(key => this.#present(key)),
      expiry: { defaultDays, maxDays },
    };
  }

  async issue(
    credentials: BackstageCredentials,
    input: IssueKeyInput,
    idempotencyKey?: string,
  ): Promise<IssuedKey> {
    const { guard, stores, clock } = this.#deps;
    const principal = guard.principal(credentials);
    const lifeMs = this.#lifeMs(input);
    const owner = await this.#authority.owner(principal, input.owner);
    await this.#authority.demandIssue(credentials, principal, {
      ...input,
      owner,
    });
    const ownerWasMember = await this.#deps.directory.isMember(
      input.profile,
      owner,
    );

    let secret: string | undefined;
    const key = await write<GatewayKey>(
      this.#deps,
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'key.issue', input },
      },
      async tx => {
        const now = clock.now();
        const made = newSecret();
        secret = made.secret;
        const record: KeyRecord = {
          id: randomUUID(),
          name: input.name,
          hint: made.hint,
          hash: made.hash,
          profile: input.profile,
          purpose: input.purpose,
          tier: input.tier,
          owner,
          issuedBy: principal.ref,
          createdAt: now.toISOString(),
          expiresAt: later(now, lifeMs),
          limits: input.limits,
          ownerWasMember,
          ...(input.endpoint && { endpoint: { id: input.endpoint } }),
        };
        await stores.keys.add(tx, record);
        await recordKey(this.#deps, tx, {
          actor: principal.actor,
          type: 'key.issued',
          key: record,
          payload: {
            expiresAt: record.expiresAt!,
            ...(input.limits && { limits: { ...input.limits } }),
          },
        });
        return this.#present(record);
      },
    );
    // A replay did not make one.
    return { ...key, ...(secret && { secret }) };
  }

  /** Anybody who may issue the key may rotate it, and nobody else. */
  async rotate(
    credentials: BackstageCredentials,
    id: string,
    input: RotateKeyInput,
    idempotencyKey?: string,
  ): Promise<IssuedKey> {
    const { guard, stores, clock } = this.#deps;
    const { overlapHours = DEFAULT_OVERLAP_HOURS, expiresInDays } = input;
    const principal = guard.principal(credentials);
    const seen = await this.#authority.known(credentials, principal, id);
    await this.#authority.demandIssue(credentials, principal, seen);
    if (seen.endpoint && expiresInDays !== undefined) {
      throw new InputError(
        'The key of an evaluation endpoint ends with it. Leave expiresInDays out.',
      );
    }
    const days = expiresInDays && this.#days(expiresInDays);

    let secret: string | undefined;
    const key = await write<GatewayKey>(
      this.#deps,
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'key.rotate', id, overlapHours, expiresInDays },
      },
      async tx => {
        const now = clock.now();
        this.#demandUsable(seen, now);
        const made = newSecret();
        secret = made.secret;
        const expiresAt = days ? later(now, days * DAY_MS) : seen.expiresAt;
        const overlapUntil =
          overlapHours === 0 || seen.endpoint
            ? undefined
            : [
                later(now, overlapHours * HOUR_MS),
                ...(seen.expiresAt ? [seen.expiresAt] : []),
              ].sort()[0];
        const isRotated = await stores.keys.rotate(tx, seen, {
          hash: made.hash,
          hint: made.hint,
          rotatedAt: now.toISOString(),
          expiresAt,
          overlapUntil,
        });
        if (!isRotated) {
          throw new ConflictError(
            'Somebody rotated or revoked this key at the same moment. Look at it again.',
          );
        }
        const record = await this.#record(id, tx);
        await recordKey(this.#deps, tx, {
          actor: principal.actor,
          type: 'key.rotated',
          key: record,
          payload: {
            ...(overlapUntil && { overlapUntil }),
            ...(expiresAt && { expiresAt }),
          },
        });
        return this.#present(record);
      },
    );
    return { ...key, ...(secret && { secret }) };
  }

  async revoke(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<GatewayKey> {
    const { guard, stores } = this.#deps;
    const principal = guard.principal(credentials);
    const key = await this.#authority.known(credentials, principal, id);
    return write<GatewayKey>(
      this.#deps,
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'key.revoke', id },
      },
      async (tx, now) => {
        if (await stores.keys.revoke(tx, id, now)) {
          await recordKey(this.#deps, tx, {
            actor: principal.actor,
            type: 'key.revoked',
            key,
          });
        }
        return this.#present(await this.#record(id, tx));
      },
    );
  }

  #lifeMs(input: IssueKeyInput): number {
    const { endpoint, tier, expiresInDays, expiresInHours } = input;
    if (endpoint === undefined) {
      if (expiresInHours !== undefined) {
        throw new InputError(
          'expiresInHours is for keys of evaluation endpoints. Send expiresInDays.',
        );
      }
      return this.#days(expiresInDays ?? this.#config.defaultDays) * DAY_MS;
    }
    if (tier !== 'sandbox') {
      throw new InputError(
        `The key of an evaluation endpoint is of tier sandbox, not ${tier}.`,
      );
    }
    if (expiresInDays !== undefined) {
      throw new InputError(
        'The key of an evaluation endpoint lives for hours. Send expiresInHours.',
      );
    }
    return (expiresInHours ?? DEFAULT_ENDPOINT_HOURS) * HOUR_MS;
  }

  #days(days: number): number {
    const { maxDays } = this.#config;
    if (days <= maxDays) return days;
    throw new InputError(
      `A key lives for ${maxDays} days at most, not ${days}. Ask for less, and rotate it before it ends.`,
    );
  }

  #demandUsable(key: KeyRecord, now: Date): void {
    const problem =
      (key.revokedAt && 'is revoked') ||
      (key.expiresAt &&
        Date.parse(key.expiresAt) <= now.getTime() &&
        'has ended') ||
      (key.ownerMissingSince && `has lost its owner ${key.owner}`) ||
      (key.ownerLeftSince &&
        `belongs to ${key.owner}, who is no longer a member of ${key.profile},`);
    if (!problem) return;
    throw new ConflictError(
      `This key ${problem} and is not rotated. Issue another one.`,
    );
  }

  async #record(
    id: string,
    tx: Parameters<AccessDeps['stores']['keys']['get']>[1],
  ): Promise<KeyRecord> {
    const record = await this.#deps.stores.keys.get(id, tx);
    if (!record) throw new NotFoundError(`There is no key ${id}.`);
    return record;
  }

  #present(key: KeyRecord): GatewayKey {
    return presentKey(key, {
      now: this.#deps.clock.now(),
      ownerGraceHours: this.#config.ownerGraceHours,
    });
  }
}
