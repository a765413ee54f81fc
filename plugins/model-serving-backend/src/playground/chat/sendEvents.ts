import type { Response } from 'express';
import { once } from 'node:events';
import type { ChatEvent } from './ChatService';

/** So often that no proxy takes the line for dead. */
const HEARTBEAT_MS = 10_000;

/** What of a response is needed: whoever names its types makes the compiler slow. */
type Stream = Pick<
  Response,
  | 'writeHead'
  | 'write'
  | 'end'
  | 'once'
  | 'off'
  | 'destroyed'
  | 'writableNeedDrain'
> & {
  /** Added by the compression middleware. */
  flush?(): void;
};

/** Sends events as they come; ends when the caller is gone. */
export async function sendEvents(
  response: unknown,
  events: AsyncIterable<ChatEvent>,
  options: { heartbeatMs?: number } = {},
): Promise<void> {
  const res = response as Stream;
  const write = (text: string) => {
    if (res.destroyed) return;
    res.write(text);
    res.flush?.();
  };
  res.writeHead(200, {
    'content-type': 'text/event-stream',
    // The root router would compress it, and so keep it back.
    'cache-control': 'no-transform, no-store',
    'x-accel-buffering': 'no',
  });
  write(': the model is asked\n\n');
  const heartbeat = setInterval(
    () => write(': it goes on\n\n'),
    options.heartbeatMs ?? HEARTBEAT_MS,
  );
  try {
    for await (const { event, data } of events) {
      write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      // A reader that is slow makes the model wait, and not this process grow.
      if (res.writableNeedDrain && !res.destroyed) await drained(res);
    }
  } finally {
    clearInterval(heartbeat);
    res.end();
  }
}

async function drained(res: Stream): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  try {
    await Promise.race([
      once(res as unknown as NodeJS.EventEmitter, 'drain', { signal }),
      once(res as unknown as NodeJS.EventEmitter, 'close', { signal }),
    ]);
  } finally {
    over.abort();
  }
}
