import type { UsageRecord } from '@modelhub/governance-protocol';
import type { CallStage } from '../pipeline';
import { type Look, type Signals, WRITTEN } from '../signals';
import type { AnswerIds } from '../signals/AnswerIds';
import { beginningOf, recordOf, refusalRecordOf } from './records';

/** Where records go. */
export interface RecordSink {
  /** A call that a provider will be asked about. */
  begin(id: string, beginning: string): void;
  /** Its end, and what is to be found out about it before it is sent. */
  add(record: UsageRecord, look?: Look): void;
  /** One of possibly many equal refusals. */
  addRefusal(record: UsageRecord): void;
}

/**
 * Writes a record of every call of a known key. It has to come after the stages
 * that refuse, and before the one that answers from a cache.
 */
export function createUsageStage(options: {
  sink: RecordSink;
  signals?: Signals;
  /** Absent where callers cannot judge answers. */
  ids?: AnswerIds;
}): CallStage {
  const { sink, signals, ids } = options;
  return {
    name: 'usage',
    begin: context => {
      sink.begin(context.id, beginningOf(context));
      return {
        ...(ids &&
          WRITTEN.has(context.route) && {
            headers: () => ids.headersOf(context),
          }),
        end: outcome => {
          const record = recordOf(context, outcome);
          sink.add(record, signals?.lookAt(context, outcome, record));
        },
      };
    },
    refused: (entry, refusal) =>
      sink.addRefusal(refusalRecordOf(entry, refusal)),
  };
}
