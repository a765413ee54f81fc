import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  tiers,
  type Demands,
  type PolicySet,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import {
  type Clock,
  systemClock,
} from '@modelhub/backstage-plugin-models-node';
import {
  CelConditions,
  decide,
  demandsOf,
  isCovered,
  loadPolicies,
  PolicyFileError,
  readPolicyFolder,
  scopeText,
  type ConditionCompiler,
  type GateDescription,
  type PolicyFolder,
  type PolicyLayer,
  type PolicyLayers,
  type PolicySource,
} from '@modelhub/policies';
import { setTimeout as delay } from 'node:timers/promises';
import type { PolicyHistory } from './PolicyHistory';
import type {
  PolicyDecision,
  PolicyInput,
  PolicyService,
} from './PolicyService';
import { snapshotAgesOf } from './snapshotAges';

type Folder = PolicyFolder & { overlayRevision?: number };

/** Readings of files that somebody is writing, until they count as they are. */
const MAX_READINGS = 20;

export interface PolicyServiceOptions {
  /** The folder with the policy files. */
  path: string;
  /** Instead of the folder as it is. */
  files?: { read(): Promise<Folder> };
  gates: GateDescription[];
  logger: LoggerService;
  history?: PolicyHistory;
  clock?: Clock;
  /** Waits between two readings of changed files, which have to agree; 200 ms by default. */
  settle?: () => Promise<void>;
}

interface Loaded {
  layers: PolicyLayers;
  sources: PolicySource[];
  at: Date;
  overlayRevision?: number;
}

/**
 * Policies out of a folder. A folder that does not load changes nothing: what
 * was good last stays in force, over restarts too. Where nothing ever was good,
 * every decision is refused.
 */
export class DefaultPolicyService implements PolicyService {
  /** Loads the folder once; {@link DefaultPolicyService.start} keeps looking at it. */
  static async create(
    options: PolicyServiceOptions,
  ): Promise<DefaultPolicyService> {
    const service = new DefaultPolicyService(options, CelConditions.create());
    await service.reload();
    return service;
  }

  readonly #options: PolicyServiceOptions;
  readonly #conditions: ConditionCompiler;
  readonly #clock: Clock;
  #loaded: Loaded | undefined;
  #error: PolicySet['error'];
  #stamp: string | undefined;
  /** In force, but not yet in the history. */
  #unrecorded = false;
  /** One after the other, so that what was read first never comes last. */
  #reloading: Promise<void> = Promise.resolve();

  private constructor(
    options: PolicyServiceOptions,
    conditions: ConditionCompiler,
  ) {
    this.#options = options;
    this.#conditions = conditions;
    this.#clock = options.clock ?? systemClock;
  }

  /** Look for changes every few seconds until the signal says stop. */
  start(options: { signal: AbortSignal; everySeconds?: number }): void {
    const timer = setInterval(() => {
      this.reload().catch(error =>
        this.#options.logger.error('Policies could not be reloaded', error),
      );
    }, (options.everySeconds ?? 3) * 1000);
    timer.unref();
    options.signal.addEventListener('abort', () => clearInterval(timer), {
      once: true,
    });
  }

