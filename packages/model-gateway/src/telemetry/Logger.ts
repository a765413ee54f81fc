import pino, { DestinationStream } from 'pino';

/** Fields of a log line; never the content of a call, never a secret. */
export type LogFields = Record<string, string | number | boolean | undefined>;

/**
 * Writes structured log lines.
 *
 * @public
 */
export interface GatewayLogger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** A log that lines wait for, so that calls do not. */
export interface BufferedLogger extends GatewayLogger {
  /** Lines that were thrown away because nobody read them fast enough. */
  readonly dropped: number;
  /** Writes what waits, for a moment; what nobody reads is thrown away. */
  close(): Promise<void>;
}

/** Lines wait this long for others, or until there are so many bytes. */
const FLUSH_MS = 50;
const FLUSH_BYTES = 8 * 1024;
const CLOSE_MS = 1_000;
/** When a slow reader leaves more than this unread, lines are thrown away. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * One JSON object a line, on standard output. Lines are written several at a
 * time and by another thread: a reader that is slow, or gone, blocks no call.
 */
export function createJsonLogger(file: number = 1): BufferedLogger {
  let dropped = 0;
  const destination = pino.destination({
    fd: file,
    sync: false,
    minLength: FLUSH_BYTES,
    maxLength: MOST_WAITING_BYTES,
    periodicFlush: FLUSH_MS,
  });
  destination.on('drop', () => {
    dropped += 1;
  });
  // Nobody reads: there is no one to tell.
  destination.on('error', () => {});
  return {
    ...loggerTo(destination),
    get dropped() {
      return dropped;
    },
    close: () =>
      new Promise(resolve => {
        const timer = setTimeout(() => {
          destination.destroy();
          resolve();
        }, CLOSE_MS);
        destination.flush(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/** @param destination - gets each line as it is logged */
export function loggerTo(destination: DestinationStream): GatewayLogger {
  const lines = pino(
    {
      base: undefined,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: level => ({ level }) },
    },
    destination,
  );
  const nothing: LogFields = {};
  return {
    info: (message, fields = nothing) => lines.info(fields, message),
    warn: (message, fields = nothing) => lines.warn(fields, message),
    error: (message, fields = nothing) => lines.error(fields, message),
  };
}
