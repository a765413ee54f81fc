import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  DeploymentEngine,
  DeploymentEvent,
  DeploymentRequest,
  DeploymentStatus,
  EngineFit,
  EngineHealth,
  EngineModel,
} from '@modelhub/backstage-plugin-models-node';
import { EventEmitter, once } from 'node:events';
import { hostname } from 'node:os';
import path from 'node:path';
import { DeploymentFolder, type Seen, type Wanted } from './DeploymentFolder';
import { Keeper, type KeeperOptions } from './Keeper';
import { ModelFiles } from './ModelFiles';
import type { LocalConfig } from './readLocalConfig';

const GIB = 1024 ** 3;
/** What a server takes beside the weights, and what the context takes for each GiB of them. */
const OWN_GIB = 0.5;
const CONTEXT_SHARE = 0.25;

/** What is known of a model whose size is not. */
const UNKNOWN_GIB = 4;

const GONE: Seen = { phase: 'gone', events: [] };

/** Runs models on this machine, each in a process of its own. */
export class LocalEngine implements DeploymentEngine {
  static async create(options: {
    config: LocalConfig;
    logger: LoggerService;
    /** Why it runs nothing, for people. */
    problem?: string;
    /** For tests. */
    keeper?: Pick<KeeperOptions, 'backOffMs' | 'graceMs' | 'freeGiB'>;
  }): Promise<LocalEngine> {
    const folder = new DeploymentFolder(options.config.folder);
    await folder.prepare();
    return new LocalEngine(options, folder);
  }

  readonly id = 'local';
  readonly title = `This machine (${hostname()})`;
  readonly hasGpus = false;
  readonly #config: LocalConfig;
  readonly #problem?: string;
  readonly #folder: DeploymentFolder;
  readonly #keeper: Keeper;
  readonly #changes = new EventEmitter<{ change: [string] }>();
  readonly #since = new Date().toISOString();

  private constructor(
    options: Parameters<typeof LocalEngine.create>[0],
    folder: DeploymentFolder,
  ) {
    this.#config = options.config;
    this.#problem = options.problem;
    this.#folder = folder;
    this.#changes.setMaxListeners(0);
    this.#keeper = new Keeper({
      ...options.keeper,
      config: options.config,
      folder,
      files: new ModelFiles(options.config),
      logger: options.logger,
      onChange: id => this.#changes.emit('change', id),
    });
  }

  start(): void {
    this.#keeper.start();
  }

  /** Ends the processes; what is wanted is begun again by the next backend. */
  async close(): Promise<void> {
    await this.#keeper.stop();
  }

  fit(model: EngineModel, kind: DeploymentRequest['kind']): EngineFit {
    const { artifact } = model;
    if (this.#problem) return { fits: false, reason: this.#problem };
    if (kind !== 'evaluation') {
      return {
        fits: false,
        reason:
          'This machine is for evaluation endpoints. Deploy to a cluster instead.',
      };
    }
    const format =
      artifact.format?.toLowerCase() ??
      path.extname(artifact.uri).slice(1).toLowerCase();
    const { formats, memoryGiB } = this.#config;
    if (!formats.includes(format)) {
      return {
        fits: false,
        reason: `This machine runs ${formats.join(', ')}, and the version is ${
          format || 'of no known format'
        }. Choose a version with a build in ${formats.join(' or ')}.`,
      };
    }
    if (!artifact.digest) {
      return {
        fits: false,
        reason:
          'The version has no digest, and this machine runs only bytes that are known. Record artifact.digest in the catalog.',
      };
    }
    const needed = memoryOf(artifact.sizeBytes);
    if (needed > memoryGiB) {
      return {
        fits: false,
        reason: `It needs about ${needed} GiB of memory, and servers on this machine may take ${memoryGiB}. Choose a smaller build or another engine.`,
      };
    }
    return {
      fits: true,
      resources: { gpus: 0, cpu: this.#config.threads, memoryGiB: needed },
    };
  }

  async health(): Promise<EngineHealth> {
    if (this.#problem) {
      return { state: 'away', since: this.#since, message: this.#problem };
    }
    const running = (await this.list()).filter(
      ({ phase }) => phase !== 'failed' && phase !== 'pending',
    ).length;
    return {
      state: 'up',
      since: this.#since,
      message: `${running} of ${
        this.#config.maxProcesses
      } servers run on ${hostname()}.`,
    };
  }

  async provision(request: DeploymentRequest): Promise<DeploymentStatus> {
    const wanted = await this.#folder.wanted(request.id);
    if (!wanted?.isStopped) await this.#folder.want(request.id, { request });
    this.#keeper.nudge();
    return this.status(request.id);
  }

  async status(id: string): Promise<DeploymentStatus> {
    const wanted = await this.#folder.wanted(id);
    const seen = await this.#folder.seen(id);
    return this.#statusOf(id, wanted, seen);
  }

  async list(): Promise<DeploymentStatus[]> {
    const ids = await this.#folder.ids();
    const all = await Promise.all(ids.map(id => this.status(id)));
    return all.filter(({ phase }) => phase !== 'gone');
  }

  async watch(
    onChange: (id: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return;
    this.#changes.on('change', onChange);
    await once(signal, 'abort');
    this.#changes.off('change', onChange);
  }

  async stop(id: string): Promise<void> {
    const wanted = await this.#folder.wanted(id);
    if (!wanted || wanted.isStopped) return;
    await this.#folder.want(id, { ...wanted, isStopped: true });
    this.#keeper.nudge();
  }

  async events(id: string): Promise<DeploymentEvent[]> {
    return (await this.#folder.seen(id))?.events ?? [];
  }

  async *logs(
    id: string,
    options: { tail: number; follow?: boolean; signal?: AbortSignal },
  ): AsyncGenerator<string> {
    const log = this.#folder.log(id);
    yield* await log.tail(options.tail);
    if (!options.follow) return;
    yield* log.follow(options.signal ?? new AbortController().signal);
  }

  #statusOf(
    id: string,
    wanted: Wanted | undefined,
    found: Seen | undefined,
  ): DeploymentStatus {
    // A file of an earlier life says nothing about this one.
    const isOld = !found || (wanted && found.phase === 'gone');
    const seen: Seen = isOld
      ? { ...GONE, phase: wanted ? 'pending' : 'gone' }
      : found;
    const isStopping = wanted?.isStopped && seen.phase !== 'gone';
    const phase = isStopping ? 'stopping' : seen.phase;
    const isReady = phase === 'ready';
    return {
      id,
      phase,
      message: seen.message,
      reason: seen.reason,
      url: isReady ? `http://127.0.0.1:${seen.port}/v1` : undefined,
      servedModel: wanted?.request.model.gatewayId,
      replicas: { wanted: wanted ? 1 : 0, ready: isReady ? 1 : 0 },
      gpus: 0,
      progress: seen.progress,
      team: wanted?.request.team,
      kind: wanted?.request.kind,
      expiresAt: wanted?.request.expiresAt,
    };
  }
}

/** GiB that a server of weights of that size takes, rounded up to a quarter. */
export function memoryOf(sizeBytes: number | undefined): number {
  const weights =
    sizeBytes === undefined
      ? UNKNOWN_GIB
      : (sizeBytes / GIB) * (1 + CONTEXT_SHARE);
  return Math.ceil((weights + OWN_GIB) * 4) / 4;
}
