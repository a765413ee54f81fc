import { AuthenticationError } from '@backstage/errors';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import {
  readGatewayProofIssuer,
  verifyGatewayProof,
} from '@modelhub/governance-protocol';
import type { Request } from 'express';
import type { GatewayRecord, GatewayStore } from './GatewayStore';

const HOW =
  'Send Authorization: Gateway <proof>, made for this request with the key that the gateway enrolled.';

/** Recognises enrolled gateways by a proof for each request. */
export class GatewayAuthenticator {
  static create(options: {
    store: GatewayStore;
    clock: Clock;
  }): GatewayAuthenticator {
    return new GatewayAuthenticator(options.store, options.clock);
  }

  readonly #store: GatewayStore;
  readonly #clock: Clock;

  private constructor(store: GatewayStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** @throws AuthenticationError */
  async authenticate(
    req: Pick<Request, 'headers' | 'method' | 'originalUrl'>,
  ): Promise<GatewayRecord> {
    const [, proof] =
      /^Gateway (\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
    const issuer = proof && readGatewayProofIssuer(proof);
    if (!issuer) throw new AuthenticationError(`No gateway proof. ${HOW}`);

    const gateway = await this.#store.live(issuer);
    if (!gateway) {
      throw new AuthenticationError(
        'This gateway is not enrolled, or was removed. Enrol it with a new invitation.',
      );
    }
    const now = this.#clock.now();
    const result = await verifyGatewayProof(proof, gateway.publicKey, {
      method: req.method,
      path: req.originalUrl,
      now,
      seen: (jti, expiresAt) => this.#store.proofSeen(jti, expiresAt),
    });
    if (!result.ok) {
      throw new AuthenticationError(
        `The gateway proof is refused: ${result.message}. ${HOW}`,
      );
    }
    await this.#store.seen(gateway.id, now.toISOString());
    return gateway;
  }
}
