import fs from 'node:fs';
import { UnableError } from '../exitCodes';

/** How the end of a command is told that Ctrl-C brought about. */
export const INTERRUPTED = 130;

/** Writes what was measured, as JSON that people can read. */
export function writeResult(file: string, result: object): void {
  try {
    fs.writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`);
  } catch (error) {
    throw new UnableError(`Cannot write ${file}: ${(error as Error).message}`);
  }
}
