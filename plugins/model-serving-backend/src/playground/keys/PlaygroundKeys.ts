import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import type {
  IssuedKey,
  ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock, SecretBox } from '@modelhub/backstage-plugin-models-node';
import type { KeptKey, KeyStore } from './KeyStore';

/** As long as governance lets a key live at least. */
const LIFE_DAYS = 1;
/** A key with less to live is replaced, so that a batch that begins is not cut off. */
const LEAST_LEFT_MS = 8 * 3600_000;
/** What still calls with the secret before has so long. */
const OVERLAP_HOURS = 8;
const DAY_MS = 86_400_000;

/** A sealed secret moved to another row cannot be opened. */
const contextOf = (person: string, profile: string) =>
  `playground-key\n${person}\n${profile}`;

/** The secret of a key, for calls and never to be logged or sent to anybody. */
export interface OpenKey {
  keyId: string;
  secret: string;
}

export interface PlaygroundKeysOptions {
  auth: AuthService;
  governance: Pick<
    ModelGovernanceClient,
    'issueKey' | 'rotateKey' | 'revokeKey'
  >;
  store: KeyStore;
  clock: Clock;
  logger: LoggerService;
  purpose: string;
  /** Resolves when the gateway has heard of a key. */
  known(secret: string): Promise<void>;
  /** Absent where no storage key is configured. */
  box?: SecretBox;
}

/**
 * One gateway key for each person and access profile, at the tier sandbox,
 * which governance issues as the person: so it calls what the person may call,
 * and nothing when the person has left.
 */
export class PlaygroundKeys {
  static create(options: PlaygroundKeysOptions): PlaygroundKeys {
    return new PlaygroundKeys(options);
  }

  readonly #options: PlaygroundKeysOptions;
  /** Several models are prompted at once: one of the calls gets the key for all. */
  readonly #underWay = new Map<string, Promise<OpenKey>>();

  private constructor(options: PlaygroundKeysOptions) {
    this.#options = options;
  }

  /**
   * For somebody who is there; issued or rotated where it has to be.
   *
   * @throws what governance refuses with
   */
  async forCaller(
    person: string,
    profile: string,
    credentials: BackstageCredentials,
  ): Promise<OpenKey> {
    const place = JSON.stringify([person, profile]);
    const running = this.#underWay.get(place);
    if (running) return running;
    const made = this.#make(person, profile, credentials).finally(() =>
      this.#underWay.delete(place),
    );
    this.#underWay.set(place, made);
    return made;
  }

  /** The one that is kept, where it still lives. Asks nobody. */
  async kept(person: string, profile: string): Promise<OpenKey | undefined> {
    const { store, clock, purpose } = this.#options;
    const key = await store.get(person, profile);
    return key &&
      key.purpose === purpose &&
      key.expiresAt > clock.now().getTime()
      ? this.#open(key)
      : undefined;
  }

  /**
   * For work that goes on without the person.
   *
   * @throws ConflictError where the person has to come back first
   */
  async forWork(person: string, profile: string): Promise<OpenKey> {
    const key = await this.kept(person, profile);
    if (key) return key;
    throw new ConflictError(
      `The key of the playground for profile '${profile}' has ended. Go on with the batch, and a new one is made.`,
    );
  }

  /** The gateway does not know it: the next call makes another. */
  async refused(
    person: string,
    profile: string,
    { keyId }: OpenKey,
  ): Promise<void> {
    const { store } = this.#options;
    const key = await store.get(person, profile);
    if (key?.keyId === keyId) await store.remove(key);
  }

  async prune(): Promise<void> {
    const { store, clock } = this.#options;
    await store.prune(clock.now().getTime());
  }

  async #make(
    person: string,
    profile: string,
    credentials: BackstageCredentials,
  ): Promise<OpenKey> {
    const { store, clock, purpose } = this.#options;
    const kept = await store.get(person, profile);
    const left = kept ? kept.expiresAt - clock.now().getTime() : 0;
    const open =
      kept && kept.purpose === purpose && left > 0
        ? this.#open(kept)
        : undefined;
    if (open && left > LEAST_LEFT_MS) return open;
    const { auth } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'model-governance',
    });
    const issued =
      (open && (await this.#rotated(open, token))) ??
      (await this.#issued(profile, token));
    if (await this.#keep(person, profile, issued, kept)) {
      // Of another purpose, or sealed under another storage key: nobody uses it any more.
      if (kept && !open && left > 0) await this.#revoke(kept.keyId, token);
      await this.#options.known(issued.secret);
      return { keyId: issued.id, secret: issued.secret };
    }
    // Another replica was first; theirs serves as well.
    const theirs = await this.kept(person, profile);
    if (!theirs) {
      throw new ConflictError(
        'Your playground key was renewed at the same moment. Try again.',
      );
    }
    if (theirs.keyId !== issued.id) await this.#revoke(issued.id, token);
    return theirs;
  }

  async #issued(profile: string, token: string) {
    const { governance, purpose } = this.#options;
    const issued = await governance.issueKey(
      {
        body: {
          name: 'Playground',
          profile,
          purpose,
          tier: 'sandbox',
          expiresInDays: LIFE_DAYS,
        },
      },
      { token },
    );
    return withSecret(issued);
  }

  /** Nothing where governance does not rotate it: then another is issued. */
  async #rotated(key: OpenKey, token: string) {
    const { governance, logger } = this.#options;
    try {
      return withSecret(
        await governance.rotateKey(
          {
            id: key.keyId,
            body: { overlapHours: OVERLAP_HOURS, expiresInDays: LIFE_DAYS },
          },
          { token },
        ),
      );
    } catch (error) {
      logger.debug(
        `Key ${key.keyId} of the playground is not rotated: ${stringifyError(
          error,
        )}`,
      );
      return undefined;
    }
  }

  async #revoke(id: string, token: string): Promise<void> {
    const { governance, logger } = this.#options;
    try {
      await governance.revokeKey({ id }, { token });
    } catch (error) {
      logger.warn(
        `Key ${id} of the playground is of no use and was not revoked; it ends by itself within a day: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  #keep(
    person: string,
    profile: string,
    issued: IssuedKey & { secret: string },
    seen: KeptKey | undefined,
  ): Promise<boolean> {
    const { store, clock, purpose } = this.#options;
    return store.put(
      {
        person,
        profile,
        purpose,
        keyId: issued.id,
        secret: this.#box().seal(issued.secret, contextOf(person, profile)),
        expiresAt: issued.expiresAt
          ? Date.parse(issued.expiresAt)
          : clock.now().getTime() + LIFE_DAYS * DAY_MS,
      },
      seen?.secret,
    );
  }

  /** Nothing where it was sealed under another storage key. */
  #open(key: KeptKey): OpenKey | undefined {
    const box = this.#box();
    try {
      return {
        keyId: key.keyId,
        secret: box.open(key.secret, contextOf(key.person, key.profile)),
      };
    } catch {
      return undefined;
    }
  }

  #box(): SecretBox {
    const { box } = this.#options;
    if (box) return box;
    throw new ServiceUnavailableError(
      'Hosted models cannot be prompted here, because keys cannot be kept. Ask the team that runs the model hub to set modelServing.storageKey.',
    );
  }
}

function withSecret(issued: IssuedKey): IssuedKey & { secret: string } {
  const { secret } = issued;
  if (secret) return { ...issued, secret };
  throw new ServiceUnavailableError(
    'Governance issued a key without its secret. Try again.',
  );
}
