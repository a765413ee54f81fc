import type { ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { reportHidden } from '../archive/hidden';

const MOST_SEARCHED = 100;

/** Searches what belongs to no tensor. */
export async function searchGaps(
  source: ByteSource,
  base: number,
  gaps: Array<{ start: number; end: number }>,
  context: ScanContext,
): Promise<void> {
  const last = gaps.at(-1);
  for (const [index, gap] of gaps.slice(0, MOST_SEARCHED).entries()) {
    // Of very many all is searched from the first that is not searched alone.
    const { end } = index === MOST_SEARCHED - 1 && last ? last : gap;
    const range = { start: base + gap.start, end: base + end };
    await reportHidden(source, range, 'belong to no tensor', context);
  }
}