  /** Load the folder if it changed since it was loaded last. */
  async reload(): Promise<void> {
    const next = this.#reloading.then(async () => {
      await this.#readFolder();
      await this.#recordActivation();
    });
    this.#reloading = next.catch(() => undefined);
    await next;
  }

  decide(input: PolicyInput): PolicyDecision {
    return decide(this.#inForce().layers, input, this.#clock.now());
  }

  describe(): PolicySet {
    const { layers, at, sources } = this.#inForce();
    const all = [...layers.organisation.values(), ...layers.lower];
    return {
      version: layers.version,
      loadedAt: at.toISOString(),
      tiers: tiers.map(tier => this.#demands(layers, tier)),
      layers: all.map(layer => ({
        name: nameOf(layer),
        scope: scopeText(layer.policy.scope) ?? 'organisation',
        file: sources.find(({ file }) => file === layer.file)?.file,
        hash: layer.hash,
      })),
      ...(this.#error && { error: this.#error }),
    };
  }

  isCovered(then: PolicyDecision, now: PolicyDecision): boolean {
    const gates = this.#loaded?.layers.gates;
    return isCovered(then, now, id => gates?.get(id)?.paramOrder ?? {});
  }

  /** What is in force: the files, without their tests, and what they say. */
  inForce(): {
    version: string;
    sources: PolicySource[];
    layers: PolicyLayers;
  } {
    const { layers, sources } = this.#inForce();
    return { version: layers.version, sources, layers };
  }

  async #readFolder(): Promise<void> {
    const { logger, gates } = this.#options;
    try {
      const { sources, stamp, overlayRevision } = await this.#settled();
      if (stamp === this.#stamp) return;
      this.#stamp = stamp;
      const layers = loadPolicies(sources, gates, this.#conditions);
      const isNew = layers.version !== this.#loaded?.layers.version;
      this.#loaded = {
        layers,
        sources,
        at: this.#clock.now(),
        overlayRevision,
      };
      this.#error = undefined;
      this.#unrecorded ||= isNew;
      if (isNew) logger.info(`Policies ${layers.version} are in force`);
    } catch (error) {
      // Nothing was read, so what comes back may be what was there before.
      if (!(error instanceof PolicyFileError)) this.#stamp = undefined;
      await this.#keepLastGood(error as Error);
    }
  }

  /**
   * The files, once two readings agree: one that is half written may well be a
   * policy, and one that asks for less.
   */
  async #settled(): Promise<Folder> {
    const { path, files, settle = () => delay(200) } = this.#options;
    const read = () => files?.read() ?? readPolicyFolder(path);
    let folder = await read();
    if (!this.#loaded || folder.stamp === this.#stamp) return folder;
    for (let n = 1; n < MAX_READINGS; n++) {
      await settle();
      const again = await read();
      if (again.stamp === folder.stamp) break;
      folder = again;
    }
    return folder;
  }

  async #keepLastGood(error: Error): Promise<void> {
    const { path, logger } = this.#options;
    const message =
      (error as { code?: string }).code === 'ENOENT'
        ? `There is no policy folder at ${path}; set modelGovernance.policies.path`
        : error.message;
    if (this.#error?.message !== message) {
      logger.error(`The policies were not loaded: ${message}`);
      this.#error = {
        message,
        at: this.#clock.now().toISOString(),
        ...(error instanceof PolicyFileError && { file: error.file }),
      };
    }
    this.#loaded ??= await this.#fromHistory();
  }

  async #fromHistory(): Promise<Loaded | undefined> {
    const { history, gates, logger } = this.#options;
    try {
      const sources = await history?.last();
      if (!sources) return undefined;
      const layers = loadPolicies(sources, gates, this.#conditions);
      logger.warn(`Policies ${layers.version} stay in force, as before`);
      return { layers, sources, at: this.#clock.now() };
    } catch (error) {
      logger.error(
        'The policies that were in force cannot be used',
        error as Error,
      );
      return undefined;
    }
  }

  async #recordActivation(): Promise<void> {
    const { history } = this.#options;
    if (!this.#unrecorded || !this.#loaded || !history) return;
    const { layers, sources, overlayRevision } = this.#loaded;
    await history.activated(
      layers.version,
      sources,
      snapshotAgesOf(layers),
      overlayRevision,
    );
    this.#unrecorded = false;
  }

  #inForce(): Loaded {
    if (!this.#loaded) {
      throw new ServiceUnavailableError(
        `No policy is in force, so nothing can be decided. ${
          this.#error?.message ?? ''
        }`,
      );
    }
    return this.#loaded;
  }

  #demands(layers: PolicyLayers, tier: Tier): Demands {
    return asDemands(demandsOf(layers, tier), layers.gates);
  }
}

/** A decision in the words of the API. */
export function asDemands(
  decision: PolicyDecision,
  gates: Map<string, Pick<GateDescription, 'title' | 'description'>>,
): Demands {
  return {
    tier: decision.tier,
    policyVersion: decision.version,
    expiresAfterDays: decision.expiresAfterDays,
    gates: decision.gates.map(gate => ({
      id: gate.id,
      title: gates.get(gate.id)?.title ?? gate.id,
      description: gates.get(gate.id)?.description,
      required: gate.required,
      params: gate.params as Demands['gates'][number]['params'],
      waivableBy: gate.waivableBy,
    })),
    signOffs: decision.signOffs.map(
      ({ role, quorum, groups, secondFactor }) => ({
        role,
        quorum,
        groups,
        secondFactor,
      }),
    ),
  };
}

function nameOf({ policy: { title, exception }, file }: PolicyLayer): string {
  return exception
    ? `Exception until ${exception.until}: ${exception.name} (${exception.by})`
    : title ?? file;
}
