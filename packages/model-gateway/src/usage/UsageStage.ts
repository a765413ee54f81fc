import type { UsageRecord } from '@modelhub/governance-protocol';
import type { CallStage } from '../pipeline';
import { beginningOf, recordOf, refusalRecordOf } from './records';

/** Where records go. */
export interface RecordSink {
  /** A call that a provider will be asked about. */
  begin(id: string, beginning: string): void;
  /** Its end. */
  add(record: UsageRecord): void;
  /** One of possibly many equal refusals. */
  addRefusal(record: UsageRecord): void;
}

/**
 * Writes a record of every call of a known key. It has to come after the stages
 * that refuse, and before the one that answers from a cache.
 */
export function createUsageStage(options: { sink: RecordSink }): CallStage {
  const { sink } = options;
  return {
    name: 'usage',
    begin: context => {
      sink.begin(context.id, beginningOf(context));
      return { end: outcome => sink.add(recordOf(context, outcome)) };
    },
    refused: (entry, refusal) =>
      sink.addRefusal(refusalRecordOf(entry, refusal)),
  };
}
