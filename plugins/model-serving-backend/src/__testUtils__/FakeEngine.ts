import { ServiceUnavailableError } from '@backstage/errors';
import type {
  DeploymentEngine,
  DeploymentRequest,
  DeploymentStatus,
  EngineFit,
  EngineHealth,
} from '@modelhub/backstage-plugin-models-node';

interface Running {
  request: DeploymentRequest;
  phase: DeploymentStatus['phase'];
  message?: string;
}

/** An engine of the test: it does at once what it is told, or what the test says. */
export class FakeEngine implements DeploymentEngine {
  readonly title: string;
  readonly hasGpus: boolean;
  readonly running = new Map<string, Running>();
  /** What was done, such as `stop ev-…`. */
  readonly calls: string[] = [];
  /** GPUs that one replica takes. */
  gpusEach: number;
  totalGpus: number;
  /** Phase that something begins with. */
  begins: DeploymentStatus['phase'] = 'ready';
  isAway = false;
  /** Times that a stop fails before one works. */
  failingStops = 0;
  /** Most GPUs that were ever held. */
  mostGpus = 0;
  unfit: string | undefined;
  #onChange: ((id: string) => void) | undefined;

  constructor(
    readonly id: string,
    options: { gpusEach?: number; totalGpus?: number } = {},
  ) {
    this.title = `Engine ${id}`;
    this.gpusEach = options.gpusEach ?? 1;
    this.totalGpus = options.totalGpus ?? 4;
    this.hasGpus = this.gpusEach > 0;
  }

  fit(): EngineFit {
    return this.unfit === undefined
      ? {
          fits: true,
          resources: {
            gpus: this.gpusEach,
            cpu: 2,
            memoryGiB: 8,
            ...(this.hasGpus && { gpu: 'l4-24gb' }),
          },
        }
      : { fits: false, reason: this.unfit };
  }

  async health(): Promise<EngineHealth> {
    const since = '2026-11-25T08:00:00.000Z';
    return this.isAway
      ? { state: 'away', message: 'It is not there.', since }
      : {
          state: 'up',
          since,
          ...(this.hasGpus && {
            gpus: { total: this.totalGpus, free: this.totalGpus - this.held() },
          }),
        };
  }

  async provision(request: DeploymentRequest): Promise<DeploymentStatus> {
    this.#called(`provision ${request.id}`);
    const known = this.running.get(request.id);
    this.running.set(request.id, {
      phase: this.begins,
      ...known,
      request,
    });
    this.mostGpus = Math.max(this.mostGpus, this.held());
    return this.#status(request.id);
  }

  async status(id: string): Promise<DeploymentStatus> {
    this.#called(`status ${id}`);
    return this.#status(id);
  }

  async list(): Promise<DeploymentStatus[]> {
    this.#called('list');
    return [...this.running.keys()].map(id => this.#status(id));
  }

  async watch(onChange: (id: string) => void, signal: AbortSignal) {
    this.#onChange = onChange;
    await new Promise<void>(resolve => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  async stop(id: string): Promise<void> {
    this.#called(`stop ${id}`);
    if (this.failingStops > 0) {
      this.failingStops -= 1;
      throw new Error('The cluster refuses');
    }
    this.running.delete(id);
  }

  async events(id: string) {
    this.#called(`events ${id}`);
    return [
      {
        at: '2026-11-25T09:00:01.000Z',
        level: 'info' as const,
        reason: 'Pulled',
        message: 'The image is there',
      },
    ];
  }

  async *logs(id: string, { tail }: { tail: number }) {
    this.#called(`logs ${id}`);
    yield* ['loading\n', 'ready'].slice(-tail);
  }

  /** The engine finds that something is another way now. */
  becomes(id: string, phase: Running['phase'], message?: string): void {
    const running = this.running.get(id);
    if (!running) throw new Error(`Nothing runs as ${id}`);
    Object.assign(running, { phase, message });
    this.#onChange?.(id);
  }

  /** GPUs held now. */
  held(): number {
    return [...this.running.values()].reduce(
      (sum, { request }) => sum + request.resources.gpus,
      0,
    );
  }

  #called(what: string): void {
    if (this.isAway) throw new ServiceUnavailableError('It is not there.');
    this.calls.push(what);
  }

  #status(id: string): DeploymentStatus {
    const running = this.running.get(id);
    if (!running) {
      return { id, phase: 'gone', replicas: { wanted: 0, ready: 0 }, gpus: 0 };
    }
    const { request, phase, message } = running;
    const isUp = phase === 'ready' || phase === 'degraded';
    return {
      id,
      phase,
      message,
      replicas: { wanted: 1, ready: isUp ? 1 : 0 },
      gpus: request.resources.gpus,
      kind: request.kind,
      expiresAt: request.expiresAt,
      ...(isUp && { url: `http://127.0.0.1:41000/${id}/v1`, servedModel: 'm' }),
    };
  }
}
