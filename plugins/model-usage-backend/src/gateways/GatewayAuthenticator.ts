import { AuthenticationError } from '@backstage/errors';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import {
  readGatewayProofIssuer,
  verifyGatewayProof,
} from '@modelhub/governance-protocol';
import type { Request } from 'express';
import type { Knex } from 'knex';
import type { GatewayKeys } from './GatewayKeys';

const HOW =
  'Send Authorization: Gateway <proof>, made for this request with the key that the gateway enrolled.';

const LONGEST_ID = 100;

/** Recognises enrolled gateways by a proof for each request, which counts once on all replicas. */
export class GatewayAuthenticator {
  static create(options: {
    keys: GatewayKeys;
    knex: Knex;
    clock: Clock;
  }): GatewayAuthenticator {
    return new GatewayAuthenticator(options);
  }

  readonly #options: Parameters<typeof GatewayAuthenticator.create>[0];

  private constructor(
    options: Parameters<typeof GatewayAuthenticator.create>[0],
  ) {
    this.#options = options;
  }

  /**
   * @returns the id of the gateway
   * @throws AuthenticationError
   */
  async authenticate(
    req: Pick<Request, 'headers' | 'method' | 'originalUrl'>,
  ): Promise<string> {
    const [, proof] =
      /^Gateway (\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
    const issuer = proof && readGatewayProofIssuer(proof);
    if (!issuer || issuer.length > LONGEST_ID) {
      throw new AuthenticationError(`No gateway proof. ${HOW}`);
    }
    const first = await this.#verify(req, proof, issuer, false);
    const result =
      !first.ok && first.code === 'bad-signature'
        ? await this.#verify(req, proof, issuer, true)
        : first;
    if (!result.ok) {
      throw new AuthenticationError(
        `The gateway proof is refused: ${result.message}. ${HOW}`,
      );
    }
    return issuer;
  }

  async prune(): Promise<void> {
    const { knex, clock } = this.#options;
    await knex('usage_proofs')
      .where('expires_at', '<', clock.now().toISOString())
      .delete();
  }

  async #verify(
    req: Pick<Request, 'method' | 'originalUrl'>,
    proof: string,
    issuer: string,
    fresh: boolean,
  ) {
    const { keys, clock } = this.#options;
    const publicKey = await keys.publicKey(issuer, { fresh });
    if (publicKey === undefined) {
      throw new AuthenticationError(
        'This gateway is not enrolled, or was removed. Enrol it with a new invitation.',
      );
    }
    return verifyGatewayProof(proof, publicKey, {
      method: req.method,
      path: req.originalUrl,
      now: clock.now(),
      seen: (jti, expiresAt) => this.#seen(jti, expiresAt),
    });
  }

  async #seen(jti: string, expiresAt: Date): Promise<boolean> {
    const [added] = await this.#options
      .knex('usage_proofs')
      .insert({ jti, expires_at: expiresAt.toISOString() })
      .onConflict('jti')
      .ignore()
      .returning('jti');
    return added === undefined;
  }
}
