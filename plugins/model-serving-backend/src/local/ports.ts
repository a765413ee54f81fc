import { createServer } from 'node:net';

/** Whether somebody could listen there now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** The first free port of a range, or the one that is liked; undefined when there is none. */
export async function freePort(
  { from, to }: { from: number; to: number },
  taken: ReadonlySet<number>,
  liked?: number,
): Promise<number | undefined> {
  const isLiked = liked !== undefined && liked >= from && liked <= to;
  if (isLiked && !taken.has(liked) && (await isFree(liked))) return liked;
  for (let port = from; port <= to; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  return undefined;
}
