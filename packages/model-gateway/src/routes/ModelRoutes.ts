import type { SnapshotModel } from '@modelhub/governance-protocol';
import type { Gatekeeper } from '../allowlist/Gatekeeper';
import { wishOf } from '../identity';
import { ApiError } from '../http/ApiError';
import { answerHeaders } from '../http/answerHeaders';
import type { Caller } from '../pipeline';
import type { Router } from '../routing/Router';
import { credentialOf } from './credentialOf';
import { explainDecision } from './explainDecision';
import { Exchange, dialectOf, sendJson } from './RequestHandler';

const LIST = '/v1/models';
const DECISION = '/v1/decision';
const ONE = '/v1/models/';

/** Routes that tell what a caller may call, and why. */
export class ModelRoutes {
  readonly #gatekeeper: Gatekeeper;
  readonly #router: () => Router;

  constructor(options: { gatekeeper: Gatekeeper; router: () => Router }) {
    this.#gatekeeper = options.gatekeeper;
    this.#router = options.router;
  }

  /** A label for metrics; nothing for a path that is none of these. */
  labelOf(path: string): string | undefined {
    if (path === LIST || path === DECISION) {
      return path;
    }
    return path.startsWith(ONE) ? '/v1/models/{id}' : undefined;
  }

  /** @returns whether the route is one of these */
  async handle(exchange: Exchange): Promise<boolean> {
    const { req, path } = exchange;
    if (req.method !== 'GET') {
      return false;
    }
    if (path === LIST) {
      await this.#list(exchange);
    } else if (path.startsWith(ONE)) {
      await this.#one(exchange);
    } else if (path === DECISION) {
      await this.#decision(exchange);
    } else {
      return false;
    }
    return true;
  }

  async #identify({ req, fields }: Exchange): Promise<Caller> {
    const caller = await this.#gatekeeper.identify(
      credentialOf(req.headers),
      wishOf(req.headers),
    );
    fields.keyId = caller.key.id;
    return caller;
  }

  /** Exactly what a call would be let through for. */
  async #list(exchange: Exchange): Promise<void> {
    const caller = await this.#identify(exchange);
    const router = this.#router();
    const ofEndpoint = caller.key.endpoint !== undefined;
    const bounded = ofEndpoint || this.#gatekeeper.isBounded(caller);
    const models = this.#gatekeeper
      .admissible(caller)
      .filter(
        ({ gatewayId }) =>
          (ofEndpoint || router.providers.has(gatewayId)) &&
          (!bounded || isAdmitted(router, caller, gatewayId)),
      )
      .map(toModel);
    const aliases = [...router.aliases]
      .filter(
        name =>
          router.aliasOf(caller, name) && isAdmitted(router, caller, name),
      )
      .map(name => toModel({ gatewayId: name, provider: 'alias' }));
    const data = [...models, ...aliases];
    sendJson(
      exchange.res,
      200,
      dialectOf(exchange) === 'anthropic'
        ? {
            data: data.map(toAnthropic),
            has_more: false,
            first_id: data[0]?.id,
            last_id: data[data.length - 1]?.id,
          }
        : { object: 'list', data },
      exchange.common,
    );
  }

  async #one(exchange: Exchange): Promise<void> {
    const caller = await this.#identify(exchange);
    const router = this.#router();
    const id = decode(exchange.path.slice(ONE.length));
    const isAlias = router.aliasOf(caller, id) !== undefined;
    const candidates = isAlias
      ? await router.candidates(caller, id, undefined)
      : [];
    const admission =
      candidates[0]?.admission ?? this.#gatekeeper.admit(caller, id);
    const { model } = admission;
    if (!model) {
      throw new ApiError(
        404,
        'model_not_found',
        `Model '${id}' is not known to the model hub.`,
        { param: 'model' },
      );
    }
    const shown = toModel(
      isAlias ? { gatewayId: id, provider: 'alias' } : model,
    );
    sendJson(
      exchange.res,
      200,
      dialectOf(exchange) === 'anthropic' ? toAnthropic(shown) : shown,
      [...exchange.common, ...answerHeaders(admission, caller.mode)],
    );
  }

  async #decision(exchange: Exchange): Promise<void> {
    const caller = await this.#identify(exchange);
    const query = new URL(exchange.req.url ?? '', 'http://gateway')
      .searchParams;
    const model = query.get('model');
    if (!model) {
      throw new ApiError(
        400,
        'invalid_model',
        'Say which model: GET /v1/decision?model=…',
        { param: 'model' },
      );
    }
    sendJson(
      exchange.res,
      200,
      await explainDecision(this.#gatekeeper, this.#router(), caller, model),
      exchange.common,
    );
  }
}

function isAdmitted(router: Router, caller: Caller, model: string): boolean {
  return router.isAdmitted(caller, model);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ApiError(400, 'invalid_model', 'The id is not a valid URL part.');
  }
}

function toModel({
  gatewayId,
  provider,
}: Pick<SnapshotModel, 'gatewayId' | 'provider'>) {
  return { id: gatewayId, object: 'model', created: 0, owned_by: provider };
}

function toAnthropic({ id }: { id: string }) {
  return {
    type: 'model',
    id,
    display_name: id,
    created_at: '1970-01-01T00:00:00Z',
  };
}
