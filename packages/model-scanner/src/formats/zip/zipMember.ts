import { createInflateRaw } from 'node:zlib';
import {
  LimitError,
  PartError,
  type ScanContext,
  type Surroundings,
} from '../../engine/FormatReader';
import { SliceSource, type ByteSource } from '../../source';
import { bounded, Checksum, drain, through } from '../archive/inflate';
import { shownName } from '../archive/names';
import { decoderOf } from './zipMethods';

const STORED = 0;
const DEFLATED = 8;

/** Content of a member, by whichever header tells of it. */
export interface MemberContent {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  dataAt: number;
}

/** Scans the content of a member and checks it against its header in passing. */
export async function scanMember(
  source: ByteSource,
  member: MemberContent,
  context: ScanContext,
  surroundings: Surroundings,
): Promise<void> {
  const { dataAt, packed } = member;
  const name = shownName(member.name);
  const report = (
    rule: 'archive-corrupt' | 'archive-bad-checksum',
    why: string,
  ) => context.report(rule, `${name} ${why}`, { offset: dataAt });
  if (dataAt + packed > source.size) {
    report('archive-corrupt', 'ends beyond the file');
  }
  const slice = new SliceSource(name, source, { start: dataAt, size: packed });
  const sum = new Checksum();
  try {
    if (member.method === STORED) {
      await context.scanPart(slice, surroundings);
      await drain(sum.over(slice.stream()));
    } else {
      await scanPacked(slice, member, sum, context, surroundings);
    }
  } catch (error) {
    if (error instanceof LimitError && error.rule !== 'archive-bomb') {
      throw error;
    }
    if (!(error instanceof PartError || error instanceof LimitError)) {
      throw error;
    }
    context.report(error.rule, `${name}: ${error.message}`, { offset: dataAt });
    return;
  }
  if (sum.size !== member.size) {
    report('archive-corrupt', `has ${sum.size} bytes, not ${member.size}`);
  } else if (sum.value !== member.crc) {
    report('archive-bad-checksum', 'is not what its checksum says');
  }
}

async function scanPacked(
  slice: SliceSource,
  member: MemberContent,
  sum: Checksum,
  context: ScanContext,
  surroundings: Surroundings,
): Promise<void> {
  if (member.method === DEFLATED) {
    const inflate = createInflateRaw();
    const stream = through(slice.stream(), inflate);
    await context.scanStream(
      slice.name,
      sum.over(bounded(stream, slice.size, context)),
      { surroundings, drain: true },
    );
    if (inflate.bytesWritten < slice.size) {
      const rest = slice.size - inflate.bytesWritten;
      context.report(
        'archive-hidden-data',
        `${slice.name} ends ${rest} bytes before its place does`,
        { offset: member.dataAt + inflate.bytesWritten },
      );
    }
    return;
  }
  const stream = decoderOf(member.method, slice, member.size, context);
  if (!stream) {
    throw new PartError(
      `is packed by method ${member.method}`,
      'archive-unsupported',
    );
  }
  await context.scanStream(
    slice.name,
    sum.over(bounded(stream, slice.size, context)),
    { surroundings, drain: true },
  );
}

/** The content of a member that is small enough to be held, or nothing. */
export async function readMember(
  source: ByteSource,
  member: MemberContent,
  context: ScanContext,
  most: number,
): Promise<Buffer | undefined> {
  if (member.size > most || member.packed > most) return undefined;
  const slice = new SliceSource(member.name, source, {
    start: member.dataAt,
    size: member.packed,
  });
  if (member.method === STORED) return slice.read(0, slice.size);
  if (member.method !== DEFLATED) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  const stream = through(slice.stream(), createInflateRaw());
  for await (const chunk of bounded(stream, slice.size, context)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) return undefined;
  }
  return Buffer.concat(chunks);
}
