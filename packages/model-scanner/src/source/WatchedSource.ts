import { ArtifactError } from './ArtifactSource';
import type { ByteSource } from './ByteSource';

/**
 * Remembers that reading failed, whoever of the readers met it and whatever they
 * made of it.
 */
export class WatchedSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly readInto?: ByteSource['readInto'];
  readonly #source: ByteSource;
  #failure: ArtifactError | undefined;

  constructor(source: ByteSource) {
    this.name = source.name;
    this.size = source.size;
    this.#source = source;
    const readInto = source.readInto?.bind(source);
    this.readInto =
      readInto && ((...at) => this.#watched(() => readInto(...at)));
  }

  /** The first. */
  get failure(): ArtifactError | undefined {
    return this.#failure;
  }

  read(offset: number, length: number): Promise<Buffer> {
    return this.#watched(() => this.#source.read(offset, length));
  }

  async *stream(start?: number, end?: number): AsyncIterable<Buffer> {
    const chunks = this.#source.stream(start, end)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await this.#watched(() => chunks.next());
        if (done) return;
        yield value;
      }
    } finally {
      await chunks.return?.();
    }
  }

  /** A change is a failure to read, too; it does not throw. */
  async verifyUnchanged(): Promise<void> {
    try {
      await this.#source.verifyUnchanged?.();
    } catch (error) {
      this.#remember(error);
    }
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  async #watched<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#remember(error);
    }
  }

  #remember(error: unknown): unknown {
    const known =
      error instanceof ArtifactError
        ? error
        : new ArtifactError('unsupported', (error as Error).message, {
            cause: error,
          });
    this.#failure ??= known;
    return known;
  }
}
