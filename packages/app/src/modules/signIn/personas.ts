import {
  BackstageUserIdentity,
  DiscoveryApi,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';

/** One of the people whom a visitor of the demo can sign in as. */
export interface Person {
  userEntityRef: string;
  name: string;
  teams: string[];
  description?: string;
  picture?: string;
}

const STORAGE_KEY = 'modelhub.persona';
const PERSONA_HEADER = 'X-ModelHub-Persona';

/** A token is renewed this long before it runs out. */
const EXPIRY_MARGIN_MS = 5 * 60 * 1000;

/**
 * Whom this tab was signed in as. The tab's own choice comes first, so that two
 * tabs can be two people; a new tab starts as the last person chosen anywhere.
 */
export function rememberedPersona(): string | undefined {
  return (
    window.sessionStorage.getItem(STORAGE_KEY) ??
    window.localStorage.getItem(STORAGE_KEY) ??
    undefined
  );
}

/** Keeps the choice over reloads, or forgets it. */
export function rememberPersona(userEntityRef: string | undefined): void {
  for (const storage of [window.sessionStorage, window.localStorage]) {
    if (userEntityRef) {
      storage.setItem(STORAGE_KEY, userEntityRef);
    } else {
      storage.removeItem(STORAGE_KEY);
    }
  }
}

/** Everybody whom one can sign in as. */
export async function fetchPeople(
  discoveryApi: DiscoveryApi,
): Promise<Person[]> {
  const baseUrl = await discoveryApi.getBaseUrl('auth');
  const response = await fetch(`${baseUrl}/persona/people`);
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  return (await response.json()).items;
}

interface Session {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    expiresInSeconds?: number;
    identity: BackstageUserIdentity;
  };
}

/** The identity of the person that was chosen; renews its token by itself. */
export class PersonaIdentity implements IdentityApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #userEntityRef: string;
  #session: Promise<Session> | undefined;
  #expiresAt = 0;

  private constructor(discoveryApi: DiscoveryApi, userEntityRef: string) {
    this.#discoveryApi = discoveryApi;
    this.#userEntityRef = userEntityRef;
  }

  /** Signs in; rejects when the backend refuses. */
  static async create(
    discoveryApi: DiscoveryApi,
    userEntityRef: string,
  ): Promise<PersonaIdentity> {
    const identity = new PersonaIdentity(discoveryApi, userEntityRef);
    await identity.#currentSession();
    return identity;
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.#currentSession()).profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return (await this.#currentSession()).backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    return { token: (await this.#currentSession()).backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    rememberPersona(undefined);
    window.location.assign('/');
  }

  #currentSession(): Promise<Session> {
    if (!this.#session || Date.now() >= this.#expiresAt) {
      this.#expiresAt = Number.POSITIVE_INFINITY;
      this.#session = this.#refresh().catch(error => {
        this.#session = undefined;
        throw error;
      });
    }
    return this.#session;
  }

  async #refresh(): Promise<Session> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('auth');
    const response = await fetch(`${baseUrl}/persona/refresh`, {
      headers: {
        [PERSONA_HEADER]: this.#userEntityRef,
        'X-Requested-With': 'XMLHttpRequest',
      },
      credentials: 'include',
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const session: Session = await response.json();
    const lifetime = (session.backstageIdentity.expiresInSeconds ?? 600) * 1000;
    this.#expiresAt =
      Date.now() + Math.max(lifetime - EXPIRY_MARGIN_MS, lifetime / 2);
    return session;
  }
}
