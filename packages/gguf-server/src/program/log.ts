const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** @see {@link createLog} */
export type Level = (typeof LEVELS)[number];

/** Writes one line for people. */
export type Log = (level: Level, message: string) => void;

/** @returns whether it is a level */
export const isLevel = (text: string): text is Level =>
  LEVELS.some(level => level === text);

/** Writes lines of at least that level. */
export function createLog(
  least: Level,
  write: (line: string) => void = line => process.stdout.write(line),
): Log {
  return (level, message) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const line = message.replace(/\s*\n\s*/g, ' ');
    write(`${new Date().toISOString()} ${level.padEnd(5)} ${line}\n`);
  };
}
