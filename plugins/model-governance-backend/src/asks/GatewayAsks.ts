import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  AskInput,
  AskStatus,
} from '@modelhub/backstage-plugin-models-common';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import type { GatewayRecord } from '../gateways/GatewayStore';
import type { OutboxMessage } from '../outbox';
import { callerOf } from './callerOf';
import type { AskDeps } from './deps';
import type { AskRecord } from './records';

/**
 * A gateway counts from before it asked, so its time is over a moment before
 * ours.
 */
const EARLIER_MS = 1_000;

/** Of one key; more would bury those who decide. */
const MOST_WAITING = 20;
const KEPT_MS = 30 * 24 * 3600_000;
const EXPIRED_AT_ONCE = 100;

/** Too many questions of one key; the gateway refuses the call. */
class TooManyAsksError extends Error {
  readonly statusCode = 429;

  constructor() {
    super(
      `${MOST_WAITING} questions of this key wait already. Wait until somebody has decided about them.`,
    );
    this.name = 'TooManyAsksError';
  }
}

/** Questions as gateways put them. */
export class GatewayAsks {
  static create(deps: AskDeps): GatewayAsks {
    return new GatewayAsks(deps);
  }

  readonly #deps: AskDeps;

  private constructor(deps: AskDeps) {
    this.#deps = deps;
  }

  /** @throws InputError, ConflictError, and 429 when too many wait */
  async open(gateway: GatewayRecord, input: AskInput): Promise<AskStatus> {
    const { transactions, outbox, clock } = this.#deps;
    const caller = await callerOf(input, this.#deps);
    const now = clock.now();
    const ask: AskRecord = {
      id: input.id,
      gatewayId: gateway.id,
      gatewayName: gateway.name,
      keyId: input.keyId,
      ...caller,
      model: input.model,
      trace: input.trace,
      tools: input.tools,
      requestHash: sha256Hex(canonicalJson(input)),
      state: 'waiting',
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + input.seconds * 1000).toISOString(),
    };
    const recipients = await this.#recipients(caller.profile);
    const status = await transactions.run(tx =>
      this.#open(tx, ask, recipients),
    );
    outbox.wake();
    return status;
  }

