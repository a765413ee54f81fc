import { JWK, SignJWT, exportJWK, generateKeyPair } from 'jose';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

interface IssuerKey extends KeyPair {
  alg: string;
  jwk: JWK;
}

/** An identity provider with real keys, over HTTP. */
export class TestIssuer {
  readonly requests: string[] = [];
  /** Those that it publishes; the last signs. */
  readonly keys: IssuerKey[] = [];
  /** Answers every request with this status instead. */
  fault: number | undefined;
  /** Takes requests and never answers them. */
  silent = false;
  /** What the discovery document says in place of the truth. */
  claimedIssuer: string | undefined;
  readonly #server: http.Server;

  private constructor() {
    this.#server = http.createServer((req, res) => this.#answer(req, res));
  }

  static async create(): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    await new Promise<void>(resolve => {
      issuer.#server.listen(0, '127.0.0.1', () => resolve());
    });
    await issuer.addKey('ES256');
    return issuer;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Signs with a new key from now on. */
  async addKey(alg: string): Promise<IssuerKey> {
    const pair = await generateKeyPair(alg, { extractable: true });
    const kid = `key-${this.keys.length + 1}`;
    const jwk = { ...(await exportJWK(pair.publicKey)), alg, kid, use: 'sig' };
    const key = { ...pair, alg, jwk };
    this.keys.push(key);
    return key;
  }

  /** @param claims - in place of those of a good token; `undefined` leaves one out */
  async sign(
    claims: Record<string, unknown> = {},
    header: { kid?: string; typ?: string } = {},
    key: IssuerKey = this.keys[this.keys.length - 1],
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: this.url,
      aud: 'model-gateway',
      sub: 'user-1',
      iat: now,
      exp: now + 600,
      groups: ['developers'],
      ...claims,
    })
      .setProtectedHeader({ alg: key.alg, kid: key.jwk.kid, ...header })
      .sign(key.privateKey);
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(req: http.IncomingMessage, res: http.ServerResponse): void {
    this.requests.push(req.url ?? '');
    if (this.silent) {
      return;
    }
    if (this.fault) {
      res.writeHead(this.fault).end();
      return;
    }
    const body =
      req.url === '/jwks'
        ? { keys: this.keys.map(({ jwk }) => jwk) }
        : {
            issuer: this.claimedIssuer ?? this.url,
            jwks_uri: `${this.url}/jwks`,
          };
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(body));
  }
}
