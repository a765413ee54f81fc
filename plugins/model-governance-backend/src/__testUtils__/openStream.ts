import type { SignedSnapshot } from '@modelhub/governance-protocol';

/** Reads server-sent events one by one, as a gateway would. */
export async function openStream(url: string, headers: HeadersInit) {
  const abort = new AbortController();
  const response = await fetch(url, {
    headers: { ...headers, 'accept-encoding': 'gzip' },
    signal: abort.signal,
  });
  const reader = response.body
    ?.pipeThrough(new TextDecoderStream())
    .getReader();
  let buffer = '';

  /** The next event; undefined when the stream has ended. */
  async function next(): Promise<
    { event: string; signed: SignedSnapshot } | undefined
  > {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end >= 0) {
        const lines = buffer.slice(0, end).split('\n');
        buffer = buffer.slice(end + 2);
        const field = (name: string) =>
          lines
            .find(line => line.startsWith(`${name}: `))
            ?.slice(name.length + 2) ?? '';
        return { event: field('event'), signed: JSON.parse(field('data')) };
      }
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return undefined;
      buffer += chunk.value;
    }
  }
  return { response, next, close: () => abort.abort() };
}
