import type { FormatReader } from './engine/FormatReader';
import {
  compressedReaders,
  numpyReader,
  oldPickleReader,
  pickleReader,
  tarReader,
  unreadReaders,
  zipReader,
} from './formats';

/** Every format that the scanner reads, those with a mark of their own first. */
export const readers: FormatReader[] = [
  pickleReader,
  zipReader,
  tarReader,
  numpyReader,
  ...compressedReaders,
  ...unreadReaders,
  oldPickleReader,
];
