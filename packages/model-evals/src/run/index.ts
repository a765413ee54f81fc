export type {
  JournalEntry,
  JournalHeader,
  RunJournal,
} from './journal/types';
export { RunError } from './types';
export type {
  ModelEndpoint,
  RunPackOptions,
  RunProgress,
  TokenPrices,
} from './types';
