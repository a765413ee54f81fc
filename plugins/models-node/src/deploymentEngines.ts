import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';

/**
 * The version of a model that an engine is to run.
 *
 * @public
 */
export interface EngineModel {
  entityRef: string;
  /** Provider-prefixed id that callers use. */
  gatewayId: string;
  version: string;
  artifact: {
    /** `hf://org/name`, `s3://…`, `oci://…`, `https://…`, `file://…` */
    uri: string;
    /** Commit or tag at `uri`. */
    revision?: string;
    /** `safetensors`, `gguf`, `onnx`, … */
    format?: string;
    /** `sha256:` and 64 hex digits. An engine runs these bytes or none. */
    digest?: string;
    /** Bytes. */
    sizeBytes?: number;
  };
  /** Hugging Face task ids. */
  tasks: string[];
  /** Longest prompt with answer, in tokens. */
  contextTokens?: number;
}

/**
 * What one replica takes.
 *
 * @public
 */
export interface EngineResources {
  /** Whole GPUs; 0 where a CPU does. */
  gpus: number;
  /** Id of the GPU, for example `l4-24gb`; any without. */
  gpu?: string;
  /** Cores. */
  cpu: number;
  /** GiB of main memory. */
  memoryGiB: number;
}

/**
 * Something that is to run, as the hub wants it. Sending the same again changes
 * nothing.
 *
 * @public
 */
export interface DeploymentRequest {
  /** A DNS label of up to 40 characters; never used again for something else. */
  id: string;
  kind: 'evaluation' | 'deployment';
  /** Entity ref of the group that it counts for. */
  team: string;
  /** Entity ref of the person or component that asked. */
  owner: string;
  model: EngineModel;
  resources: EngineResources;
  replicas: { min: number; max: number };
  /** What the server has to be sent as `Authorization: Bearer`. */
  token: string;
  /**
   * ISO 8601; an engine that can ends what runs by itself then. Sent again with
   * a later time, only the end moves: what runs goes on undisturbed.
   */
  expiresAt?: string;
  /** Of this engine alone; it says which it knows. */
  settings?: JsonObject;
}

/**
 * Where a deployment stands. `starting` has been begun and does not answer yet;
 * `degraded` answers with fewer replicas than wanted; `gone` holds nothing any
 * more: no process, no GPU.
 *
 * @public
 */
export type DeploymentPhase =
  | 'pending'
  | 'starting'
  | 'ready'
  | 'degraded'
  | 'failed'
  | 'stopping'
  | 'gone';

/**
 * What an engine sees of a deployment.
 *
 * @public
 */
export interface DeploymentStatus {
  id: string;
  phase: DeploymentPhase;
  /** For people: what it waits for, or what went wrong and what to do. */
  message?: string;
  /** One word of the engine's, for example `Unschedulable`. */
  reason?: string;
  /** Base URL of the OpenAI-compatible API, with `/v1`; when it answers. */
  url?: string;
  /** How the server calls the model. */
  servedModel?: string;
  replicas: { wanted: number; ready: number };
  /** GPUs held now. */
  gpus: number;
  /** Revisions that take calls, newest first; with engines that have them. */
  revisions?: Array<{ name: string; percent: number; ready: boolean }>;
  /** Share of work done while it starts, 0 to 1; where the engine knows. */
  progress?: number;
  /** Labels that `provision` was given, as far as the engine keeps them. */
  team?: string;
  kind?: DeploymentRequest['kind'];
  /** ISO 8601. */
  expiresAt?: string;
}

/**
 * Whether an engine can run a model, and what that would take.
 *
 * @public
 */
export type EngineFit =
  | { fits: true; resources: EngineResources }
  | {
      fits: false;
      /** For people: what is missing and what would do. */
      reason: string;
    };

/**
 * Whether an engine can be reached, and what it has.
 *
 * @public
 */
export interface EngineHealth {
  state: 'up' | 'away';
  /** For people; with `away`: what failed and what to look at. */
  message?: string;
  /** ISO 8601; since when it is in this state. */
  since: string;
  /** GPUs in all and not taken; where the engine knows. */
  gpus?: { total: number; free: number };
}

/**
 * What happened to a deployment, by the engine's word.
 *
 * @public
 */
export interface DeploymentEvent {
  /** ISO 8601. */
  at: string;
  level: 'info' | 'warning';
  reason: string;
  message: string;
}

/**
 * Turns deployment requests into running inference. Every method may be called
 * by several replicas of the backend, and again after a crash: what has been
 * done already is done no second time. An engine that cannot be reached throws
 * `ServiceUnavailableError`; that is a state to show and to try again, and says
 * nothing about what runs there.
 *
 * @public
 */
export interface DeploymentEngine {
  /** Stable, for example `local` or `kserve-eu`. */
  readonly id: string;
  readonly title: string;
  /** GPUs may run out; a laptop's processor only gets slow. */
  readonly hasGpus: boolean;

  /** Whether the model can run here; asks nothing over a network. */
  fit(model: EngineModel, kind: DeploymentRequest['kind']): EngineFit;

  health(): Promise<EngineHealth>;

  /** Begins or changes a deployment and does not wait until it is ready. */
  provision(request: DeploymentRequest): Promise<DeploymentStatus>;

  /** `gone` for what was never there. */
  status(id: string): Promise<DeploymentStatus>;

  /** Everything that the hub has here, also what it has forgotten. */
  list(): Promise<DeploymentStatus[]>;

  /** Calls `onChange` with the id of what changed; ends with the signal. Changes may be missed: `list` tells. */
  watch?(onChange: (id: string) => void, signal: AbortSignal): Promise<void>;

  scale?(id: string, replicas: { min: number; max: number }): Promise<void>;

  /** Percentage of calls that the newest revision takes; the one before takes the rest. */
  setCanary?(id: string, percent: number): Promise<void>;

  /** The newest revision takes all calls. */
  promote?(id: string): Promise<void>;

  /** The revision before takes all calls again. */
  rollBack?(id: string): Promise<void>;

  /** Asks for the end; `status` says `gone` when nothing is held any more. */
  stop(id: string): Promise<void>;

  events(id: string): Promise<DeploymentEvent[]>;

  /** Lines of the servers' logs, oldest first; goes on with `follow` until the signal. */
  logs(
    id: string,
    options: { tail: number; follow?: boolean; signal?: AbortSignal },
  ): AsyncIterable<string>;
}

/**
 * Lets modules of the plugin `model-serving` add engines.
 *
 * @public
 */
export interface DeploymentEnginesExtensionPoint {
  /** @throws Error when an engine of the same id is there. */
  addEngine(engine: DeploymentEngine): void;
}

/**
 * Where modules of the plugin `model-serving` add their engines.
 *
 * @public
 */
export const deploymentEnginesExtensionPoint =
  createExtensionPoint<DeploymentEnginesExtensionPoint>({
    id: 'model-serving.engines',
  });
