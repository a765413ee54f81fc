import { isRecord } from '../../pack/rules';
import type { JournalHeader } from './types';

/** What a journal says of its own form in its first line. @public */
export const JOURNAL_FORMAT = 'modelhub-evaluation-journal/v1';

/**
 * Why a journal that begins with `found` cannot go on for `wanted`, in words
 * behind its name; nothing where it can.
 *
 * @public
 */
export function journalMismatch(
  found: unknown,
  wanted: JournalHeader,
): string | undefined {
  if (!isRecord(found) || found.format !== JOURNAL_FORMAT) {
    return 'is no journal of an evaluation';
  }
  if (found.inputDigest === wanted.inputDigest) return undefined;
  const header = found as unknown as JournalHeader;
  const suite = ({ name, version }: JournalHeader['suite']) =>
    `${name} ${version}`;
  if (header.model !== wanted.model) {
    return `is about the model ${header.model}, and this run is about ${wanted.model}`;
  }
  if (suite(header.suite) !== suite(wanted.suite)) {
    return `is about the pack ${suite(
      header.suite,
    )}, and this run is about ${suite(wanted.suite)}`;
  }
  return `is about the same model and pack, and the pack's content or the parameters (seed, samples, judge) were others`;
}
