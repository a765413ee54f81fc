import type {
  ChangeSignal,
  IdempotencyKeys,
  Notice,
  NoticeOutbox,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';

/** Runs what changes something: once by its key, and tells of it afterwards. */
export class Commands {
  static create(options: {
    idempotency: IdempotencyKeys;
    outbox: NoticeOutbox;
    signal: Pick<ChangeSignal, 'changed'>;
  }): Commands {
    return new Commands(options);
  }

  readonly #options: Parameters<typeof Commands.create>[0];

  private constructor(options: Parameters<typeof Commands.create>[0]) {
    this.#options = options;
  }

  /** @param work - pushes what people are to hear of, if it is committed */
  async run<T extends object>(
    options: { caller: string; key: string | undefined; request: unknown },
    work: (tx: Knex.Transaction, news: Notice[]) => Promise<T>,
  ): Promise<T> {
    const { idempotency, outbox, signal } = this.#options;
    const answer = await idempotency.run(options, async tx => {
      const news: Notice[] = [];
      const result = await work(tx, news);
      await outbox.add(tx, news);
      return result;
    });
    signal.changed();
    outbox.deliverSoon();
    return answer;
  }
}
