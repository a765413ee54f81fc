import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CallContext } from '../pipeline';

/** Names an answer, for whoever wants to judge it. */
export const ANSWER_ID_HEADER = 'x-modelhub-answer-id';

/** For so long an answer can be judged. */
const JUDGED_WITHIN_MS = 24 * 3_600_000;

const PATTERN = /^([A-Za-z0-9_-]{1,3000})\.([A-Za-z0-9_-]{43})$/;

/** What the id of an answer tells. */
export interface AnsweredCall {
  call: string;
  /** ISO 8601. */
  at: string;
  model: string;
  version?: string;
}

/**
 * Ids of answers: the call, its time and the model that answered, sealed for
 * the key that called. Nobody can make one up or use that of another key, and
 * the gateway need not remember anything.
 */
export class AnswerIds {
  readonly #secret: string;

  /** @param secret - of all gateways; without it, ids hold at this process */
  constructor(secret: string | undefined) {
    this.#secret = `modelhub-gateway answer ids ${
      secret ?? randomBytes(32).toString('hex')
    }`;
  }

  headersOf({
    id,
    caller,
    target,
    admission,
  }: CallContext): Record<string, string> {
    const { gatewayId, grant } = target?.admission ?? admission;
    const payload = Buffer.from(
      JSON.stringify([id, caller.now.getTime(), gatewayId, grant?.version]),
    ).toString('base64url');
    return {
      [ANSWER_ID_HEADER]: `${payload}.${this.#mac(payload, caller.key.id)}`,
    };
  }

  /** @returns nothing for an id of another key, one that is older than a day, or none */
  open(text: string, keyId: string, now: Date): AnsweredCall | undefined {
    const [, payload, mac] = PATTERN.exec(text) ?? [];
    if (!payload) {
      return undefined;
    }
    const expected = Buffer.from(this.#mac(payload, keyId));
    if (!timingSafeEqual(expected, Buffer.from(mac))) {
      return undefined;
    }
    const [call, at, model, version] = JSON.parse(
      Buffer.from(payload, 'base64url').toString(),
    );
    if (now.getTime() - at > JUDGED_WITHIN_MS) {
      return undefined;
    }
    return {
      call,
      at: new Date(at).toISOString(),
      model,
      ...(version && { version }),
    };
  }

  #mac(payload: string, keyId: string): string {
    return createHmac('sha256', this.#secret)
      .update(`${keyId}\n${payload}`)
      .digest('base64url');
  }
}
