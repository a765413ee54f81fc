import { PACK_LIMITS } from './limits';
import type { ProblemList } from './PackError';

export interface Line {
  /** From 1 on. */
  number: number;
  value: unknown;
}

/** The values of JSON Lines; empty lines are left out. */
export function jsonLines(
  file: string,
  content: string,
  most: number,
  problems: ProblemList,
): Line[] {
  if (Buffer.byteLength(content) > PACK_LIMITS.fileBytes) {
    problems.add({
      file,
      message: `is larger than ${
        PACK_LIMITS.fileBytes / 1024 / 1024
      } MiB, which is the most; split the pack`,
    });
    return [];
  }
  const lines: Line[] = [];
  const rows = content.replace(/^\ufeff/, '').split('\n');
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    if (row.trim() === '') continue;
    if (lines.length >= most) {
      problems.add({
        file,
        line,
        message: `is one line too many: ${most} are the most; split the pack`,
      });
      break;
    }
    if (Buffer.byteLength(row) > PACK_LIMITS.lineBytes) {
      problems.add({
        file,
        line,
        message: `is larger than ${
          PACK_LIMITS.lineBytes / 1024
        } KiB, which is the most for one line`,
      });
      continue;
    }
    try {
      lines.push({ number: line, value: JSON.parse(row) });
    } catch (error) {
      problems.add({
        file,
        line,
        message: `is not JSON: ${(error as Error).message}`,
      });
    }
  }
  return lines;
}
