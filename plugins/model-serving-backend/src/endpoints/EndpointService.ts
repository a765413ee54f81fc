import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type {
  EndpointChoice,
  EndpointEvent,
  EndpointInput,
  EndpointPage,
  EndpointPreview,
  EndpointState,
  EvaluationEndpoint,
  StartedEndpoint,
} from '@modelhub/backstage-plugin-models-common';
import type {
  ChangeSignal,
  IdempotencyKeys,
  NoticeOutbox,
} from '@modelhub/backstage-plugin-models-node';
import { modelRef } from '../models';
import type { Caller, Callers } from '../people';
import { decodeCursor, encodeCursor } from './cursor';
import type { EndpointRecord } from './records';
import { asOwnError, type Starter, type StarterOptions } from './Starter';
import { extendProblem, isOfCaller, presentEndpoint } from './present';
import type { Previews } from './Previews';
import { WANTED } from './states';
import type { EngineDesk } from '../engines';

const PAGE = 20;
const TAIL = 200;
/** Of logs, that a person reads. */
const MOST_CHARACTERS = 1_000_000;
const LOGS_MS = 10_000;

/** What lists are asked for. */
export interface ListEndpoints {
  mine?: boolean;
  team?: string;
  entityRef?: string;
  state?: EndpointState[];
  cursor?: string;
  limit?: number;
}

export interface EndpointServiceOptions
  extends Pick<
    StarterOptions,
    | 'admission'
    | 'box'
    | 'changes'
    | 'clock'
    | 'config'
    | 'governance'
    | 'store'
    | 'transactions'
  > {
  callers: Callers;
  engines: EngineDesk;
  idempotency: IdempotencyKeys;
  outbox: Pick<NoticeOutbox, 'deliverSoon'>;
  previews: Previews;
  signal: Pick<ChangeSignal, 'changed'>;
  starter: Starter;
  /** Looks at what is due now. */
  wake(): void;
}

const isWanted = (state: EndpointState) => WANTED.includes(state);

const unknown = (id: string) =>
  new NotFoundError(
    `There is no evaluation endpoint ${id}, or you may not see it.`,
  );

/**
 * Evaluation endpoints, for those who may see them: who started one, members of
 * its team, and who has permission `model.serving.manage`. For everybody else
 * they are not there.
 */
export class EndpointService {
  static create(options: EndpointServiceOptions): EndpointService {
    return new EndpointService(options);
  }

  readonly #options: EndpointServiceOptions;

  private constructor(options: EndpointServiceOptions) {
    this.#options = options;
  }

  async preview(
    credentials: BackstageCredentials,
    asked: EndpointChoice,
  ): Promise<EndpointPreview> {
    try {
      return await this.#options.previews.preview(credentials, asked);
    } catch (error) {
      throw asOwnError(error);
    }
  }

  async start(
    credentials: BackstageCredentials,
    input: EndpointInput,
    idempotencyKey?: string,
  ): Promise<StartedEndpoint> {
    const { callers, starter } = this.#options;
    const caller = await callers.callerOf(credentials);
    try {
      const { endpoint, secret } = await starter.start(
        caller,
        input,
        idempotencyKey,
      );
      const shown = await this.#present(caller, endpoint);
      return { ...shown, ...(secret !== undefined && { secret }) };
    } catch (error) {
      throw asOwnError(error);
    } finally {
      this.#changed();
    }
  }

