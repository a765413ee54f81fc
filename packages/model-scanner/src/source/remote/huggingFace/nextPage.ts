import { ArtifactError } from '../../ArtifactSource';

/**
 * The next page that a `Link` header names (RFC 8288).
 *
 * @throws ArtifactError when it is on another host, which must not get the token
 */
export function nextPage(
  link: string | undefined,
  current: URL,
): URL | undefined {
  const target = link && /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link)?.[1];
  if (!target) return undefined;
  const next = URL.canParse(target, current.href)
    ? new URL(target, current.href)
    : undefined;
  if (next?.origin !== current.origin) {
    throw new ArtifactError(
      'unsupported',
      `${current.host} continues its list elsewhere`,
    );
  }
  return next;
}
