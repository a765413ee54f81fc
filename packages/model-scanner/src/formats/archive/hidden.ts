import type { ScanContext } from '../../engine/FormatReader';
import { SliceSource, type ByteSource } from '../../source';
import { PickleStream } from '../pickle/PickleStream';

/** Shorter ones hold nothing. */
const LEAST = 16;
/** So much of bytes that nobody needs is looked at. */
const SEARCHED = 64 * 1024 * 1024;

/**
 * Tells of bytes that belong to nothing and searches them; returns whether they
 * are padding only.
 */
export async function reportHidden(
  source: ByteSource,
  range: { start: number; end: number },
  what: string,
  context: ScanContext,
): Promise<void> {
  const start = Math.max(0, range.start);
  const end = Math.min(range.end, source.size);
  const size = end - start;
  if (size <= 0) return;
  if (await isPadding(source, start, end)) return;
  context.report('archive-hidden-data', `${size} bytes ${what}`, {
    offset: start,
  });
  if (size < LEAST) return;
  const search = PickleStream.searching({
    torch: context.surroundings.torch ?? false,
    report: (rule, offset, message) =>
      context.report(rule, message, { offset: start + offset }),
  });
  for await (const chunk of source.stream(
    start,
    Math.min(end, start + SEARCHED),
  )) {
    context.signal?.throwIfAborted();
    search.push(chunk);
  }
  search.end();
  if (size > SEARCHED) {
    context.report('too-large', `${size} bytes ${what} were not all searched`, {
      offset: start,
    });
  }
  await context.scanPart(
    new SliceSource(`hidden@${start}`, source, { start, size }),
  );
}

/** Tools align with zeros. */
async function isPadding(source: ByteSource, start: number, end: number) {
  for await (const chunk of source.stream(start, end)) {
    if (chunk.some(byte => byte !== 0)) return false;
  }
  return true;
}
