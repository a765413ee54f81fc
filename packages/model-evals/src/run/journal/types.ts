import type { CaseAnswer, CaseScore } from '../../scorers/types';
import type { ChatReply } from '../../endpoint/types';

/**
 * What a journal is about: it begins with this, and holds nothing of other
 * inputs.
 *
 * @public
 */
export interface JournalHeader {
  format: 'modelhub-evaluation-journal/v1';
  /** `sha256:…` over pack digest, model and parameters. */
  inputDigest: string;
  suite: { name: string; version: string };
  model: string;
  /** ISO 8601: when the run began first. */
  startedAt: string;
}

/**
 * The model has answered a case, one of its samples. Of an agentic case there
 * are `turn`s before it: what the model said to each request, so that a
 * conversation goes on where it was broken off.
 *
 * @public
 */
export type JournalEntry =
  | {
      kind: 'turn';
      caseId: string;
      sample: number;
      turn: number;
      reply: ChatReply;
    }
  | { kind: 'answer'; caseId: string; sample: number; answer: CaseAnswer }
  /** By metric; several entries of a case add up. */
  | { kind: 'scores'; caseId: string; scores: Record<string, CaseScore> };

/**
 * Keeps what was answered and scored, in order, so that an interrupted run goes
 * on without asking a case twice. Entries are only added. A case's key within a
 * run's `inputDigest` is its id, with the sample's number.
 *
 * @public
 */
export interface RunJournal {
  /**
   * Comes first, once: begins the journal, or opens what is there.
   *
   * @returns the header that is in force, that of the first run
   * @throws Error where what is there is about another input
   */
  open(header: JournalHeader): Promise<JournalHeader>;
  /** What earlier runs kept, in order. Read once, after `open`. */
  entries(): AsyncIterable<JournalEntry>;
  /** Keeps an entry; returns when it would survive the end of the process, or soon before. */
  append(entry: JournalEntry): Promise<void>;
  /** Everything that was added is kept when it returns. */
  close(): Promise<void>;
}
