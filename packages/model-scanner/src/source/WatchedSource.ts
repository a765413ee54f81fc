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
    if (source.readInto) {
      this.readInto = async (target, offset) => {
        try {
          return await source.readInto!(target, offset);
        } catch (error) {
          throw this.#remember(error);
        }
      };
    }
  }

  /** The first. */
  get failure(): ArtifactError | undefined {
    return this.#failure;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    try {
      return await this.#source.read(offset, length);
    } catch (error) {
      throw this.#remember(error);
    }
  }

  async *stream(start?: number, end?: number): AsyncIterable<Buffer> {
    const chunks = this.#source.stream(start, end)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await this.#next(chunks);
        if (done) return;
        yield value;
      }
    } finally {
      await chunks.return?.();
    }
  }

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

  async #next(chunks: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> {
    try {
      return await chunks.next();
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
