import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import {
  AllowlistIndex,
  diffContent,
  signSnapshot,
  type SignedSnapshot,
  type SnapshotContent,
  type SnapshotHeader,
  type SnapshotKey,
  type SnapshotPayload,
} from '@modelhub/governance-protocol';
import type { KeyStore } from '../keys';
import type { AllowlistState, ContentReader, Position } from './ContentReader';
import { withoutEndpoints } from './withoutEndpoints';

/** Which of the newer fields of the format a gateway takes. */
export interface Knowledge {
  /** Keys of evaluation endpoints. */
  knowsEndpoints: boolean;
}

/** A connected gateway. */
export interface Subscriber extends Knowledge {
  gatewayId: string;
  send(signed: SignedSnapshot): void;
  close(): void;
}

export interface PublisherOptions {
  reader: ContentReader;
  keys: KeyStore;
  clock: Clock;
  logger: LoggerService;
  maxAgeSeconds: number;
  heartbeatSeconds: number;
  /** Which of these gateways are still enrolled. */
  enrolled(gatewayIds: string[]): Promise<Set<string>>;
  /** Is told which gateways are connected, at each heartbeat too. */
  streams: {
    open(gatewayIds: string[]): Promise<void>;
    closed(gatewayId: string): Promise<void>;
  };
  /** Models were approved: copy what the catalog says about them. */
  touchListings(entityRefs: string[]): Promise<void>;
}

type Unsigned = {
  [K in SnapshotPayload['kind']]: Omit<
    Extract<SnapshotPayload, { kind: K }>,
    'header'
  > & { prev?: number };
}[SnapshotPayload['kind']];

const POLL_MS = 1000;
/** Versions that a gateway which comes back may start a delta from. */
const HISTORY = 50;

/** A key without the secret whose overlap is over. */
function withoutEnded(key: SnapshotKey, now: Date): SnapshotKey {
  if (!key.previous || Date.parse(key.previous.until) > now.getTime()) {
    return key;
  }
  const { previous: _, ...rest } = key;
  return rest;
}

/** Grants, keys and secrets that have not expired. */
function liveContent(content: SnapshotContent, now: Date): SnapshotContent {
  const live = ({ expiresAt }: { expiresAt?: string }) =>
    expiresAt === undefined || Date.parse(expiresAt) > now.getTime();
  return {
    ...content,
    grants: content.grants.filter(live),
    keys: content.keys.filter(live).map(key => withoutEnded(key, now)),
  };
}

const contentFor = ({ knowsEndpoints }: Knowledge, content: SnapshotContent) =>
  knowsEndpoints ? content : withoutEndpoints(content);

/**
 * Keeps gateways up to date: full snapshots on demand, deltas as the ledger
 * grows, heartbeats in between. One per replica.
 */
export class AllowlistPublisher {
  static create(options: PublisherOptions): AllowlistPublisher {
    return new AllowlistPublisher(options);
  }

  readonly #options: PublisherOptions;
  readonly #subscribers = new Set<Subscriber>();
  readonly #history = new Map<number, SnapshotContent>();
  #state: AllowlistState | undefined;
  #index: AllowlistIndex | undefined;
  /** Full snapshots, by their content. */
  #signed = new WeakMap<
    SnapshotContent,
    { version: number; until: number; signed: SignedSnapshot }
  >();
  #tail: Promise<unknown> = Promise.resolve();
  #timers: NodeJS.Timeout[] = [];
  #woken = false;
  /** What is being written about connections, in order. */
  #telling: Promise<void> = Promise.resolve();

