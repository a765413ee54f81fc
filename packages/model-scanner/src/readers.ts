import type { FormatReader } from './engine/FormatReader';
import {
  brokenSafetensorsReader,
  compressedReaders,
  numpyReader,
  oldPickleReader,
  pickleReader,
  safetensorsReader,
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
  safetensorsReader,
  ...compressedReaders,
  ...unreadReaders,
  oldPickleReader,
  brokenSafetensorsReader,
];
