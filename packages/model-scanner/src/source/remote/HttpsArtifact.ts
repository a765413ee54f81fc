import type { ArtifactFile, ArtifactSource } from '../ArtifactSource';
import type { Settings } from '../OpenOptions';
import type { HttpClient } from './HttpClient';
import { openHttpFile } from './openHttpFile';

/** One file at an address. */
export class HttpsArtifact implements ArtifactSource {
  readonly uri: string;
  readonly leftOut: string[] = [];
  readonly #url: URL;
  readonly #client: HttpClient;
  readonly #settings: Settings;

  constructor(
    uri: string,
    options: { url: URL; client: HttpClient; settings: Settings },
  ) {
    this.uri = uri;
    this.#url = options.url;
    this.#client = options.client;
    this.#settings = options.settings;
  }

  get pinnedUri(): string {
    return this.uri;
  }

  async *list(): AsyncIterable<ArtifactFile> {
    const name = lastPart(this.#url);
    yield {
      path: name,
      open: ({ signal } = {}) =>
        openHttpFile(this.#client, {
          name,
          url: this.#url,
          ...this.#settings,
          signal,
        }),
    };
  }

  addressOf(): string {
    return this.uri;
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

function lastPart(url: URL): string {
  const part = url.pathname.split('/').pop() || url.hostname;
  try {
    return decodeURIComponent(part).replace(/[/\\]/g, '_');
  } catch {
    return part;
  }
}