  /** @throws InputError for a cursor of another list */
  async list(
    credentials: BackstageCredentials,
    query: ListEndpoints,
  ): Promise<EndpointPage> {
    const { callers, store, admission } = this.#options;
    const { mine, team, entityRef, state, cursor, limit = PAGE } = query;
    const caller = await callers.callerOf(credentials);
    if (!caller.managesAll && !caller.person) return { items: [] };
    const found = await store.list(
      {
        team,
        states: state,
        owner: mine ? caller.ref : undefined,
        entityRef: entityRef === undefined ? undefined : modelRef(entityRef),
        seenBy: caller.managesAll
          ? undefined
          : { owner: caller.ref, teams: caller.teams },
      },
      { before: decodeCursor(cursor), limit: limit + 1 },
    );
    const page = found.slice(0, limit);
    const places = page.some(it => it.state === 'queued')
      ? await admission.places()
      : undefined;
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map(it =>
        presentEndpoint(it, {
          ...this.#options,
          caller,
          place: places?.get(it.id),
        }),
      ),
      ...(last && { nextCursor: encodeCursor(last.pk) }),
    };
  }

  /** @throws NotFoundError also for one that the caller may not see */
  async get(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<EvaluationEndpoint> {
    const { caller, endpoint } = await this.#seen(credentials, id);
    return this.#present(caller, endpoint);
  }

  /** Oldest first: those of the hub, and the engine's as far as it can be asked. */
  async events(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<{ items: EndpointEvent[]; engineProblem?: string }> {
    const { engines, store } = this.#options;
    const { endpoint } = await this.#seen(credentials, id);
    const own = await store.events(id);
    if (!endpoint.started) return { items: own };
    try {
      const events = await engines.ask(endpoint.engine, engine =>
        engine.events(id),
      );
      const items = [
        ...own,
        ...events.map(
          ({ at, level, reason, message }): EndpointEvent => ({
            at,
            level,
            message,
            source: 'engine',
            type: reason,
          }),
        ),
      ];
      return {
        items: items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
      };
    } catch (error) {
      return { items: own, engineProblem: (error as Error).message };
    }
  }

  /** @throws ConflictError before there are any */
  async logs(
    credentials: BackstageCredentials,
    id: string,
    tail = TAIL,
  ): Promise<string> {
    const { engines } = this.#options;
    const { endpoint } = await this.#seen(credentials, id);
    if (!endpoint.started) {
      throw new ConflictError(
        'It has not been begun, so there are no logs yet.',
      );
    }
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(), LOGS_MS);
    try {
      return await engines.ask(endpoint.engine, async engine => {
        const lines: string[] = [];
        let length = 0;
        const { signal } = ended;
        for await (const line of engine.logs(id, { tail, signal })) {
          lines.push(line.replace(/\r?\n$/, ''));
          length += line.length;
          if (length > MOST_CHARACTERS) break;
        }
        return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
      });
    } finally {
      clearTimeout(timer);
      ended.abort();
    }
  }

  /** @throws NotAllowedError for who may not, ConflictError when it cannot be */
  async extend(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<EvaluationEndpoint> {
    const { changes, config } = this.#options;
    const { caller, endpoint } = await this.#seen(credentials, id);
    if (!isOfCaller(endpoint, caller)) {
      throw new NotAllowedError(
        'Only who started it and members of its team extend it.',
      );
    }
    return this.#once(caller, { command: 'extend', id, idempotencyKey }, tx =>
      this.#current(tx, id).then(async now => {
        const problem = extendProblem(now, caller);
        if (problem !== undefined) throw new ConflictError(problem);
        return changes.apply(tx, now, 'extend', {
          by: caller.ref,
          message: `It lives for ${config.extendHours} hours more.`,
        });
      }),
    );
  }

  /** One that has ended, or ends already, stays as it is. */
  async stop(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<EvaluationEndpoint> {
    const { changes } = this.#options;
    const { caller } = await this.#seen(credentials, id);
    return this.#once(caller, { command: 'stop', id, idempotencyKey }, tx =>
      this.#current(tx, id).then(now =>
        WANTED.includes(now.state)
          ? changes.apply(tx, now, 'stop', {
              by: caller.ref,
              endReason: 'stopped',
              message: `${caller.ref} stopped it.`,
            })
          : now,
      ),
    );
  }

  /** @throws NotAllowedError for everybody but who started it */
  async renewKey(
    credentials: BackstageCredentials,
    id: string,
    idempotencyKey?: string,
  ): Promise<StartedEndpoint> {
    const { box, governance, store } = this.#options;
    const { caller, endpoint } = await this.#seen(credentials, id);
    if (caller.person?.ref !== endpoint.owner) {
      throw new NotAllowedError(
        'The key belongs to who started the endpoint, and only they get a new secret. Start one of your own.',
      );
    }
    const { keyId, keyState, state } = endpoint;
    if (keyId === undefined || keyState !== 'issued' || !isWanted(state)) {
      throw new ConflictError(
        'The endpoint has ended, and its key with it. Start another one.',
      );
    }
    const { secret } = await governance
      .rotateKey(credentials, keyId, idempotencyKey)
      .catch(error => {
        throw asOwnError(error);
      });
    if (secret !== undefined) {
      await this.#options.transactions.run(async tx => {
        const now = await this.#current(tx, id);
        await store.change(tx, now, {
          secret: box?.seal(secret, id) ?? null,
        });
        await store.note(tx, now, {
          at: this.#now(),
          level: 'info',
          type: 'key-renewed',
          by: caller.ref,
          message: 'Its key has a new secret.',
        });
      });
      this.#changed();
    }
    const shown = await this.get(credentials, id);
    return { ...shown, ...(secret !== undefined && { secret }) };
  }

  async #once(
    caller: Caller,
    options: { command: string; id: string; idempotencyKey?: string },
    work: (
      tx: Parameters<Parameters<IdempotencyKeys['run']>[1]>[0],
    ) => Promise<EndpointRecord>,
  ): Promise<EvaluationEndpoint> {
    const { idempotency, store } = this.#options;
    const { command, id, idempotencyKey } = options;
    await idempotency.run(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command, id },
      },
      async tx => ({ id: (await work(tx)).id }),
    );
    this.#changed();
    const endpoint = await store.get(id);
    return this.#present(caller, endpoint!);
  }

  async #current(
    tx: Parameters<EndpointServiceOptions['store']['get']>[1],
    id: string,
  ): Promise<EndpointRecord> {
    const endpoint = await this.#options.store.get(id, tx);
    if (!endpoint) throw unknown(id);
    return endpoint;
  }

  async #seen(credentials: BackstageCredentials, id: string) {
    const { callers, store } = this.#options;
    const [caller, endpoint] = await Promise.all([
      callers.callerOf(credentials),
      store.get(id),
    ]);
    if (!endpoint || !(caller.managesAll || isOfCaller(endpoint, caller))) {
      throw unknown(id);
    }
    return { caller, endpoint };
  }

  async #present(
    caller: Caller,
    endpoint: EndpointRecord,
  ): Promise<EvaluationEndpoint> {
    const place =
      endpoint.state === 'queued'
        ? (await this.#options.admission.places()).get(endpoint.id)
        : undefined;
    return presentEndpoint(endpoint, { ...this.#options, caller, place });
  }

  #now(): string {
    const { clock } = this.#options;
    return clock.shown(clock.now()).toISOString();
  }

  #changed(): void {
    const { outbox, signal, wake } = this.#options;
    signal.changed();
    outbox.deliverSoon();
    wake();
  }
}
