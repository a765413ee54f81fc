export { FileJournal } from './FileJournal';
export { JOURNAL_FORMAT, journalMismatch } from './journalMismatch';
export type { JournalEntry, JournalHeader, RunJournal } from './types';
