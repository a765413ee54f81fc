import { stringifyError } from '@backstage/errors';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SourceError, type AdvisoryHttp } from './AdvisoryHttp';
import { readAdvisories, type OsvAdvisory } from './osv';
import type { FeedConfig } from './readAdvisoryConfig';

const MAX_FILES = 100_000;
const MAX_FILE_BYTES = 8 * 1024 * 1024;

interface ReadFile {
  /** Size and time of change. */
  state: string;
  advisories: OsvAdvisory[];
}

/** Reads the organisation's own advisories. What cannot be read whole is an error: half a feed would pass what it should not. */
export class FeedReader {
  static create(options: { http: AdvisoryHttp }): FeedReader {
    return new FeedReader(options.http);
  }

  readonly #http: AdvisoryHttp;
  /** By path; large feeds change little. */
  readonly #files = new Map<string, ReadFile>();

  private constructor(http: AdvisoryHttp) {
    this.#http = http;
  }

  /** @throws SourceError when any part of it cannot be read */
  async folder(feed: FeedConfig & { folder: string }): Promise<OsvAdvisory[]> {
    const folder = resolve(feed.folder);
    try {
      const names = (await readdir(folder, { recursive: true }))
        .filter(name => /\.jsonl?$/.test(name))
        .sort();
      if (names.length > MAX_FILES) {
        throw new SourceError(`it has more than ${MAX_FILES} files`);
      }
      const advisories: OsvAdvisory[] = [];
      for (const name of names) {
        advisories.push(...(await this.#file(join(folder, name), name)));
      }
      return advisories;
    } catch (error) {
      throw new SourceError(
        `The folder of the feed '${feed.id}' cannot be read: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  /** The document at the feed's address, and what is in it. @throws SourceError */
  async document(
    feed: FeedConfig & { url: string },
    signal: AbortSignal,
  ): Promise<OsvAdvisory[]> {
    const text = await this.#http.text(feed.url, {
      signal,
      headers: feed.authorization ? { authorization: feed.authorization } : {},
    });
    try {
      return readAdvisories(text, `The feed '${feed.id}'`);
    } catch (error) {
      throw new SourceError((error as Error).message);
    }
  }

  async #file(path: string, name: string): Promise<OsvAdvisory[]> {
    const { size, mtimeMs } = await stat(path);
    if (size > MAX_FILE_BYTES) {
      throw new SourceError(`${name} is larger than 8 MiB`);
    }
    const state = `${size} ${mtimeMs}`;
    const known = this.#files.get(path);
    if (known?.state === state) return known.advisories;
    const advisories = readAdvisories(await readFile(path, 'utf8'), name);
    this.#files.set(path, { state, advisories });
    return advisories;
  }
}
