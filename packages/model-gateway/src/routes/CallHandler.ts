import type { Gatekeeper } from '../allowlist/Gatekeeper';
import type { GatewayLimits } from '../config';
import { AnswerSink } from '../http/AnswerSink';
import { ApiError } from '../http/ApiError';
import { isJson, parseJsonCall, ParsedCall } from '../http/parseCall';
import { isMultipart, parseMultipartCall } from '../http/parseMultipart';
import { readBody } from '../http/readBody';
import { wishOf } from '../identity';
import { EVALUATION_HEADER, type OnlineRoom } from '../online';
import { CallStage, enterStages } from '../pipeline';
import type { CallEnd, CallPipeline } from '../pipeline/CallPipeline';
import { CallState, traceOf } from '../pipeline/CallState';
import type { Candidate, Router } from '../routing/Router';
import type { CallRoute } from './callRoutes';
import { credentialOf } from './credentialOf';
import { dialectOf, Exchange } from './RequestHandler';

const textOf = (value: string | string[] | undefined) =>
  typeof value === 'string' ? value : undefined;

/** Takes calls of models: who, how many, what, and then through the pipeline. */
export class CallHandler {
  readonly #gatekeeper: Gatekeeper;
  readonly #router: () => Router;
  readonly #stages: readonly CallStage[];
  readonly #entering: readonly CallStage[];
  readonly #pipeline: CallPipeline;
  readonly #limits: GatewayLimits;
  readonly #online: OnlineRoom;
  #running = 0;

  constructor(options: {
    gatekeeper: Gatekeeper;
    router: () => Router;
    stages: readonly CallStage[];
    pipeline: CallPipeline;
    limits: GatewayLimits;
    online: OnlineRoom;
  }) {
    this.#gatekeeper = options.gatekeeper;
    this.#router = options.router;
    this.#stages = options.stages;
    this.#entering = options.stages.filter(({ enter }) => enter);
    this.#pipeline = options.pipeline;
    this.#limits = options.limits;
    this.#online = options.online;
  }

  get running(): number {
    return this.#running;
  }

  /**
   * @returns the code of what went wrong, if anything did
   * @throws ApiError when nothing was answered yet
   */
  async handle(
    exchange: Exchange,
    route: CallRoute,
  ): Promise<string | undefined> {
    const { req, id, startedAt, fields } = exchange;
    const identified = this.#gatekeeper.identify(
      credentialOf(req.headers),
      wishOf(req.headers),
    );
    const caller =
      identified instanceof Promise ? await identified : identified;
    fields.keyId = caller.key.id;
    fields.profile = caller.key.profile;
    const state = new CallState({
      id,
      route: route.name,
      startedAt,
      trace: traceOf(req.headers['x-modelhub-trace'], req.headers.traceparent),
      traceparent: textOf(req.headers.traceparent),
      tracestate: textOf(req.headers.tracestate),
      caller,
    });
    let releases: ReadonlyArray<() => void> = [];
    let counted = false;
    let admitted = false;
    try {
      releases = enterStages(this.#entering, state);
      this.#count();
      counted = true;
      const multipart = this.#checkType(exchange, route);
      const read = readBody(req, this.#limits.maxBodyBytes);
      const raw = read instanceof Promise ? await read : read;
      state.raw = raw;
      state.promptBytes = raw.length;
      const parsed = multipart
        ? await parseMultipartCall(raw, req.headers['content-type'] ?? '')
        : parseJsonCall(raw);
      state.body = parsed.body;
      state.model = parsed.model;
      state.streamed = parsed.streamed;
      fields.model = parsed.model;
      // The allowlist may have changed while the body came in.
      state.caller = this.#gatekeeper.renew(caller);
      const router = this.#router();
      const admit = () =>
        state.caller.profile?.experiments && !state.caller.key.endpoint
          ? this.#online.candidates({
              state,
              route,
              router,
              wish: req.headers[EVALUATION_HEADER],
            })
          : router.candidates(state.caller, parsed.model, state.trace);
      const found = admit();
      const candidates = found instanceof Promise ? await found : found;
      admitted = true;
      const end = await this.#run(
        exchange,
        route,
        state,
        parsed,
        router,
        candidates,
        admit,
      );
      describe(fields, state, end);
      return end.error?.code;
    } catch (error) {
      if (!admitted) {
        this.#tellRefused(state, error);
      }
      throw error;
    } finally {
      for (const release of releases) {
        release();
      }
      this.#running -= counted ? 1 : 0;
    }
  }

  /** @throws ApiError 503 when there are as many calls as the gateway takes */
  #count(): void {
    if (this.#running >= this.#limits.maxConcurrent) {
      throw new ApiError(
        503,
        'overloaded',
        'This gateway has as many calls as it takes at one time. Try again shortly.',
        { headers: { 'retry-after': '1', connection: 'close' } },
      );
    }
    this.#running += 1;
  }

  /** @throws ApiError 415 */
  #checkType({ req }: Exchange, { takes }: CallRoute): boolean {
    const type = req.headers['content-type'];
    const multipart = takes !== 'json' && isMultipart(type);
    if (!multipart && !(takes !== 'multipart' && isJson(type))) {
      throw new ApiError(
        415,
        'unsupported_media_type',
        takes === 'multipart'
          ? "Send the body as 'content-type: multipart/form-data'."
          : "Send the body as 'content-type: application/json'.",
        { headers: { connection: 'close' } },
      );
    }
    return multipart;
  }

  #run(
    exchange: Exchange,
    route: CallRoute,
    state: CallState,
    parsed: ParsedCall,
    router: Router,
    candidates: Candidate[],
    admit: () => Candidate[] | Promise<Candidate[]>,
  ): Promise<CallEnd> {
    const { res, common } = exchange;
    const sink = new AnswerSink(res, { common, dialect: dialectOf(exchange) });
    return this.#pipeline.run(
      {
        state,
        route,
        parsed,
        sink,
        router,
        readmit: () => {
          state.caller = this.#gatekeeper.renew(state.caller);
          return admit();
        },
      },
      candidates,
    );
  }

  #tellRefused(state: CallState, error: unknown): void {
    if (!(error instanceof ApiError)) {
      return;
    }
    for (const stage of this.#stages) {
      stage.refused?.(state, {
        status: error.status,
        code: error.code,
        ...(state.model !== '' && { model: state.model }),
        promptBytes: state.promptBytes,
      });
    }
  }
}

function describe(
  fields: Exchange['fields'],
  state: CallState,
  { outcome, upstream }: CallEnd,
): void {
  const admission = outcome.admission ?? state.admission;
  fields.approval = admission.grant?.id;
  fields.uncovered = admission.uncovered?.code;
  fields.provider = outcome.provider;
  fields.upstream = upstream;
  if (outcome.attempts > 1) {
    fields.attempts = outcome.attempts;
  }
}