  /** @throws NotFoundError for a question that another gateway put */
  async wait(
    gateway: GatewayRecord,
    id: string,
    options: { seconds: number; signal: AbortSignal },
  ): Promise<AskStatus> {
    const ask = await this.#own(gateway, id);
    if (ask.state !== 'waiting') return statusOf(ask);
    const settled = await this.#deps.waiters.wait(
      id,
      options.seconds * 1000,
      options.signal,
    );
    return statusOf(settled ?? ask);
  }

  /**
   * The call ended, because its caller went away or its time is over; a
   * decision that came before counts.
   */
  async withdraw(gateway: GatewayRecord, id: string): Promise<AskStatus> {
    const { store, transactions, outbox, clock } = this.#deps;
    const { expiresAt } = await this.#own(gateway, id);
    const now = clock.now();
    const isOver = now.getTime() >= Date.parse(expiresAt) - EARLIER_MS;
    const ask = await transactions.run(async tx => {
      const isFirst = await store.settle(tx, id, {
        state: isOver ? 'expired' : 'withdrawn',
        decidedAt: now.toISOString(),
      });
      const settled = await store.get(id, tx);
      if (isFirst && settled) {
        await this.#record(tx, settled, {
          kind: 'service',
          name: `gateway:${gateway.id}`,
        });
      }
      return settled;
    });
    outbox.wake();
    return statusOf(ask ?? { state: 'withdrawn' });
  }

  /** Ends what nobody decided in time, and forgets what is long over. */
  async expire(): Promise<void> {
    const { store, transactions, outbox, clock } = this.#deps;
    const now = clock.now();
    for (const { id } of await store.overdue(
      now.toISOString(),
      EXPIRED_AT_ONCE,
    )) {
      await transactions.run(async tx => {
        const isFirst = await store.settle(tx, id, {
          state: 'expired',
          decidedAt: now.toISOString(),
        });
        const ask = await store.get(id, tx);
        if (isFirst && ask) await this.#record(tx, ask, { kind: 'system' });
      });
    }
    await store.prune(new Date(now.getTime() - KEPT_MS).toISOString());
    outbox.wake();
  }

  async #open(
    tx: Knex.Transaction,
    ask: AskRecord,
    recipients: string[],
  ): Promise<AskStatus> {
    const { store, ledger, outbox } = this.#deps;
    const known = await store.get(ask.id, tx);
    if (known) return repeated(known, ask);
    const decided = await this.#decided(tx, ask);
    if (decided) return decided;
    const waiting = await store.countWaiting(tx, ask.keyId, ask.createdAt);
    if (waiting >= MOST_WAITING) throw new TooManyAsksError();
    if (!(await store.add(tx, ask))) {
      throw new ConflictError(
        `Question ${ask.id} is being put. Send it again.`,
      );
    }
    await ledger.append(tx, [
      {
        actor: { kind: 'service', name: `gateway:${ask.gatewayId}` },
        subject: `ask:${ask.id}`,
        type: 'ask.opened',
        payload: {
          keyId: ask.keyId,
          profile: ask.profile,
          model: ask.model,
          tools: ask.tools.map(tool => tool.descriptionHash),
          risk: ask.tools.reduce((sum, tool) => sum + tool.risk, 0),
          expiresAt: ask.expiresAt,
        },
        // Callers choose these names, so they must be erasable.
        text: ask.tools.map(tool => tool.name).join(', '),
      },
    ]);
    await outbox.add(tx, [
      { topic: 'signal', payload: { type: 'ask.opened' } },
      ...notification(ask, recipients),
    ]);
    return statusOf(ask);
  }

  /** What was decided for the rest of the trace counts on every gateway. */
  async #decided(
    tx: Knex.Transaction,
    ask: AskRecord,
  ): Promise<AskStatus | undefined> {
    if (ask.trace === undefined) return undefined;
    const earlier = await this.#deps.store.decidedInTrace(
      tx,
      { keyId: ask.keyId, trace: ask.trace },
      ask.createdAt,
    );
    const deciding = ask.tools.map(tool =>
      earlier.find(other =>
        other.tools.some(
          it =>
            it.name === tool.name &&
            it.descriptionHash === tool.descriptionHash,
        ),
      ),
    );
    const denied = deciding.find(other => other?.state === 'denied');
    if (denied) return statusOf(denied);
    const allowed = deciding.filter(other => other !== undefined);
    if (allowed.length < deciding.length) return undefined;
    // Holds only as long as the one that ends first.
    return statusOf(
      allowed.reduce((a, b) => ((a.until ?? '') < (b.until ?? '') ? a : b)),
    );
  }

  async #own(gateway: GatewayRecord, id: string): Promise<AskRecord> {
    const ask = await this.#deps.store.get(id);
    if (!ask || ask.gatewayId !== gateway.id) {
      throw new NotFoundError(`This gateway put no question ${id}.`);
    }
    return ask;
  }

  async #recipients(profileId: string): Promise<string[]> {
    const { directory, managers } = this.#deps;
    const owner = (await directory.profile(profileId))?.owner;
    return owner ? [owner] : managers;
  }

  async #record(
    tx: Knex.Transaction,
    ask: AskRecord,
    actor: { kind: 'system' } | { kind: 'service'; name: string },
  ): Promise<void> {
    const { ledger, outbox, waiters } = this.#deps;
    const type = `ask.${ask.state}`;
    await ledger.append(tx, [
      {
        actor,
        subject: `ask:${ask.id}`,
        type,
        payload: { keyId: ask.keyId, profile: ask.profile },
      },
    ]);
    await outbox.add(tx, [{ topic: 'signal', payload: { type } }]);
    waiters.wake();
  }
}

/** The same question again is answered as it stands. */
function repeated(known: AskRecord, ask: AskRecord): AskStatus {
  if (
    known.gatewayId !== ask.gatewayId ||
    known.requestHash !== ask.requestHash
  ) {
    throw new ConflictError(
      `Question ${ask.id} is another one. Put yours under a new id.`,
    );
  }
  return statusOf(known);
}

function statusOf(
  ask: Pick<AskRecord, 'state' | 'until' | 'reason'>,
): AskStatus {
  return {
    state: ask.state,
    ...(ask.until && { until: ask.until }),
    ...(ask.state === 'denied' && ask.reason && { reason: ask.reason }),
  };
}

function notification(ask: AskRecord, recipients: string[]): OutboxMessage[] {
  if (recipients.length === 0) return [];
  const names = ask.tools.map(tool => tool.name).join(', ');
  return [
    {
      topic: 'notification',
      payload: {
        recipients,
        title: `A call waits for you: may it offer ${
          names.length > 80 ? `${names.slice(0, 77)}…` : names
        }?`,
        description: `${
          ask.issuer ? ask.keyName : `Key ${ask.keyName}`
        }, profile ${ask.profile}, model ${ask.model}. It waits until ${
          ask.expiresAt
        }.`,
        link: '/model-governance/asks',
        severity: 'high',
        scope: `model-governance:ask:${ask.id}`,
        ...(ask.keyOwner.startsWith('user:') && { excludeRef: ask.keyOwner }),
      },
    },
  ];
}
