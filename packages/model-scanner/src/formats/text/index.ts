export { executableReaders } from './executables';
export { mediaReaders, pdfReader, pngReader } from './media';
export { opaqueReader } from './opaque';
export {
  markupReader,
  pointerReader,
  scriptReader,
  templateReader,
  textReader,
} from './textReader';
export { messagePackReader } from './messagePack';
