import { ArtifactError } from '../ArtifactSource';
import type { HttpResponse } from './HttpClient';

/** What is read from a server, and within which bounds. */
export interface HttpFile {
  name: string;
  url: URL;
  /** Headers for every request, with a token where one is needed. */
  headers?: () => Promise<Record<string, string>>;
  /** Asks for a new token; says whether there is one. */
  renew?: () => Promise<boolean>;
  /** As the list says; another size is refused. */
  sizeBytes?: number;
  maxFileBytes: number;
  /** A server without ranges is copied to a file that has no name, up to this. */
  maxSpoolBytes: number;
  signal?: AbortSignal;
}

/** Says what an answer other than a success means. */
export function throwIfRefused(
  { status, url, headers }: HttpResponse,
  name: string,
): void {
  if (status >= 200 && status < 300) return;
  // Hugging Face says here what the body would.
  const why = headers['x-error-message'] ?? headers['x-error-code'];
  const said = `${url.host} answers ${status} for ${name}${
    why ? ` (${why})` : ''
  }`;
  if (status === 401 || status === 403) {
    throw new ArtifactError(
      'unauthorised',
      `${said}: give a token that may read it`,
    );
  }
  if (status === 404 || status === 410) {
    throw new ArtifactError('not-found', `${said}: there is no such file`);
  }
  throw new ArtifactError('unsupported', said);
}

/** @throws ArtifactError when a file is larger than may be read, or than its list says */
export function checkSize(
  size: number,
  file: Pick<HttpFile, 'name' | 'sizeBytes' | 'maxFileBytes'>,
): void {
  if (file.sizeBytes !== undefined && size !== file.sizeBytes) {
    throw new ArtifactError(
      'changed',
      `${file.name} has ${size} bytes and not the ${file.sizeBytes} that its list says`,
    );
  }
  if (size > file.maxFileBytes) {
    throw new ArtifactError(
      'too-large',
      `${file.name} has ${size} bytes; at most ${file.maxFileBytes} are read`,
    );
  }
}
