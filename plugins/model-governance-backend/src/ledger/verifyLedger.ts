import {
  trustKeys,
  verifyChain,
  type ChainLine,
  type LedgerCheckpoint,
} from '@modelhub/governance-protocol';
import type { LedgerVerification } from './LedgerStore';
import { textHash, toEvent, type EventRow, type TextRow } from './rows';

interface Fault {
  seq: number;
  reason: string;
}

/** What the side tables and columns say, against what the chain says. */
function sideFault(
  row: EventRow,
  text: TextRow | undefined,
): Fault | undefined {
  const { seq, payload } = toEvent(row);
  for (const [column, field] of [
    ['entity_ref', 'entityRef'],
    ['approval_id', 'approvalId'],
  ] as const) {
    if ((row[column] ?? undefined) !== payload[field]) {
      return {
        seq,
        reason: `Event ${seq} is filed under another ${field} than it states`,
      };
    }
  }
  const { textHash: stated } = (payload.text ?? {}) as { textHash?: string };
  if (text && textHash(text.salt, text.text) !== stated) {
    return { seq, reason: `The text of event ${seq} was changed` };
  }
  return undefined;
}

/**
 * Check a chain, its checkpoints, its head, and what lies beside it.
 *
 * @param batches - rows in order, each with its text where that was not erased
 * @param checkpoints - read before the head, so that none is beyond it
 * @param head - the head row, read before the batches
 */
export async function verifyLedger(options: {
  batches: AsyncIterable<Array<{ row: EventRow; text?: TextRow }>>;
  head: { seq: number; hash: string };
  checkpoints: LedgerCheckpoint[];
  publicKeys: string[];
}): Promise<LedgerVerification> {
  const { head } = options;
  let beside: Fault | undefined;

  async function* lines(): AsyncIterable<ChainLine> {
    for await (const batch of options.batches) {
      for (const { row, text } of batch) {
        try {
          beside ??= sideFault(row, text);
          yield toEvent(row);
        } catch {
          yield row.payload;
        }
      }
    }
  }

  const result = await verifyChain(lines(), {
    checkpoints: options.checkpoints,
    trustedKeys: trustKeys(options.publicKeys),
  });

  const faults: Fault[] = [];
  if (!result.ok) {
    const { reason, message, seq = result.events + 1 } = result.firstBad;
    faults.push({ seq, reason: `${reason}: ${message}` });
  } else if (result.events !== head.seq) {
    const seq = result.events + 1;
    faults.push({
      seq,
      reason: `truncated: The chain ends before event ${seq}, but its head is event ${head.seq}`,
    });
  } else if (head.seq > 0 && result.head?.hash !== head.hash) {
    faults.push({
      seq: head.seq,
      reason: 'hash: The head of the chain states another hash',
    });
  }
  if (beside) faults.push(beside);
  const [firstBad] = faults.sort((a, b) => a.seq - b.seq);
  return {
    ok: firstBad === undefined,
    events: result.events,
    head: result.head?.hash,
    checkpoints: result.checkpoints,
    ...(firstBad && { firstBad }),
  };
}
