import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  EndpointAccessPreview,
  EndpointInput,
} from '@modelhub/backstage-plugin-models-common';
import type {
  IdempotencyKeys,
  SecretBox,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Admission } from '../admission';
import type { HubClock } from '../clock';
import type { ServingConfig } from '../config';
import { hasStatus, wordsOf, type Governance } from '../governance';
import type { Caller, Memberships } from '../people';
import type { Choices, Chosen } from './Choices';
import type { EndpointChanges } from './EndpointChanges';
import { newEndpointId } from './endpointId';
import type { EndpointStore } from './EndpointStore';
import { accessOf, dailyLimit } from './Previews';
import type { EndpointRecord } from './records';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A start that has not come further by then was interrupted. */
const UNFINISHED_MS = 120_000;
/** What governance takes. */
const LONGEST_KEY_HOURS = 168;

export interface StarterOptions {
  admission: Admission;
  box: SecretBox | undefined;
  changes: EndpointChanges;
  choices: Choices;
  clock: HubClock;
  config: ServingConfig;
  governance: Governance;
  idempotency: IdempotencyKeys;
  memberships: Memberships;
  store: EndpointStore;
  transactions: Transactions;
}

/**
 * Starts endpoints: what needs the caller's own credentials is done while the
 * caller waits, and everything else by the reconciler.
 */
export class Starter {
  static create(options: StarterOptions): Starter {
    return new Starter(options);
  }

  readonly #options: StarterOptions;

  private constructor(options: StarterOptions) {
    this.#options = options;
  }

