import type { UsageRecord } from '@modelhub/governance-protocol';

/** A file of the spool, which becomes one batch. */
export interface Segment {
  file: string;
  number: number;
  batchId: string;
  bytes: number;
}

const NAME = /^(\d{12})-([0-9a-f-]{36})\.log$/;

export const segmentFile = (number: number, batchId: string): string =>
  `${String(number).padStart(12, '0')}-${batchId}.log`;

export function segmentOf(file: string): Segment | undefined {
  const [, number, batchId] = NAME.exec(file) ?? [];
  return number === undefined
    ? undefined
    : { file, number: Number(number), batchId, bytes: 0 };
}

/**
 * Reads a segment: `?` before what is known of a call that begins, `+` before a
 * record, `-` before the id of a call whose record is kept elsewhere. A line that was torn when the process was killed is left out.
 *
 * @returns records as JSON texts, and calls without a record in this segment
 */
export function readSegment(text: string): {
  records: string[];
  begun: UsageRecord[];
} {
  const lines = text.split('\n');
  // What stands after the last line feed was never complete.
  lines.pop();
  const records: string[] = [];
  const begun = new Map<string, UsageRecord>();
  const seen = new Set<string>();
  for (const line of lines) {
    const it = parse(line.slice(1));
    if (!it || seen.has(line[0] + it.id)) {
      continue;
    }
    seen.add(line[0] + it.id);
    if (line.startsWith('?')) {
      begun.set(it.id, it);
    } else {
      begun.delete(it.id);
    }
    if (line.startsWith('+')) {
      records.push(line.slice(1));
    }
  }
  return { records, begun: [...begun.values()] };
}

function parse(text: string): UsageRecord | undefined {
  try {
    return JSON.parse(text) as UsageRecord;
  } catch {
    return undefined;
  }
}
