import {
  ArtifactError,
  type ArtifactFile,
  type ArtifactSource,
} from '../../ArtifactSource';
import type { Settings } from '../../OpenOptions';
import type { HttpClient } from '../HttpClient';
import { throwIfRefused } from '../httpFile';
import { openHttpFile } from '../openHttpFile';
import { nextPage } from './nextPage';
import { parseHuggingFaceUri, type HuggingFaceUri } from './uri';

const HUB = 'https://huggingface.co';

/** An entry of the tree, as the Hub's API describes it. */
interface TreeEntry {
  type: string;
  path: string;
  size: number;
  lfs?: { oid: string; size: number };
}

/**
 * A model repository of the Hugging Face Hub, or of what answers its API
 * (https://huggingface.co/docs/hub/api), at the commit that its revision names
 * when the scan begins.
 */
export class HuggingFaceArtifact implements ArtifactSource {
  readonly uri: string;
  readonly leftOut: string[] = [];
  readonly #at: HuggingFaceUri;
  readonly #endpoint: URL;
  readonly #client: HttpClient;
  readonly #settings: Settings;
  #commit: string | undefined;

  /** @throws ArtifactError when the URI or `HF_ENDPOINT` is none */
  constructor(
    uri: string,
    options: { revision?: string; client: HttpClient; settings: Settings },
  ) {
    this.uri = uri;
    this.#at = parseHuggingFaceUri(uri, options.revision);
    this.#client = options.client;
    this.#settings = options.settings;
    const endpoint = options.settings.env.HF_ENDPOINT || HUB;
    if (!URL.canParse(endpoint)) {
      throw new ArtifactError('invalid', `HF_ENDPOINT '${endpoint}' is no URL`);
    }
    this.#endpoint = new URL(endpoint);
  }

  get pinnedUri(): string {
    if (!this.#commit) return this.uri;
    const { repo, path } = this.#at;
    return `hf://${repo}@${this.#commit}${path ? `/${path}` : ''}`;
  }

  async *list(
    options: { signal?: AbortSignal } = {},
  ): AsyncIterable<ArtifactFile> {
    const commit = await this.#resolve(options.signal);
    this.#commit = commit;
    const files: TreeEntry[] = [];
    for await (const entry of this.#tree(commit, options.signal)) {
      if (entry.type !== 'file' || !this.#isAskedFor(entry.path)) continue;
      files.push(entry);
      if (files.length > this.#settings.maxFiles) {
        throw new ArtifactError(
          'too-large',
          `${this.uri} holds more than ${
            this.#settings.maxFiles
          } files; name a folder of it, or raise the limit`,
        );
      }
    }
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const entry of files) yield this.#file(entry, commit);
  }

  addressOf(path: string): string {
    const { repo, revision } = this.#at;
    return `hf://${repo}@${this.#commit ?? revision}/${path}`;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #isAskedFor(path: string): boolean {
    const asked = this.#at.path;
    return !asked || path === asked || path.startsWith(`${asked}/`);
  }

  #file(entry: TreeEntry, commit: string): ArtifactFile {
    const sizeBytes = entry.lfs?.size ?? entry.size;
    return {
      path: entry.path,
      sizeBytes,
      ...(entry.lfs && { sha256: entry.lfs.oid.replace(/^sha256:/, '') }),
      open: ({ signal } = {}) =>
        openHttpFile(this.#client, {
          name: entry.path,
          url: this.#url(
            ...this.#at.repo.split('/'),
            'resolve',
            commit,
            ...entry.path.split('/'),
          ),
          headers: async () => this.#headers(),
          sizeBytes,
          ...this.#settings,
          signal,
        }),
    };
  }

  async #resolve(signal: AbortSignal | undefined): Promise<string> {
    const { repo, revision } = this.#at;
    const url = this.#url(
      'api',
      'models',
      ...repo.split('/'),
      'revision',
      revision,
    );
    const { body } = await this.#get(url, signal);
    const { sha } = body as { sha?: unknown };
    if (typeof sha !== 'string' || !/^[0-9a-f]{40,64}$/.test(sha)) {
      throw new ArtifactError(
        'unsupported',
        `${url.host} names no commit for ${repo}@${revision}`,
      );
    }
    return sha;
  }

  async *#tree(
    commit: string,
    signal: AbortSignal | undefined,
  ): AsyncIterable<TreeEntry> {
    let url: URL | undefined = this.#url(
      'api',
      'models',
      ...this.#at.repo.split('/'),
      'tree',
      commit,
    );
    url.searchParams.set('recursive', 'true');
    const seen = new Set<string>();
    while (url) {
      if (seen.has(url.href)) {
        throw new ArtifactError('unsupported', `${url.host} pages in a circle`);
      }
      seen.add(url.href);
      const { body, link } = await this.#get(url, signal);
      if (!Array.isArray(body)) {
        throw new ArtifactError(
          'unsupported',
          `${url.host} answers with what is no list of files`,
        );
      }
      for (const entry of body) yield checkEntry(entry, url);
      url = nextPage(link, url);
    }
  }

  async #get(
    url: URL,
    signal: AbortSignal | undefined,
  ): Promise<{ body: unknown; link: string | undefined }> {
    const { response, body } = await this.#client.getWhole(url, {
      headers: { accept: 'application/json', ...this.#headers() },
      signal,
    });
    throwIfRefused(response, this.#at.repo);
    try {
      return {
        body: JSON.parse(body.toString('utf8')),
        link: response.headers.link,
      };
    } catch {
      throw new ArtifactError(
        'unsupported',
        `${url.host} answers with what is no JSON; is HF_ENDPOINT right?`,
      );
    }
  }

  #headers(): Record<string, string> {
    const { HF_TOKEN } = this.#settings.env;
    return HF_TOKEN ? { authorization: `Bearer ${HF_TOKEN}` } : {};
  }

  #url(...parts: string[]): URL {
    const base = this.#endpoint.href.replace(/\/+$/, '');
    return new URL(`${base}/${parts.map(encodeURIComponent).join('/')}`);
  }
}

/** What a scan goes by has to be what the API documents. */
function checkEntry(value: unknown, url: URL): TreeEntry {
  const entry = (value ?? {}) as TreeEntry;
  const isEntry =
    typeof entry.type === 'string' &&
    typeof entry.path === 'string' &&
    (entry.type !== 'file' || Number.isSafeInteger(entry.size)) &&
    (entry.lfs === undefined ||
      (/^(sha256:)?[0-9a-f]{64}$/.test(entry.lfs.oid) &&
        Number.isSafeInteger(entry.lfs.size)));
  const isWithin = String(entry.path)
    .split('/')
    .every(part => !['', '.', '..'].includes(part));
  if (!isEntry || !isWithin) {
    throw new ArtifactError(
      'unsupported',
      `${url.host} lists what is no file of a repository`,
    );
  }
  return entry;
}
