import type { CDPSession, Page } from '@playwright/test';
import { generateKeyPairSync } from 'node:crypto';

/** What an authenticator keeps. */
export interface StoredCredential {
  credentialId: string;
  isResidentCredential: boolean;
  rpId?: string;
  /** PKCS #8, base64. */
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

/** Chromium's virtual authenticator of one page: a passkey without a device. */
export class VirtualAuthenticator {
  static async plugIn(page: Page): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const authenticator = new VirtualAuthenticator(session);
    await authenticator.#add();
    return authenticator;
  }

  readonly #session: CDPSession;
  #id = '';

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  async credentials(): Promise<StoredCredential[]> {
    const { credentials } = await this.#session.send(
      'WebAuthn.getCredentials',
      { authenticatorId: this.#id },
    );
    return credentials;
  }

  /** Whether the person proves who they are, e.g. by a fingerprint. */
  async verifiesPerson(isUserVerified: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', {
      authenticatorId: this.#id,
      isUserVerified,
    });
  }

  /** Another device in its place, with these credentials. */
  async replace(credentials: StoredCredential[]): Promise<void> {
    await this.#session.send('WebAuthn.removeVirtualAuthenticator', {
      authenticatorId: this.#id,
    });
    await this.#add();
    for (const credential of credentials) {
      await this.#session.send('WebAuthn.addCredential', {
        authenticatorId: this.#id,
        credential,
      });
    }
  }

  async #add(): Promise<void> {
    const { authenticatorId } = await this.#session.send(
      'WebAuthn.addVirtualAuthenticator',
      {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      },
    );
    this.#id = authenticatorId;
  }
}

/** A device that claims to hold the passkey and signs with a key of its own. */
export function forged(credential: StoredCredential): StoredCredential {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    ...credential,
    privateKey: privateKey
      .export({ type: 'pkcs8', format: 'der' })
      .toString('base64'),
    signCount: credential.signCount + 10,
  };
}
