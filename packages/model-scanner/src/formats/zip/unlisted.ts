import { PartError, type ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { shownName } from '../archive/names';
import { LOCAL } from './zipDirectory';
import { DESCRIBED_AFTER, readLocal } from './zipLocal';
import { scanMember } from './zipMember';

const DESCRIPTOR = Buffer.from('PK\x07\x08', 'latin1');
const STEP = 1024 * 1024;

/**
 * Scans members that have a header but are in no directory, as programs see them
 * that read a zip from its beginning.
 */
export async function scanUnlisted(
  source: ByteSource,
  range: { start: number; end: number },
  context: ScanContext,
): Promise<void> {
  let members = 0;
  // What headers say of places may lie beyond the file.
  const end = Math.min(range.end, source.size);
  for (let at = range.start; at < end; ) {
    context.signal?.throwIfAborted();
    const bytes = await source.read(at, Math.min(STEP + 3, end - at));
    const found = bytes.indexOf(LOCAL);
    if (found < 0) {
      at += STEP;
      continue;
    }
    at += found;
    if (at + LOCAL.length > end) return;
    members += 1;
    if (members > context.limits.maxMembers) {
      context.report('too-large', 'it has too many members', { offset: at });
      return;
    }
    at = await scanLocal(source, at, end, context);
  }
}

async function scanLocal(
  source: ByteSource,
  at: number,
  end: number,
  context: ScanContext,
): Promise<number> {
  let local;
  try {
    local = await readLocal(source, at);
  } catch (error) {
    if (!(error instanceof PartError)) throw error;
    return at + LOCAL.length;
  }
  const isOpen = (local.flags & DESCRIBED_AFTER) !== 0 && local.packed === 0;
  const packed = isOpen
    ? (await nextMark(source, local.dataAt, end)) - local.dataAt
    : Math.max(0, Math.min(local.packed, end - local.dataAt));
  context.report(
    'archive-hidden-data',
    `${shownName(local.name)} is not in the directory`,
    { offset: at },
  );
  await scanMember(source, { ...local, packed }, context, {});
  return local.dataAt + packed;
}

/** Where the next header or record begins; sizes that follow are not to be trusted. */
async function nextMark(
  source: ByteSource,
  from: number,
  end: number,
): Promise<number> {
  for (let at = from; at < end; at += STEP) {
    const bytes = await source.read(at, Math.min(STEP + 3, end - at));
    const marks = [LOCAL, DESCRIPTOR]
      .map(mark => bytes.indexOf(mark))
      .filter(found => found >= 0);
    if (marks.length > 0) return at + Math.min(...marks);
  }
  return end;
}
