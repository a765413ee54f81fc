import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { GatewayKey } from '@modelhub/backstage-plugin-models-common';
import { endpointBaseUrlProblem } from '@modelhub/governance-protocol';
import { write, type AccessDeps } from './AccessDeps';
import type { KeyBinding, KeyRecord } from './DatabaseGatewayKeyStore';
import { recordKey } from './keyEvents';
import { presentKey } from './presentKey';
import type { KeyConfig } from './readKeyConfig';

/** The one who knows what runs at an evaluation endpoint. */
const SERVING = 'plugin:model-serving';

const CONTROL = /\p{Cc}/u;

/** Says what the keys of evaluation endpoints open. */
export class KeyBindings {
  static create(deps: AccessDeps, config: KeyConfig): KeyBindings {
    return new KeyBindings(deps, config);
  }

  readonly #deps: AccessDeps;
  readonly #config: KeyConfig;

  private constructor(deps: AccessDeps, config: KeyConfig) {
    this.#deps = deps;
    this.#config = config;
  }

  /**
   * From then on the key opens what runs there. An endpoint that moved is bound
   * again, to the same model and version.
   */
  async bind(
    credentials: BackstageCredentials,
    id: string,
    input: KeyBinding,
    idempotencyKey?: string,
  ): Promise<GatewayKey> {
    const { guard, stores } = this.#deps;
    const principal = guard.principal(credentials);
    if (principal.kind !== 'service' || principal.ref !== SERVING) {
      throw new NotAllowedError(
        'Only the backend of model-serving says what runs at an evaluation endpoint. Open one there: POST /endpoints.',
      );
    }
    demandGood(input);
    return write<GatewayKey>(
      this.#deps,
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'key.bind', id, input },
      },
      async (tx, now) => {
        const seen = await stores.keys.get(id, tx);
        demandEndpoint(seen, id);
        if (isSame(seen, input)) return this.#present(seen);
        if (!(await stores.keys.bind(tx, id, input, now))) {
          throw new ConflictError(whyNot(seen, input));
        }
        const key = (await stores.keys.get(id, tx))!;
        await recordKey(this.#deps, tx, {
          actor: principal.actor,
          type: 'key.bound',
          key,
          payload: { ...input },
        });
        return this.#present(key);
      },
    );
  }

  #present(key: KeyRecord): GatewayKey {
    return presentKey(key, {
      now: this.#deps.clock.now(),
      ownerGraceHours: this.#config.ownerGraceHours,
    });
  }
}

/** One bad text would make a snapshot that no gateway takes. */
function demandGood(input: KeyBinding): void {
  const { gatewayId, version, baseUrl, model } = input;
  for (const [name, text] of Object.entries({ gatewayId, version, model })) {
    if (CONTROL.test(text)) {
      throw new InputError(`${name} must not hold control characters.`);
    }
  }
  const problem = endpointBaseUrlProblem(baseUrl);
  if (problem) throw new InputError(`baseUrl ${problem}.`);
}

function demandEndpoint(
  key: KeyRecord | undefined,
  id: string,
): asserts key is KeyRecord & Required<Pick<KeyRecord, 'endpoint'>> {
  if (!key) throw new NotFoundError(`There is no key ${id}.`);
  if (!key.endpoint) {
    throw new ConflictError(
      'This is not the key of an evaluation endpoint. Issue one with `endpoint`.',
    );
  }
}

function isSame({ endpoint, revokedAt }: KeyRecord, input: KeyBinding) {
  return (
    revokedAt === undefined &&
    endpoint?.gatewayId === input.gatewayId &&
    endpoint.version === input.version &&
    endpoint.baseUrl === input.baseUrl &&
    endpoint.model === input.model
  );
}

function whyNot({ endpoint, revokedAt }: KeyRecord, input: KeyBinding): string {
  const isOther =
    endpoint?.boundAt !== undefined &&
    (endpoint.gatewayId !== input.gatewayId ||
      endpoint.version !== input.version);
  if (revokedAt) return 'This key is revoked and opens nothing any more.';
  return isOther
    ? `This key is bound to ${endpoint.gatewayId}@${endpoint.version} and never becomes one of another model. Issue another key.`
    : 'This key has ended and opens nothing any more.';
}
