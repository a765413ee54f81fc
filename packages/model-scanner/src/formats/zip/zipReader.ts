import {
  PartError,
  type FormatReader,
  type Probe,
  type ScanContext,
} from '../../engine/FormatReader';
import { SliceSource, type ByteSource } from '../../source';
import { reportHidden } from '../archive/hidden';
import {
  climbsOut,
  hasOddCharacters,
  linkTarget,
  shownName,
} from '../archive/names';
import { isTar } from '../tar/tarHeader';
import { ArchiveKind } from './ArchiveKind';
import { scanUnlisted } from './unlisted';
import { findEnd, LOCAL, readDirectory, type ZipEntry } from './zipDirectory';
import { compareHeaders, isEncrypted, readLocal } from './zipLocal';
import { scanMember } from './zipMember';

/** Extensions under which zips are expected. */
const EXTENSIONS =
  'zip npz pt pth bin ckpt keras mar skops pkl joblib jar whl egg ptl pte mlpackage'.split(
    ' ',
  );

/** No honest link leads further than that. */
const LONGEST_LINK = 4096;

const beginsZip = (head: Buffer) =>
  head.subarray(0, 4).equals(LOCAL) ||
  ['PK\x05\x06', 'PK\x07\x08', 'PK00PK'].some(mark =>
    head.toString('latin1', 0, 6).startsWith(mark),
  );

/** Zips, by a strict reader that trusts neither of the two places that tell of a member. */
export const zipReader: FormatReader = {
  id: 'zip',
  title: 'a zip',
  extensions: EXTENSIONS,
  matches: (probe: Probe) =>
    beginsZip(probe.head) ||
    (findEnd(probe.tail, probe.size) !== undefined &&
      // A zip at the end of a tar is its last member; by that name it is both.
      (!isTar(probe.head) || EXTENSIONS.includes(probe.extension))),
  read: readZip,
};

const TAIL = 64 * 1024 + 22;

async function readZip(source: ByteSource, context: ScanContext) {
  const from = Math.max(0, source.size - TAIL);
  const tail = await source.read(from, TAIL);
  const endAt = findEnd(tail, source.size);
  if (endAt === undefined) {
    context.report('archive-corrupt', 'the zip has no directory');
    await scanUnlisted(source, { start: 0, end: source.size }, context);
    return;
  }
  let directory;
  try {
    directory = await readDirectory(source, endAt, context);
  } catch (error) {
    if (!(error instanceof PartError)) throw error;
    context.report(error.rule, error.message, { offset: endAt });
    await scanUnlisted(source, { start: 0, end: source.size }, context);
    return;
  }
  const { entries } = directory;
  const kind = ArchiveKind.of(entries.map(({ name }) => name));
  kind.report(context);
  reportNames(entries, context);
  const covered = [{ start: directory.start, end: directory.end }];
  let overlaps = false;
  const placed = entries.toSorted((a, b) => a.offset - b.offset);
  let reached = 0;
  for (const entry of placed) {
    context.signal?.throwIfAborted();
    const range = await readEntry(source, entry, reached, kind, context);
    if (!range) overlaps = true;
    else if (range.end > range.start) {
      covered.push(range);
      reached = range.end;
    }
  }
  if (overlaps) {
    context.report('archive-overlap', 'members share bytes with one another');
  }
  await reportGaps(source, covered, context);
}

/** Nothing when the member shares bytes with one before it. */
async function readEntry(
  source: ByteSource,
  entry: ZipEntry,
  reached: number,
  kind: ArchiveKind,
  context: ScanContext,
): Promise<{ start: number; end: number } | undefined> {
  const name = shownName(entry.name);
  if (entry.offset < reached) {
    context.report('archive-overlap', `${name} begins within another member`, {
      offset: entry.at,
    });
    return undefined;
  }
  try {
    const local = await readLocal(source, entry.offset);
    const end = await compareHeaders(source, entry, local, context);
    if (isEncrypted(entry) || isEncrypted(local)) {
      context.report('archive-encrypted', `${name} is marked as encrypted`, {
        offset: entry.at,
      });
    }
    const member = { ...entry, dataAt: local.dataAt };
    if (entry.isLink) await reportLink(source, member, context);
    await kind.scan(source, member, context);
    if (local.method !== entry.method) {
      await scanMember(source, { ...member, ...local }, context, kind.inside);
    }
    return { start: entry.offset, end };
  } catch (error) {
    if (!(error instanceof PartError)) throw error;
    context.report(error.rule, `${name}: ${error.message}`, {
      offset: entry.at,
    });
    return { start: entry.offset, end: entry.offset };
  }
}

function reportNames(entries: ZipEntry[], context: ScanContext): void {
  const seen = new Set<string>();
  for (const { name, at, size } of entries) {
    const shown = shownName(name);
    // Python cuts a name at a NUL; torch looks names up without regard to case.
    const key = name.split('\0')[0].toLowerCase();
    if (seen.has(key)) {
      context.report('archive-duplicate-name', `${shown} is there twice`, {
        offset: at,
      });
    }
    seen.add(key);
    if (climbsOut(name)) {
      context.report('archive-climbs-out', `${shown} leaves its folder`, {
        offset: at,
      });
    }
    if (hasOddCharacters(name)) {
      context.report('archive-odd-member', `${shown} has odd characters`, {
        offset: at,
      });
    }
    if (name.endsWith('/') && size > 0) {
      context.report('archive-hidden-data', `folder ${shown} has content`, {
        offset: at,
      });
    }
  }
}

async function reportLink(
  source: ByteSource,
  { name, at, dataAt, packed }: ZipEntry & { dataAt: number },
  context: ScanContext,
): Promise<void> {
  const target = await source.read(dataAt, Math.min(packed, LONGEST_LINK));
  const climbs = climbsOut(linkTarget(name, target.toString()));
  context.report(
    climbs ? 'archive-climbs-out' : 'archive-link',
    `${shownName(name)} is a link to ${shownName(target.toString())}`,
    { offset: at },
  );
}

/** Whatever lies between what is listed. */
async function reportGaps(
  source: ByteSource,
  covered: Array<{ start: number; end: number }>,
  context: ScanContext,
): Promise<void> {
  let at = 0;
  for (const { start, end } of covered.sort((a, b) => a.start - b.start)) {
    if (start > at) await readGap(source, { start: at, end: start }, context);
    at = Math.max(at, end);
  }
  if (at < source.size) {
    await readGap(source, { start: at, end: source.size }, context);
  }
}

async function readGap(
  source: ByteSource,
  range: { start: number; end: number },
  context: ScanContext,
): Promise<void> {
  await reportHidden(source, range, 'belong to no member', context);
  const part = new SliceSource('', source, {
    start: range.start,
    size: range.end - range.start,
  });
  const head = await part.read(0, 4);
  if (!head.equals(LOCAL)) await scanUnlisted(source, range, context);
}
