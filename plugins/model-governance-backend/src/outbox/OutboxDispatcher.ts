import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  Looking,
  type Clock,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { randomUUID } from 'node:crypto';
import type { OutboxMessage } from './Outbox';
import {
  OutboxStore,
  type LeasedMessage,
  type OutboxTopic,
} from './OutboxStore';

/** One per topic. Deliveries may repeat; `id` stays the same. */
export type OutboxHandlers = {
  [T in OutboxTopic]: (
    payload: Extract<OutboxMessage, { topic: T }>['payload'],
    context: { id: number },
  ) => Promise<void> | void;
};

/** Half a lease, so that a lease never ends while its message is on the way. */
const HANDLER_TIMEOUT_MS = 5000;

async function withTimeout(work: Promise<void> | void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No answer within ${HANDLER_TIMEOUT_MS} ms`)),
      HANDLER_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Delivers the outbox of all replicas together, at least once. */
export class OutboxDispatcher {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
    logger: LoggerService;
    handlers: OutboxHandlers;
    owner?: string;
  }): OutboxDispatcher {
    const owner = options.owner ?? randomUUID();
    return new OutboxDispatcher(
      OutboxStore.create({ ...options, owner }),
      options.handlers,
      options.logger,
    );
  }

  readonly #store: OutboxStore;
  readonly #handlers: OutboxHandlers;
  readonly #logger: LoggerService;
  readonly #looking: Looking;

  private constructor(
    store: OutboxStore,
    handlers: OutboxHandlers,
    logger: LoggerService,
  ) {
    this.#store = store;
    this.#handlers = handlers;
    this.#logger = logger;
    this.#looking = Looking.create({
      look: async () => {
        const topics = await store.dueTopics();
        await Promise.all(topics.map(topic => this.#drain(topic)));
      },
      failed: error => logger.error('The outbox could not be read', error),
    });
  }

  /** Deliver every second, and at each `wake`. */
  start(): void {
    this.#looking.start();
  }

  /** Resolves when nothing is on the way any more. */
  async stop(): Promise<void> {
    await this.#looking.stop();
  }

  wake(): void {
    this.#looking.wake();
  }

  /** Deliver what is due now, and what becomes due meanwhile. */
  async deliverDue(): Promise<void> {
    await this.#looking.now();
  }

  async prune(): Promise<void> {
    await this.#store.prune();
  }

  async #drain(topic: OutboxTopic): Promise<void> {
    while (!this.#looking.stopping.aborted) {
      const messages = await this.#store.lease(topic);
      if (messages.length === 0) return;
      const ids = messages.map(message => message.id);
      for (const [n, message] of messages.entries()) {
        if (this.#looking.stopping.aborted) {
          await this.#store.release(ids.slice(n));
          return;
        }
        // The lease is fresh for the first one.
        if (n > 0 && !(await this.#store.renew(ids.slice(n)))) return;
        await this.#deliver(message);
      }
    }
  }

  async #deliver(message: LeasedMessage): Promise<void> {
    try {
      const handler = this.#handlers[message.topic] as
        | ((payload: unknown, context: { id: number }) => Promise<void> | void)
        | undefined;
      if (!handler) throw new Error(`Nobody handles topic ${message.topic}`);
      await withTimeout(
        handler(JSON.parse(message.payload), { id: message.id }),
      );
      await this.#store.delivered(message.id);
    } catch (error) {
      const text = stringifyError(error);
      const abandoned = await this.#store.failed(message, text);
      const log = `Message ${message.id} (${message.topic}) was not delivered, attempt ${message.attempts}: ${text}`;
      if (abandoned) this.#logger.error(`${log}. Given up.`);
      else this.#logger.warn(log);
    }
  }
}
