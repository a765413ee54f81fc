import {
  SigningKey,
  TrustedKeys,
  createGatewayProof,
  generateSigningKey,
  trustKeys,
} from '@modelhub/governance-protocol';
import type { StateFolder } from '../allowlist/StateFolder';

const IDENTITY_FILE = 'identity.json';
const DRAFT_FILE = 'identity-key.json';

/** What the state folder keeps about who this gateway is. */
interface Stored {
  gatewayId: string;
  privateKey: string;
  signingKeys: string[];
}

/** Who this gateway is to the control plane. */
export class GatewayIdentity {
  readonly gatewayId: string;
  readonly #privateKey: string;
  /** Keys that enrolment returned, and those that came after them. */
  readonly signingKeys: TrustedKeys;

  private constructor(stored: Stored) {
    this.gatewayId = stored.gatewayId;
    this.#privateKey = stored.privateKey;
    this.signingKeys = trustKeys(stored.signingKeys);
  }

  static async load(folder: StateFolder): Promise<GatewayIdentity | undefined> {
    const stored = await folder.read(IDENTITY_FILE);
    return stored === undefined
      ? undefined
      : new GatewayIdentity(stored as Stored);
  }

  /**
   * The key to enrol with. Kept before it is used, so that an answer that got
   * lost can be asked for again with the same key.
   */
  static async draftKey(folder: StateFolder): Promise<SigningKey> {
    const stored = await folder.read(DRAFT_FILE);
    if (stored !== undefined) {
      return stored as SigningKey;
    }
    const key = generateSigningKey();
    await folder.write(DRAFT_FILE, key);
    return key;
  }

  static async save(folder: StateFolder, stored: Stored) {
    const identity = new GatewayIdentity(stored);
    await folder.write(IDENTITY_FILE, stored);
    return identity;
  }

  /** The same identity, which trusts other snapshot keys from now on. */
  async trusting(
    keys: TrustedKeys,
    folder: StateFolder,
  ): Promise<GatewayIdentity> {
    return GatewayIdentity.save(folder, {
      gatewayId: this.gatewayId,
      privateKey: this.#privateKey,
      signingKeys: [...keys.values()].map(key =>
        key.export({ type: 'spki', format: 'pem' }).toString(),
      ),
    });
  }

  /** The value of an `Authorization` header for one request. */
  authorization(method: string, path: string, now: Date): string {
    const proof = createGatewayProof({
      gatewayId: this.gatewayId,
      privateKey: this.#privateKey,
      method,
      path,
      now,
    });
    return `Gateway ${proof}`;
  }
}
