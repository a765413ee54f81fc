import {
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Access } from '../../AccessRules';
import {
  ArtifactError,
  type ArtifactFile,
  type ArtifactSource,
} from '../../ArtifactSource';
import type { ByteSource } from '../../ByteSource';
import { MemorySource } from '../../MemorySource';
import type { Settings } from '../../OpenOptions';
import { BlockSource, changed } from '../BlockSource';
import { readPart } from '../body';
import type { HttpPatience } from '../HttpClient';
import { checkSize } from '../httpFile';
import { remarksOn } from '../remarks';
import { createS3Client } from './createS3Client';
import { BrokenOffError, retried, toArtifactError } from './s3Errors';

/** An object as the list of its bucket shows it. */
interface Listed {
  key: string;
  etag: string;
  size: number;
}

/** An object of S3, or of what speaks its API, or all below a prefix. */
export class S3Artifact implements ArtifactSource {
  readonly uri: string;
  readonly leftOut: string[] = [];
  readonly #bucket: string;
  readonly #key: string;
  readonly #client: S3Client;
  readonly #settings: Settings;
  readonly #patience: HttpPatience;
  readonly #keys = new Map<string, string>();

  /** @throws ArtifactError when the URI is none */
  constructor(
    uri: string,
    options: {
      access: Access;
      settings: Settings;
      patience: HttpPatience;
      isUnsigned: boolean;
    },
  ) {
    const [, bucket, key = ''] =
      /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/is.exec(uri) ??
      [];
    if (!bucket) {
      throw new ArtifactError(
        'invalid',
        `${uri} names no bucket; expected s3://bucket/key-or-prefix`,
      );
    }
    this.uri = uri;
    this.#bucket = bucket;
    this.#key = key;
    this.#settings = options.settings;
    this.#patience = options.patience;
    this.#client = createS3Client(options);
  }

  get pinnedUri(): string {
    return this.uri;
  }

  async *list(
    options: { signal?: AbortSignal } = {},
  ): AsyncIterable<ArtifactFile> {
    const folder = this.#key.replace(/\/?$/, this.#key ? '/' : '');
    let token: string | undefined;
    let count = 0;
    do {
      const page = await this.#page(token, options.signal);
      for (const object of page.objects) {
        const isAskedFor =
          object.key === this.#key || object.key.startsWith(folder);
        // What consoles make of a folder.
        const isMark = object.key.endsWith('/') && object.size === 0;
        if (!isAskedFor || isMark) continue;
        count += 1;
        if (count > this.#settings.maxFiles) {
          throw new ArtifactError(
            'too-large',
            `${this.uri} holds more than ${
              this.#settings.maxFiles
            } objects; name a longer prefix, or raise the limit`,
          );
        }
        const path =
          object.key === this.#key
            ? object.key.split('/').pop() ?? object.key
            : object.key.slice(folder.length);
        yield this.#file(path, object);
      }
      token = page.next;
    } while (token);
    if (count === 0) {
      throw new ArtifactError('not-found', `There is nothing at ${this.uri}`);
    }
  }

  addressOf(path: string): string {
    const key = this.#keys.get(path);
    return key === undefined ? this.uri : `s3://${this.#bucket}/${key}`;
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  async #page(
    token: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<{ objects: Listed[]; next: string | undefined }> {
    try {
      const answer = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: this.#key || undefined,
          ContinuationToken: token,
        }),
        { abortSignal: signal },
      );
      const next = answer.IsTruncated
        ? answer.NextContinuationToken
        : undefined;
      if (answer.IsTruncated && (!next || next === token)) {
        throw new ArtifactError(
          'unsupported',
          `The list of ${this.#bucket} does not go on as it says`,
        );
      }
      return { objects: (answer.Contents ?? []).map(toListed), next };
    } catch (error) {
      signal?.throwIfAborted();
      throw toArtifactError(error, this.uri);
    }
  }

  #file(path: string, object: Listed): ArtifactFile {
    this.#keys.set(path, object.key);
    return {
      path,
      sizeBytes: object.size,
      remarks: remarksOn(path),
      open: ({ signal } = {}) => this.#open(path, object, signal),
    };
  }

  async #open(
    path: string,
    object: Listed,
    signal: AbortSignal | undefined,
  ): Promise<ByteSource> {
    checkSize(object.size, { ...this.#settings, name: path });
    if (object.size === 0) {
      // A range of nothing is refused, so the whole is asked for.
      await this.#get(path, object, undefined, signal);
      return new MemorySource(path, Buffer.alloc(0));
    }
    return new BlockSource({
      name: path,
      size: object.size,
      signal,
      fetch: (start, end, stop) =>
        retried(this.#patience, stop, () =>
          this.#get(path, object, { start, end }, stop),
        ),
    });
  }

  async #get(
    path: string,
    { key, etag, size }: Listed,
    range: { start: number; end: number } | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Buffer> {
    try {
      const answer = await this.#client.send(
        new GetObjectCommand({
          Bucket: this.#bucket,
          Key: key,
          IfMatch: etag,
          Range: range && `bytes=${range.start}-${range.end - 1}`,
        }),
        { abortSignal: signal },
      );
      const expected = range
        ? `bytes ${range.start}-${range.end - 1}/${size}`
        : undefined;
      if (answer.ETag !== etag || answer.ContentRange !== expected) {
        (answer.Body as { destroy?: () => void } | undefined)?.destroy?.();
        if (answer.ETag !== etag) throw changed(path);
        throw new ArtifactError(
          'unsupported',
          `The server of ${
            this.#bucket
          } sends another range of ${path} than the one that was asked for`,
        );
      }
      const length = range ? range.end - range.start : 0;
      const bytes = await bodyOf(answer.Body, length, path);
      if (bytes.length !== length) throw new BrokenOffError(path);
      return bytes;
    } catch (error) {
      signal?.throwIfAborted();
      throw toArtifactError(error, path);
    }
  }
}

async function bodyOf(
  body: unknown,
  length: number,
  path: string,
): Promise<Buffer> {
  if (!body) return Buffer.alloc(0);
  try {
    return await readPart(body as AsyncIterable<Uint8Array>, length);
  } catch (error) {
    if (error instanceof ArtifactError) throw error;
    throw new BrokenOffError(path, error);
  }
}

function toListed(object: {
  Key?: string;
  ETag?: string;
  Size?: number;
}): Listed {
  const { Key: key, ETag: etag, Size: size } = object;
  if (!key || !etag || size === undefined) {
    throw new ArtifactError(
      'unsupported',
      'The bucket lists an object without key, ETag or size',
    );
  }
  return { key, etag, size };
}
