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

/**
 * One JSON object a line.
 *
 * @public
 */
export function createJsonLogger(
  write: (line: string) => void = line => process.stdout.write(line),
): GatewayLogger {
  const at = (level: string) => (message: string, fields?: LogFields) =>
    write(
      `${JSON.stringify({
        time: new Date().toISOString(),
        level,
        message,
        ...fields,
      })}\n`,
    );
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
