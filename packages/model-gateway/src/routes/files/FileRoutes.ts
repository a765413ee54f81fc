import type { Gatekeeper } from '../../allowlist/Gatekeeper';
import type { GatewayLimits } from '../../config';
import { AnswerSink } from '../../http/AnswerSink';
import { ApiError } from '../../http/ApiError';
import { isJson } from '../../http/parseCall';
import { isMultipart } from '../../http/parseMultipart';
import { readBody } from '../../http/readBody';
import { wishOf } from '../../identity';
import { CallStage, FileReader, enterStages } from '../../pipeline';
import { CallState, traceOf } from '../../pipeline/CallState';
import type { Router } from '../../routing/Router';
import type { GatewayLogger } from '../../telemetry';
import type { Provider } from '../../upstream/Providers';
import { UpstreamCall, UpstreamOptions } from '../../upstream/UpstreamCall';
import { UsageMeter } from '../../usage/UsageMeter';
import { credentialOf } from '../credentialOf';
import type { Exchange } from '../RequestHandler';
import { FileSink } from './FileSink';
import { type BatchRequest, readBatchRequest } from './readBatchRequest';
import { type SealedId, SealedIds } from './SealedIds';
import { uploadOf } from './uploadOf';

type Opened = SealedId & { from: Provider };

const FILES = '/v1/files';
const BATCHES = '/v1/batches';
const ONE = /^\/v1\/(files|batches)\/([^/]+)(?:\/(content|cancel))?$/;

/** What may be done with one file or batch: method, then what stands behind the id. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  files: ['GET ', 'GET content', 'DELETE '],
  batches: ['GET ', 'POST cancel'],
};

/**
 * Files and batches, for profiles that may use them. Every request in a file is
 * decided when the file comes, and again when a batch is made of it.
 */
export class FileRoutes {
  readonly #gatekeeper: Gatekeeper;
  readonly #router: () => Router;
  readonly #stages: readonly CallStage[];
  readonly #limits: GatewayLimits;
  readonly #ids: SealedIds;
  readonly #logger: GatewayLogger;

  constructor(options: {
    gatekeeper: Gatekeeper;
    router: () => Router;
    stages: readonly CallStage[];
    limits: GatewayLimits;
    secret: string | undefined;
    logger: GatewayLogger;
  }) {
    this.#logger = options.logger;
    this.#gatekeeper = options.gatekeeper;
    this.#router = options.router;
    this.#stages = options.stages;
    this.#limits = options.limits;
    this.#ids = new SealedIds(options.secret);
  }

  /** A label for metrics; nothing for a path that is none of these. */
  labelOf(path: string): string | undefined {
    if (path === FILES || path === BATCHES) {
      return path;
    }
    const [, kind, , action] = ONE.exec(path) ?? [];
    return kind && `/v1/${kind}/{id}${action ? `/${action}` : ''}`;
  }