  /**
   * @throws NotAllowedError for who may not, or where the checks cannot say yes
   * @throws InputError for what cannot be run
   */
  async start(
    caller: Caller,
    input: EndpointInput,
    idempotencyKey: string | undefined,
  ): Promise<{ endpoint: EndpointRecord; secret?: string }> {
    const { choices, idempotency, store } = this.#options;
    const { note, ...asked } = input;
    const chosen = await choices.make(caller, asked);
    if (chosen.problem !== undefined) throw problemError(caller, chosen);
    const access = await this.#access(caller, chosen);
    const { id } = await idempotency.run(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'endpoint.start', input },
      },
      async tx => {
        await this.#options.admission.locked(tx);
        const endpoint = await this.#add(tx, caller, chosen, note);
        return { id: endpoint.id };
      },
    );
    const endpoint = await store.get(id);
    if (!endpoint) {
      throw new ConflictError(
        'This Idempotency-Key started an endpoint that is forgotten already. Send a new key.',
      );
    }
    if (endpoint.state !== 'checking' || endpoint.keyState !== 'none') {
      return { endpoint };
    }
    return this.#finish(caller, endpoint, access);
  }

  async #access(
    { credentials }: Caller,
    chosen: Chosen,
  ): Promise<EndpointAccessPreview> {
    const { governance, config } = this.#options;
    const access = accessOf(
      await this.#asking(() =>
        governance.check(credentials, {
          entityRef: chosen.entityRef,
          modelVersion: chosen.modelVersion!,
          profile: chosen.profile!,
          purpose: config.purpose,
        }),
      ),
    );
    if (access.state === 'refused') throw new NotAllowedError(access.reason);
    return access;
  }

  async #add(
    tx: Parameters<EndpointStore['add']>[0],
    caller: Caller,
    chosen: Chosen,
    note: string | undefined,
  ): Promise<EndpointRecord> {
    const { clock, config, memberships, store } = this.#options;
    const { entity, model, resources, price } = chosen;
    const team = chosen.team!;
    const owner = caller.person!.ref;
    const now = clock.now();
    const at = clock.shown(now).toISOString();
    const { perDay } = config.quotaOf(team);
    const begun = await store.begunSince(team, now - DAY_MS, tx);
    if (begun >= perDay) throw new NotAllowedError(dailyLimit(perDay));
    const message = 'The sandbox checks begin.';
    const endpoint = await store.add(tx, {
      id: newEndpointId(clock.instance),
      revision: 1,
      state: 'checking',
      entity_ref: chosen.entityRef,
      title: chosen.title,
      gateway_id: entity.spec.gatewayId,
      model_version: chosen.modelVersion!,
      model: JSON.stringify(model),
      team,
      owner_was_member: await memberships.stillMember(owner, team),
      owner,
      profile: chosen.profile!,
      purpose: config.purpose,
      engine: chosen.engine!,
      gpus: resources!.gpus,
      resources: JSON.stringify(resources),
      hours: config.hours,
      note: note ?? null,
      approval_id: null,
      key_id: null,
      key_state: 'none',
      secret: null,
      url: null,
      served_model: null,
      message,
      progress: null,
      end_as: null,
      end_reason: null,
      ended_by: null,
      per_hour: price.perHour ?? null,
      price_basis: price.basis,
      created_at: at,
      created_ms: now,
      queued_at: null,
      queued_ms: null,
      started_at: null,
      started_ms: null,
      ready_at: null,
      ready_ms: null,
      stopping_at: null,
      stopping_ms: null,
      ended_at: null,
      ended_ms: null,
      extended_at: null,
      deadline_ms: now + config.checkMs,
      warned: false,
      attempts: 0,
      due_ms: now + UNFINISHED_MS,
      leased_ms: 0,
      lessee: null,
    });
    await store.note(tx, endpoint, {
      at,
      level: 'info',
      type: 'asked',
      message: note ?? 'It was asked for.',
      by: owner,
    });
    return endpoint;
  }

  /** The request where one is needed, and the key: both as the caller. */
  async #finish(
    caller: Caller,
    endpoint: EndpointRecord,
    access: EndpointAccessPreview,
  ): Promise<{ endpoint: EndpointRecord; secret?: string }> {
    const { box, changes, governance, store, transactions, clock } =
      this.#options;
    const { credentials } = caller;
    const isAllowed = access.state === 'allowed';
    try {
      const approvalId = isAllowed
        ? access.approvalId
        : (await this.#request(credentials, endpoint)).id;
      const { key, secret } = await this.#key(credentials, endpoint);
      const kept = {
        approval_id: approvalId ?? null,
        key_id: key,
        key_state: 'issued' as const,
        secret: box?.seal(secret, endpoint.id) ?? null,
        due_ms: clock.now(),
      };
      const finished = await transactions.run(async tx =>
        isAllowed
          ? changes.apply(tx, endpoint, 'approved', {
              message: 'It is allowed in the sandbox.',
              changes: kept,
            })
          : store.change(tx, endpoint, kept),
      );
      if (isAllowed) return { endpoint: finished, secret };
      await governance.approval(finished.approvalId!).catch(() => undefined);
      return { endpoint: finished, secret };
    } catch (error) {
      await this.#giveUp(endpoint, error);
      throw asOwnError(error);
    }
  }

  #request(credentials: BackstageCredentials, endpoint: EndpointRecord) {
    const { entityRef, modelVersion, profile, purpose, team, note, id } =
      endpoint;
    return this.#options.governance.requestApproval(credentials, {
      entityRef,
      modelVersion,
      profile,
      purpose,
      team,
      endpoint: id,
      justification: `To try it at an evaluation endpoint for ${
        endpoint.hours
      } hours.${note ? ` ${note}` : ''}`,
    });
  }

  async #key(credentials: BackstageCredentials, endpoint: EndpointRecord) {
    const { config, governance } = this.#options;
    const { checkMs, queueMs, startMs, hours, extendHours } = config;
    const life =
      (checkMs + queueMs + startMs) / HOUR_MS + hours + extendHours + 1;
    const issued = await governance.issueKey(credentials, {
      endpoint: endpoint.id,
      name: `Evaluation of ${endpoint.title}`.slice(0, 100),
      profile: endpoint.profile,
      purpose: endpoint.purpose,
      expiresInHours: Math.min(Math.ceil(life), LONGEST_KEY_HOURS),
    });
    // Issued before by a call that was interrupted: its secret is lost.
    const { secret } =
      issued.secret !== undefined
        ? issued
        : await governance.rotateKey(credentials, issued.id);
    if (secret === undefined) {
      throw new ServiceUnavailableError(
        'The gateway key was issued without its secret. Start the endpoint again.',
      );
    }
    return { key: issued.id, secret };
  }

  async #giveUp(endpoint: EndpointRecord, error: unknown): Promise<void> {
    const { changes, store, transactions } = this.#options;
    const now = await store.get(endpoint.id);
    if (now?.state !== 'checking' || now.keyState !== 'none') return;
    await transactions.run(tx =>
      changes.apply(tx, now, 'fail', {
        level: 'warning',
        by: endpoint.owner,
        endReason: 'key-refused',
        message: `It was not begun: ${wordsOf(error)}`,
      }),
    );
  }

  async #asking<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw asOwnError(error);
    }
  }
}

/** What another room said, as an error of this one. */
export function asOwnError(error: unknown): Error {
  const words = wordsOf(error);
  if (hasStatus(error, 400)) return new InputError(words);
  if (hasStatus(error, 401, 403)) return new NotAllowedError(words);
  if (hasStatus(error, 409)) return new ConflictError(words);
  if ((error as Error).name === 'ResponseError' || error instanceof TypeError) {
    return new ServiceUnavailableError(
      `The governance room does not answer as it should, and nothing begins without it: ${words}`,
    );
  }
  return error as Error;
}

function problemError({ mayCreate, person }: Caller, { problem }: Chosen) {
  const text = problem ?? '';
  return mayCreate && person ? new InputError(text) : new NotAllowedError(text);
}
