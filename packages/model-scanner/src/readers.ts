import type { FormatReader } from './engine/FormatReader';
import {
  brokenGgufReader,
  brokenSafetensorsReader,
  compressedReaders,
  ggufReader,
  numpyReader,
  oldGgmlReader,
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
  ggufReader,
  oldGgmlReader,
  ...compressedReaders,
  ...unreadReaders,
  oldPickleReader,
  brokenSafetensorsReader,
  brokenGgufReader,
];