  /** @returns whether the route is one of these */
  async handle(exchange: Exchange): Promise<boolean> {
    const { req, path } = exchange;
    const [, kind, id, action = ''] = ONE.exec(path) ?? [];
    const isUpload = req.method === 'POST' && path === FILES;
    const isBatch = req.method === 'POST' && path === BATCHES;
    const isAction =
      kind !== undefined && ACTIONS[kind].includes(`${req.method} ${action}`);
    if (!isUpload && !isBatch && !isAction) {
      return false;
    }
    const state = await this.#enter(exchange, kind === 'files' || isUpload);
    const releases = enterStages(this.#stages, state);
    try {
      if (isUpload) {
        await this.#upload(exchange, state);
      } else if (isBatch) {
        await this.#create(exchange, state);
      } else {
        await this.#act(exchange, state, { kind, id, action });
      }
    } finally {
      releases.forEach(release => release());
    }
    return true;
  }

  /** @throws ApiError 403 when the profile may not use them */
  async #enter(exchange: Exchange, isFile: boolean): Promise<CallState> {
    const { req, id, startedAt, fields } = exchange;
    const caller = await this.#gatekeeper.identify(
      credentialOf(req.headers),
      wishOf(req.headers),
    );
    fields.keyId = caller.key.id;
    fields.profile = caller.key.profile;
    if (caller.key.endpoint) {
      throw new ApiError(
        403,
        'batches_not_allowed',
        'Evaluation endpoints have no files and batches. Send the calls one by one, or a file of prompts through the playground.',
        { type: 'permission_error', headers: { connection: 'close' } },
      );
    }
    if (caller.profile?.batches !== true) {
      throw new ApiError(
        403,
        'batches_not_allowed',
        `Profile '${caller.key.profile}' may not use files and batches. Whoever governs models can allow it in the profile's settings.`,
        { type: 'permission_error', headers: { connection: 'close' } },
      );
    }
    return new CallState({
      id,
      route: isFile ? 'files' : 'batches',
      startedAt,
      trace: traceOf(req.headers['x-modelhub-trace'], req.headers.traceparent),
      caller,
    });
  }

  async #upload(exchange: Exchange, state: CallState): Promise<void> {
    const { req } = exchange;
    const type = req.headers['content-type'];
    if (!isMultipart(type)) {
      throw unsupported('multipart/form-data');
    }
    const raw = await readBody(req, this.#limits.maxBodyBytes);
    state.caller = this.#gatekeeper.renew(state.caller);
    const upload = await uploadOf(raw, type ?? '', {
      state,
      router: this.#router(),
      stages: this.#stages,
      onStageError: error =>
        this.#logger.error('A stage failed at the end of a call', {
          requestId: exchange.id,
          reason: (error as Error).stack ?? String(error),
        }),
    });
    await this.#send(exchange, upload.provider, {
      method: 'POST',
      path: '/files',
      type: upload.contentType,
      body: upload.body,
      seal: { profile: state.caller.key.profile, models: upload.models },
    });
  }

  async #create(exchange: Exchange, state: CallState): Promise<void> {
    const { req } = exchange;
    if (!isJson(req.headers['content-type'])) {
      throw unsupported('application/json');
    }
    const raw = await readBody(req, this.#limits.maxBodyBytes);
    state.caller = this.#gatekeeper.renew(state.caller);
    const request: BatchRequest = readBatchRequest(raw);
    const file = this.#open(state, request.input_file_id, 'input_file_id');
    const router = this.#router();
    for (const model of file.models) {
      // Refuses what was approved at the upload and is no more.
      const candidates = await router.candidates(
        state.caller,
        model,
        state.trace,
      );
      if (!candidates.some(({ provider }) => provider === file.from)) {
        throw new ApiError(
          409,
          'provider_changed',
          `Model '${model}' does not run at provider '${file.provider}' any more. Upload the file again.`,
        );
      }
    }
    await this.#send(exchange, file.from, {
      method: 'POST',
      path: '/batches',
      type: 'application/json',
      body: Buffer.from(JSON.stringify({ ...request, input_file_id: file.id })),
      seal: file,
    });
  }

  async #act(
    exchange: Exchange,
    state: CallState,
    route: { kind: string; id: string; action: string },
  ): Promise<void> {
    const item = this.#open(state, route.id, 'id');
    const method = exchange.req.method as 'GET' | 'POST' | 'DELETE';
    const tail = route.action === '' ? '' : `/${route.action}`;
    const isContent = route.action === 'content';
    const readers = isContent
      ? this.#stages.flatMap(stage => stage.readFile?.(state) ?? [])
      : [];
    try {
      await this.#send(exchange, item.from, {
        method,
        path: `/${route.kind}/${encodeURIComponent(item.id)}${tail}`,
        seal: isContent ? undefined : item,
        readers,
      });
    } finally {
      readers.forEach(reader => reader.end());
    }
  }

  /** @throws ApiError 404 also for what is another profile's */
  #open({ caller }: CallState, id: string, param: string): Opened {
    const { providers } = this.#router();
    const opened = this.#ids.open(id, caller.key.profile, name =>
      providers.named(name),
    );
    if (!opened) {
      throw new ApiError(
        404,
        'not_found',
        `Profile '${caller.key.profile}' has no file or batch with this id.`,
        { param },
      );
    }
    return opened;
  }

  async #send(
    exchange: Exchange,
    provider: Provider,
    request: Pick<UpstreamOptions, 'method' | 'path'> & {
      body?: Buffer;
      type?: string;
      seal: Pick<SealedId, 'profile' | 'models'> | undefined;
      /** Of a file that is fetched. */
      readers?: readonly FileReader[];
    },
  ): Promise<void> {
    const { res, common, fields } = exchange;
    fields.provider = provider.name;
    const { seal, readers = [] } = request;
    const options = { common, dialect: 'openai' as const };
    const sink =
      readers.length > 0
        ? new FileSink(readers, res, options)
        : new AnswerSink(res, options);
    const call = new UpstreamCall({
      provider,
      method: request.method,
      path: request.path,
      headers: [
        ...(request.type ? ['content-type', request.type] : []),
        ...(readers.length > 0 ? ['accept-encoding', 'identity'] : []),
      ],
      body: request.body,
      sink,
      isPinned: false,
      transforms: seal
        ? [{ json: answer => this.#sealAnswer(answer, provider, seal) }]
        : [],
      meterFor: events => new UsageMeter({ route: 'files', events }),
      addHeaders: () => {},
    });
    const stopListening = sink.onceGone(() => call.abandon());
    const result = await call.start().result;
    stopListening();
    if (result.kind === 'failed') {
      if (!result.deliver) {
        throw result.error;
      }
      result.deliver();
    }
  }

  #sealAnswer(
    answer: Record<string, unknown>,
    provider: Provider,
    { profile, models }: Pick<SealedId, 'profile' | 'models'>,
  ): Record<string, unknown> {
    const sealed = { ...answer };
    const names = ['id', 'input_file_id', 'output_file_id', 'error_file_id'];
    for (const name of names) {
      const id = answer[name];
      if (typeof id === 'string' && id !== '') {
        const isBatch = name === 'id' && answer.object === 'batch';
        sealed[name] = this.#ids.seal(isBatch ? 'batch' : 'file', provider, {
          profile,
          id,
          models,
        });
      }
    }
    return sealed;
  }
}

function unsupported(type: string): ApiError {
  return new ApiError(
    415,
    'unsupported_media_type',
    `Send the body as 'content-type: ${type}'.`,
    { headers: { connection: 'close' } },
  );
}