  private constructor(options: PublisherOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#timers.length > 0) return;
    this.#timers = [
      setInterval(() => this.wake(), POLL_MS).unref(),
      setInterval(
        () => this.#try(() => this.heartbeat()),
        this.#options.heartbeatSeconds * 1000,
      ).unref(),
    ];
    this.wake();
  }

  async stop(): Promise<void> {
    this.#timers.forEach(clearInterval);
    this.#timers = [];
    this.#disconnect([...this.#subscribers]);
    await this.#tail;
    await this.#telling;
  }

  /** Look for something new now. */
  wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    this.#try(() =>
      this.#inTurn(() => {
        this.#woken = false;
        return this.#refresh();
      }),
    );
  }

  /** The allowlist as it is now. */
  async current(): Promise<AllowlistState> {
    return this.#inTurn(() => this.#refresh());
  }

  /** What the gateways decide by, now. */
  async index(): Promise<AllowlistIndex> {
    return this.#inTurn(async () => {
      const { content } = await this.#refresh();
      if (this.#index?.content !== content) {
        this.#index = AllowlistIndex.create(content, this.#index);
      }
      return this.#index;
    });
  }

  async snapshot(to: Knowledge): Promise<SignedSnapshot> {
    return this.#inTurn(async () => this.#full(await this.#refresh(), to));
  }

  /**
   * Send everything from here on to a gateway: first what brings it up to
   * date, then every change.
   *
   * @param held - what the gateway holds, where it holds something
   */
  async subscribe(
    subscriber: Subscriber,
    held: Partial<Position>,
  ): Promise<void> {
    await this.#inTurn(async () => {
      const state = await this.#refresh();
      subscriber.send(await this.#catchUp(state, held, subscriber));
      this.#subscribers.add(subscriber);
    });
    await this.#tellOpen([subscriber.gatewayId]);
  }

  unsubscribe(subscriber: Subscriber): void {
    if (this.#subscribers.delete(subscriber)) this.#tellClosed(subscriber);
  }

  /** Prolong what all connected gateways hold. */
  async heartbeat(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#subscribers.size === 0) return;
      const state = await this.#refresh();
      const heartbeat = await this.#sign(state, { kind: 'heartbeat' });
      this.#subscribers.forEach(subscriber => subscriber.send(heartbeat));
    });
    await this.#tellOpen(this.#connected());
  }

  /** One after the other, so that every gateway gets everything in order. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => {});
    return result;
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.logger.error(
        'The allowlist could not be published; gateways keep what they hold',
        error as Error,
      );
    }
  }

  async #refresh(): Promise<AllowlistState> {
    const { reader } = this.#options;
    const before = this.#state;
    const position = await reader.position();
    const isSame =
      before?.version === position.version && before.epoch === position.epoch;
    const state = isSame ? before : await reader.read();
    if (state !== before) await this.#adopt(state, before);
    return state;
  }

  async #adopt(
    state: AllowlistState,
    before: AllowlistState | undefined,
  ): Promise<void> {
    const continues =
      before !== undefined &&
      before.epoch === state.epoch &&
      before.version < state.version;
    if (!continues) this.#history.clear();
    this.#history.set(state.version, state.content);
    for (const version of this.#history.keys()) {
      if (this.#history.size <= HISTORY) break;
      this.#history.delete(version);
    }
    this.#state = state;
    this.#touch(state, before);
    if (this.#subscribers.size === 0) return;

    try {
      await this.#dropRemoved();
      await this.#broadcast(to =>
        continues
          ? this.#delta(state, before.version, before.content, to)
          : this.#full(state, to),
      );
    } catch (error) {
      // They missed a change: let them come back for it.
      this.#disconnect([...this.#subscribers]);
      throw error;
    }
  }

  #touch(state: AllowlistState, before: AllowlistState | undefined): void {
    const old = new Set(before?.grants.map(grant => grant.approvalId));
    const granted = before
      ? state.grants.filter(grant => !old.has(grant.approvalId))
      : [];
    const refs = [
      ...state.unlisted,
      ...granted.map(({ entityRef }) => entityRef),
    ];
    if (refs.length > 0) this.#try(() => this.#options.touchListings(refs));
  }

  async #dropRemoved(): Promise<void> {
    const connected = [...this.#subscribers];
    const enrolled = await this.#options.enrolled(
      connected.map(subscriber => subscriber.gatewayId),
    );
    this.#disconnect(
      connected.filter(subscriber => !enrolled.has(subscriber.gatewayId)),
    );
  }

  #disconnect(subscribers: Subscriber[]): void {
    for (const subscriber of subscribers) {
      this.#subscribers.delete(subscriber);
      subscriber.close();
      this.#tellClosed(subscriber);
    }
  }

  #connected(): string[] {
    return [...this.#subscribers].map(({ gatewayId }) => gatewayId);
  }

  #tellOpen(gatewayIds: string[]): Promise<void> {
    this.#telling = this.#telling.then(() => {
      // Some may have hung up meanwhile.
      const connected = new Set(this.#connected());
      return this.#options.streams.open(
        gatewayIds.filter(id => connected.has(id)),
      );
    });
    return this.#telling;
  }

  #tellClosed({ gatewayId }: Subscriber): void {
    this.#telling = this.#telling.then(async () => {
      if (this.#connected().includes(gatewayId)) return;
      await this.#options.streams.closed(gatewayId);
    });
  }

  /** Signed once for all that know the same. */
  async #broadcast(
    make: (to: Knowledge) => Promise<SignedSnapshot>,
  ): Promise<void> {
    for (const knowsEndpoints of [true, false]) {
      const alike = () =>
        [...this.#subscribers].filter(
          subscriber => subscriber.knowsEndpoints === knowsEndpoints,
        );
      if (alike().length > 0) {
        const signed = await make({ knowsEndpoints });
        alike().forEach(subscriber => subscriber.send(signed));
      }
    }
  }

  async #catchUp(
    state: AllowlistState,
    held: Partial<Position>,
    to: Knowledge,
  ): Promise<SignedSnapshot> {
    if (held.epoch !== state.epoch || held.version === undefined) {
      return this.#full(state, to);
    }
    if (held.version === state.version) {
      return this.#sign(state, { kind: 'heartbeat' });
    }
    const base = this.#history.get(held.version);
    return base && held.version < state.version
      ? this.#delta(state, held.version, base, to)
      : this.#full(state, to);
  }

  /** Signed once for all gateways that ask within the time of a heartbeat. */
  async #full(state: AllowlistState, to: Knowledge): Promise<SignedSnapshot> {
    const { clock, heartbeatSeconds } = this.#options;
    const now = clock.now();
    const all = contentFor(to, state.content);
    const known = this.#signed.get(all);
    if (known?.version === state.version && now.getTime() < known.until) {
      return known.signed;
    }
    const content = liveContent(all, now);
    const signed = await this.#sign(state, { kind: 'full', content });
    const until = now.getTime() + heartbeatSeconds * 1000;
    this.#signed.set(all, { version: state.version, until, signed });
    return signed;
  }

  #delta(
    state: AllowlistState,
    prev: number,
    base: SnapshotContent,
    to: Knowledge,
  ) {
    const delta = diffContent(
      contentFor(to, base),
      contentFor(to, state.content),
    );
    return this.#sign(state, { kind: 'delta', delta, prev });
  }

  async #sign(
    { epoch, version }: Position,
    { prev, ...unsigned }: Unsigned,
  ): Promise<SignedSnapshot> {
    const { keys, clock, maxAgeSeconds } = this.#options;
    const { keyId, privateKey } = await keys.active('snapshot');
    const now = clock.now();
    const header: SnapshotHeader = {
      format: 'modelhub.dev/allowlist.v1',
      epoch,
      version,
      ...(prev !== undefined && { prev }),
      issuedAt: now.toISOString(),
      notAfter: new Date(now.getTime() + maxAgeSeconds * 1000).toISOString(),
      keyId,
    };
    return signSnapshot({ ...unsigned, header } as SnapshotPayload, privateKey);
  }
}
