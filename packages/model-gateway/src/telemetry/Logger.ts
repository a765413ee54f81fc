import pino from 'pino';
import { flatJson, quoted } from '../text/flatJson';
import { isoTime } from '../text/isoTime';

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

/** Lines wait this long for others, or until there are so many characters. */
const FLUSH_MS = 50;
const FLUSH_CHARACTERS = 8 * 1024;
const CLOSE_MS = 1_000;
/** When a slow reader leaves more than this unread, lines are thrown away. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * One JSON object a line, on standard output. Lines are written several at a
 * time and by another thread: a reader that is slow, or gone, blocks no call.
 */
export function createJsonLogger(file: number = 1): BufferedLogger {
  let dropped = 0;
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const destination = pino.destination({
    fd: file,
    sync: false,
    // So that flush() waits for what is being written.
    minLength: 1,
    maxLength: MOST_WAITING_BYTES,
  });
  destination.on('drop', (lines: string) => {
    dropped += lines.split('\n').length - 1;
  });
  // Nobody reads: there is no one to tell.
  destination.on('error', () => {});
  const pass = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting !== '') {
      destination.write(waiting);
      waiting = '';
    }
  };
  const write = (line: string) => {
    waiting += line;
    if (waiting.length >= FLUSH_CHARACTERS) {
      pass();
    } else {
      timer ??= setTimeout(pass, FLUSH_MS).unref();
    }
  };
  return {
    ...loggerTo({ write }),
    get dropped() {
      return dropped;
    },
    close: () =>
      new Promise(resolve => {
        pass();
        const patience = setTimeout(() => {
          destination.destroy();
          resolve();
        }, CLOSE_MS);
        destination.flush(() => {
          clearTimeout(patience);
          resolve();
        });
      }),
  };
}

const NO_FIELDS: LogFields = {};

/** @param destination - gets each line as it is logged */
export function loggerTo(destination: {
  write(line: string): void;
}): GatewayLogger {
  // Not pino's own lines: they cost ten times as much as this.
  const at = (level: string) => (message: string, fields?: LogFields) => {
    const line = flatJson(
      fields ?? NO_FIELDS,
      `"level":"${level}","time":"${isoTime(Date.now())}","message":${quoted(
        message,
      )}`,
    );
    destination.write(`${line}\n`);
  };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
