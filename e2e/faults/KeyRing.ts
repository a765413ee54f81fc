import type { Permits } from './Permits';
import type { PortalClient } from './PortalClient';
import { SCOPE } from './ModelLife';

interface Issued {
  id: string;
  secret?: string;
}

/** A secret and the name that permits know it by. */
export interface Credential {
  secret: string;
  credential: string;
}

/** One gateway key, whose secret changes. */
export class KeyRing {
  readonly #name: string;
  readonly #portal: PortalClient;
  readonly #permits: Permits;
  #id = '';
  #turn = 0;
  #current: Credential | undefined;
  #before: Credential | undefined;

  constructor(name: string, portal: PortalClient, permits: Permits) {
    this.#name = name;
    this.#portal = portal;
    this.#permits = permits;
  }

  get id(): string {
    return this.#id;
  }

  /** The secret that holds; nothing while it is being changed. */
  get current(): Credential | undefined {
    return this.#current;
  }

  /** The one before it, which opens nothing any more. */
  get before(): Credential | undefined {
    return this.#before;
  }

  async issue(): Promise<void> {
    const credential = this.#next();
    const { id, secret } = await this.#portal.call<Issued>(
      'dana',
      'POST',
      'model-governance/keys',
      { ...SCOPE, name: this.#name },
    );
    this.#id = id;
    this.#keep(credential, secret);
  }

  /** The old secret ends at once. */
  async rotate(): Promise<void> {
    const old = this.#current;
    const credential = this.#next();
    const { secret } = await this.#portal.call<Issued>(
      'dana',
      'POST',
      `model-governance/keys/${this.#id}/rotate`,
      { overlapHours: 0 },
    );
    if (old) {
      this.#permits.close(old.credential);
      this.#before = old;
    }
    this.#keep(credential, secret);
  }

  #next(): string {
    this.#turn += 1;
    const credential = `${this.#name} ${this.#turn}`;
    this.#permits.open(credential);
    return credential;
  }

  /** A secret whose first answer got lost is shown to nobody again. */
  #keep(credential: string, secret: string | undefined): void {
    this.#current = secret === undefined ? undefined : { secret, credential };
  }
}
