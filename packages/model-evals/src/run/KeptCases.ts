import type { ChatReply } from '../endpoint/types';
import type { CaseAnswer, CaseScore } from '../scorers/types';
import type { JournalEntry } from './journal/types';

/** What is known of a case before and while it is run. */
export interface KeptCase {
  /** By sample. */
  turns: ChatReply[][];
  /** By sample; holes are still to be asked. */
  answers: Array<CaseAnswer | undefined>;
  scores: Record<string, CaseScore>;
}

export const emptyCase = (): KeptCase => ({
  turns: [],
  answers: [],
  scores: {},
});

/** Adds what a journal says to what is known of a case. */
export function keep(kept: KeptCase, entry: JournalEntry): void {
  switch (entry.kind) {
    case 'turn':
      (kept.turns[entry.sample] ??= [])[entry.turn - 1] = entry.reply;
      break;
    case 'answer':
      kept.answers[entry.sample] = entry.answer;
      // The conversation is in the answer.
      delete kept.turns[entry.sample];
      break;
    default:
      Object.assign(kept.scores, entry.scores);
  }
}
