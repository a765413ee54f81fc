export { FileJournal } from './FileJournal';
export { JOURNAL_FORMAT, journalMismatch } from './journalMismatch';
export {
  RecordJournal,
  type JournalRecord,
  type JournalRecords,
} from './RecordJournal';
export type { JournalEntry, JournalHeader, RunJournal } from './types';
