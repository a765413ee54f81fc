import type { FormatReader } from './engine/FormatReader';
import { oldPickleReader, pickleReader, zipReader } from './formats';

/** Every format that the scanner reads, those with a mark of their own first. */
export const readers: FormatReader[] = [
  pickleReader,
  zipReader,
  oldPickleReader,
];
