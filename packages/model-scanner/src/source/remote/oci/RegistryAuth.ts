import { ArtifactError } from '../../ArtifactSource';
import type { RegistryLogin } from '../../OpenOptions';
import type { HttpClient } from '../HttpClient';
import { throwIfRefused } from '../httpFile';

const basic = ({ username, password }: RegistryLogin) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/**
 * Answers the challenges of a registry: a token by the flow of the distribution
 * project, or a name and password.
 */
export class RegistryAuth {
  readonly #client: HttpClient;
  readonly #login: RegistryLogin | undefined;
  readonly #origin: URL;
  #header: string | undefined;
  #challenge: string | undefined;

  constructor(options: {
    client: HttpClient;
    origin: URL;
    login: RegistryLogin | undefined;
  }) {
    this.#client = options.client;
    this.#login = options.login;
    this.#origin = options.origin;
  }

  get headers(): Record<string, string> {
    return this.#header ? { authorization: this.#header } : {};
  }

  /** Takes up a challenge; false when there is nothing to answer it with. */
  async answer(challenge: string | undefined): Promise<boolean> {
    const [, scheme = '', rest = ''] =
      /^\s*(\w+)\s*(.*)$/s.exec(challenge ?? '') ?? [];
    if (/^basic$/i.test(scheme)) {
      const isNew = this.#header === undefined && this.#login !== undefined;
      if (this.#login) this.#header = basic(this.#login);
      return isNew;
    }
    if (!/^bearer$/i.test(scheme)) return false;
    this.#challenge = rest;
    return this.renew();
  }

  /** Asks for another token, for those in use end after minutes. */
  async renew(): Promise<boolean> {
    if (this.#challenge === undefined) return false;
    const told = Object.fromEntries(
      [...this.#challenge.matchAll(/(\w+)="([^"]*)"/g)].map(
        ([, name, value]) => [name.toLowerCase(), value],
      ),
    );
    if (!URL.canParse(told.realm ?? '')) {
      throw new ArtifactError(
        'unsupported',
        `${this.#origin.host} does not say where its tokens come from`,
      );
    }
    const url = new URL(told.realm);
    if (this.#origin.protocol === 'https:' && url.protocol !== 'https:') {
      throw new ArtifactError(
        'not-allowed',
        `${this.#origin.host} sends for tokens to ${url.protocol}//${
          url.host
        }, which leaves TLS`,
      );
    }
    for (const name of ['service', 'scope']) {
      if (told[name]) url.searchParams.set(name, told[name]);
    }
    const { response, body } = await this.#client.getWhole(url, {
      headers: this.#login ? { authorization: basic(this.#login) } : {},
    });
    throwIfRefused(response, `a token of ${this.#origin.host}`);
    const token = tokenIn(body);
    if (!token) {
      throw new ArtifactError('unsupported', `${url.host} gives no token`);
    }
    this.#header = `Bearer ${token}`;
    return true;
  }
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const { token, access_token: other } = JSON.parse(body.toString('utf8'));
    const found = token || other;
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
